"""When somebody is reminded: by their own clock, on working days, across clock changes."""

from datetime import UTC, datetime, timedelta

from recruiting.reminders.schedule import Kind, Schedule, due, moments

THURSDAY = datetime(2026, 3, 26, 16, 30, tzinfo=UTC)  # Europe changes its clocks on the 29th


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_an_hour_later_then_each_working_day_then_the_recruiter() -> None:
    planned = moments(THURSDAY, "Europe/Berlin", Schedule(days=2))
    assert [(each.kind, each.at) for each in planned] == [
        (Kind.FIRST, utc(26, 17, 30)),
        (Kind.DAILY, utc(27, 8)),  # Friday, nine in Berlin
        (Kind.DAILY, utc(30, 7)),  # Monday, nine in Berlin by the changed clocks
        (Kind.RECRUITER, utc(31, 7)),
    ]


def test_the_day_is_the_interviewers_own() -> None:
    """Half past four in London is Friday morning in Auckland: the next working day is Monday."""
    planned = moments(THURSDAY, "Pacific/Auckland", Schedule(days=1))
    assert planned[1].at == datetime(2026, 3, 29, 20, tzinfo=UTC)  # Monday, nine in Auckland


def test_no_days_goes_to_the_recruiter_next() -> None:
    kinds = [each.kind for each in moments(THURSDAY, "UTC", Schedule(days=0))]
    assert kinds == [Kind.FIRST, Kind.RECRUITER]


def test_only_the_newest_moment_is_kept_and_none_that_is_a_day_old() -> None:
    planned = moments(THURSDAY, "UTC", Schedule(days=1))
    assert due(planned, THURSDAY + timedelta(minutes=59)) is None
    assert due(planned, utc(26, 17, 30)) == planned[0]
    assert due(planned, utc(27, 9)) == planned[1]
    assert due(planned, utc(28, 9)) is None  # Saturday: Friday's is over
    assert due(planned, utc(30, 10)) == planned[2]
    assert due(planned, utc(31, 10)) is None
