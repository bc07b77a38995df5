"""What a row of a table means, cell by cell, and each fault with its remedy. No database."""

from datetime import UTC, datetime

import pytest

from interviews.refusals import Refused
from interviews.upload.rows import Row, understand
from interviews.upload.table import Table

ROUNDS = {"ml-coding": "ML coding", "behavioral": "Behavioural"}
WHOLE = {
    "Candidate": "Ada  Byron",
    "E-mail": "ADA@x.example",
    "Current title": "Engineer",
    "Current company": "Mill",
    "Round": "ml-coding",
    "Starts": "2026-12-01 09:30",
    "Ends": "2026-12-01 10:30",
    "Time zone": "America/New_York",
    "Interviewer": "Lead@x.example",
    "Second": "second@x.example",
    "Shadow": "shadow@x.example",
}


def rows(header: tuple[str, ...], *lines: tuple[str, ...], zone: str = "UTC") -> list[Row]:
    numbered = tuple((at, cells) for at, cells in enumerate(lines, start=2))
    return understand(Table(header, numbered), ROUNDS, zone)


def row(zone: str = "UTC", **cells: str) -> Row:
    """The whole row, with these cells otherwise; underscores stand for blanks."""
    named = WHOLE | {name.replace("_", " "): text for name, text in cells.items()}
    [found] = rows(tuple(named), tuple(named.values()), zone=zone)
    return found


def faults(**cells: str) -> tuple[str, ...]:
    return row(**cells).faults


def utc(hour: int, minute: int = 30, day: int = 1) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


def test_a_whole_row_is_understood() -> None:
    assert row() == Row(
        number=2,
        name="Ada Byron",
        email="ada@x.example",
        current_title="Engineer",
        current_company="Mill",
        round="ml-coding",
        starts_at=utc(14),
        ends_at=utc(15),
        people={
            "lead": "lead@x.example",
            "second": "second@x.example",
            "shadow": "shadow@x.example",
        },
        faults=(),
    )
    assert row().has_interview


def test_a_candidate_alone_is_a_row() -> None:
    [found] = rows(("Name", "Mail"), ("Ada", "ada@x.example"))
    assert found == Row(number=2, name="Ada", email="ada@x.example")
    assert not found.has_interview


def test_rows_keep_their_numbers_and_a_fault_of_one_is_none_of_the_next() -> None:
    found = rows(("Name", "Mail"), ("", "x"), ("Ada", "ada@x.example"))
    assert [each.number for each in found] == [2, 3]
    assert found[0].faults == ("E-mail “x” is no e-mail address.", "Candidate is missing.")[::-1]
    assert found[1].faults == ()


# --- The header -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header", [("candidate_NAME", "  candidate   e-mail "), ("Name", "Email"), ("NAME", "MAIL")]
)
def test_a_header_is_read_whatever_its_spelling(header: tuple[str, ...]) -> None:
    [found] = rows(header, ("Ada", "ada@x.example"))
    assert (found.name, found.email) == ("Ada", "ada@x.example")


def test_columns_come_in_any_order_and_unknown_ones_are_passed_over() -> None:
    [found] = rows(("Mood", "E-mail", "Name"), ("good", "ada@x.example", "Ada"))
    assert (found.name, found.email, found.faults) == ("Ada", "ada@x.example", ())


def test_a_row_that_ends_early_has_empty_cells() -> None:
    [found] = rows(("Name", "E-mail", "Current title"), ("Ada", "ada@x.example"))
    assert (found.current_title, found.faults) == ("", ())


def test_two_columns_of_one_meaning_are_refused() -> None:
    with pytest.raises(Refused, match="^Two columns are called “Mail”. Remove one of them.$"):
        rows(("Name", "E-mail", "Mail"))


@pytest.mark.parametrize(
    ("header", "says"),
    [(("Name",), "“E-mail”"), (("E-mail",), "“Candidate”"), (("x",), "“Candidate”")],
)
def test_what_no_row_can_do_without_is_named(header: tuple[str, ...], says: str) -> None:
    with pytest.raises(Refused) as refusal:
        rows(header)
    assert str(refusal.value) == (
        f"No column is called {says}. The first row must name the columns, as the template does."
    )


# --- Cells ----------------------------------------------------------------------------------------


def test_letters_are_composed() -> None:
    assert row(Candidate="Jose\u0301").name == "José"


