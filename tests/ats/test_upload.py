"""The import page: the same behaviour as the command, with a look before it is stored."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Role, User
from ats import forms as form
from ats.importing import uploads
from ats.importing.run import import_unit
from ats.models import ImportRun, ImportUpload
from config.celery import app
from config.jobs import liveness
from config.jobs import rows as jobs
from config.jobs.upload import forget_uploads
from interviews.models import Candidate, Loop
from rubric.models import RubricVersion
from scorecard.models import Scorecard
from tests.ats.files import a_loop, as_bytes, export_of
from tests.people import person
from tests.waiting import until

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(rubric: RubricVersion) -> RubricVersion:
    return rubric


@pytest.fixture
def recruiter() -> User:
    return person("A Recruiter", Role.RECRUITER)


@pytest.fixture
def page(recruiter: User, client: Client) -> Client:
    client.force_login(recruiter)
    return client


def upload(client: Client, *files: tuple[str, Any]) -> Any:
    sent = [SimpleUploadedFile(name, as_bytes(value)) for name, value in files]
    return client.post(reverse("import"), {"chosen": sent}, follow=True)


def confirm(client: Client, answer: Any) -> Any:
    return client.post(answer.wsgi_request.path, follow=True)


def text(answer: Any) -> str:
    return answer.content.decode()


def test_only_recruiters_import(client: Client):
    for role in (Role.INTERVIEWER, Role.COMMITTEE, Role.ADMINISTRATOR):
        client.force_login(person(f"Some {role}", role))
        assert client.get(reverse("import")).status_code == 403
        assert upload(client, ("loop.json", a_loop())).status_code == 403
    assert not Loop.objects.exists()


def test_files_are_looked_at_before_anything_is_stored(page: Client, recruiter: User):
    assert "loop.json files" in text(page.get(reverse("import")))
    answer = upload(page, ("loop.json", a_loop()))
    assert "Nothing is stored yet." in text(answer)
    assert "created 1 opening, 1 candidate, 1 loop, 3 people" in text(answer)
    assert not Loop.objects.exists()
    assert not AuditEvent.objects.filter(action="import").exists()
    answer = confirm(page, answer)
    loop = Loop.objects.get()
    assert "What was imported" in text(answer)
    assert reverse("loop", args=[loop.pk]) in text(answer)
    assert AuditEvent.objects.get(action="import").actor == recruiter


def another_loop() -> dict[str, Any]:
    other = a_loop()
    other["candidate"] = {"id": "311", "name": "Una Two", "email": "una@mailbox.example"}
    for each in other["interviews"]:
        each["id"] = f"8{each['id']}"
    return other


def test_several_loop_files_of_one_name_and_an_export_at_once(page: Client):
    files = [("loop.json", a_loop()), ("loop.json", another_loop()), *export_of(61200106).items()]
    answer = upload(page, *files)
    assert "loop.json (2)" in text(answer)
    assert "Greenhouse export" in text(answer)
    confirm(page, answer)
    assert Candidate.objects.count() == Loop.objects.count() == 3


def test_faults_stand_with_file_and_place_and_nothing_is_offered(page: Client):
    loop = a_loop()
    loop["interviews"][0]["ratings"]["tradeoffs"]["rating"] = 7
    answer = upload(page, ("loop.json", loop))
    assert "/interviews/0/ratings/tradeoffs/rating" in text(answer)
    assert "is 7, but must be from 1 to 4" in text(answer)
    assert "1 of 1 file refused." in text(answer)
    assert '<button class="btn primary">Import' not in text(answer)
    assert not ImportUpload.objects.filter(file__isnull=False).exists()


def test_the_files_without_faults_may_go_in(page: Client):
    answer = upload(page, ("bad.json", b"{"), ("loop.json", a_loop()))
    assert "1 of 2 files refused." in text(answer)
    assert "Import the files without faults" in text(answer)
    confirm(page, answer)
    assert Loop.objects.count() == 1


def test_a_file_that_is_here_already_offers_nothing(page: Client):
    confirm(page, upload(page, ("loop.json", a_loop())))
    answer = upload(page, ("loop.json", a_loop()))
    assert "Everything in these files is here already." in text(answer)
    assert '<button class="btn primary">Import' not in text(answer)
    assert not ImportUpload.objects.filter(file__isnull=False).exists()


def test_what_a_file_says_is_never_markup(page: Client):
    loop = a_loop()
    loop["<img src=x onerror=alert(1)>"] = 1
    loop["candidate"]["email"] = "<script>alert(1)</script>"
    answer = upload(page, ("<b>loop.json", loop))
    assert "<script>alert" not in text(answer)
    assert "<img src=x" not in text(answer)
    assert "&lt;script&gt;" in text(answer)


def test_saying_yes_twice_imports_once(page: Client):
    answer = upload(page, ("loop.json", a_loop()))
    confirm(page, answer)
    assert "These files were imported already." in text(confirm(page, answer))
    assert Scorecard.objects.count() == 2


def test_an_upload_is_nobody_elses(page: Client):
    answer = upload(page, ("loop.json", a_loop()))
    other = Client()
    other.force_login(person("Other Recruiter", Role.RECRUITER))
    assert confirm(other, answer).status_code == 404
    assert other.get(answer.wsgi_request.path).status_code == 404
    assert not Loop.objects.exists()


def test_too_much_at_once_says_how_to_go_on(page: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(form, "MAX_UPLOAD", 1000)
    answer = upload(page, ("loop.json", a_loop()))
    assert "Import them in parts, or with import_loops." in text(answer)
    assert answer.status_code == 200


def test_no_file_and_an_empty_file(page: Client):
    assert "Choose at least one file." in text(upload(page))
    assert "is empty" in text(upload(page, ("loop.json", b"")))


def test_a_recruiter_who_is_the_candidate_gets_no_further(client: Client):
    mine = User.objects.create_user("noor@mailbox.example", "Noor", roles=[Role.RECRUITER])
    client.force_login(mine)
    assert "a loop that somebody else has to import" in text(
        upload(client, ("loop.json", a_loop()))
    )


def test_a_refused_file_is_remembered_until_it_goes_in(page: Client, recruiter: User):
    upload(page, ("loop.json", b"{"))
    run = ImportRun.objects.get()
    assert (run.by, run.files, run.refused) == (recruiter, ["loop.json"], 1)
    assert "loop.json: /" in run.lines[1]
    confirm(page, upload(page, ("other.json", a_loop())))
    assert list(ImportRun.objects.unsettled()) == [run]  # another file settles nothing
    confirm(page, upload(page, ("loop.json", another_loop())))
    assert not ImportRun.objects.unsettled().exists()


def test_earlier_imports_are_shown_to_whoever_made_them_alone(page: Client, client: Client):
    upload(page, ("<b>loop.json", b"{"))
    run = ImportRun.objects.get()
    shown = text(page.get(reverse("import_runs")))
    assert "&lt;b&gt;loop.json" in shown
    assert "1 file refused" in shown
    other = Client()
    other.force_login(person("Other Recruiter", Role.RECRUITER))
    assert "You have imported nothing yet." in text(other.get(reverse("import_runs")))
    assert other.post(reverse("settle_import", args=[run.pk])).status_code == 404
    assert page.post(reverse("settle_import", args=[run.pk])).status_code == 302
    assert not ImportRun.objects.unsettled().exists()
    assert "settled" in text(page.get(reverse("import_runs")))


# --- In a worker ----------------------------------------------------------------------------------


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every upload counts as large; the ids that a worker was told of."""
    told: list[str] = []
    monkeypatch.setattr(uploads, "SMALL_BYTES", 0)
    monkeypatch.setattr(app, "send_task", lambda name, args, **_: told.append(args[-1]))
    return told


