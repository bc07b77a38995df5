"""What is sent to a candidate stays as it was sent, and is sent only after a standing decision."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION feedback_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  source hiring_committee_feedback;
  decided hiring_committee_decision;
BEGIN
  SELECT * INTO source FROM hiring_committee_feedback WHERE id = new.feedback_id;
  SELECT * INTO decided FROM hiring_committee_decision WHERE id = source.decision_id FOR SHARE;
  IF decided.superseded_at IS NOT NULL OR decided.kind = 'more_evidence' THEN
    RAISE EXCEPTION 'feedback follows a decision that stands and is final'
      USING ERRCODE = 'integrity_constraint_violation';
  ELSIF NOT EXISTS (SELECT FROM hiring_committee_feedbacktext
                    WHERE id = new.text_id AND feedback_id = new.feedback_id) THEN
    RAISE EXCEPTION 'this is a text of another feedback'
      USING ERRCODE = 'integrity_constraint_violation';
  ELSIF EXISTS (SELECT FROM hiring_committee_feedbackcheck
                WHERE text_id = new.text_id AND approves IS NOT TRUE) THEN
    RAISE EXCEPTION 'a check of this text is open or asks for a change'
      USING ERRCODE = 'integrity_constraint_violation';
  ELSIF (SELECT count(*) FROM jsonb_path_query(
           (SELECT content FROM hiring_committee_packet WHERE id = source.packet_id),
           '$.scorecards[*] ? (@.status == "counted")')) < 2 THEN
    RAISE EXCEPTION 'feedback needs two scorecards that count'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER allowed BEFORE INSERT ON hiring_committee_feedbackrelease
  FOR EACH ROW EXECUTE FUNCTION feedback_allowed();

CREATE FUNCTION feedback_of_its_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM hiring_committee_decision
                 WHERE id = new.decision_id AND loop_id = new.loop_id
                   AND packet_id = new.packet_id) THEN
    RAISE EXCEPTION 'feedback is drafted from the packet that was decided on'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER of_its_decision BEFORE INSERT ON hiring_committee_feedback
  FOR EACH ROW EXECUTE FUNCTION feedback_of_its_decision();

CREATE FUNCTION feedback_text_before_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM hiring_committee_feedbackrelease WHERE feedback_id = new.feedback_id) THEN
    RAISE EXCEPTION 'feedback that was released is not written on'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER before_release BEFORE INSERT ON hiring_committee_feedbacktext
  FOR EACH ROW EXECUTE FUNCTION feedback_text_before_release();

CREATE FUNCTION feedback_check_answered_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' OR old.answered_at IS NOT NULL OR new.answered_at IS NULL
     OR (new.id, new.text_id, new.asked_by_id, new.asked_of_id, new.asked_at)
        IS DISTINCT FROM (old.id, old.text_id, old.asked_by_id, old.asked_of_id, old.asked_at) THEN
    RAISE EXCEPTION 'a check is only answered, once'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER answered_once BEFORE UPDATE OR DELETE ON hiring_committee_feedbackcheck
  FOR EACH ROW EXECUTE FUNCTION feedback_check_answered_once();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON hiring_committee_feedback
  FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON hiring_committee_feedbacktext
  FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON hiring_committee_feedbackrelease
  FOR EACH ROW EXECUTE FUNCTION forbid_change();
"""
BACKWARD = """
DROP FUNCTION feedback_allowed() CASCADE;
DROP FUNCTION feedback_of_its_decision() CASCADE;
DROP FUNCTION feedback_text_before_release() CASCADE;
DROP FUNCTION feedback_check_answered_once() CASCADE;
DROP TRIGGER append_only ON hiring_committee_feedback;
DROP TRIGGER append_only ON hiring_committee_feedbacktext;
DROP TRIGGER append_only ON hiring_committee_feedbackrelease;
"""


class Migration(migrations.Migration):
    dependencies = [("hiring_committee", "0008_feedback")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
