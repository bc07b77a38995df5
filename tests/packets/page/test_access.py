"""Who opens a packet, that every reading is recorded, and what a page costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from interviews.models import CommitteeSeat, Seat, SeatRole
from packets import build_jobs
from packets.models import Packet
from tests.packets.page.reading import member_of, signed_in
from tests.people import Cast, make_loop, person, seat_in, submitted_card


@pytest.fixture
def packet(cast: Cast) -> Packet:
    for seat in Seat.objects.filter(interview__loop=cast.loop).exclude(role=SeatRole.SHADOW):
        submitted_card(seat)
    build_jobs.PACKETS.sweep()
    return Packet.objects.get()


def addresses(packet: Packet) -> list[tuple[str, str]]:
    request = packet.requests.get()
    return [
        ("get", reverse("packet", args=[packet.pk])),
        ("get", reverse("packet_pdf", args=[packet.pk])),
        ("get", reverse("packet_json", args=[packet.pk])),
        ("get", reverse("loop_packet", args=[packet.loop_id])),
        ("post", reverse("build_packet", args=[packet.loop_id])),
        ("get", reverse("packet_request", args=[request.pk])),
    ]


def answers(packet: Packet, reader) -> set[int]:
    client = signed_in(reader)
    return {getattr(client, method)(url).status_code for method, url in addresses(packet)}


@pytest.mark.parametrize(
    "reader", ["stranger", "recused", "colleague", "shadow", "administrator", "candidate_account"]
)
def test_for_all_others_there_is_no_such_packet(cast: Cast, packet: Packet, reader: str) -> None:
    assert answers(packet, getattr(cast, reader)) == {404}
    assert not AuditEvent.objects.filter(action="packet.read").exists()


def test_a_member_who_still_owes_a_scorecard_waits(cast: Cast, packet: Packet) -> None:
    """In another loop of the candidate: who interviews in this one has a conflict for good."""
    owing = member_of(cast.loop, "Owing Member")
    other = make_loop("Staff ML Engineer", name="Somebody Else")
    other.candidate = cast.loop.candidate
    other.save()
    seat = seat_in(other, owing, "ml-coding")
    assert answers(packet, owing) == {404}
    submitted_card(seat)
    assert 200 in answers(packet, owing)


def test_a_member_who_interviewed_in_the_loop_never_reads_it(cast: Cast, packet: Packet) -> None:
    interested = member_of(cast.loop, "Interested Member")
    submitted_card(seat_in(cast.loop, interested, "ml-coding"))
    assert answers(packet, interested) == {404}


def test_a_recruiter_who_is_recused_reads_nothing(cast: Cast, packet: Packet) -> None:
    CommitteeSeat.objects.create(
        loop=cast.loop, person=cast.recruiter, recused_at=packet.built_at, recusal_reason="family"
    )
    assert answers(packet, cast.recruiter) == {404}


@pytest.mark.parametrize(
    ("how", "name"), [("page", "packet"), ("json", "packet_json"), ("pdf", "packet_pdf")]
)
def test_every_reading_is_recorded(cast: Cast, packet: Packet, how: str, name: str) -> None:
    signed_in(cast.committee).get(reverse(name, args=[packet.pk]))
    line = AuditEvent.objects.get(action="packet.read")
    assert (line.actor, line.stream) == (cast.committee, f"loop:{cast.loop.pk}")
    assert line.subject == f"packet:{packet.pk}"
    assert line.detail == {"how": how, "version": 1}


def test_the_answer_is_kept_by_no_cache(cast: Cast, packet: Packet) -> None:
    client = signed_in(cast.committee)
    for method, url in addresses(packet):
        if method == "get":
            assert "no-store" in client.get(url)["Cache-Control"], url


# the reader, the packet, its resolutions, its audit line, the request, the reader's seat, what
# was said, whether the votes are open, the versions, whether there is a debrief for them
QUERIES = 10


@pytest.mark.parametrize("cards", [1, 6])
def test_the_page_costs_ten_queries_whatever_the_panel(rubric, cards: int) -> None:
    loop = make_loop()
    for at in range(cards):
        submitted_card(seat_in(loop, person(f"P {at}"), "behavioral"))
    packet = build_jobs.build_now(loop).packet
    client = signed_in(member_of(loop))
    url = reverse("packet", args=[packet.pk])
    client.get(url)  # the session is in the cache from here on
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    assert len(queries) == QUERIES, [query["sql"][:90] for query in queries]
