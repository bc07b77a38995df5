"""Who may write to an interviewer about their evidence; and that a calibration never changes."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION evidence_note_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  author uuid;
  its_loop uuid;
BEGIN
  SELECT s.person_id, i.loop_id INTO author, its_loop
    FROM scorecard_scorecard c
    JOIN interviews_seat s ON s.id = c.seat_id
    JOIN interviews_interview i ON i.id = s.interview_id
   WHERE c.id = new.card_id AND c.submitted_at IS NOT NULL;
  IF NOT FOUND OR author = new.sender_id THEN
    RAISE EXCEPTION 'a note on evidence is about a handed-in card of somebody else'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  PERFORM FROM interviews_committeeseat
    WHERE loop_id = its_loop AND person_id = new.sender_id AND recused_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'only a member of the committee who is not recused writes to an interviewer'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER allowed BEFORE INSERT ON hiring_committee_evidencenote
  FOR EACH ROW EXECUTE FUNCTION evidence_note_allowed();

CREATE FUNCTION evidence_note_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' OR old.read_at IS NOT NULL OR new.read_at IS NULL
     OR (new.id, new.card_id, new.sender_id, new.text, new.sent_at)
        IS DISTINCT FROM (old.id, old.card_id, old.sender_id, old.text, old.sent_at) THEN
    RAISE EXCEPTION 'a note on evidence is only marked as read, once'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON hiring_committee_evidencenote
  FOR EACH ROW EXECUTE FUNCTION evidence_note_immutable();

CREATE FUNCTION calibration_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a calibration is never changed: another night makes another'
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON hiring_committee_calibrationsnapshot
  FOR EACH ROW EXECUTE FUNCTION calibration_immutable();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON hiring_committee_interviewerseverity
  FOR EACH ROW EXECUTE FUNCTION calibration_immutable();
"""
BACKWARD = """
DROP FUNCTION calibration_immutable() CASCADE;
DROP FUNCTION evidence_note_immutable() CASCADE;
DROP FUNCTION evidence_note_allowed() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("hiring_committee", "0013_calibration")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
