"""Reading query parameters, so that whatever is sent is safe to look up in the database."""

from collections.abc import Mapping

LONGEST = 200  # characters; no name is longer
DIGITS = 18  # fits a bigint


def asked(given: Mapping[str, str], name: str) -> str:
    """The parameter, trimmed and cut to LONGEST, without NUL (which PostgreSQL cannot store)."""
    return given.get(name, "").replace("\0", "").strip()[:LONGEST]


def number(text: str) -> int | None:
    """The text as a whole number, or None where it is not one or is too long for a bigint."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else None
