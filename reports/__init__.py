"""What a season shows: exports, agreement, the calibration run, an interviewer's record."""
