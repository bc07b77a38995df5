"""Text that no spreadsheet takes for a formula. Pure.

A cell that begins with one of these signs may be run as a formula where the file is opened, the
full-width ones too in some languages; a quote before it makes it text, and is not shown by Excel.
"""

import re

SIGNS = "=+-@＝＋－＠"
BLANKS = "\t\r\n"
# What a program may skip before it looks for a sign: blanks, marks of direction, zero widths.
_UNSEEN = r"[\s\ufeff\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f]*"
_RISKY = re.compile(f"{_UNSEEN}[{BLANKS}{re.escape(SIGNS)}]")


def neutral(text: str) -> str:
    """The text as it may stand in a cell of CSV or XLSX: quoted where it could be run."""
    if text[:1].isalnum():  # as nearly every text does
        return text
    return f"'{text}" if _RISKY.match(text) else text
