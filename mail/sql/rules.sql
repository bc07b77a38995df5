-- What was told stays told: texts are added, and a mail moves on and is never sent a second time.

-- Arguments name the columns that change on a mail's way; everything else stays as it was put.
CREATE OR REPLACE FUNCTION mail_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM require(
    tg_op = 'UPDATE' AND old.state NOT IN ('sent', 'failed')
      AND (old.state, new.state) <> ('sending', 'queued')
      AND to_jsonb(new) - tg_argv = to_jsonb(old) - tg_argv,
    'a mail is never changed, and never sent a second time');
  RETURN new;
END $$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON mail_mail
  FOR EACH ROW EXECUTE FUNCTION mail_moves_on('state', 'error', 'begun_at');
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON mail_mailtext
  FOR EACH ROW EXECUTE FUNCTION append_only();
