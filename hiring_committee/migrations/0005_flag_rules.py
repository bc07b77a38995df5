"""The rules that no resolution of a flag and no task for the recruiter gets round."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION open_flags(of_packet uuid)
RETURNS TABLE (signal varchar, severity varchar, outcome varchar) LANGUAGE sql STABLE AS $$
  SELECT f.signal, f.severity, r.outcome
  FROM hiring_committee_packetflag f
  JOIN hiring_committee_packet p ON p.id = f.packet_id
  LEFT JOIN hiring_committee_flagresolution r
    ON r.loop_id = p.loop_id AND r.signal = f.signal AND r.fingerprint = f.fingerprint
   AND NOT EXISTS (SELECT FROM hiring_committee_flagresolution n WHERE n.supersedes_id = r.id)
  WHERE f.packet_id = of_packet AND coalesce(r.outcome, 'needs_interview') = 'needs_interview'
$$;

CREATE FUNCTION resolution_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  read_in hiring_committee_packet;
  former hiring_committee_flagresolution;
BEGIN
  SELECT * INTO read_in FROM hiring_committee_packet WHERE id = new.packet_id FOR SHARE;
  IF read_in.loop_id IS DISTINCT FROM new.loop_id OR NOT EXISTS (
      SELECT FROM hiring_committee_packetflag
      WHERE packet_id = new.packet_id AND signal = new.signal AND fingerprint = new.fingerprint)
  THEN
    RAISE EXCEPTION 'the packet has no such flag' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF read_in.superseded_at IS NOT NULL THEN
    RAISE EXCEPTION 'the packet is superseded: a flag is resolved in the current one'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  PERFORM FROM interviews_committeeseat
    WHERE loop_id = new.loop_id AND person_id = new.by_id AND recused_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'only a member of the committee who is not recused resolves a flag'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (
      SELECT FROM unnest(new.evidence) AS cited (ref)
      WHERE cited.ref NOT IN (
        SELECT note ->> 'ref' FROM jsonb_path_query(read_in.content, '$.cards[*].notes[*]') note))
  THEN
    RAISE EXCEPTION 'evidence is a note of a counted card in the packet'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT * INTO former FROM hiring_committee_flagresolution WHERE id = new.supersedes_id;
  IF new.supersedes_id IS NOT NULL AND (former.loop_id, former.signal, former.fingerprint)
     IS DISTINCT FROM (new.loop_id, new.signal, new.fingerprint) THEN
    RAISE EXCEPTION 'a resolution supersedes one of the same flag'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER allowed BEFORE INSERT ON hiring_committee_flagresolution
  FOR EACH ROW EXECUTE FUNCTION resolution_allowed();

CREATE FUNCTION packet_has_its_flags() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT array_agg(flag ->> 'signal' ORDER BY flag ->> 'signal')
      FROM jsonb_path_query(new.content, '$.flags[*]') flag)
     IS DISTINCT FROM
     (SELECT array_agg(signal::text ORDER BY signal::text)
      FROM hiring_committee_packetflag WHERE packet_id = new.id) THEN
    RAISE EXCEPTION 'a packet is stored with a row for each of its flags'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER has_its_flags AFTER INSERT ON hiring_committee_packet
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION packet_has_its_flags();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON hiring_committee_packetflag
  FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON hiring_committee_flagresolution
  FOR EACH ROW EXECUTE FUNCTION forbid_change();

CREATE FUNCTION task_done_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' OR old.done_at IS NOT NULL OR new.done_at IS NULL
     OR (new.id, new.loop_id, new.resolution_id, new.kind, new.about, new.requested_by_id, new.at)
        IS DISTINCT FROM
        (old.id, old.loop_id, old.resolution_id, old.kind, old.about, old.requested_by_id, old.at)
  THEN
    RAISE EXCEPTION 'a task is only marked done, once'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER done_once BEFORE UPDATE OR DELETE ON hiring_committee_recruitertask
  FOR EACH ROW EXECUTE FUNCTION task_done_once();
"""
BACKWARD = """
DROP FUNCTION task_done_once() CASCADE;
DROP TRIGGER append_only ON hiring_committee_flagresolution;
DROP TRIGGER append_only ON hiring_committee_packetflag;
DROP FUNCTION packet_has_its_flags() CASCADE;
DROP FUNCTION resolution_allowed() CASCADE;
DROP FUNCTION open_flags(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("hiring_committee", "0004_flags_of_packets"),
        ("accounts", "0002_audit_chain"),
        ("interviews", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
