-- What was told stays told: texts are added, and a mail moves on and is never sent a second time.

-- Arguments name the columns that change on a mail's way; everything else stays as it was put. A
-- mail that was claimed waits again only with the reason and the time of another attempt.
CREATE OR REPLACE FUNCTION mail_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM require(
    tg_op = 'UPDATE' AND old.state NOT IN ('sent', 'failed', 'withdrawn')
      AND ((old.state, new.state) <> ('sending', 'queued') OR new.error <> ''
        AND new.attempts = old.attempts + 1 AND new.next_at > old.next_at)
      AND to_jsonb(new) - tg_argv = to_jsonb(old) - tg_argv,
    'a mail is never changed, and never sent a second time');
  RETURN new;
END $$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON mail_mail
  FOR EACH ROW EXECUTE FUNCTION mail_moves_on(
    'state', 'error', 'begun_at', 'attempts', 'next_at');
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON mail_mailtext
  FOR EACH ROW EXECUTE FUNCTION append_only();
