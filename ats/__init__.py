"""Files of other systems, read and imported."""
