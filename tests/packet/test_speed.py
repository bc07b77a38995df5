"""Six scorecards and 150 notes are read and built in under 200 ms."""

import time

import pytest

from hiring_committee.packet import inputs
from hiring_committee.packet.build import build, digest
from scorecard.content import CardContent, FlagContent, NoteContent, RatingContent
from scorecard.models.rubric import rubric_of
from tests.people import MONDAY, make_loop, person, seat_in, submitted_card

NOTES = 25  # a card, six cards
SIGNALS = ("explicit-tradeoffs", "premature-complexity", "data-first", "ignores-data-reality")


def content(rubric, card: int) -> CardContent:
    notes = []
    for at in range(NOTES):
        signal = rubric.signals[SIGNALS[at % len(SIGNALS)]]
        notes.append(
            NoteContent(
                id=f"00000000-0000-4000-8000-{card:04d}{at:08d}",
                at_seconds=at * 100,
                kind="quote" if at % 3 else "observation",
                text="Weighed the cost of a held order against the loss it prevents, aloud. " * 3,
                stage="trade-offs",
                dimension=signal.dimension,
                signal=signal.id,
                polarity=signal.polarity,
            )
        )
    cited = tuple(note.id for note in notes[:4])
    return CardContent(
        recommendation="yes",
        notes=tuple(notes),
        ratings=tuple(RatingContent(id, 3, "seen", notes=cited) for id in rubric.dimensions),
        flags=(FlagContent("premature-complexity", "concern", "twice", cited),),
    )


@pytest.fixture
def loop(rubric):
    loop = make_loop()
    for at in range(6):
        seat = seat_in(loop, person(f"P {at}"), "ml-system-design")
        submitted_card(seat, content(rubric.rubric, at), at=MONDAY)
    return loop


def test_six_cards_and_150_notes_in_under_200_ms(rubric, loop):
    rubric_of(rubric.pk)
    times = []
    for _ in range(5):
        began = time.perf_counter()
        built = build(inputs.read(loop))
        digest(built)
        times.append(time.perf_counter() - began)
    assert sum(len(card["notes"]) for card in built["cards"]) == 150
    assert sorted(times)[2] < 0.2, times
