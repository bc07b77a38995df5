"""An input that changes supersedes the packet and adds a version; nothing else does."""

from django.db import transaction

from accounts.models import AuditEvent
from hiring_committee.packet_document import document_of
from packets import build_jobs
from packets.models import Packet, PacketRequest
from scorecard import submission
from scorecard.models import Scorecard
from tests.people import (
    submitted_card,
)

State = PacketRequest.State


def amend(card: Scorecard, reason: str = "typo") -> None:
    submission.begin_amendment(card, card.author)
    submission.submit(card, card.author, reason=reason)


def test_the_same_inputs_make_no_second_packet(loop, built):
    packet = Packet.objects.get()
    again = build_jobs.PACKETS.run(build_jobs.request_packet(loop).pk)
    assert again.packet == packet
    assert again.state == State.DONE
    assert Packet.objects.count() == 1


def test_an_amendment_supersedes_and_adds_a_version(loop, built):
    first = Packet.objects.get()
    amend(built[0])
    first.refresh_from_db()
    assert first.is_superseded
    assert document_of(first)["packet"]["superseded"]
    assert not Packet.objects.current().exists()
    assert AuditEvent.objects.filter(action="packet.superseded").count() == 1
    build_jobs.PACKETS.sweep()
    second = Packet.objects.current().get()
    assert (second.version, second.content["late_edits"][0]["reason"]) == (2, "typo")
    content, digest = first.content, first.digest
    first.refresh_from_db()
    assert (first.content, first.digest) == (content, digest)
    assert second.digest != digest


def test_a_loop_that_had_a_packet_gets_a_new_one_for_every_card(loop, seats):
    submitted_card(seats[0])
    build_jobs.PACKETS.run(
        build_jobs.request_packet(loop).pk
    )  # asked for before the loop was complete
    submitted_card(seats[1])
    assert PacketRequest.objects.filter(state=State.REQUESTED).count() == 1


def test_a_superseding_submission_that_is_rolled_back_leaves_the_packet_current(loop, built):
    with transaction.atomic():
        amend(built[0])
        transaction.set_rollback(True)
    assert Packet.objects.get().superseded_at is None


def test_building_now_leaves_nothing_to_the_workers(
    loop, hints, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        request = build_jobs.build_now(loop)
    assert request.state == State.DONE
    assert hints == []
    assert build_jobs.PACKETS.sweep() == []
