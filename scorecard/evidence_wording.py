"""The one place where the checks meet `scorecard.language`: phrases that are no evidence."""

from importlib import import_module
from importlib.util import find_spec

_language = import_module("scorecard.language") if find_spec("scorecard.language") else None


def vague(text: str) -> list[str]:
    """Words of impression (“smart”, “good vibe”), as written."""
    return _phrases("vague", text)


def remarks(text: str) -> list[str]:
    """Words about age, family, origin and the like, as written."""
    return _phrases("remarks", text)


def _phrases(finder: str, text: str) -> list[str]:
    if _language is None or not text.strip():
        return []
    return [
        found if isinstance(found, str) else found.text
        for found in getattr(_language, finder)(text)
    ]
