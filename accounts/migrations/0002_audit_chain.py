"""The audit trail's chain of hashes, and the trigger function that keeps append-only rows."""

from django.db import migrations

# `seq` is drawn after the stream's lock: an identity column is drawn before it, and under
# concurrent writers gives links out of order.
FORWARD = """
CREATE SEQUENCE audit_seq;

CREATE FUNCTION audit_hash(before bytea, seq bigint, at timestamptz, stream text, actor uuid,
                           action text, subject text, detail jsonb) RETURNS bytea
LANGUAGE sql STABLE AS $$
  SELECT sha256(coalesce(before, '\\x00'::bytea) || convert_to(jsonb_build_array(
    seq, extract(epoch FROM at)::text, stream, actor, action, subject, detail)::text, 'UTF8'))
$$;

CREATE FUNCTION audit_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(new.stream, 4711));
  new.seq := nextval('audit_seq');
  new.at := clock_timestamp();
  new.prev := (SELECT hash FROM accounts_auditevent
               WHERE stream = new.stream ORDER BY seq DESC LIMIT 1);
  new.hash := audit_hash(new.prev, new.seq, new.at, new.stream, new.actor_id, new.action,
                         new.subject, new.detail);
  RETURN new;
END $$;

CREATE TRIGGER audit_link BEFORE INSERT ON accounts_auditevent
  FOR EACH ROW EXECUTE FUNCTION audit_link();

CREATE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: a row is never changed or removed', tg_table_name
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON accounts_auditevent
  FOR EACH ROW EXECUTE FUNCTION forbid_change();
"""
BACKWARD = """
DROP TRIGGER append_only ON accounts_auditevent;
DROP FUNCTION forbid_change();
DROP TRIGGER audit_link ON accounts_auditevent;
DROP FUNCTION audit_link();
DROP FUNCTION audit_hash(bytea, bigint, timestamptz, text, uuid, text, text, jsonb);
DROP SEQUENCE audit_seq;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
