"""Who is taken when: touching times do not overlap, and days are found across midnights."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from interviews.upload.overlaps import Diary

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)


def is_taken(starts: datetime, ends: datetime, email: str = "ann") -> bool:
    diary = Diary()
    diary.add("ann", NOON, NOON + HOUR)
    return diary.overlaps(email, starts, ends)


@pytest.mark.parametrize(
    ("starts", "ends", "taken"),
    [
        (-HOUR, timedelta(), False),
        (-HOUR, MINUTE, True),
        (MINUTE, 2 * MINUTE, True),
        (HOUR - MINUTE, 2 * HOUR, True),
        (HOUR, 2 * HOUR, False),
        (-HOUR, 3 * HOUR, True),
        (DAY, DAY + HOUR, False),
    ],
)
def test_one_is_taken_from_the_start_until_the_end(
    starts: timedelta, ends: timedelta, taken: bool
) -> None:
    assert is_taken(NOON + starts, NOON + ends) is taken


def test_another_person_is_free() -> None:
    assert not is_taken(NOON, NOON + HOUR, "bob")


def test_times_are_compared_as_moments() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    assert is_taken(NOON.astimezone(tokyo), (NOON + HOUR).astimezone(tokyo))
    assert not is_taken((NOON + HOUR).astimezone(tokyo), (NOON + 2 * HOUR).astimezone(tokyo))


def test_what_lasts_over_midnight_is_found_from_either_day() -> None:
    night = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
    diary = Diary()
    diary.add("ann", night, night + 2 * DAY)
    for day in range(3):
        at = datetime(2026, 12, 1 + day, 23, 35, tzinfo=UTC) - (day == 2) * 10 * MINUTE
        assert diary.overlaps("ann", at, at + MINUTE)
    assert not diary.overlaps("ann", night + 2 * DAY, night + 3 * DAY)


def test_one_may_have_many_interviews() -> None:
    diary = Diary()
    for n in range(3):
        diary.add("ann", NOON + n * 2 * HOUR, NOON + n * 2 * HOUR + HOUR)
    assert [diary.overlaps("ann", NOON + n * HOUR, NOON + (n + 1) * HOUR) for n in range(6)] == [
        *(True, False) * 3
    ]
