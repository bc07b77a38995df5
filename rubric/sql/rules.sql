-- A published rubric never changes: scorecards and packets point at it.

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON rubric_rubricversion
  FOR EACH ROW EXECUTE FUNCTION append_only();
