-- Submitted is final: versions are added, and the working copy is locked until it is amended.

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON scorecard_scorecardversion
  FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON scorecard_syncoperation
  FOR EACH ROW EXECUTE FUNCTION append_only();

CREATE OR REPLACE TRIGGER locked BEFORE UPDATE ON scorecard_scorecard
  FOR EACH ROW WHEN (
    old.submitted_at IS NOT NULL AND new.submitted_at IS DISTINCT FROM old.submitted_at
    OR old.state = 'submitted' AND new.state = 'submitted'
       AND (new.recommendation, new.correctness, new.summary, new.follow_up)
         IS DISTINCT FROM (old.recommendation, old.correctness, old.summary, old.follow_up)
    OR (new.seat_id, new.rubric_version_id) IS DISTINCT FROM (old.seat_id, old.rubric_version_id))
  EXECUTE FUNCTION refuse('a submitted scorecard is not edited in place: amend it');

-- Neither changed in place, nor moved off a submitted card or onto one.
CREATE OR REPLACE FUNCTION working_copy_locked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE cards uuid[];
BEGIN
  CASE tg_table_name
    WHEN 'scorecard_rating_notes' THEN
      cards := ARRAY(SELECT scorecard_id FROM scorecard_rating
                     WHERE id IN (new.rating_id, old.rating_id));
    WHEN 'scorecard_flag_notes' THEN
      cards := ARRAY(SELECT scorecard_id FROM scorecard_flag
                     WHERE id IN (new.flag_id, old.flag_id));
    ELSE
      cards := ARRAY[new.scorecard_id, old.scorecard_id];
  END CASE;
  PERFORM require(
    NOT EXISTS (SELECT FROM scorecard_scorecard WHERE id = ANY (cards) AND state = 'submitted'),
    'a submitted scorecard is not edited in place: amend it');
  RETURN coalesce(new, old);
END $$;

CREATE OR REPLACE TRIGGER locked BEFORE INSERT OR UPDATE OR DELETE ON scorecard_note
  FOR EACH ROW EXECUTE FUNCTION working_copy_locked();
CREATE OR REPLACE TRIGGER locked BEFORE INSERT OR UPDATE OR DELETE ON scorecard_rating
  FOR EACH ROW EXECUTE FUNCTION working_copy_locked();
CREATE OR REPLACE TRIGGER locked BEFORE INSERT OR UPDATE OR DELETE ON scorecard_rating_notes
  FOR EACH ROW EXECUTE FUNCTION working_copy_locked();
CREATE OR REPLACE TRIGGER locked BEFORE INSERT OR UPDATE OR DELETE ON scorecard_flag
  FOR EACH ROW EXECUTE FUNCTION working_copy_locked();
CREATE OR REPLACE TRIGGER locked BEFORE INSERT OR UPDATE OR DELETE ON scorecard_flag_notes
  FOR EACH ROW EXECUTE FUNCTION working_copy_locked();
