"""Files of applicant tracking systems: bytes in, dataclasses and faults out. No rows here."""
