"""What the database itself refuses of votes, openings and decisions, whoever writes and how."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Role, User
from hiring_committee.models import BallotOpening, Decision, Vote
from interviews.models import CommitteeSeat, found_conflict
from tests.hiring_committee.committee import (
    FIRST,
    SECOND,
    Committee,
    all_vote,
    make_committee,
    next_packet,
    resolve,
    seat_of,
)
from tests.packets.content.loops import VIKTOR
from tests.packets.page.reading import member_of
from tests.people import card_for, make_loop, person, seat_in


def refused(wording: str):
    return pytest.raises(IntegrityError, match=wording)


def insert_vote(committee: Committee, who: User, ballot: str = FIRST, **fields) -> Vote:
    seat = fields.pop("seat", None) or seat_of(who, committee.loop).get()
    given = {"packet": committee.packet, "choice": "yes", "reason": "raw", **fields}
    with transaction.atomic():
        return Vote.objects.create(seat=seat, ballot=ballot, **given)


def insert_decision(committee: Committee, **fields) -> Decision:
    given = {
        "loop": committee.loop,
        "packet": committee.packet,
        "kind": "hire",
        "reason": "raw",
        "decided_by": committee.chair,
        **fields,
    }
    with transaction.atomic():
        return Decision.objects.create(**given)


def recuse(who: User, committee: Committee) -> None:
    seat_of(who, committee.loop).update(recused_at=timezone.now(), recusal_reason="family")


# --- Votes ----------------------------------------------------------------------------------------


def test_a_second_vote_without_a_first(committee: Committee) -> None:
    insert_vote(committee, committee.member)  # another's first is not theirs
    with refused("first vote comes before"):
        insert_vote(committee, committee.chair, SECOND)


def test_a_vote_twice(committee: Committee) -> None:
    insert_vote(committee, committee.chair)
    with refused("one_vote_a_member_and_ballot"):
        insert_vote(committee, committee.chair, choice="no")


def test_a_vote_from_a_seat_of_another_loop(committee: Committee) -> None:
    elsewhere = CommitteeSeat.objects.create(
        loop=make_loop(name="Elsewhere"), person=committee.chair
    )
    with refused("a seat in this committee"):
        insert_vote(committee, committee.chair, seat=elsewhere)


def test_a_vote_of_one_who_is_recused(committee: Committee) -> None:
    recuse(committee.member, committee)
    seat_in(committee.loop, committee.third)
    for who in (committee.member, committee.third):
        with refused("recused member does not vote"):
            insert_vote(committee, who)


def test_a_vote_on_a_superseded_packet(committee: Committee) -> None:
    next_packet(committee.packet)
    with refused("superseded"):
        insert_vote(committee, committee.chair)


def test_a_vote_on_a_decided_packet(committee: Committee) -> None:
    all_vote(committee)
    insert_decision(committee)
    with refused("takes no more votes"):
        insert_vote(committee, member_of(committee.loop, "Late Di"))


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"choice": "maybe"}, "vote_choice_known"),
        ({"ballot": "third"}, "vote_ballot_known"),
        ({"reason": ""}, "vote_has_a_reason"),
    ],
)
def test_a_vote_outside_the_scale_or_without_a_reason(committee: Committee, wrong, named) -> None:
    with refused(named):
        insert_vote(committee, committee.chair, **wrong)


def test_the_clock_of_a_vote_is_the_databases(committee: Committee) -> None:
    vote = insert_vote(committee, committee.chair, at=timezone.now() - timedelta(days=9))
    vote.refresh_from_db()
    assert (timezone.now() - vote.at).total_seconds() < 60


# --- Opening the votes ----------------------------------------------------------------------------


def insert_opening(committee: Committee, **fields) -> BallotOpening:
    with transaction.atomic():
        return BallotOpening.objects.create(packet=committee.packet, **fields)


def test_opening_the_votes_without_a_quorum_before_all_are_in_or_by_another(
    committee: Committee,
) -> None:
    all_vote(committee, committee.chair, committee.third)
    with refused("without a quorum"):
        insert_opening(committee, by=committee.chair, reason="early")
    for ballot in (FIRST, SECOND):
        insert_vote(committee, committee.chair, ballot)
    with refused("a member has not voted"):
        insert_opening(committee)
    with refused("only the chair"):
        insert_opening(committee, by=committee.member, reason="early")
    with refused("early_opening_has_a_reason"):
        insert_opening(committee, by=committee.chair)
    assert insert_opening(committee, by=committee.chair, reason="early")


def test_opening_the_votes_on_a_superseded_packet(committee: Committee) -> None:
    all_vote(committee, committee.third)
    next_packet(committee.packet)
    with refused("superseded"):
        insert_opening(committee, by=committee.chair, reason="early")


# --- Decisions ------------------------------------------------------------------------------------


def test_a_decision_before_the_votes_are_open(committee: Committee) -> None:
    all_vote(committee, committee.third)
    with refused("not open yet"):
        insert_decision(committee)


def test_a_decision_without_a_quorum(committee: Committee) -> None:
    all_vote(committee)
    recuse(committee.member, committee)
    recuse(committee.third, committee)
    with refused("no quorum"):
        insert_decision(committee)


def test_a_decision_by_one_who_is_recused_not_the_chair_or_not_seated(committee: Committee) -> None:
    all_vote(committee)
    for who in (committee.member, committee.recruiter):
        with refused("recorded by the chair"):
            insert_decision(committee, decided_by=who)
    seat_in(committee.loop, committee.chair)
    with refused("recorded by the chair"):
        insert_decision(committee)


def test_a_decision_against_a_superseded_packet_or_anothers(committee: Committee) -> None:
    all_vote(committee)
    with refused("another loop"):
        insert_decision(committee, loop=make_loop(name="Elsewhere"))
    next_packet(committee.packet)
    with refused("superseded"):
        insert_decision(committee)


def test_a_decision_over_an_open_flag(db) -> None:
    committee = make_committee(VIKTOR)
    all_vote(committee)
    with refused("disqualifying flag is open"):
        insert_decision(committee)
    resolve(committee.packet, committee.member, "needs_interview")
    with refused("only more evidence"):
        insert_decision(committee)
    assert insert_decision(committee, kind="more_evidence")


@pytest.mark.parametrize(
    "wrong", [{"kind": "maybe"}, {"level": "mid"}, {"kind": "other_level"}, {"reason": ""}]
)
def test_a_decision_of_no_kind_level_or_reason(committee: Committee, wrong) -> None:
    all_vote(committee)
    with refused("decision_kind_known_and_level_where_another|decision_has_a_reason"):
        insert_decision(committee, **wrong)


def test_a_second_decision_that_does_not_supersede_the_first(committee: Committee) -> None:
    all_vote(committee)
    first = insert_decision(committee)
    with refused("supersedes the one before it"):
        insert_decision(committee)
    with refused("one_current_decision"):
        insert_decision(committee, supersedes=first)  # which still stands


def test_a_decision_is_not_taken_back(committee: Committee) -> None:
    all_vote(committee)
    made = insert_decision(committee)
    with refused("never taken back"), transaction.atomic():
        Decision.objects.filter(pk=made.pk).update(superseded_at=timezone.now())
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("by_right", [True, False], ids=["by right", "by trigger"])
def test_nothing_that_was_recorded_changes(committee: Committee, by_right: bool) -> None:
    all_vote(committee)
    insert_decision(committee)
    if not by_right:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
    for sql in (
        "UPDATE hiring_committee_vote SET choice = 'no'",
        "UPDATE hiring_committee_ballotopening SET at = now()",
        "UPDATE hiring_committee_decision SET kind = 'no_hire'",
        "DELETE FROM hiring_committee_vote",
        "DELETE FROM hiring_committee_ballotopening",
        "DELETE FROM hiring_committee_decision",
    ):
        with (
            pytest.raises(DatabaseError, match="permission|append-only|never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_a_flag_is_not_resolved_by_a_member_who_interviews(db) -> None:
    committee = make_committee(VIKTOR)
    seat_in(committee.loop, committee.member)
    with refused("not recused resolves a flag"), transaction.atomic():
        resolve(committee.packet, committee.member)


# --- One rule, twice ------------------------------------------------------------------------------


def test_the_database_and_the_querysets_know_the_same_conflicts(committee: Committee, rubric):
    """`committee_conflict` repeats `found_conflict`, which pages cannot wait for row by row."""
    loop, now = committee.loop, timezone.now()
    stakes = {name: member_of(loop, name) for name in ("Lead", "Second", "Shadow", "Off", "Begun")}
    seats = {"Lead": seat_in(loop, stakes["Lead"])}
    for role in ("Second", "Shadow"):
        seat_in(loop, stakes[role], role=role.lower(), interview=seats["Lead"].interview)
    for name in ("Off", "Begun"):
        seats[name] = seat_in(loop, stakes[name])
        seats[name].interview.cancelled_at = now
        seats[name].interview.save()
    card_for(seats["Begun"])
    stakes["Manager"] = loop.opening.hiring_manager = member_of(loop, "Manager")
    loop.opening.save()
    stakes["Account"] = loop.candidate.account = member_of(loop, "Account")
    loop.candidate.save()
    stakes["Address"] = User.objects.create_user(
        loop.candidate.email, "Address", roles=[Role.COMMITTEE]
    )
    CommitteeSeat.objects.create(loop=loop, person=stakes["Address"])
    stakes["Free"] = person("Free", Role.COMMITTEE)
    CommitteeSeat.objects.create(loop=loop, person=stakes["Free"])
    CommitteeSeat.objects.create(loop=make_loop(name="Elsewhere"), person=stakes["Lead"])

    conflicted = CommitteeSeat.objects.filter(found_conflict("person", "loop"))
    for seat in CommitteeSeat.objects.select_related("person"):
        in_python = (
            conflicted.filter(pk=seat.pk).exists(),
            CommitteeSeat.objects.unrecused().filter(pk=seat.pk).exists(),
            CommitteeSeat.objects.sitting().filter(pk=seat.pk).exists(),
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT committee_conflict(%s, %s), committee_unrecused(%s), committee_sits(%s)",
                [seat.loop_id, seat.person_id, seat.pk, seat.pk],
            )
            assert cursor.fetchone() == in_python, seat
    names = set(conflicted.values_list("person__name", flat=True))
    assert names == {"Lead", "Second", "Shadow", "Begun", "Manager", "Account", "Address"}


# --- Seats ----------------------------------------------------------------------------------------


def test_a_recused_member_stays_recused(committee: Committee) -> None:
    recuse(committee.member, committee)
    seat = seat_of(committee.member, committee.loop)
    for change in (
        {"recused_at": None, "recusal_reason": ""},
        {"recusal_reason": "none after all"},
    ):
        with refused("stays recused"), transaction.atomic():
            seat.update(**change)
    with refused("stays recused"), transaction.atomic():
        seat.delete()
    assert seat.update(is_chair=False) == 1
