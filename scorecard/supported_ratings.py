"""When a rating counts: it cites evidence that is not noise. Pure."""

from rubric.content import Rubric
from scorecard.content import CardContent, RatingContent

ADAPTABILITY = "adaptability"  # rated only where something was put in the candidate's way

NO_CONSTRAINT = "no-constraint"


def unsupported_reason(rating: RatingContent, card: CardContent, rubric: Rubric) -> str:
    """Why the rating enters no figure: no-evidence, noise-only, no-constraint; empty if it does.

    A rating without a value is a gap and not unsupported: empty.
    """
    if rating.value is None:
        return ""
    cited = [note for note in card.notes if note.id in rating.notes]
    if not cited:
        return "no-evidence"
    if all(note.polarity == "noise" for note in cited):
        return "noise-only"
    if rating.dimension == ADAPTABILITY and not constraint_put(card, rubric):
        return NO_CONSTRAINT
    return ""


def constraint_put(card: CardContent, rubric: Rubric) -> bool:
    """Did the interviewer put a constraint or push back in this interview?"""
    probes = rubric.constraint_probes
    return any(note.kind == "probe" and note.probe in probes for note in card.notes)
