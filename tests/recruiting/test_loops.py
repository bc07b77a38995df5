"""The list of loops and the page of one: statuses only for those who may know them."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from interviews.models import Interview, Loop, Seat, SeatRole
from packets import build_jobs
from recruiting.packet_status import with_packet_status
from scorecard.models import Scorecard
from scorecard.progress import Stage, State, statuses_of_loops, with_progress
from tests.conftest import DAY, HOUR, As
from tests.people import Cast, card_for, make_loop, seat_in, submitted_card

SENTENCE = "Shown when yours is in"


def page(as_: As, who, loop: Loop) -> str:
    return as_(who).get(reverse("loop", args=[loop.pk])).content.decode()


def seat_of(cast: Cast, who) -> Seat:
    return Seat.objects.get(interview__loop=cast.loop, person=who)


def test_one_who_owes_a_card_sees_the_schedule_and_no_colleagues_status(
    cast: Cast, as_: As
) -> None:
    submitted_card(seat_of(cast, cast.colleague))
    body = page(as_, cast.interviewer, cast.loop)
    for name in (cast.interviewer.name, cast.colleague.name, cast.shadow.name):
        assert name in body
    assert body.count(SENTENCE) == 2
    assert "✓" not in body


def test_handing_in_opens_the_statuses(cast: Cast, as_: As) -> None:
    colleague = submitted_card(seat_of(cast, cast.colleague))
    submitted_card(seat_of(cast, cast.interviewer))
    body = page(as_, cast.interviewer, cast.loop)
    assert SENTENCE not in body
    assert reverse("scorecard", args=[colleague.pk]) in body


def test_readers_see_who_is_in_and_who_is_missing(cast: Cast, as_: As) -> None:
    card = submitted_card(seat_of(cast, cast.colleague))
    for who in (cast.recruiter, cast.committee):
        body = page(as_, who, cast.loop)
        assert body.count("Missing for") == 2  # the interviewer and the shadow
        assert reverse("scorecard", args=[card.pk]) in body
        assert "shadow</span>" in body


def test_a_packet_is_offered_once_something_is_scheduled(cast: Cast, as_: As) -> None:
    assert "Build it now" in page(as_, cast.recruiter, cast.loop)
    Interview.objects.filter(loop=cast.loop).update(cancelled_at=timezone.now())
    assert "Build it now" not in page(as_, cast.recruiter, cast.loop)


def test_a_card_in_progress_is_nobodys_but_its_authors(cast: Cast, as_: As) -> None:
    card = card_for(seat_of(cast, cast.colleague))
    for who in (cast.recruiter, cast.committee):
        assert str(card.pk) not in page(as_, who, cast.loop)
    assert reverse("open_scorecard", args=[card.seat_id]) in page(as_, cast.colleague, cast.loop)


def test_the_reason_of_a_recusal_is_for_recruiters(cast: Cast, as_: As) -> None:
    assert "Former manager" in page(as_, cast.recruiter, cast.loop)
    assert "Former manager" not in page(as_, cast.committee, cast.loop)
    assert cast.recused.name not in page(as_, cast.colleague, cast.loop)


def test_the_packet_is_offered_to_its_readers_only(cast: Cast, as_: As) -> None:
    packet = build_jobs.build_now(cast.loop, cast.recruiter).packet
    link = reverse("packet", args=[packet.pk])
    for who, shown in ((cast.recruiter, 1), (cast.committee, 1), (cast.colleague, 0)):
        assert (link in page(as_, who, cast.loop)) == bool(shown)


def test_a_planned_round_that_nobody_scheduled_is_named(cast: Cast, as_: As) -> None:
    cast.loop.opening.rounds = ["ml-system-design", "behavioral", "ml-coding"]
    cast.loop.opening.save()
    assert "not scheduled: ML coding." in page(as_, cast.recruiter, cast.loop)


def stage_of(as_: As, who, loop: Loop) -> str:
    page = as_(who).get(reverse("loops")).context["loops"]
    return {each.pk: each.stage for each in page}[loop.pk]


def test_the_stages_of_a_loop(cast: Cast, as_: As, now: datetime) -> None:
    loop = make_loop(name="Staged")
    assert stage_of(as_, cast.recruiter, loop) == Stage.EMPTY
    first = seat_in(loop, cast.colleague, starts_at=now + HOUR)
    assert stage_of(as_, cast.recruiter, loop) == Stage.RUNNING
    over = seat_in(loop, cast.interviewer, "ml-coding", starts_at=now - DAY)
    assert stage_of(as_, cast.recruiter, loop) == Stage.MISSING
    submitted_card(over)
    assert stage_of(as_, cast.recruiter, loop) == Stage.RUNNING
    assert stage_of(as_, cast.colleague, loop) == Stage.YOURS
    submitted_card(first)
    assert stage_of(as_, cast.recruiter, loop) == Stage.COMPLETE


def test_counts_are_those_of_the_cards_that_the_reader_may_see(cast: Cast, now: datetime) -> None:
    others = make_loop(name="Others")
    submitted_card(seat_in(others, cast.stranger))
    submitted_card(seat_of(cast, cast.colleague))
    submitted_card(seat_of(cast, cast.shadow))
    for who in vars(cast).values():
        if who == cast.loop:
            continue
        cards = Scorecard.objects.visible_to(who).exclude(seat__role=SeatRole.SHADOW)
        for loop in with_progress(Loop.objects.visible_to(who), who, now):
            seen = cards.filter(seat__interview__loop=loop, submitted_at__isnull=False)
            assert loop.handed_in == seen.count(), who


def test_the_board_tells_of_those_cards_that_its_reader_may_read(cast: Cast, now: datetime) -> None:
    for who in (cast.colleague, cast.shadow):
        submitted_card(seat_of(cast, who))
    off = seat_in(cast.loop, cast.stranger, "ml-coding")
    Interview.objects.filter(seats=off).update(cancelled_at=now)
    told = 0
    for who in (each for each in vars(cast).values() if each != cast.loop):
        read = Scorecard.objects.visible_to(who).filter(submitted_at__isnull=False)
        loops = with_packet_status(with_progress(Loop.objects.visible_to(who), who, now), who)
        for interviews in statuses_of_loops(loops, who, now).values():
            for place in sum(interviews.values(), []):
                assert (place.state == State.IN) == read.filter(seat=place.seat).exists(), who
                told += place.state == State.IN
    assert told == 8  # two each to a recruiter, a member and those who handed theirs in


def test_a_cancelled_round_is_waited_for_no_longer(cast: Cast, as_: As, now: datetime) -> None:
    loop = make_loop(name="Cancelled")
    submitted_card(seat_in(loop, cast.colleague, starts_at=now - DAY))
    off = seat_in(loop, cast.interviewer, "ml-coding", starts_at=now - DAY)
    off.interview.cancelled_at = now
    off.interview.save()
    assert stage_of(as_, cast.recruiter, loop) == Stage.COMPLETE


def test_filters_live_in_the_address_and_hold_together(cast: Cast, as_: As, now: datetime) -> None:
    other = make_loop("Staff ML Engineer", "Ola Other")
    seat_in(other, cast.colleague, starts_at=now - DAY)
    make_loop("Staff ML Engineer", "Ola Empty")
    client = as_(cast.recruiter)

    def found(**chosen) -> list[str]:
        page = client.get(reverse("loops"), chosen).context["loops"]
        return sorted(loop.candidate.name for loop in page)

    staff = str(other.opening_id)
    assert found(opening=staff) == ["Ola Empty", "Ola Other"]
    assert found(opening=staff, state="missing") == ["Ola Other"]
    assert found(q="empty olá") == ["Ola Empty"]
    assert found(opening="not an id") == []
    assert found(state="nonsense") == []


def test_a_filter_by_state_tells_nothing_to_one_who_owes(cast: Cast, as_: As) -> None:
    submitted_card(seat_of(cast, cast.colleague))
    client = as_(cast.interviewer)
    for state in Stage:
        page = client.get(reverse("loops"), {"state": state}).context["loops"]
        assert [loop.pk for loop in page] == [cast.loop.pk] * (state == Stage.YOURS)


def test_loops_are_those_of_ones_own(cast: Cast, as_: As) -> None:
    make_loop(name="Hidden")
    for who, names in (
        (cast.interviewer, {"Noor Example"}),
        (cast.stranger, set()),
        (cast.recused, set()),
        (cast.candidate_account, set()),
        (cast.recruiter, {"Noor Example", "Hidden"}),
    ):
        page = as_(who).get(reverse("loops")).context["loops"]
        assert {loop.candidate.name for loop in page} == names


@pytest.mark.parametrize("many", [1, 20])
def test_the_list_asks_the_same_queries_for_one_and_many(
    cast: Cast, as_: As, django_assert_num_queries, many: int
) -> None:
    for n in range(many):
        submitted_card(seat_in(make_loop(name=f"Candidate {n}"), cast.stranger))
    client = as_(cast.recruiter)
    client.get(reverse("loops"))
    # The reader, how many, which; of those on the page: whom the reader owes, progress, which they
    # read, packets, requests, decisions; openings.
    with django_assert_num_queries(10):
        client.get(reverse("loops"))


@pytest.mark.parametrize("many", [1, 12])
def test_a_loop_asks_the_same_queries_for_one_and_many_interviews(
    cast: Cast, as_: As, django_assert_num_queries, many: int
) -> None:
    loop = make_loop(name="Long")
    for n in range(many):
        submitted_card(seat_in(loop, cast.stranger, f"round-{n}" if n else "behavioral"))
    client = as_(cast.recruiter)
    client.get(reverse("loop", args=[loop.pk]))
    with django_assert_num_queries(13):
        client.get(reverse("loop", args=[loop.pk]))
