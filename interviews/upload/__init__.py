"""Many candidates and interviews of one opening out of a table: read, planned, carried out.

`table` reads CSV and XLSX into text cells, `rows` understands them, `plan` says what each would do
to what is there, `carry_out` does it. The first two know no database.
"""
