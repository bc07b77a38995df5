"""Whoever was recused stays so, whoever writes: a way back would open what was read and voted."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION recusal_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' OR (new.loop_id, new.person_id, new.recused_at, new.recusal_reason)
     IS DISTINCT FROM (old.loop_id, old.person_id, old.recused_at, old.recusal_reason) THEN
    RAISE EXCEPTION 'a recused member stays recused'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER recusal_stays BEFORE UPDATE OR DELETE ON interviews_committeeseat
  FOR EACH ROW WHEN (old.recused_at IS NOT NULL) EXECUTE FUNCTION recusal_stays();
"""
BACKWARD = "DROP FUNCTION recusal_stays() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("interviews", "0003_openings")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
