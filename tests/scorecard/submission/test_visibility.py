"""Promise 3: nobody reads another's card for a candidate while their own is due."""

from datetime import timedelta

import pytest

from accounts.models import Role, User
from interviews.models import CommitteeSeat, Interview, Loop, Seat
from scorecard.models import Scorecard
from tests.people import MONDAY, Cast, card_for, make_loop, person, seat_in, submitted_card


def seat_of(user: User) -> Seat:
    return Seat.objects.get(person=user)


def reads(user: User) -> set[User]:
    """Whose cards this person may read."""
    return {card.author for card in Scorecard.objects.visible_to(user)}


@pytest.fixture
def half_done(cast: Cast) -> Cast:
    """The colleague has handed in; the interviewer has begun, the shadow has not."""
    submitted_card(seat_of(cast.colleague))
    card_for(seat_of(cast.interviewer))
    return cast


@pytest.fixture
def all_in(half_done: Cast) -> Cast:
    from scorecard import submission

    submission.submit(seat_of(half_done.interviewer).scorecard, half_done.interviewer)
    submitted_card(seat_of(half_done.shadow))
    return half_done


def test_one_who_owes_a_card_reads_only_their_own(half_done: Cast):
    assert reads(half_done.interviewer) == {half_done.interviewer}


def test_a_card_not_begun_is_owed_too(half_done: Cast):
    assert reads(half_done.shadow) == set()


def test_one_who_handed_in_reads_handed_in_cards_of_the_loop_but_no_drafts(half_done: Cast):
    assert reads(half_done.colleague) == {half_done.colleague}


def test_when_all_are_in_the_panel_reads_all(all_in: Cast):
    panel = {all_in.interviewer, all_in.colleague, all_in.shadow}
    for member in panel:
        assert reads(member) == panel


def test_the_committee_and_recruiters_read_what_is_handed_in(half_done: Cast):
    assert reads(half_done.committee) == {half_done.colleague}
    assert reads(half_done.recruiter) == {half_done.colleague}


@pytest.mark.parametrize("who", ["recused", "administrator", "stranger", "candidate_account"])
def test_these_read_nothing(all_in: Cast, who: str):
    assert reads(getattr(all_in, who)) == set()


def test_a_recused_recruiter_reads_nothing_of_the_loop(all_in: Cast):
    CommitteeSeat.objects.create(
        loop=all_in.loop,
        person=all_in.recruiter,
        recused_at=MONDAY,
        recusal_reason="Related to the candidate",
    )
    assert reads(all_in.recruiter) == set()
    assert not Loop.objects.visible_to(all_in.recruiter).exists()


def test_a_committee_member_who_owes_a_card_waits_like_everybody(all_in: Cast):
    seat_in(all_in.loop, all_in.committee, "responsible-ai")
    assert reads(all_in.committee) == set()


def test_a_card_owed_for_the_candidate_in_another_loop_closes_this_one(all_in: Cast):
    other = make_loop("Staff ML Engineer", "Somebody Else")
    other.candidate = all_in.loop.candidate
    other.save()
    seat_in(other, all_in.colleague, "ml-coding")
    assert reads(all_in.colleague) == {all_in.colleague}


def test_a_card_owed_for_another_candidate_closes_nothing(all_in: Cast):
    seat_in(make_loop(name="Another Person"), all_in.colleague, "ml-coding")
    assert reads(all_in.colleague) == {all_in.interviewer, all_in.colleague, all_in.shadow}


def test_a_cancelled_interview_owes_nothing(all_in: Cast):
    seat = seat_in(all_in.loop, all_in.colleague, "ml-coding", starts_at=MONDAY + timedelta(days=1))
    assert reads(all_in.colleague) == {all_in.colleague}
    seat.interview.cancelled_at = MONDAY
    seat.interview.save()
    assert len(reads(all_in.colleague)) == 3


def test_amending_keeps_the_door_open_and_the_old_version_readable(all_in: Cast):
    from scorecard import submission

    submission.begin_amendment(seat_of(all_in.interviewer).scorecard, all_in.interviewer)
    assert all_in.interviewer in reads(all_in.colleague)
    assert all_in.colleague in reads(all_in.interviewer)


def test_a_candidate_known_by_e_mail_only_is_walled_off_too(cast: Cast):
    loop = make_loop("Staff ML Engineer", "Hired Insider")
    insider = User.objects.create_user(
        loop.candidate.email, "Hired Insider", roles=[Role.RECRUITER]
    )
    submitted_card(seat_in(loop, cast.stranger))
    assert loop not in Loop.objects.visible_to(insider)
    assert reads(insider) == set()


def test_one_who_left_reads_nothing(all_in: Cast):
    all_in.recruiter.is_active = False
    all_in.recruiter.save()
    assert reads(all_in.recruiter) == set()
    assert not Loop.objects.visible_to(all_in.recruiter).exists()


def test_loops_are_known_to_those_who_take_part(cast: Cast):
    members = ("interviewer", "colleague", "shadow", "recruiter", "committee")
    for who in members:
        assert cast.loop in Loop.objects.visible_to(getattr(cast, who)), who
    for who in ("recused", "administrator", "stranger", "candidate_account"):
        assert not Loop.objects.visible_to(getattr(cast, who)).exists(), who


def test_each_row_comes_once_however_many_seats_a_person_has(cast: Cast):
    seat_in(cast.loop, cast.interviewer, "ml-coding")
    assert Loop.objects.visible_to(cast.interviewer).count() == 1


def test_a_committee_member_without_a_seat_sees_nothing(cast: Cast):
    outsider = person("Other Committee", Role.COMMITTEE)
    assert not Loop.objects.visible_to(outsider).exists()


def test_a_loop_whose_only_interview_with_me_was_cancelled_unwritten_is_none_of_mine(cast: Cast):
    mine = Loop.objects.visible_to(cast.interviewer)
    assert list(mine) == [cast.loop]
    Interview.objects.filter(seats__person=cast.interviewer).update(cancelled_at=MONDAY)
    assert not mine.all().exists()
    card_for(Seat.objects.get(person=cast.interviewer))
    assert list(mine.all()) == [cast.loop]
