"""The registry of jobs and chores: every kind is known to the worker, every chore to the beat."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from celery import Celery
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from calibration.models import CalibrationRun
from config.celery import app
from config.jobs import kinds as registry
from config.jobs import tasks
from config.jobs.kinds import JobKind
from config.jobs.rows import Job, Overtaken, ask_again
from packets import build_jobs
from packets.models import Packet, PacketRequest
from tests.people import make_loop

NEVER_FINISHED = "It was begun 3 times and never finished. Ask for it again."


@pytest.fixture(autouse=True)
def every_room_has_registered() -> None:
    app.loader.import_default_modules()


def subclasses(model: type[Job]) -> set[type[Job]]:
    return {each for below in model.__subclasses__() for each in {below, *subclasses(below)}}


def test_every_row_of_a_job_has_its_kind():
    rows = {each for each in subclasses(Job) if not each._meta.abstract}
    assert {kind.model for kind in registry.kinds.values()} == rows


def test_the_beat_names_tasks_that_exist():
    named = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert named <= set(app.tasks)
    assert {name.rpartition(".")[2] for name in named} == {
        *("sweep", "remind", "send_mails", "calibrate", "expire", "forget_uploads"),
        *("forget_local_mails", "clear_sessions"),
    }


def test_a_task_carries_out_what_it_is_told(rubric):
    request = build_jobs.request_packet(make_loop())
    tasks.run("packet", str(request.pk))
    request.refresh_from_db()
    assert request.packet == Packet.objects.get()


def test_the_sweep_carries_out_what_waits(rubric):
    build_jobs.request_packet(make_loop())
    tasks.sweep()
    assert PacketRequest.objects.get().state == "done"


def test_the_operator_sees_what_waits(rubric, capsys):
    build_jobs.request_packet(make_loop())
    call_command("jobs")
    lines = {line.split()[0]: line.split()[1:4] for line in capsys.readouterr().out.splitlines()}
    assert lines["packet"] == ["1", "0", "0"]
    assert lines["export"] == ["0", "0", "0"]


def test_a_broker_that_nobody_answers_at_fails_no_page(rubric, monkeypatch, caplog):
    """With the real client: the address is one where nothing listens."""
    nowhere = Celery("nowhere", broker="redis://127.0.0.1:9/0")
    nowhere.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    monkeypatch.setattr(registry, "app", nowhere)
    build_jobs.PACKETS.hint(build_jobs.request_packet(make_loop()).pk)
    assert "took no hint" in caplog.text


# --- One row, from claim to end -------------------------------------------------------------------


def finish(job: Job) -> None:
    job.finish(outcome="It ran.")


def refuse(job: Job) -> None:
    raise ValueError("no")


@pytest.fixture
def kind(monkeypatch) -> Callable[..., JobKind]:
    """A kind whose work is the test's own; nobody else gets to know it."""
    monkeypatch.setattr(registry, "kinds", {})
    monkeypatch.setattr(JobKind, "hint", lambda kind, id: hinted.append(id))
    hinted: list[UUID] = []

    def make(work: Callable[[Job], None] = finish) -> JobKind:
        return JobKind("test", CalibrationRun, work, lambda error: f"It failed: {error}.")

    make.hinted = hinted
    return make


@pytest.fixture
def at(monkeypatch) -> Callable[[timedelta], None]:
    """Sets the clock to so long after the start of the test."""
    start = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: start)
    return lambda later: monkeypatch.setattr(timezone, "now", lambda: start + later)


@pytest.fixture
def job(db, at) -> CalibrationRun:
    return CalibrationRun.objects.create(night="2026-03-02")


def held(job: Job, **fields: Any) -> None:
    """As a worker that has it in hand leaves it, should it die."""
    now = timezone.now()
    fields = {"state": "running", "started_at": now, "leased_at": now, "attempts": 1, **fields}
    type(job).objects.filter(pk=job.pk).update(**fields)


def test_work_that_succeeds_is_done(kind, job):
    done = kind().run(job.pk)
    assert (done.state, done.progress, done.attempts, done.error) == ("done", 100, 1, "")
    assert kind().run(job.pk) is None
    assert kind().waiting() == []


