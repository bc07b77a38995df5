"""Remarks in imported texts that are no evidence: named for a person to look at, never dropped."""

from collections.abc import Iterable, Iterator

from ats.formats.documents import CardDocument, LoopDocument
from ats.formats.faults import Log, printable
from scorecard.wording.remarks import remarks


def name_remarks(loops: Iterable[LoopDocument], log: Log) -> None:
    """A line for each remark on age, health, origin and the like, in the newest of each card."""
    for loop in loops:
        for seat in loop.seats:
            if not seat.submission:
                continue
            for where, text in _texts(seat.submission.final):
                for remark in remarks(text):
                    said = printable(remark.text)
                    log.check(seat.place, f"{where} says “{said}” ({remark.kind}): {remark.advice}")


def _texts(card: CardDocument) -> Iterator[tuple[str, str]]:
    """All that a card says in words, with its place in the card."""
    for index, note in enumerate(card.notes):
        yield f"note {index} at {note.at_seconds // 60:02d}:{note.at_seconds % 60:02d}", note.text
    for rating in card.ratings:
        yield f"the rating of {rating.dimension}", rating.rationale
    for flag in card.flags:
        yield f"the flag {flag.signal}", flag.explanation
    yield "the summary", card.summary
    yield "the follow-up", card.follow_up
