"""Exports: what leaves the house as a file. Rows by kind, files by format, the work by `jobs`."""
