-- What a candidate or an interviewer was told stays as it was told.

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON recruiting_feedback
  FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON recruiting_feedbacktext
  FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON recruiting_feedbackcheck
  FOR EACH ROW EXECUTE FUNCTION append_only('answered_at', 'approves', 'remark');
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON recruiting_feedbackrelease
  FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON recruiting_invitation
  FOR EACH ROW EXECUTE FUNCTION append_only();
