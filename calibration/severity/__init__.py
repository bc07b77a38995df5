"""Who rates how strictly, and what is left of a rating without it: pure arithmetic, no Django."""
