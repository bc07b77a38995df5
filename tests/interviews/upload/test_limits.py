"""How much a table may hold: the most that is taken, and the least that is not."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from interviews.models import InterviewUpload
from interviews.refusals import Refused
from interviews.times import fault_of
from interviews.upload import uploads
from interviews.upload.rows import Row, understand
from interviews.upload.table import Table, read
from tests.people import MONDAY

HEAD = b"Candidate,E-mail\n"


def is_taken(data: bytes) -> bool:
    try:
        read(data)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(("many", "taken"), [(2000, True), (2001, False)])
def test_two_thousand_rows(many: int, taken: bool) -> None:
    assert is_taken(HEAD + b"Ada,ada@x.example\n" * many) is taken


@pytest.mark.parametrize(("many", "taken"), [(40, True), (41, False)])
def test_forty_columns(many: int, taken: bool) -> None:
    line = b"a," * (many - 1) + b"a\n"
    assert is_taken(line + line) is taken


@pytest.mark.parametrize(("many", "taken"), [(1000, True), (1001, False)])
def test_a_thousand_characters_in_a_cell(many: int, taken: bool) -> None:
    assert is_taken(HEAD + b"x" * many + b",a@x.example\n") is taken


@pytest.mark.parametrize(("size", "taken"), [(5 * 1024 * 1024, True), (5 * 1024 * 1024 + 1, False)])
def test_five_megabytes(size: int, taken: bool) -> None:
    data = HEAD + b"Ada,ada@x.example\n"
    assert is_taken(data + b"\n" * (size - len(data))) is taken


def row_of(**cells: str) -> Row:
    """The one row of a table with these cells."""
    usual = {"Candidate": "Ada", "E-mail": "ada@x.example"} | cells
    rows = ((2, tuple(usual.values())),)
    [found] = understand(Table(tuple(usual), rows), {"ml-coding": "ML coding"}, "UTC")
    return found


@pytest.mark.parametrize("column", ["Candidate", "Current title", "Current company"])
def test_two_hundred_characters_of_a_name_a_title_a_company(column: str) -> None:
    assert row_of(**{column: "x" * 200}).faults == ()
    [fault] = row_of(**{column: "x" * 201}).faults
    assert fault == f"{column} is longer than 200 characters: shorten it."


@pytest.mark.parametrize(("hours", "seconds", "fits"), [(0, 0, False), (0, 1, True), (12, 0, True)])
def test_an_interview_takes_more_than_no_time(hours: int, seconds: int, fits: bool) -> None:
    starts = MONDAY.astimezone(ZoneInfo("Europe/Berlin"))
    ends = starts + timedelta(hours=hours, seconds=seconds)
    assert (fault_of(starts, ends) == "") is fits
    assert "twelve hours" in fault_of(starts, starts + timedelta(hours=12, seconds=1))


@pytest.mark.parametrize(
    ("size", "at_once"),
    [
        (16 * 1024, True),
        (16 * 1024 + 1, False),
        (5 * 1024 * 1024, False),
        (5 * 1024 * 1024 + 1, True),  # and refused
    ],
)
def test_a_file_of_sixteen_kilobytes_is_read_while_its_owner_waits(
    size: int, at_once: bool
) -> None:
    upload = InterviewUpload(step=InterviewUpload.Step.READ, file=b"x" * size)
    assert uploads.UPLOADS.is_small(upload) is at_once


@pytest.mark.parametrize(("many", "at_once"), [(50, True), (51, False)])
def test_a_plan_of_fifty_rows_is_carried_out_while_its_owner_waits(
    many: int, at_once: bool
) -> None:
    upload = InterviewUpload(step=InterviewUpload.Step.CARRY_OUT, plan={"steps": [{}] * many})
    assert uploads.UPLOADS.is_small(upload) is at_once
