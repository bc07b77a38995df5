"""Exports with real processes: a worker killed in the middle, and the page with its file."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections, transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts import audit
from accounts.models import Role, User
from config.jobs import rows as jobs
from interviews.models import Loop
from packets.models import PacketRequest
from reports.exports import jobs as making
from reports.models import Export
from rubric import pack
from rubric.models import RubricVersion
from tests.people import make_loop, person, seat_in, submitted_card
from tests.plugins.axe import expect_accessible
from tests.plugins.processes import Worker
from tests.reports.exports.conftest import rows
from tests.waiting import until


@pytest.fixture
def folder(var: Path, settings) -> Path:
    """That of the session's worker, emptied of what other tests left."""
    settings.EXPORTS_FOLDER = var / "exports"
    for left in settings.EXPORTS_FOLDER.glob("*"):
        left.unlink()
    return settings.EXPORTS_FOLDER


@pytest.fixture
def loop(db, folder: Path) -> Loop:
    RubricVersion.objects.publish(pack.read_pack())
    loop = make_loop(name="Zoë =Example")
    submitted_card(seat_in(loop, person("Ann", Role.INTERVIEWER)))
    PacketRequest.objects.all().delete()  # nothing else for the worker to do
    return loop


@pytest.fixture
def recruiter(db) -> User:
    return person("Rita", Role.RECRUITER)


def workers_waiting_for_a_lock() -> int:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return cursor.fetchone()[0]


def test_a_worker_killed_in_the_middle_leaves_no_file_and_another_makes_it(
    loop: Loop, recruiter: User, worker: Worker, folder: Path
) -> None:
    export = making.request_export(recruiter, "scorecards", "csv")
    with transaction.atomic():
        audit.hold(f"loop:{loop.pk}")  # it will stop where it records what it reads
        worker.start()
        until(workers_waiting_for_a_lock)
        worker.kill()
    assert [path.name for path in folder.iterdir()] == [f"{export.pk}.1.part"]
    then = timezone.now() - jobs.LEASE - timedelta(seconds=1)
    Export.objects.filter(pk=export.pk).update(leased_at=then, started_at=then)
    worker.start()
    until(lambda: Export.objects.filter(pk=export.pk, state="done").exists())
    export.refresh_from_db()
    assert (export.attempts, export.rows) == (2, 1)
    until(lambda: [path.name for path in folder.iterdir()] == [f"{export.pk}.csv"])  # its bench too
    (row,) = rows(folder / f"{export.pk}.csv")
    assert row["candidate"] == "Zoë =Example"


def test_a_recruiter_asks_waits_and_fetches(
    loop: Loop, recruiter: User, worker: Worker, folder: Path, signed_in
) -> None:
    page: Page = signed_in(recruiter)
    page.goto("/exports/")
    page.get_by_label("What").select_option("season")
    page.get_by_label("Format").select_option("json")
    page.get_by_role("button", name="Make the file").click()
    row = page.locator("#exports tbody tr")
    expect(row).to_contain_text("requested, 0 %")
    worker.start()
    fetch = row.get_by_role("link", name="Fetch")
    expect(fetch).to_be_visible(timeout=40_000)  # without looking again by hand
    expect(page.get_by_role("status").last).to_have_text("Your file is ready.")
    expect_accessible(page)
    with page.expect_download() as download:
        fetch.click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    assert [each["candidate"] for each in rows(file)] == ["Zoë =Example"]
