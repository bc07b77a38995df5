"""Several candidates and interviews of one opening out of a table: read, planned, carried out.

`table` reads CSV and XLSX into text cells, `rows` understands them, `plan` says what each would do
to what is there, `carry_out` does it. `table` and `rows` know no database.
"""
