-- Whoever was recused stays so, whoever writes: a way back would open what was read and voted.

CREATE OR REPLACE TRIGGER recusal_stays BEFORE UPDATE ON interviews_committeeseat
  FOR EACH ROW WHEN (
    old.recused_at IS NOT NULL
    AND (new.loop_id, new.person_id, new.recused_at, new.recusal_reason)
      IS DISTINCT FROM (old.loop_id, old.person_id, old.recused_at, old.recusal_reason))
  EXECUTE FUNCTION refuse('a recused member stays recused');
CREATE OR REPLACE TRIGGER recusal_is_kept BEFORE DELETE ON interviews_committeeseat
  FOR EACH ROW WHEN (old.recused_at IS NOT NULL)
  EXECUTE FUNCTION refuse('a recused member stays recused');
