"""Published rubrics and submitted versions never change; a submitted working copy is locked."""

from django.db import migrations

APPEND_ONLY = ("scorecard_rubricversion", "scorecard_scorecardversion")
LOCKED = ("scorecard_note", "scorecard_rating", "scorecard_flag")

FORWARD = (
    """
CREATE FUNCTION scorecard_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT state FROM scorecard_scorecard
      WHERE id = coalesce(new.scorecard_id, old.scorecard_id)) = 'submitted' THEN
    RAISE EXCEPTION 'a submitted scorecard is not edited in place: amend it'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN coalesce(new, old);
END $$;

CREATE FUNCTION scorecard_fields_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.submitted_at IS NOT NULL AND new.submitted_at IS DISTINCT FROM old.submitted_at
     OR old.state = 'submitted' AND new.state = 'submitted' AND
        (new.recommendation, new.correctness, new.summary, new.follow_up)
        IS DISTINCT FROM (old.recommendation, old.correctness, old.summary, old.follow_up)
     OR old.seat_id <> new.seat_id OR old.rubric_version_id <> new.rubric_version_id THEN
    RAISE EXCEPTION 'a submitted scorecard is not edited in place: amend it'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER locked BEFORE UPDATE ON scorecard_scorecard
  FOR EACH ROW EXECUTE FUNCTION scorecard_fields_locked();
"""
    + "".join(
        f"""
CREATE TRIGGER locked BEFORE INSERT OR UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION scorecard_locked();"""
        for table in LOCKED
    )
    + "".join(
        f"""
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION forbid_change();"""
        for table in APPEND_ONLY
    )
)
BACKWARD = (
    "DROP FUNCTION scorecard_locked() CASCADE; DROP FUNCTION scorecard_fields_locked() CASCADE;"
    + "".join(f"DROP TRIGGER append_only ON {table};" for table in APPEND_ONLY)
)


class Migration(migrations.Migration):
    dependencies = [("scorecard", "0001_initial"), ("accounts", "0002_audit_chain")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
