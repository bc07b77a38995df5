"""Candidates, openings, loops, interviews and their seats; scheduling; sheets that become loops."""
