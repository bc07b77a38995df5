"""How long reports and exports keep what they made, and how far back they look."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hiring_committee.models import Decision
from interviews.models import Seat
from reports import closed_ratings, home_panel
from reports.agreement import report
from reports.agreement.page import reading
from reports.exports import jobs
from reports.exports.formats import LONGEST_CELL, LONGEST_SHEET
from reports.models import AgreementReport, Export
from tests.people import Cast, submitted_card
from tests.recruiting.feedback.conftest import decide
from tests.recruiting.test_to_do import packet_for
from tests.reports.exports.conftest import made

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FAILED = {"state": "failed", "error": "No.", "attempts": 3}


@pytest.mark.parametrize(("after", "kept"), [(3 * DAY - MINUTE, True), (3 * DAY + MINUTE, False)])
def test_an_export_is_kept_for_three_days(
    cast: Cast, settings, tmp_path, monkeypatch, after: timedelta, kept: bool
) -> None:
    settings.EXPORTS_FOLDER = tmp_path
    submitted_card(Seat.objects.get(person=cast.colleague))
    export = made(cast.recruiter)
    then = export.finished_at + after
    monkeypatch.setattr(timezone, "now", lambda: then)
    jobs.expire()
    assert [path.name for path in tmp_path.iterdir()] == [f"{export.pk}.jsonl"] * kept
    export.refresh_from_db()
    assert export.is_kept() is kept


@pytest.mark.parametrize(("ago", "is_told"), [(3 * DAY - MINUTE, True), (3 * DAY + MINUTE, False)])
def test_an_export_that_failed_is_told_of_for_three_days(
    cast: Cast, ago: timedelta, is_told: bool
) -> None:
    now = timezone.now()
    export = Export.objects.create(
        requested_by=cast.recruiter, kind="season", format="csv", finished_at=now - ago, **FAILED
    )
    assert list(home_panel.exports(cast.recruiter, now)) == [export] * is_told


@pytest.mark.parametrize(("ago", "kept"), [(30 * DAY - MINUTE, True), (30 * DAY + MINUTE, False)])
def test_a_report_on_agreement_is_kept_for_thirty_days(
    cast: Cast, ago: timedelta, kept: bool
) -> None:
    then = timezone.now() - ago
    AgreementReport.objects.create(
        requested_by=cast.recruiter, digest="0" * 64, packets=[], finished_at=then, **FAILED
    )
    report.forget()
    assert AgreementReport.objects.exists() is kept


@pytest.mark.parametrize(
    ("ago", "counts"), [(730 * DAY - MINUTE, True), (730 * DAY + MINUTE, False)]
)
def test_what_was_decided_in_two_years_is_calibrated_on(
    cast: Cast, ago: timedelta, counts: bool
) -> None:
    packet = packet_for(cast.loop, cast.recruiter)
    decision: Decision = decide(cast, packet)
    closed = closed_ratings.closed_packets(decision.decided_at + ago)
    assert list(closed) == [packet] * counts


def test_a_sheet_holds_what_excel_does() -> None:
    assert (LONGEST_CELL, LONGEST_SHEET) == (2**15 - 1, 2**20 - 1)


@pytest.mark.parametrize(
    ("alpha", "words"),
    [(0.8, "firm"), (0.799, "tentative"), (0.667, "tentative"), (0.666, "a description only")],
)
def test_alpha_is_firm_from_80_hundredths_on_and_tentative_from_two_thirds(
    alpha: float, words: str
) -> None:
    assert reading(alpha) == words
