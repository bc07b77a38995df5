"""One packet among a season's: building and reading it costs what it costs alone."""

import pytest
from django.urls import reverse

from interviews.models import CommitteeSeat, Seat
from packets import build_jobs
from tests.people import Cast, make_loop, seat_in, submitted_card


def season(cast: Cast, loops: int) -> None:
    """So many other loops of the opening, each with a card, a committee and a packet."""
    for number in range(loops):
        loop = make_loop(name=f"Candidate {number}")
        CommitteeSeat.objects.create(loop=loop, person=cast.committee)
        submitted_card(seat_in(loop, cast.stranger))
        build_jobs.build_now(loop, cast.recruiter)


@pytest.mark.parametrize("others", [0, 12])
def test_a_packet_costs_the_same_in_a_season(
    cast: Cast, client, others: int, django_assert_num_queries
) -> None:
    season(cast, others)
    for seat in Seat.objects.filter(interview__loop=cast.loop, role="lead"):
        submitted_card(seat)
    with django_assert_num_queries(34):  # claimed, read, stored, with its lines in the trail
        packet = build_jobs.build_now(cast.loop, cast.recruiter).packet
    client.force_login(cast.committee)
    address = reverse("packet", args=[packet.pk])
    client.get(address)
    with django_assert_num_queries(10):
        client.get(address)
