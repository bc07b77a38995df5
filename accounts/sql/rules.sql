-- What every app's rules use: a refusal, a condition, and the rule of append-only tables.

CREATE OR REPLACE FUNCTION require(holds boolean, why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF holds IS NOT TRUE THEN
    RAISE EXCEPTION '%', why USING ERRCODE = 'integrity_constraint_violation';
  END IF;
END $$;

-- For triggers whose WHEN says it all; the argument is the reason.
CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM require(false, tg_argv[0]);
END $$;

-- Rows are added and never changed or removed. Arguments name columns that are set together, once:
-- the first is the moment, empty before and filled afterwards.
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_nargs > 0 AND tg_op = 'UPDATE' THEN
    PERFORM require(
      to_jsonb(old) ->> tg_argv[0] IS NULL AND to_jsonb(new) ->> tg_argv[0] IS NOT NULL
        AND to_jsonb(new) - tg_argv = to_jsonb(old) - tg_argv,
      format('%s is never changed: only %s is set, once',
             tg_table_name, array_to_string(tg_argv, ', ')));
    RETURN new;
  END IF;
  PERFORM require(false, tg_table_name || ' is append-only: a row is never changed or removed');
END $$;

-- The audit trail: each stream is a chain of hashes. A hash covers a salted digest of the payload,
-- so that a payload can be erased, with its salt, and the chain still holds.

CREATE SEQUENCE IF NOT EXISTS audit_seq;

CREATE OR REPLACE FUNCTION audit_payload_digest(salt bytea, payload jsonb) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(salt || convert_to(payload::text, 'UTF8'))
$$;

CREATE OR REPLACE FUNCTION audit_hash(
  before bytea, seq bigint, at timestamptz, stream text, actor uuid, action text, subject text,
  payload_digest bytea) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(coalesce(before, '\x00'::bytea) || convert_to(jsonb_build_array(
    seq, extract(epoch FROM at)::text, stream, actor, action, subject,
    encode(payload_digest, 'hex'))::text, 'UTF8'))
$$;

-- `seq` is drawn after the stream's lock: an identity column is drawn before it, and under
-- concurrent writers gives links out of order.
CREATE OR REPLACE FUNCTION audit_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(new.stream, 4711));
  new.seq := nextval('audit_seq');
  new.at := clock_timestamp();
  new.salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
  new.payload_digest := audit_payload_digest(new.salt, new.detail);
  new.prev := (SELECT hash FROM accounts_auditevent
               WHERE stream = new.stream ORDER BY seq DESC LIMIT 1);
  new.hash := audit_hash(new.prev, new.seq, new.at, new.stream, new.actor_id, new.action,
                         new.subject, new.payload_digest);
  RETURN new;
END $$;

CREATE OR REPLACE TRIGGER audit_link BEFORE INSERT ON accounts_auditevent
  FOR EACH ROW EXECUTE FUNCTION audit_link();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON accounts_auditevent
  FOR EACH ROW EXECUTE FUNCTION append_only();
