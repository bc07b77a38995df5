"""Two blind ballots: who may vote when, what opens them, and what a new packet does to them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent, Role, User
from hiring_committee import decisions, votes_owed, voting
from hiring_committee.models import BallotOpening, Decision, Vote
from hiring_committee.steps import Refused
from interviews import committee_seats, scheduling
from interviews.models import CommitteeSeat
from packets.models import Packet
from tests.hiring_committee.committee import (
    FIRST,
    SECOND,
    Committee,
    all_vote,
    next_packet,
    read,
    seat_of,
    vote_twice,
)
from tests.packets.page.reading import member_of, store
from tests.people import make_loop, person, seat_in


def is_open(packet: Packet) -> bool:
    return BallotOpening.objects.filter(packet=packet).exists()


def seen(user: User, packet: Packet) -> set[str]:
    """Whose second votes this person reads."""
    votes = Vote.objects.visible_to(user).second().filter(packet=packet)
    return set(votes.values_list("seat__person__name", flat=True))


def refused(wording: str):
    return pytest.raises(Refused, match=wording)


def test_the_second_vote_comes_after_the_first_and_after_reading(committee: Committee) -> None:
    packet, member = committee.packet, committee.member
    read(member, packet)  # before the first vote: that is not yet the reading
    with refused("first vote before"):
        voting.vote(member, packet, SECOND, "yes", "hasty")
    voting.vote(member, packet, FIRST, "no", "at first sight")
    with refused("Read packet 1"):
        voting.vote(member, packet, SECOND, "yes", "unread")
    read(committee.third, packet)  # another's reading is not theirs
    with refused("Read packet 1"):
        voting.vote(member, packet, SECOND, "yes", "unread")
    read(member, packet)
    voting.vote(member, packet, SECOND, "yes", " having read ")
    given = Vote.objects.filter(seat__person=member).values_list("ballot", "choice", "reason")
    assert list(given) == [("first", "no", "at first sight"), ("second", "yes", "having read")]


def test_a_vote_that_is_given_stays(committee: Committee) -> None:
    voting.vote(committee.member, committee.packet, FIRST, "no", "at first")
    with refused("A vote that is given stays"):
        voting.vote(committee.member, committee.packet, FIRST, "yes", "on second thoughts")


@pytest.mark.parametrize("who", ["recruiter", "stranger", "recused", "interviewer", "elsewhere"])
def test_only_who_sits_there_votes(committee: Committee, who: str) -> None:
    person_of = {
        "recruiter": lambda: committee.recruiter,
        "stranger": lambda: person("A Stranger", Role.COMMITTEE),
        "recused": lambda: recused(committee),
        "interviewer": lambda: seat_in(committee.loop, committee.member).person,
        "elsewhere": lambda: left(committee),
    }[who]()
    with refused("no seat in this committee"):
        voting.vote(person_of, committee.packet, FIRST, "yes", "let me in")


def recused(committee: Committee) -> User:
    seat_of(committee.member, committee.loop).update(
        recused_at=timezone.now(), recusal_reason="family"
    )
    return committee.member


def left(committee: Committee) -> User:
    """No committee member any more, though the seat is there."""
    committee.member.roles = [Role.INTERVIEWER]
    committee.member.save()
    return committee.member


def test_the_last_second_vote_opens_them_all(committee: Committee) -> None:
    all_vote(committee, committee.third)
    assert not is_open(committee.packet)
    for who in (*committee.people, committee.recruiter):
        own = {who.name} - {"Third Cy", "A Recruiter"}
        assert seen(who, committee.packet) == own, who
    vote_twice(committee.third, committee.packet, "strong_no")
    opening = BallotOpening.objects.get(packet=committee.packet)
    assert (opening.by, opening.reason) == (None, "")
    for who in (*committee.people, committee.recruiter):
        assert seen(who, committee.packet) == {"Chair Ada", "Member Bo", "Third Cy"}
    assert AuditEvent.objects.get(action="votes.opened").actor is None


def test_first_votes_alone_open_nothing(committee: Committee) -> None:
    for who in committee.people:
        voting.vote(who, committee.packet, FIRST, "yes", "at first")
    assert not is_open(committee.packet)
    assert [v.seat.person for v in Vote.objects.visible_to(committee.chair)] == [committee.chair]


def test_one_of_one_is_no_quorum_so_the_votes_stay_closed(committee: Committee) -> None:
    seat_of(committee.member, committee.loop).delete()
    seat_of(committee.third, committee.loop).delete()
    vote_twice(committee.chair, committee.packet)
    assert not is_open(committee.packet)
    with refused("A quorum is 2"):
        voting.open_early(committee.chair, committee.packet, "it is only me")
    vote_twice(member_of(committee.loop, "Late Di"), committee.packet)
    assert is_open(committee.packet)


@pytest.mark.parametrize(
    ("named", "seats", "needs"), [(None, 1, 2), (None, 2, 2), (None, 3, 2), (None, 4, 3),
                                  (None, 5, 3), (None, 6, 4), (1, 5, 1), (5, 3, 5)]
)  # fmt: skip
def test_a_quorum_is_more_than_half_or_what_the_opening_says(named, seats, needs) -> None:
    assert voting.quorum(named, seats) == needs


def test_the_chair_opens_early_with_a_reason_after_their_own_vote(committee: Committee) -> None:
    packet, chair = committee.packet, committee.chair
    vote_twice(committee.member, packet)
    with refused("Only the chair"):
        voting.open_early(committee.member, packet, "let us see")
    with refused("your own second vote"):
        voting.open_early(chair, packet, "let us see")
    vote_twice(chair, packet)
    voting.open_early(chair, packet, " Cy is on leave ")
    opening = BallotOpening.objects.get()
    assert (opening.by, opening.reason) == (chair, "Cy is on leave")
    with refused("open already"):
        voting.open_early(chair, packet, "again")


def test_whoever_missed_it_stays_blind_until_they_vote(committee: Committee) -> None:
    all_vote(committee, committee.third)
    voting.open_early(committee.chair, committee.packet, "on leave")
    assert seen(committee.member, committee.packet) == {"Chair Ada", "Member Bo"}
    assert seen(committee.third, committee.packet) == set()
    voting.vote(committee.third, committee.packet, FIRST, "no", "late")
    assert seen(committee.third, committee.packet) == set()
    read(committee.third, committee.packet)
    voting.vote(committee.third, committee.packet, SECOND, "no", "late and read")
    assert seen(committee.third, committee.packet) == {"Chair Ada", "Member Bo", "Third Cy"}


def test_a_decided_packet_takes_no_more_votes_and_hides_none(committee: Committee) -> None:
    all_vote(committee, committee.third)
    voting.open_early(committee.chair, committee.packet, "on leave")
    decisions.record(committee.chair, committee.packet, kind="hire", reason="two of two")
    with refused("decided"):
        voting.vote(committee.third, committee.packet, FIRST, "no", "too late")
    assert seen(committee.third, committee.packet) == {"Chair Ada", "Member Bo"}


def test_a_recusal_takes_a_vote_out_of_every_count_and_leaves_it_in_the_record(
    committee: Committee,
) -> None:
    all_vote(committee)
    committee_seats.recuse(
        committee.member, seat_of(committee.member, committee.loop).get(), "family"
    )
    assert voting.standing(committee.packet).votes == 2
    assert seen(committee.chair, committee.packet) == {"Chair Ada", "Third Cy"}
    assert seen(committee.member, committee.packet) == set()
    assert Vote.objects.filter(seat__person=committee.member).count() == 2
    assert AuditEvent.objects.filter(action="vote.second", actor=committee.member).exists()


@pytest.mark.parametrize("how", ["declared", "seated as interviewer"])
def test_a_recusal_opens_the_votes_when_theirs_was_the_last_one_missing(
    committee: Committee, rubric, how: str
) -> None:
    all_vote(committee, committee.third)
    if how == "declared":
        committee_seats.recuse(
            committee.third, seat_of(committee.third, committee.loop).get(), "family"
        )
    else:
        now = timezone.now()
        scheduling.schedule(
            committee.recruiter,
            committee.loop,
            round="ml-coding",
            starts_at=now,
            ends_at=now + timedelta(hours=1),
            lead=committee.third,
        )
    assert is_open(committee.packet)


def test_whoever_interviews_or_hires_reads_no_votes_in_whatever_role(committee: Committee) -> None:
    all_vote(committee)
    assert seen(committee.recruiter, committee.packet)
    committee.loop.opening.hiring_manager = committee.recruiter
    committee.loop.opening.save()
    assert seen(committee.recruiter, committee.packet) == set()
    assert Packet.objects.visible_to(committee.recruiter).exists()  # they go on recruiting


# --- A packet that is superseded half-way ---------------------------------------------------------


def test_votes_on_an_old_packet_count_for_nothing_on_the_new_one(committee: Committee) -> None:
    all_vote(committee, committee.third)
    new = next_packet(committee.packet)
    assert voting.standing(new).votes == 0
    with refused("superseded while you wrote"):
        vote_twice(committee.third, committee.packet)
    vote_twice(committee.third, new)
    assert not is_open(new)
    assert not is_open(committee.packet)
    assert seen(committee.third, committee.packet) == set()  # nor are the old ones told


def test_members_confirm_or_vote_again(committee: Committee) -> None:
    all_vote(committee, committee.third)
    voting.vote(committee.third, committee.packet, FIRST, "no", "only the first")
    new = next_packet(committee.packet)
    with refused("Read packet 2 first"):
        voting.confirm(committee.chair, new)
    for who in committee.people:
        read(who, new)
    voting.confirm(committee.chair, new)
    voting.confirm(committee.third, new)
    vote_twice(committee.member, new, "strong_no", "the amendment changes it")
    with refused("voted on this packet already"):
        voting.confirm(committee.member, new)
    third = Vote.objects.filter(packet=new, seat__person=committee.third)
    assert [v.ballot for v in third] == ["first"]
    assert not is_open(new)
    read(committee.third, new)
    voting.vote(committee.third, new, SECOND, "no", "still")
    assert is_open(new)
    chairs = Vote.objects.get(packet=new, seat__person=committee.chair, ballot=SECOND)
    assert (chairs.reason, chairs.confirms.packet) == ("reason of Chair Ada", committee.packet)


def test_nobody_confirms_what_they_never_gave(committee: Committee) -> None:
    new = next_packet(committee.packet)
    read(committee.chair, new)
    with refused("no vote on an earlier packet"):
        voting.confirm(committee.chair, new)


# --- Who owes what --------------------------------------------------------------------------------


def owed(user: User) -> list[tuple[int, bool]]:
    return [(packet.version, packet.first_in) for packet in votes_owed.owed_by(user)]


def test_what_a_member_owes(committee: Committee) -> None:
    who, packet = committee.member, committee.packet
    assert owed(who) == [(1, False)]
    assert owed(committee.recruiter) == [] == list(votes_owed.unread_by(committee.recruiter))
    assert [p.pk for p in votes_owed.unread_by(who)] == [packet.pk]
    read(who, packet)
    assert list(votes_owed.unread_by(who)) == []
    voting.vote(who, packet, FIRST, "yes", "at first")
    assert owed(who) == [(1, True)]
    read(who, packet)
    voting.vote(who, packet, SECOND, "yes", "read")
    assert owed(who) == []
    next_packet(packet)
    assert owed(who) == [(2, False)]


def test_nothing_is_owed_once_it_is_decided_until_more_evidence_came(committee: Committee) -> None:
    all_vote(committee)
    decisions.record(committee.chair, committee.packet, kind="more_evidence", reason="untested")
    assert owed(committee.chair) == []
    new = next_packet(committee.packet)
    assert owed(committee.chair) == [(2, False)]
    for who in committee.people:
        vote_twice(who, new)
    last = Decision.objects.current().get()
    decisions.record(committee.chair, new, kind="hire", reason="tested", instead_of=last.pk)
    next_packet(new)
    assert owed(committee.chair) == []


def test_what_is_owed_costs_one_query_at_one_and_many(
    committee: Committee, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        assert len(votes_owed.owed_by(committee.chair)) == 1
    for at in range(4):
        loop = make_loop(name=f"Another {at}")
        CommitteeSeat.objects.create(loop=loop, person=committee.chair)
        store(committee.packet.content, loop)
    with django_assert_num_queries(1):
        assert len(votes_owed.owed_by(committee.chair)) == 5
