"""A submitted card's citations are locked as its notes are, and no row is moved off it or onto it."""

from django.db import migrations

CITING = ("rating", "flag")
REFUSE = """
    RAISE EXCEPTION 'a submitted scorecard is not edited in place: amend it'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN coalesce(new, old);
END $$;
"""

FORWARD = (
    """
CREATE OR REPLACE FUNCTION scorecard_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM scorecard_scorecard
             WHERE id IN (new.scorecard_id, old.scorecard_id) AND state = 'submitted') THEN"""
    + REFUSE
    + "".join(
        f"""
CREATE FUNCTION scorecard_{citing}_notes_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM scorecard_{citing} cites
             JOIN scorecard_scorecard card ON card.id = cites.scorecard_id
             WHERE cites.id IN (new.{citing}_id, old.{citing}_id)
               AND card.state = 'submitted') THEN{REFUSE}
CREATE TRIGGER locked BEFORE INSERT OR UPDATE OR DELETE ON scorecard_{citing}_notes
  FOR EACH ROW EXECUTE FUNCTION scorecard_{citing}_notes_locked();
"""
        for citing in CITING
    )
)
BACKWARD = "".join(f"DROP FUNCTION scorecard_{each}_notes_locked() CASCADE;" for each in CITING)


class Migration(migrations.Migration):
    dependencies = [("scorecard", "0006_loop_uploads")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
