"""Mail addresses as names of people."""

import unicodedata


def normalise_email(text: str) -> str:
    """One spelling for one mailbox: trimmed, lower case, composed Unicode."""
    return unicodedata.normalize("NFC", text.strip().lower())
