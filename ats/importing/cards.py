"""The scorecards of a file: handed in as they were, with each later change as a version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from accounts.models import User
from ats.formats.documents import LoopDocument, SeatDocument, SubmissionDocument
from ats.importing.contents import content_of, enriched, same
from ats.importing.report import FileReport
from ats.importing.stored import Knowledge, Stored, knowledge
from interviews.models import Seat
from rubric.models import RubricVersion
from scorecard import submission
from scorecard.content import CardContent
from scorecard.models import Scorecard, ScorecardVersion


@dataclass(frozen=True)
class Step:
    """One version to be added, at its time."""

    card: Scorecard
    content: CardContent
    by: User
    at: datetime
    source: dict[str, Any]
    reason: str = ""
    origin: str = ""


def import_cards(
    loop: LoopDocument,
    seats: Sequence[tuple[SeatDocument, Seat]],
    stored: Stored,
    people: Mapping[str, User],
    version: RubricVersion,
    tally: FileReport,
) -> None:
    """Hand in what is not here yet, in the order in which it happened."""
    new: list[Scorecard] = []
    steps: list[Step] = []
    for doc, seat in seats:
        if not doc.submission:
            continue
        card, last = stored.card_of(seat)
        if card is None:
            card = Scorecard(seat=seat, rubric_version=version)
            new.append(card)
        history = _history(doc, doc.submission, loop, card, people)
        steps += history if card in new else _news(doc, history, card, last, tally)
    Scorecard.objects.bulk_create(new)
    for step in sorted(steps, key=lambda step: step.at):
        thing, id = "version" if step.reason else "scorecard", str(step.card.seat.external_id)
        tally.created.add((thing, f"{id} of {step.at:%Y-%m-%d %H:%M}" if step.reason else id))
        _hand_in(step)


def _hand_in(step: Step) -> None:
    if step.card.is_locked:
        submission.begin_amendment(step.card, step.by)
    submission.write_content(step.card, step.content)
    submission.submit(
        step.card,
        step.by,
        reason=step.reason,
        origin=step.origin,
        at=step.at,
        source=step.source,
    )


def _history(
    doc: SeatDocument,
    handed_in: SubmissionDocument,
    loop: LoopDocument,
    card: Scorecard,
    people: Mapping[str, User],
) -> list[Step]:
    """The card as first submitted, and once more for each change since, oldest first."""
    source: dict[str, Any] = {"format": loop.format, "file": loop.source}
    if who := handed_in.entered_by:
        source["submitted_by"] = {"name": who.name, "email": who.email}
    author = people[doc.person.email]
    steps = [Step(card, content_of(handed_in.card, doc.id), author, handed_in.submitted_at, source)]
    for change in handed_in.revisions:
        reason = f"Changed after submission in the imported file: {', '.join(change.fields)}"
        by, content = people[change.by.email], content_of(change.card, doc.id)
        steps.append(Step(card, content, by, change.at, source, reason))
    times = [step.at for step in steps[:-1]] + [handed_in.updated_at]
    return [
        replace(step, source={**source, "updated_at": at.isoformat()})
        for step, at in zip(steps, times, strict=True)
    ]


def _news(
    doc: SeatDocument,
    history: Sequence[Step],
    card: Scorecard,
    last: ScorecardVersion | None,
    tally: FileReport,
) -> list[Step]:
    """Which versions a card that is here already lacks; a person's own writing is left alone."""
    final = history[-1]
    if last is None:
        if submission.read_content(card) == CardContent():
            return list(history)  # opened, and nothing written yet
        why = f"{card.author} has begun it here"
    elif same(last.card, final.content):
        tally.unchanged.add(("scorecard", doc.id))
        return []
    elif not last.source:
        why = f"{last.by} wrote it here"
    elif card.state == Scorecard.State.AMENDING:
        why = "it is being amended here"
    else:
        mine, known = _knowledge(final.source), _knowledge(last.source)
        if mine > known:
            return _newer(doc, history, last, mine.rank < known.rank, tally)
        why = f"{last.source['file']} {_better(known, mine)}"
    tally.keep("scorecard", doc.id, why)
    return []


def _better(known: Knowledge, mine: Knowledge) -> str:
    """Why what is known stands."""
    if known.at > mine.at:
        return "is newer"
    return "says more" if known.rank > mine.rank else "is of the same time and came first"


def _newer(
    doc: SeatDocument,
    history: Sequence[Step],
    last: ScorecardVersion,
    poorer: bool,
    tally: FileReport,
) -> list[Step]:
    """The versions after the one that is here; or the newest, where that one is not among them."""
    final = history[-1]
    content = enriched(final.content, last.card) if poorer else final.content
    if same(content, last.card):
        tally.unchanged.add(("scorecard", doc.id))
        return []
    for index, step in enumerate(history):
        if same(step.content, last.card):
            return list(history[index + 1 :])
    handed_in = doc.submission
    assert handed_in
    at = handed_in.updated_at
    if at > _knowledge(last.source).at:
        reason = f"Imported anew: the file was changed at {at:%Y-%m-%d %H:%M} UTC"
    else:
        reason = f"Imported anew: {final.source['file']} says more than {last.source['file']}"
    author = history[0].by
    imported = ScorecardVersion.Origin.IMPORT
    return [replace(final, content=content, by=author, at=at, reason=reason, origin=imported)]


def _knowledge(source: Mapping[str, Any]) -> Knowledge:
    """How much the file of a version is to be believed."""
    return knowledge(source["updated_at"], source["format"])
