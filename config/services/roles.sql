-- Two roles: the owner of the schema, and the one that web and worker connect as, which owns nothing.
-- Runs on every start of the embedded server, so each statement may find its work done.
-- For a server of your own see docs/operators.md.
\set ON_ERROR_STOP on
\set QUIET on

SELECT 'CREATE ROLE scorecard_owner LOGIN NOSUPERUSER CREATEDB'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'scorecard_owner') \gexec
SELECT 'CREATE ROLE scorecard_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'scorecard_app') \gexec
-- The owner may step down to the runtime role: that is how tests see what it is refused.
SELECT 'GRANT scorecard_app TO scorecard_owner'
 WHERE NOT pg_has_role('scorecard_owner', 'scorecard_app', 'MEMBER') \gexec

-- What the owner creates the runtime role may use; migrations take away what a table must not allow.
-- In template1 too, so that databases made for tests have the same rules.
SELECT NOT EXISTS (SELECT FROM pg_default_acl) AS new \gset
\if :new
ALTER DEFAULT PRIVILEGES FOR ROLE scorecard_owner
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO scorecard_app;
ALTER DEFAULT PRIVILEGES FOR ROLE scorecard_owner
  GRANT USAGE, SELECT ON SEQUENCES TO scorecard_app;
\endif

SELECT 'CREATE DATABASE scorecard OWNER scorecard_owner'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'scorecard') \gexec
-- A temporary table of the same name would stand before the real one for every trigger that asks it.
REVOKE TEMPORARY ON DATABASE scorecard FROM PUBLIC;
