"""The scorecards of a file: handed in as they were, with each later change as a version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from accounts.models import User
from ats.formats.documents import LoopDocument, SeatDocument, SubmissionDocument
from ats.importing.card_contents import content_of, enriched, same
from ats.importing.report import FileReport
from ats.importing.stored import Knowledge, Stored, knowledge_of
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


class CardImport:
    """Hands in the cards of one loop. `tally` says what became of each."""

    def __init__(
        self, loop: LoopDocument, stored: Stored, people: Mapping[str, User], tally: FileReport
    ) -> None:
        self.loop, self.stored, self.people, self.tally = loop, stored, people, tally

    def hand_in(self, seats: Sequence[tuple[SeatDocument, Seat]], version: RubricVersion) -> None:
        """Hand in what is not here yet, in the order in which it happened."""
        new: list[Scorecard] = []
        steps: list[Step] = []
        for doc, seat in seats:
            if not doc.submission:
                continue
            card, last = self.stored.card_of(seat)
            if card:
                steps += self._missing(doc, self._history(doc, doc.submission, card), card, last)
            else:
                new.append(Scorecard(seat=seat, rubric_version=version))
                steps += self._history(doc, doc.submission, new[-1])
        Scorecard.objects.bulk_create(new)
        for step in sorted(steps, key=lambda step: step.at):
            thing, id = "version" if step.reason else "scorecard", str(step.card.seat.external_id)
            when = f" of {step.at:%Y-%m-%d %H:%M}" if step.reason else ""
            self.tally.created.add((thing, id + when))
            _hand_in(step)

    def _history(
        self, doc: SeatDocument, handed_in: SubmissionDocument, card: Scorecard
    ) -> list[Step]:
        """The card as first submitted, and once more for each change since, oldest first."""
        source: dict[str, Any] = {"format": self.loop.format, "file": self.loop.source}
        if who := handed_in.entered_by:
            source["submitted_by"] = {"name": who.name, "email": who.email}
        author, first = self.people[doc.person.email], content_of(handed_in.card, doc.id)
        steps = [Step(card, first, author, handed_in.submitted_at, source)]
        for change in handed_in.revisions:
            reason = f"Changed after submission in the imported file: {', '.join(change.fields)}"
            by, content = self.people[change.by.email], content_of(change.card, doc.id)
            steps.append(Step(card, content, by, change.at, source, reason))
        times = [step.at for step in steps[:-1]] + [handed_in.updated_at]
        return [
            replace(step, source={**source, "updated_at": at.isoformat()})
            for step, at in zip(steps, times, strict=True)
        ]

    def _missing(
        self, doc: SeatDocument, history: list[Step], card: Scorecard, last: ScorecardVersion | None
    ) -> list[Step]:
        """Which versions a card that is here already lacks; a person's own writing stays."""
        final = history[-1]
        if last is None:
            if submission.read_content(card) == CardContent():
                return history  # opened, and nothing written yet
            why = f"{card.author} has begun it here"
        elif same(last.card, final.content):
            self.tally.unchanged.add(("scorecard", doc.id))
            return []
        elif not last.source:
            why = f"{last.by} wrote it here"
        elif card.state == Scorecard.State.AMENDING:
            why = "it is being amended here"
        else:
            mine, known = knowledge_of(final.source), knowledge_of(last.source)
            if mine > known:
                return self._newer(doc, history, last)
            why = f"{last.source['file']} {_better(known, mine)}"
        self.tally.keep("scorecard", doc.id, why)
        return []

    def _newer(self, doc: SeatDocument, history: list[Step], last: ScorecardVersion) -> list[Step]:
        """The versions after the one that is here; or the newest, where it is not among them."""
        final, handed_in, known = history[-1], doc.submission, knowledge_of(last.source)
        is_poorer = knowledge_of(final.source).rank < known.rank
        content = enriched(final.content, last.card) if is_poorer else final.content
        if same(content, last.card):
            self.tally.unchanged.add(("scorecard", doc.id))
            return []
        for index, step in enumerate(history):
            if same(step.content, last.card):
                return history[index + 1 :]
        assert handed_in
        at = handed_in.updated_at
        if at > known.at:
            reason = f"Imported anew: the file was changed at {at:%Y-%m-%d %H:%M} UTC"
        else:
            reason = f"Imported anew: {final.source['file']} says more than {last.source['file']}"
        author, imported = history[0].by, ScorecardVersion.Origin.IMPORT
        return [replace(final, content=content, by=author, at=at, reason=reason, origin=imported)]


def _hand_in(step: Step) -> None:
    card, by, at = step.card, step.by, step.at
    if card.is_locked:
        submission.begin_amendment(card, by)
    submission.write_content(card, step.content)
    submission.submit(card, by, reason=step.reason, origin=step.origin, at=at, source=step.source)


def _better(known: Knowledge, mine: Knowledge) -> str:
    """Why what is known stands."""
    if known.at > mine.at:
        return "is newer"
    return "says more" if known.rank > mine.rank else "is of the same time and came first"
