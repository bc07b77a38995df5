"""The command: it finds a loop, builds its packet as a worker would, and prints it."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import AuditEvent
from config.celery import app
from hiring_committee.management.commands import build_packet
from hiring_committee.packet_document import document_of
from interviews.models import Loop, Opening
from packets import build_jobs
from packets.models import Packet, PacketRequest
from tests.people import make_loop, person, seat_in, submitted_card


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr(app, "send_task", lambda *args, **how: None)


@pytest.fixture
def loop(rubric):
    loop = make_loop(external_id="61200102")
    seat_in(loop, person("Bob Owing"), "ml-coding")
    submitted_card(seat_in(loop, person("Ann Lee"), "behavioral"))
    return loop


def run(*args: str) -> str:
    out = StringIO()
    call_command("build_packet", *args, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("by", ["its own id", "its candidate's id"])
def test_it_prints_the_packet_as_json(loop, by):
    document = json.loads(run(str(loop.pk) if by == "its own id" else "61200102", "--json"))
    assert document == document_of(Packet.objects.get())
    assert document["packet"]["version"] == 1
    assert document["candidate"]["id"] == "61200102"
    assert document["reading_order"]["header"] == "WAITING"


def test_it_is_recorded_like_any_other(loop):
    run("61200102")
    request = PacketRequest.objects.get()
    assert (request.state, request.attempts, request.requested_by) == ("done", 1, None)
    actions = AuditEvent.objects.filter(stream=f"loop:{loop.pk}").values_list("action", flat=True)
    assert set(actions) >= {"packet.requested", "packet.built", "packet.read"}


def test_twice_is_one_packet(loop):
    assert run("61200102", "--json") == run("61200102", "--json")
    assert Packet.objects.count() == 1


def test_the_text_is_readable_and_names_who_is_missing(loop):
    text = run("61200102")
    assert "WAITING: Bob Owing has not handed in ML coding." in text
    assert "Behavioural, Ann Lee: counted, Yes" in text
    assert "there is no overall score" in text


def refusal(*args: str) -> str:
    with pytest.raises(CommandError) as refused:
        run(*args)
    assert refused.value.returncode == 1
    return str(refused.value)


@pytest.mark.parametrize("unknown", ["nobody", "00000000-0000-4000-8000-000000000000", ""])
def test_an_unknown_loop_is_refused(loop, unknown):
    assert "There is no loop" in refusal(unknown)
    assert not PacketRequest.objects.exists()


def test_a_candidate_with_two_loops_is_asked_which(loop):
    opening = Opening.objects.create(title="Staff ML Engineer", level="staff")
    other = Loop.objects.create(opening=opening, candidate=loop.candidate)
    said = refusal("61200102")
    assert str(loop.pk) in said
    assert str(other.pk) in said


def test_the_pdf_is_of_the_packet_that_it_names(loop, tmp_path):
    file = tmp_path / "packet.pdf"
    said = run("61200102", "--pdf", str(file))
    packet = Packet.objects.get()
    assert packet.digest in said
    assert str(file) in said
    assert packet.digest in PdfReader(file).pages[-1].extract_text()


def test_a_file_that_cannot_be_written_is_named(loop, tmp_path):
    assert "No such file or directory" in refusal("61200102", "--pdf", str(tmp_path / "no" / "x"))


def test_an_error_is_told_in_its_sentence(loop, monkeypatch):
    monkeypatch.setattr(build_jobs, "build", lambda source: 1 / 0)
    assert "ZeroDivisionError" in refusal("61200102")


def test_a_worker_that_was_quicker_is_waited_for(loop, monkeypatch):
    """The request waited already, and a worker claims it: its packet is the one to print."""
    request = build_jobs.request_packet(loop)
    build_jobs.PACKETS.claim(request.pk)
    PacketRequest.objects.filter(pk=request.pk).update(leased_at=timezone.now())
    assert "version" in run("61200102", "--json")
    assert PacketRequest.objects.count() == 2  # the worker's own goes on


def test_it_gives_up_waiting_with_a_sentence(loop, monkeypatch):
    monkeypatch.setattr(build_packet.build_jobs, "build_now", lambda loop: None)
    monkeypatch.setattr(build_packet, "LEASE", timedelta(seconds=0.3))
    assert "Try again later" in refusal("61200102")
