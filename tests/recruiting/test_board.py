"""The loop board: what is late and missing in words, filters in the address, no score anywhere."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from interviews.models import Candidate, CommitteeSeat, Interview, Loop, Seat
from packets import build_jobs
from packets.models import Packet
from scorecard.content import CardContent, FlagContent, NoteContent
from tests.config.test_access_matrix import same
from tests.conftest import DAY, HOUR, As
from tests.people import Cast, make_loop, seat_in, submitted_card


@pytest.fixture
def client(cast: Cast, as_: As) -> Client:
    return as_(cast.recruiter)


def names(client: Client, cast: Cast, **choice: str) -> list[str]:
    rows = client.get(reverse("opening", args=[cast.loop.opening_id]), choice).context["rows"]
    return [row.loop.candidate.name for row in rows]


def body(client: Client, cast: Cast) -> str:
    return client.get(reverse("opening", args=[cast.loop.opening_id])).content.decode()


def flagged(seat: Seat) -> None:
    note = NoteContent(
        id=str(seat.pk),
        at_seconds=60,
        kind="observation",
        text="no word about the data",
        dimension="data-assumptions",
        signal="ignores-data-reality",
        polarity="risk",
    )
    flag = FlagContent("ignores-data-reality", "disqualifying", "why", (note.id,))
    submitted_card(seat, CardContent("no", notes=(note,), flags=(flag,)))


def test_each_round_is_told_in_words(cast: Cast, client: Client, now: datetime) -> None:
    Interview.objects.filter(round="behavioral").update(starts_at=now, ends_at=now + HOUR)
    Interview.objects.filter(round="ml-system-design").update(
        starts_at=now - 4 * DAY, ends_at=now - 3 * DAY
    )
    seat_in(cast.loop, cast.stranger, "ml-coding", starts_at=now - DAY)
    Interview.objects.filter(round="ml-coding").update(cancelled_at=now)
    found = body(client, cast)
    assert "An Interviewer: <span" in found
    assert "missing for 3 days" in found
    assert 'A Colleague: <span class="meta">to come' in found
    assert "cancelled, no other" in found


def test_a_planned_round_that_nobody_scheduled_is_named(cast: Cast, client: Client) -> None:
    cast.loop.opening.rounds.append("responsible-ai")
    cast.loop.opening.save()
    row = client.get(reverse("opening", args=[cast.loop.opening_id])).context["rows"][0]
    assert [bool(cell.held) for cell in row.cells] == [True, True, False]


def test_filters_live_in_the_address(cast: Cast, client: Client, now: datetime) -> None:
    ahead = make_loop(name="Łukasz Ångström")
    seat_in(ahead, cast.stranger, starts_at=now + DAY)
    make_loop(name="Nothing Yet")
    both = {"Noor Example", "Łukasz Ångström", "Nothing Yet"}
    assert set(names(client, cast)) == both
    assert names(client, cast, q="ANGSTROM lukasz") == ["Łukasz Ångström"]
    assert names(client, cast, stage="running") == ["Łukasz Ångström"]
    assert names(client, cast, late="1") == ["Noor Example"]
    assert names(client, cast, interviewer=str(cast.stranger.pk)) == ["Łukasz Ångström"]
    assert names(client, cast, stage="empty", decision="none") == ["Nothing Yet"]
    assert names(client, cast, q="nobody") == []
    assert set(names(client, cast, stage="x", interviewer="x", packet="x", sort="-rating")) == both


def test_order_is_by_name_or_date_alone(cast: Cast, client: Client, now: datetime) -> None:
    for name, days in (("Ábel", 3), ("Zoe", 1)):
        seat_in(make_loop(name=name), cast.stranger, starts_at=now + days * DAY)
    assert names(client, cast, sort="name") == ["Ábel", "Noor Example", "Zoe"]
    assert names(client, cast, sort="last") == ["Noor Example", "Zoe", "Ábel"]


def test_packets_are_current_superseded_or_not_there(cast: Cast, client: Client) -> None:
    for name in ("Old", "New"):
        build_jobs.build_now(make_loop(name=name))
    build_jobs.supersede(Loop.objects.get(candidate__name="Old"))
    assert names(client, cast, packet="current") == ["New"]
    assert names(client, cast, packet="superseded") == ["Old"]
    assert names(client, cast, packet="none") == ["Noor Example"]


def test_open_flags_are_counted_for_those_who_may_know_them(
    cast: Cast, client: Client, as_: As
) -> None:
    flagged(Seat.objects.get(person=cast.colleague))
    build_jobs.build_now(cast.loop)
    assert names(client, cast, flags="open") == ["Noor Example"]
    assert names(client, cast, flags="none") == []
    cast.colleague.roles.append(Role.RECRUITER)
    cast.interviewer.roles.append(Role.RECRUITER)
    cast.colleague.save(), cast.interviewer.save()
    assert names(as_(cast.colleague), cast, flags="open") == ["Noor Example"]
    owing = as_(cast.interviewer)
    assert names(owing, cast, flags="open") == names(owing, cast, late="1") == []
    assert "after your scorecard" in body(owing, cast)


def test_the_board_of_one_who_owes_a_card_is_the_same_before_and_after(cast: Cast, as_: As) -> None:
    cast.interviewer.roles.append(Role.RECRUITER)
    cast.interviewer.save()
    owing = as_(cast.interviewer)
    page = reverse("opening", args=[cast.loop.opening_id])
    before = same(owing.get(page))
    flagged(Seat.objects.get(person=cast.colleague))
    build_jobs.build_now(cast.loop)
    assert same(owing.get(page)) == before


def test_a_loop_one_is_recused_from_is_not_on_it(cast: Cast, client: Client) -> None:
    CommitteeSeat.objects.create(
        loop=cast.loop, person=cast.recruiter, recused_at=cast.loop.created_at, recusal_reason="x"
    )
    found = body(client, cast)
    assert "Noor" not in found
    assert "An Interviewer" not in found


@pytest.mark.parametrize("many", [1, 30])
def test_the_board_asks_the_same_queries_for_one_and_many(
    cast: Cast, client: Client, django_assert_num_queries, now: datetime, many: int
) -> None:
    for n in range(many):
        candidate = Candidate.objects.create(name=f"D {n}", email=f"d{n}@mailbox.example")
        loop = Loop.objects.create(opening=cast.loop.opening, candidate=candidate)
        seat_in(loop, cast.stranger, starts_at=now - DAY)
        Packet.objects.create(loop=loop, version=1, content={}, digest=f"{n}", built_at=now)
    choice = {"late": "1", "flags": "", "sort": "name"}
    page = reverse("opening", args=[cast.loop.opening_id])
    client.get(page)
    # The reader, the opening, whom they owe, which loops fit; of those on the page: whom they owe,
    # progress, which they read, packets, requests, flags, decisions, seats; round names and
    # interviewers.
    with django_assert_num_queries(14):
        client.get(page, choice)
    with django_assert_num_queries(19):  # and five more to choose by what the packets say
        client.get(page, choice | {"flags": "none", "packet": "current", "decision": "none"})
