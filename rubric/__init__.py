"""The rubric: what interviewers look for, in plain Python and YAML, with no Django in it."""
