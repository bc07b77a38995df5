"""A packet never changes: it may only be marked superseded, once."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION packet_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' OR old.superseded_at IS NOT NULL OR new.superseded_at IS NULL
     OR (new.id, new.loop_id, new.version, new.content, new.digest, new.built_at)
        IS DISTINCT FROM
        (old.id, old.loop_id, old.version, old.content, old.digest, old.built_at) THEN
    RAISE EXCEPTION 'a packet is immutable: it is only marked superseded, once'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON hiring_committee_packet
  FOR EACH ROW EXECUTE FUNCTION packet_immutable();
"""
BACKWARD = "DROP FUNCTION packet_immutable() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("hiring_committee", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
