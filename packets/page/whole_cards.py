"""Part 12: the scorecards whole."""

from dataclasses import dataclass

from packets.content.card_sections import CardSection
from packets.content.document import PacketContent
from packets.page.amendment_tables import ShownAmendment, shown_amendment
from packets.page.labels import CardLabel, Labels, ShownRating
from packets.page.wording import count
from scorecard.readable import ReadableNote


@dataclass(frozen=True)
class CardFlag:
    title: str
    severity: str
    explanation: str
    notes: list[ReadableNote]


@dataclass(frozen=True)
class WholeCard:
    where: CardLabel
    kind: str  # counted, shadow, apart
    recommendation: str
    correctness: str
    summary: str
    follow_up: str
    ratings: list[ShownRating]
    flags: list[CardFlag]
    notes: list[ReadableNote]
    answers: list[tuple[str, str]]
    amendments: list[ShownAmendment]
    size: str


def whole_cards(content: PacketContent, labels: Labels) -> list[WholeCard]:
    """Counted cards, then shadows' and those apart, which count for nothing."""
    return [
        *(_card(card, "counted", labels) for card in content["cards"]),
        *(_card(card, "shadow", labels) for card in content["shadows"]),
        *(_card(card, "apart", labels) for card in content["apart"]),
    ]


def _card(card: CardSection, kind: str, labels: Labels) -> WholeCard:
    notes = {note["ref"]: labels.note(note) for note in card["notes"]}
    return WholeCard(
        where=labels.where(card),
        kind=kind,
        recommendation=labels.title("recommendations", card["recommendation"]),
        correctness=labels.title("correctness", card["correctness"]),
        summary=card["summary"],
        follow_up=card["follow_up"],
        ratings=_ratings(card, notes, labels),
        flags=_flags(card, notes, labels),
        notes=list(notes.values()),
        answers=[(_about(each["where"], labels), each["reason"]) for each in card["answers"]],
        amendments=[
            shown_amendment(each, f"Version {each['version']} of card {card['ref']}", labels)
            for each in card["amendments"]
        ],
        size=_size(card),
    )


def _ratings(
    card: CardSection, notes: dict[str, ReadableNote], labels: Labels
) -> list[ShownRating]:
    return [
        ShownRating(
            anchor=f"r-{card['ref']}-{each['dimension']}",
            where=labels.where(card),
            dimension=labels.title("dimensions", each["dimension"]),
            value=each["rating"],
            reason=each["reason"],
            rationale=each["rationale"],
            notes=[notes[ref] for ref in each["notes"]],
        )
        for each in card["ratings"]
    ]


def _flags(card: CardSection, notes: dict[str, ReadableNote], labels: Labels) -> list[CardFlag]:
    return [
        CardFlag(
            labels.title("signals", each["signal"]),
            labels.title("severities", each["severity"]),
            each["explanation"],
            [notes[ref] for ref in each["notes"]],
        )
        for each in card["flags"]
    ]


def _size(card: CardSection) -> str:
    flags = [count(len(card["flags"]), "flag")] if card["flags"] else []
    counts = [count(len(card["notes"]), "note"), count(len(card["ratings"]), "rating")]
    return ", ".join([*counts, *flags])


def _about(where: str, labels: Labels) -> str:
    """What an answer to a check is about, where it names a dimension or a flag."""
    kind, _, id = where.partition("-")
    shelf = {"dimension": "dimensions", "flag": "signals"}.get(kind)
    return labels.title(shelf, id) if shelf else "The scorecard"
