"""The tasks are known under the names that hints and the beat use, and a dead broker is quick."""

from celery import Celery
from django.conf import settings

from config.celery import app
from hiring_committee import requests, tasks
from hiring_committee.models import Packet, PacketRequest
from tests.people import make_loop


def test_the_beat_names_tasks_that_exist():
    app.loader.import_default_modules()
    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {"hiring_committee.tasks.sweep"} <= named <= set(app.tasks)
    assert "hiring_committee.tasks.build_packet" in app.tasks


def test_a_task_builds_what_it_is_told(rubric):
    request = requests.request_packet(make_loop())
    tasks.build_packet(str(request.pk))
    request.refresh_from_db()
    assert request.packet == Packet.objects.get()


def test_the_sweep_task_builds_what_waits(rubric):
    requests.request_packet(make_loop())
    tasks.sweep()
    assert PacketRequest.objects.get().state == "done"


def test_a_broker_that_nobody_answers_at_fails_no_page(rubric, monkeypatch, caplog):
    """With the real client: the address is one where nothing listens."""
    nowhere = Celery("nowhere", broker="redis://127.0.0.1:9/0")
    nowhere.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    monkeypatch.setattr(requests, "app", nowhere)
    requests.hint(requests.request_packet(make_loop()).pk)
    assert "took no hint" in caplog.text
