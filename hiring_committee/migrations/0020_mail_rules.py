"""What was told stays told: texts and invitations are only added, and a mail only moves on."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION mail_only_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' OR old.state IN ('sent', 'failed')
     OR (old.state = 'sending' AND new.state = 'queued')
     OR (new.id, new.kind, new."to", new.loop_id, new.subject, new.body, new.calendar, new.method,
         new.created_at)
        IS DISTINCT FROM
        (old.id, old.kind, old."to", old.loop_id, old.subject, old.body, old.calendar, old.method,
         old.created_at) THEN
    RAISE EXCEPTION 'a mail is never changed, and never sent a second time'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER only_moves_on BEFORE UPDATE OR DELETE ON hiring_committee_mail
  FOR EACH ROW EXECUTE FUNCTION mail_only_moves_on();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON hiring_committee_mailtext
  FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON hiring_committee_invitation
  FOR EACH ROW EXECUTE FUNCTION forbid_change();
"""
BACKWARD = """
DROP FUNCTION mail_only_moves_on() CASCADE;
DROP TRIGGER append_only ON hiring_committee_mailtext;
DROP TRIGGER append_only ON hiring_committee_invitation;
"""


class Migration(migrations.Migration):
    dependencies = [("hiring_committee", "0019_mails")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