@pytest.mark.parametrize("text", ["behavioral", "Behavioural", "BEHAVIOURAL"])
def test_a_round_is_known_by_id_or_title(text: str) -> None:
    assert row(Round=text).round == "behavioral"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ML codin", "Round “ML codin” is not in the rubric; the nearest is “ML coding”."),
        ("zzz", "Round “zzz” is not in the rubric."),
        ("z" * 90, f"Round “{'z' * 80}” is not in the rubric."),
    ],
)
def test_an_unknown_round_is_named_with_its_neighbour(text: str, says: str) -> None:
    assert faults(Round=text) == (says,)


@pytest.mark.parametrize("column", ["E-mail", "Interviewer", "Second", "Shadow"])
def test_what_is_no_address_is_named(column: str) -> None:
    name = "Second interviewer" if column == "Second" else column
    assert faults(**{column: "ada at home"}) == (f"{name} “ada at home” is no e-mail address.",)
    [long] = faults(**{column: "a" * 90})
    assert long == f"{name} “{'a' * 80}” is no e-mail address."


def test_a_missing_address_is_missing_and_a_wrong_one_wrong() -> None:
    assert faults(**{"E-mail": ""}) == ("E-mail is missing.",)


def test_a_round_needs_its_times_and_its_lead() -> None:
    assert faults(Starts="", Ends="", Interviewer="") == (
        "Starts is missing for the round.",
        "Ends is missing for the round.",
        "Interviewer is missing for the round.",
    )


@pytest.mark.parametrize("column", ["Starts", "Ends", "Interviewer", "Second", "Shadow"])
def test_what_belongs_to_a_round_asks_for_it(column: str) -> None:
    others = dict.fromkeys(("Round", "Starts", "Ends", "Interviewer", "Second", "Shadow"), "")
    found = faults(**others | {column: WHOLE[column]})
    assert found == ("Round is missing: times and interviewers belong to a round.",)


# --- Times ----------------------------------------------------------------------------------------


def times(zone: str = "UTC", **cells: str) -> tuple[datetime | None, datetime | None]:
    found = row(zone, **{"Time_zone": ""} | cells)
    return found.starts_at, found.ends_at


def test_a_row_without_a_zone_is_of_the_readers() -> None:
    assert times() == (utc(9), utc(10))
    assert times("Asia/Tokyo") == (utc(0), utc(1))


def test_an_end_may_be_a_time_alone() -> None:
    assert times(Ends="11:15") == (utc(9), utc(11, 15))
    assert times(Starts="2026-12-02T09:30", Ends="9:45") == (utc(9, day=2), utc(9, 45, day=2))
    assert times(Ends="10:30:00") == (utc(9), utc(10))


def test_an_offset_says_the_moment_by_itself() -> None:
    assert times(Starts="2026-12-01 09:30+02:00", Ends="2026-12-01 10:30+02:00") == (
        utc(7),
        utc(8),
    )


@pytest.mark.parametrize("text", ["2026-12-01", "9:30", "tomorrow", "20261201", "2026-13-01 09:30"])
def test_a_start_is_a_date_with_a_time(text: str) -> None:
    found = row(Starts=text)
    says = f"Starts “{text}” is no date with a time; write 2026-12-01 09:30."
    assert (found.faults, found.starts_at, found.ends_at) == ((says,), None, None)


def test_a_long_cell_is_quoted_in_part() -> None:
    [says] = faults(Ends="e" * 50)
    assert says == f"Ends “{'e' * 40}” is no date with a time; write 2026-12-01 09:30."
    [says] = faults(Time_zone="z" * 50)
    assert says == f"Time zone “{'z' * 40}” is unknown; write one like Europe/Berlin."


def test_an_end_before_the_start_is_told_at_the_end() -> None:
    found = row(Ends="2026-12-01 09:00")
    assert found.faults == ("Ends: The end must be after the start.",)
    assert (found.starts_at, found.ends_at) == (None, None)


def test_a_time_that_comes_twice_asks_for_the_offset() -> None:
    [says] = faults(Starts="2026-11-01 01:30", Ends="2026-11-01 02:30")
    assert says.startswith("Starts: ")
    assert says.endswith(" Write the offset, as in 2026-11-01 01:30-04:00.")


def test_a_time_that_is_skipped_has_no_offset_to_write() -> None:
    [says] = faults(Starts="2026-03-08 02:30", Ends="2026-03-08 03:30")
    assert says.startswith("Starts: 02:30 on 8 March 2026 does not exist")


def test_a_time_outside_of_all_calendars_is_told() -> None:
    [says] = faults(Starts="0001-01-01 00:00", Ends="0001-01-01 01:00", Time_zone="Asia/Tokyo")[:1]
    assert says == "Starts is outside of all calendars."
