"""The registry of jobs and chores: every kind is known to the worker, every chore to the beat."""

import pytest
from celery import Celery
from django.conf import settings
from django.core.management import call_command

from config.celery import app
from config.jobs import kinds as registry
from config.jobs import tasks
from config.jobs.rows import Job
from packets import build_jobs
from packets.models import Packet, PacketRequest
from tests.people import make_loop


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
    assert lines["packet"] == ["1", "0", "0"] and lines["export"] == ["0", "0", "0"]


def test_a_broker_that_nobody_answers_at_fails_no_page(rubric, monkeypatch, caplog):
    """With the real client: the address is one where nothing listens."""
    nowhere = Celery("nowhere", broker="redis://127.0.0.1:9/0")
    nowhere.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    monkeypatch.setattr(registry, "app", nowhere)
    build_jobs.PACKETS.hint(build_jobs.request_packet(make_loop()).pk)
    assert "took no hint" in caplog.text
