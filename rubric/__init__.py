"""What interviewers look for: dimensions, signals, rounds, bars; packs and published versions."""
