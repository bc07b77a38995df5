"""Why a challenged remark stands, beside votes, decisions and notes on evidence, as unchanging."""

from django.db import migrations, models

FORWARD = """
CREATE OR REPLACE FUNCTION decision_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' OR old.superseded_at IS NOT NULL OR new.superseded_at IS NULL
     OR to_jsonb(new) - 'superseded_at' IS DISTINCT FROM to_jsonb(old) - 'superseded_at' THEN
    PERFORM committee_refuse('a decision is never changed: a new one supersedes it, once');
  END IF;
  RETURN new;
END $$;

CREATE OR REPLACE FUNCTION evidence_note_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' OR old.read_at IS NOT NULL OR new.read_at IS NULL
     OR to_jsonb(new) - 'read_at' IS DISTINCT FROM to_jsonb(old) - 'read_at' THEN
    RAISE EXCEPTION 'a note on evidence is only marked as read, once'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("hiring_committee", "0022_base_rates")]
    operations = [
        *(
            migrations.AddField(
                model, "answer", models.TextField(blank=True, default=""), preserve_default=False
            )
            for model in ("vote", "decision", "evidencenote")
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]
