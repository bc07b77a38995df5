"""The public loops through import, database and worker's code give the packets tested by hand."""

import json

import pytest
from django.core.management import call_command

from ats.importing.run import import_paths
from config.celery import app
from packets import build_jobs
from packets.content.build import digest
from packets.models import Packet, PacketRequest
from rubric.models import RubricVersion
from tests.packets.content.loops import FOLDER, LEILA, LOOPS, packet_of


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr(app, "send_task", lambda *args, **how: None)


@pytest.mark.parametrize("slug", LOOPS)
def test_an_imported_loop_gives_the_packet_worked_out_by_hand(rubric: RubricVersion, slug, capsys):
    assert not import_paths([FOLDER / slug]).faults
    candidate = packet_of(slug)["candidate"]["id"]
    call_command("build_packet", candidate, "--json")
    document = json.loads(capsys.readouterr().out)
    header = document.pop("packet")
    expected = packet_of(slug)
    for key in expected:
        assert document[key] == expected[key], key
    assert document == expected
    assert header["digest"] == digest(expected)


def test_importing_the_last_card_requests_the_packet(rubric):
    import_paths([FOLDER])
    loops = {request.loop.candidate.name for request in PacketRequest.objects.all()}
    assert len(loops) == len(LOOPS) - 1
    assert packet_of(LEILA)["candidate"]["name"] not in loops
    assert len(build_jobs.PACKETS.sweep()) == len(LOOPS) - 1


def test_importing_twice_supersedes_nothing(rubric):
    import_paths([FOLDER])
    build_jobs.PACKETS.sweep()
    import_paths([FOLDER])
    assert build_jobs.PACKETS.sweep() == []
    assert Packet.objects.current().count() == Packet.objects.count() == len(LOOPS) - 1
