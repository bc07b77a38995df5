"""Packets are immutable, one is current, and only the committee and recruiters read them."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Role
from hiring_committee.packet_document import document_of
from interviews.models import CommitteeSeat
from packets import build_jobs
from packets.models import Packet, PacketRequest
from tests.people import MONDAY, make_loop, person, seat_in, submitted_card


@pytest.fixture
def packet(cast) -> Packet:
    for seat in [s for i in cast.loop.interviews.all() for s in i.seats.all()]:
        submitted_card(seat)
    build_jobs.PACKETS.sweep()
    return Packet.objects.get()


def as_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize("owner", [False, True], ids=["by right", "by trigger"])
@pytest.mark.parametrize(
    "change",
    [
        {"content": {}},
        {"digest": "sha256:other"},
        {"version": 7},
        {"built_at": MONDAY},
        {"superseded_at": MONDAY, "version": 7},
    ],
    ids=lambda change: "+".join(change),
)
def test_nothing_of_a_packet_changes(packet, change, owner):
    if owner:
        as_owner()
    with pytest.raises(DatabaseError), transaction.atomic():
        Packet.objects.filter(pk=packet.pk).update(**change)


@pytest.mark.parametrize("owner", [False, True], ids=["by right", "by trigger"])
def test_a_packet_is_never_removed(packet, owner):
    if owner:
        as_owner()
    with pytest.raises(DatabaseError, match="append-only|permission denied"), transaction.atomic():
        Packet.objects.filter(pk=packet.pk)._raw_delete("default")  # asks no row that points at it


def test_it_is_superseded_once_and_for_all(packet):
    row = Packet.objects.filter(pk=packet.pk)
    assert row.update(superseded_at=timezone.now()) == 1
    for again in (timezone.now(), None):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(superseded_at=again)


def test_a_loop_has_one_current_packet(packet):
    with pytest.raises(IntegrityError), transaction.atomic():
        Packet.objects.create(
            loop=packet.loop, version=2, content={}, digest="x", built_at=timezone.now()
        )


def test_a_version_number_is_given_once(packet):
    with pytest.raises(IntegrityError), transaction.atomic():
        Packet.objects.create(
            loop=packet.loop,
            version=1,
            content={},
            digest="x",
            built_at=timezone.now(),
            superseded_at=timezone.now(),
        )


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "done", "finished_at": MONDAY},  # without its packet
        {"state": "failed", "finished_at": MONDAY},  # without its reason
        {"state": "running"},
        {"state": "lost"},
        {"progress": 101},
    ],
    ids=str,
)
def test_a_request_cannot_be_in_two_minds(cast, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        PacketRequest.objects.create(loop=cast.loop, **fields)


def test_the_document_is_the_content_under_its_header(packet):
    document = document_of(packet)
    assert document["packet"]["version"] == 1
    assert document["packet"]["superseded"] is False
    assert document["packet"]["digest"] == packet.digest
    assert {key: document[key] for key in packet.content} == packet.content


# --- Who reads it ---------------------------------------------------------------------------------

READERS = {
    "committee": True,
    "recruiter": True,
    "interviewer": False,
    "colleague": False,
    "shadow": False,
    "recused": False,
    "administrator": False,
    "stranger": False,
    "candidate_account": False,
}


@pytest.mark.parametrize(("who", "reads"), READERS.items())
@pytest.mark.parametrize("model", [Packet, PacketRequest])
def test_who_reads_packets_and_their_requests(cast, packet, model, who, reads):
    assert model.objects.visible_to(getattr(cast, who)).exists() is reads


def test_nobody_inactive_reads(cast, packet):
    cast.committee.is_active = False
    assert not Packet.objects.visible_to(cast.committee).exists()


def test_who_owes_a_card_for_the_candidate_waits_whatever_their_role(cast, packet):
    seat_in(cast.loop, cast.recruiter, "ml-coding")
    assert not Packet.objects.visible_to(cast.recruiter).exists()
    assert not PacketRequest.objects.visible_to(cast.recruiter).exists()
    assert Packet.objects.visible_to(cast.committee).exists()


def test_a_card_owed_in_another_loop_of_the_candidate_closes_this_one_too(cast, packet):
    other = make_loop("Staff ML Engineer", "Somebody Else")
    other.candidate = cast.loop.candidate
    other.save()
    owed = seat_in(other, cast.committee)
    assert not Packet.objects.visible_to(cast.committee).exists()
    submitted_card(owed)
    assert Packet.objects.visible_to(cast.committee).exists()


def test_an_internal_candidate_reads_nothing_about_themselves_as_recruiter(cast, packet):
    cast.candidate_account.roles = [Role.RECRUITER]
    cast.candidate_account.save()
    assert not Packet.objects.visible_to(cast.candidate_account).exists()


def test_a_recused_recruiter_reads_nothing(cast, packet):
    CommitteeSeat.objects.create(
        loop=cast.loop, person=cast.recruiter, recused_at=MONDAY, recusal_reason="A friend"
    )
    assert not Packet.objects.visible_to(cast.recruiter).exists()


def test_the_committee_of_another_loop_reads_nothing(cast, packet):
    other = person("Another Member", Role.COMMITTEE)
    CommitteeSeat.objects.create(loop=make_loop(name="Other"), person=other)
    assert not Packet.objects.visible_to(other).exists()


def test_the_runtime_role_may_do_what_the_worker_does(cast, packet):
    """The whole way from submission to a superseding packet ran under it, in the fixture."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("scorecard_app",)
