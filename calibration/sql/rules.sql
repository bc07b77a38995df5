-- A calibration is never changed: another night makes another.

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON calibration_calibrationsnapshot
  FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON calibration_interviewerseverity
  FOR EACH ROW EXECUTE FUNCTION append_only();
