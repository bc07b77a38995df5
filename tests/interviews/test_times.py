"""Times on the wall: the hour that is skipped, the hour that comes twice, and plain ones."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from interviews.refusals import Refused
from interviews.times import fault_of, is_unusual, to_utc

NEW_YORK, LORD_HOWE = ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")


def test_a_skipped_hour_is_refused_with_the_times_around_it() -> None:
    with pytest.raises(Refused, match="02:30 on 8 March 2026 does not exist") as refusal:
        to_utc(datetime.fromisoformat("2026-03-08 02:30"), NEW_YORK)
    assert "01:30 and 03:30 do" in str(refusal.value)


def test_a_repeated_hour_is_asked_about_and_the_answer_counts() -> None:
    twice = datetime.fromisoformat("2026-11-01 01:30")
    with pytest.raises(Refused, match="01:30 twice on 1 November 2026"):
        to_utc(twice, NEW_YORK)
    assert to_utc(twice, NEW_YORK, second=False) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert to_utc(twice, NEW_YORK, second=True) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_half_an_hour_is_skipped_where_clocks_change_by_half_an_hour() -> None:
    with pytest.raises(Refused):
        to_utc(datetime.fromisoformat("2026-10-04 02:15"), LORD_HOWE)
    assert to_utc(datetime.fromisoformat("2026-10-04 02:30"), LORD_HOWE).minute == 30


@pytest.mark.parametrize("second", [None, False, True])
def test_an_answer_that_was_not_needed_changes_nothing(second: bool | None) -> None:
    plain = to_utc(datetime.fromisoformat("2026-07-01 09:00"), NEW_YORK, second=second)
    assert plain == datetime(2026, 7, 1, 13, 0, tzinfo=UTC)


def test_length_is_what_passes_and_not_what_the_wall_shows() -> None:
    starts = datetime(2026, 11, 1, 1, 45, tzinfo=NEW_YORK)
    ends = datetime(2026, 11, 1, 1, 15, fold=1, tzinfo=NEW_YORK)  # half an hour later
    assert fault_of(starts, ends) == ""
    assert "after the start" in fault_of(ends, starts)
    assert "twelve hours" in fault_of(starts, starts + timedelta(hours=12, minutes=1))


def test_nights_and_weekends_are_unusual() -> None:
    walls = ("2026-03-02 09:00", "2026-03-02 06:00", "2026-03-07 09:00")
    unusual = [is_unusual(datetime.fromisoformat(wall)) for wall in walls]
    assert unusual == [False, True, True]
