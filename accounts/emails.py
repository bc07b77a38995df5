"""Mail addresses as names of people."""

import re
import unicodedata

LONGEST = 254
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


def normalise_email(text: str) -> str:
    """One spelling for one mailbox: trimmed, lower case, composed Unicode."""
    return unicodedata.normalize("NFC", text.strip().lower())


def is_email(address: str) -> bool:
    """Has it the form of an address, and fits the column once it is normalised?"""
    return bool(_ADDRESS.fullmatch(address)) and len(normalise_email(address)) <= LONGEST