def test_a_large_upload_is_a_workers_and_its_page_waits(page: Client, large: list[str]):
    answer = upload(page, ("loop.json", a_loop()))
    row = ImportUpload.objects.get()
    assert large == [str(row.pk)]
    assert "Checking the files" in text(answer)
    assert page.get(reverse("import_state", args=[row.pk])).json()["state"] == "requested"
    assert "waiting its turn" in text(page.get(reverse("home")))
    uploads.UPLOADS.run(row.pk)
    assert "Nothing is stored yet." in text(page.get(answer.wsgi_request.path))
    assert "Importing" in text(confirm(page, answer))
    assert not Loop.objects.exists()
    uploads.UPLOADS.sweep()  # whatever became of the hint
    assert "What was imported" in text(page.get(answer.wsgi_request.path))
    assert Loop.objects.count() == ImportRun.objects.count() == 1


def test_a_worker_that_dies_between_two_files_loses_none_and_tells_of_both(
    page: Client, large: list[str], monkeypatch: pytest.MonkeyPatch
):
    answer = upload(page, ("loop.json", a_loop()), ("other.json", another_loop()))
    uploads.UPLOADS.sweep()
    confirm(page, answer)

    def die_at_the_second(unit, *args):
        if unit.name == "other.json":
            raise SystemExit  # nothing between here and the worker's end catches it
        return import_unit(unit, *args)

    with monkeypatch.context() as broken:
        broken.setattr(uploads, "import_unit", die_at_the_second)
        with pytest.raises(SystemExit):
            uploads.UPLOADS.sweep()
    assert Loop.objects.count() == 1
    assert uploads.UPLOADS.sweep() == []  # its lease runs
    ImportUpload.objects.update(leased_at=timezone.now() - jobs.LEASE * 2)
    uploads.UPLOADS.sweep()
    assert Loop.objects.count() == 2
    outcomes = ImportUpload.objects.get().outcomes
    assert ["created" in each["summary"] for each in outcomes] == [True, True]


