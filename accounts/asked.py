"""What an address asks for, in a form that the database can be asked about."""

from collections.abc import Mapping

LONGEST = 200  # characters; no name is longer
DIGITS = 18  # fits a bigint


def asked(given: Mapping[str, str], name: str) -> str:
    """The parameter of that name, trimmed and cut; without NUL, which PostgreSQL cannot hold."""
    return given.get(name, "").replace("\0", "").strip()[:LONGEST]


def number(text: str) -> int | None:
    """The number that the text is, if a row may have it; None where it is none or too long."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else None