def test_an_error_is_told_and_tried_again_and_the_third_ends_it(kind, job):
    failing = kind(refuse)
    for attempt in (1, 2):
        tried = failing.run(job.pk)
        assert (tried.state, tried.attempts, tried.error) == ("running", attempt, "It failed: no.")
        assert failing.waiting() == [job.pk]
    last = failing.run(job.pk)
    assert (last.state, last.attempts, last.error) == ("failed", 3, "It failed: no.")
    assert failing.waiting() == []
    assert failing.run(job.pk) is None


def test_success_after_an_error_forgets_the_error(kind, job):
    kind(refuse).run(job.pk)
    assert kind().run(job.pk).error == ""


@pytest.mark.parametrize(("silence", "is_left"), [(60, False), (60.000001, True)])
def test_a_worker_is_gone_after_sixty_seconds_of_silence(kind, job, at, silence, is_left):
    held(job)
    at(timedelta(seconds=silence))
    assert kind().waiting() == ([job.pk] if is_left else [])
    assert bool(kind().claim(job.pk)) == is_left


@pytest.mark.parametrize(("percent", "is_left"), [(40, False), (None, True)])
def test_a_sign_of_life_renews_the_lease(kind, job, at, percent, is_left):
    mine = kind().claim(job.pk)
    at(timedelta(seconds=40))
    if percent:
        mine.advance(percent)
    at(timedelta(seconds=80))
    assert bool(kind().claim(job.pk)) == is_left


@pytest.mark.parametrize(("attempts", "state"), [(2, "running"), (3, "failed")])
def test_a_job_whose_worker_dies_again_and_again_fails_after_three(kind, job, at, attempts, state):
    held(job, attempts=attempts)
    assert kind().waiting() == []  # its worker lives, whichever attempt it is
    at(timedelta(seconds=61))
    if state == "failed":
        assert kind().claim(job.pk) is None
    assert kind().waiting() == ([job.pk] if state == "running" else [])
    job.refresh_from_db()
    assert job.state == state
    assert job.error == ("" if state == "running" else NEVER_FINISHED)


@pytest.mark.parametrize("write", [lambda job: job.advance(50), finish], ids=["advance", "finish"])
def test_a_worker_that_lost_its_lease_writes_nothing_over_the_next_one(kind, job, at, write):
    def slow(mine: Job) -> None:
        at(timedelta(seconds=61))
        assert kind().claim(job.pk).attempts == 2
        write(mine)

    after = kind(slow).run(job.pk)
    assert (after.state, after.attempts, after.progress) == ("running", 2, 0)
    assert after.leased_at == timezone.now()
    assert kind.hinted == []


def test_an_error_of_a_worker_that_lost_its_lease_is_not_told(kind, job, at):
    def slow(mine: Job) -> None:
        at(timedelta(seconds=61))
        kind().claim(job.pk)
        raise ValueError("late")

    after = kind(slow).run(job.pk)
    assert (after.error, after.leased_at) == ("", timezone.now())


def test_work_whose_subject_changed_is_put_back_at_no_cost(kind, job):
    def overtaken(mine: Job) -> None:
        raise Overtaken("it changed")

    for _ in range(5):
        after = kind(overtaken).run(job.pk)
        assert (after.state, after.attempts, after.error) == ("running", 0, "")
    assert kind.hinted == [job.pk] * 5
    assert kind().waiting() == [job.pk]


def test_what_waits_is_swept_oldest_first(kind, job, at):
    at(timedelta(seconds=-1))
    older = CalibrationRun.objects.create(night="2026-03-01")
    assert kind().sweep() == [older.pk, job.pk]
    assert kind().sweep() == []


@pytest.mark.parametrize("end", [finish, refuse], ids=["done", "failed"])
def test_work_that_is_over_is_asked_for_again_from_its_beginning(kind, job, end):
    rows = CalibrationRun.objects.filter(pk=job.pk)
    assert not ask_again(rows)  # it waits already
    while kind().waiting():
        kind(end).run(job.pk)
    assert ask_again(rows, outcome="")
    job.refresh_from_db()
    assert (job.state, job.attempts, job.progress, job.error) == ("requested", 0, 0, "")
    assert kind().run(job.pk).attempts == 1


def test_the_counts_tell_what_waits_runs_and_failed(kind, job, at):
    assert kind().counts() == {"requested": 1, "running": 0, "failed": 0, "oldest": timezone.now()}
    kind(refuse).run(job.pk)
    assert kind().counts() == {"requested": 0, "running": 1, "failed": 0, "oldest": None}
