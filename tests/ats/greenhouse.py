"""The five files of the Greenhouse export, read, and what one looks for in them."""

from typing import Any

from ats.formats.documents import CardDocument, InterviewDocument, LoopDocument, SeatDocument
from tests.ats.files import an_export, read_export

# In the export, scheduled interview 1 is Amara's system design and scorecard 1 its card; scheduled
# interview 34 is the awaited one; scorecard 0 belongs to a phone screen.
DESIGN, AWAITED = 1, 32


def loops(values: Any = None) -> dict[str, LoopDocument]:
    found, log = read_export(values or an_export())
    assert log.faults == []
    return {each.candidate.id: each for each in found}


def seat(values: Any, id: str) -> SeatDocument:
    seats = [seat for loop in loops(values).values() for seat in loop.seats]
    return {each.id: each for each in seats}[id]


def interview(values: Any, id: str) -> InterviewDocument:
    interviews = [each for loop in loops(values).values() for each in loop.interviews]
    return {each.id: each for each in interviews}[id]


def card(values: Any, id: str = "90310002") -> CardDocument:
    handed_in = seat(values, id).submission
    assert handed_in
    return handed_in.final


def answer(values: Any, question: str, text: str | None, scorecard: int = DESIGN) -> Any:
    """The export with another answer to the question that begins so."""
    for each in values["scorecards.json"][scorecard]["questions"]:
        if each["question"].startswith(question):
            each["answer"] = text
    return values
