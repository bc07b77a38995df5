"""When a rating counts: it cites evidence that is not noise. Pure."""

from rubric.content import Rubric
from scorecard.content import CardContent, RatingContent

ADAPTABILITY = "adaptability"  # rated only where something was put in the candidate's way

NO_CONSTRAINT = "no-constraint"


def unsupported_reason(
    rating: RatingContent, card: CardContent, rubric: Rubric, constraint_in_room: bool = False
) -> str:
    """Why the rating enters no figure: no-evidence, noise-only, no-constraint; empty if it does.

    A rating without a value is a gap and not unsupported: empty. `constraint_in_room` says that
    somebody else in the same interview put a constraint, which serves this card too.
    """
    if rating.value is None:
        return ""
    cited = [note for note in card.notes if note.id in rating.notes]
    if not cited:
        return "no-evidence"
    if all(note.polarity == "noise" for note in cited):
        return "noise-only"
    put = constraint_in_room or constraint_put(card, rubric)
    return NO_CONSTRAINT if rating.dimension == ADAPTABILITY and not put else ""


def constraint_put(card: CardContent, rubric: Rubric) -> bool:
    """Did the interviewer put a constraint or push back in this interview?"""
    probes = rubric.constraint_probes
    return any(note.kind == "probe" and note.probe in probes for note in card.notes)
