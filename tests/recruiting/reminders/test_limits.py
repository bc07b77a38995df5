"""The schedule that holds where nobody changed it, and how old a moment may be."""

from datetime import UTC, datetime, timedelta

import pytest

from recruiting.reminders.schedule import Kind, Schedule, due, moments

MONDAY = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)


def test_an_hour_after_then_at_nine_on_three_working_days_then_the_recruiters() -> None:
    planned = moments(MONDAY, "UTC", Schedule())
    assert [(each.kind, each.at.day, each.at.hour) for each in planned] == [
        (Kind.FIRST, 2, 17),
        (Kind.DAILY, 3, 9),
        (Kind.DAILY, 4, 9),
        (Kind.DAILY, 5, 9),
        (Kind.RECRUITER, 6, 9),
    ]


@pytest.mark.parametrize(
    ("after", "is_due"),
    [
        (-timedelta(seconds=1), False),
        (timedelta(), True),
        (timedelta(hours=24, seconds=-1), True),
        (timedelta(hours=24), False),
    ],
)
def test_a_moment_is_due_for_a_day(after: timedelta, is_due: bool) -> None:
    first = moments(MONDAY, "UTC", Schedule())[0]
    assert due([first], first.at + after) == (first if is_due else None)