def test_an_import_that_failed_in_the_middle_is_thrown_away_but_not_what_it_did(
    page: Client, large: list[str], monkeypatch: pytest.MonkeyPatch
):
    answer = upload(page, ("loop.json", a_loop()), ("other.json", another_loop()))
    uploads.UPLOADS.sweep()
    confirm(page, answer)

    def fail_at_the_second(unit, *args):
        return import_unit(unit, *args) if unit.name == "loop.json" else 1 / 0

    monkeypatch.setattr(uploads, "import_unit", fail_at_the_second)
    for _ in range(jobs.MAX_ATTEMPTS):
        uploads.UPLOADS.sweep()
    assert ImportUpload.objects.get().state == "failed"
    page.post(answer.wsgi_request.path, {"discard": ""})
    assert not ImportUpload.objects.exists()
    assert ImportRun.objects.get().files == ["loop.json"]


@pytest.mark.django_db(transaction=True)
def test_one_file_may_take_longer_than_the_lease(
    page: Client, large: list[str], monkeypatch: pytest.MonkeyPatch
):
    answer = upload(page, ("loop.json", a_loop()))
    uploads.UPLOADS.sweep()
    confirm(page, answer)
    monkeypatch.setattr(liveness, "BEAT", 0.05)
    monkeypatch.setattr(jobs, "LEASE", timedelta(seconds=1))
    meanwhile: list[Any] = []

    def signs_of_life() -> datetime:
        return ImportUpload.objects.get().leased_at

    def slowly(*args):
        lost = signs_of_life() + jobs.LEASE
        until(lambda: signs_of_life() > lost)
        meanwhile.extend(uploads.UPLOADS.waiting())
        return import_unit(*args)

    monkeypatch.setattr(uploads, "import_unit", slowly)
    uploads.UPLOADS.sweep()
    assert meanwhile == []
    assert ImportUpload.objects.get().state == "done"


def test_whoever_lost_the_role_meanwhile_imports_nothing(
    page: Client, recruiter: User, large: list[str]
):
    answer = upload(page, ("loop.json", a_loop()))
    uploads.UPLOADS.sweep()
    confirm(page, answer)
    User.objects.filter(pk=recruiter.pk).update(roles=[])
    for _ in range(jobs.MAX_ATTEMPTS):
        uploads.UPLOADS.sweep()
    row = ImportUpload.objects.get()
    assert (row.state, row.error) == ("failed", "You may no longer import anything.")
    assert not Loop.objects.exists()


def test_after_a_day_the_files_are_gone(page: Client):
    answer = upload(page, ("loop.json", a_loop()))
    ImportUpload.objects.update(uploaded_at=timezone.now() - timedelta(hours=23, minutes=59))
    forget_uploads()
    assert page.get(answer.wsgi_request.path).status_code == 200
    ImportUpload.objects.update(uploaded_at=timezone.now() - timedelta(hours=24, minutes=1))
    assert confirm(page, answer).status_code == 404
    forget_uploads()
    assert not ImportUpload.objects.exists()
