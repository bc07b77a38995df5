"""Words of impression in a note that tells of nothing observed."""

import re
from functools import cache
from itertools import islice

from scorecard.wording.patterns import any_of, compiled, read
from scorecard.wording.remarks import WORD, Remark

_SHORT_NOTE = 14  # words; a longer note says more than its vague words
_ADVICE = "An impression, not yet evidence. Write what was said or done that made you think so."


def vague(text: str) -> list[Remark]:
    """Words of impression ("smart", "good vibe") in a short note that tells of no behaviour."""
    if sum(1 for _ in islice(WORD.finditer(text), _SHORT_NOTE + 1)) > _SHORT_NOTE:
        return []
    words = text.replace("’", "'")
    impressions, behaviour = vague_patterns()
    if behaviour.search(words):
        return []
    return [
        Remark("vague", match.span(), match.group(), _ADVICE)
        for match in impressions.finditer(words)
    ]


@cache
def vague_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words of impression, and the verbs and marks that show that something was observed."""
    lists = read("vague")
    nouns = {"noun": any_of(lists["noun"], {})}
    return (
        compiled(rf"\b{any_of(lists['impressions'], nouns)}\b"),
        compiled(rf"[\"“”]|\b{any_of(lists['behaviour'], {})}\b"),
    )
