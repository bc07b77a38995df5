"""What the page is told about notes just saved, besides that they are."""

from collections.abc import Iterable
from typing import Any

from scorecard.models import Note


def advice_on(notes: Iterable[Note]) -> dict[str, Any]:
    """Challenges by note id. Empty where there is nothing to say."""
    return {}
