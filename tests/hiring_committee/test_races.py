"""Two things at one moment, on a real database: each is told the truth, and no rule gives way."""

from datetime import timedelta
from threading import Event

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from hiring_committee import decisions, evidence_notes, flag_resolutions, recruiter_tasks, voting
from hiring_committee.models import BallotOpening, Decision, FlagResolution, RecruiterTask, Vote
from hiring_committee.steps import Refused
from interviews import committee_seats, scheduling
from interviews.locks import lock_loop
from interviews.models import Interview
from packets.models import Packet
from recruiting.invitations import mails
from tests.hiring_committee.committee import (
    FIRST,
    SECOND,
    Committee,
    all_vote,
    make_committee,
    next_packet,
    read,
    seat_of,
)
from tests.packets.content.loops import VIKTOR
from tests.people import person, seat_in, submitted_card
from tests.scorecard.rating.test_races import at_once
from tests.waiting import until_blocked

ROUNDS = 3  # members who vote last, all at once


@pytest.fixture
def committee(transactional_db) -> Committee:
    return make_committee()


def test_of_last_votes_given_at_once_one_opens_them(committee: Committee) -> None:
    packet = committee.packet
    for who in committee.people:
        voting.vote(who, packet, FIRST, "yes", "at first")
        read(who, packet)

    def last(who):
        return lambda: voting.vote(who, Packet.objects.get(pk=packet.pk), SECOND, "yes", "read")

    outcomes = at_once(*map(last, committee.people))
    assert all(isinstance(each, Vote) for each in outcomes), outcomes
    assert BallotOpening.objects.filter(packet=packet).count() == 1


def test_one_vote_sent_twice_at_once_is_given_once(committee: Committee) -> None:
    def vote():
        packet = Packet.objects.get(pk=committee.packet.pk)
        return voting.vote(committee.member, packet, FIRST, "yes", "twice")

    outcomes = at_once(vote, vote)
    assert sorted(type(each) for each in outcomes if not isinstance(each, Vote)) == [Refused]
    assert Vote.objects.count() == 1


def test_a_decision_beside_an_amendment_is_made_on_what_was_current(committee: Committee) -> None:
    """Either it was recorded before the packet was superseded, or it is refused."""
    all_vote(committee)

    def decide():
        packet = Packet.objects.get(pk=committee.packet.pk)
        return decisions.record(committee.chair, packet, kind="hire", reason="as read")

    def amend():
        with transaction.atomic():
            lock_loop(committee.loop)
            return next_packet(Packet.objects.get(pk=committee.packet.pk))

    decided, _ = at_once(decide, amend)
    old = Packet.objects.get(pk=committee.packet.pk)
    if isinstance(decided, Decision):
        decided.refresh_from_db()
        assert decided.decided_at < old.superseded_at + timedelta(seconds=1)
    else:
        assert isinstance(decided, Refused)
        assert "superseded" in str(decided)
        assert not Decision.objects.exists()


def test_a_decision_inserted_past_the_functions_waits_for_the_packets_row(committee: Committee):
    """The trigger's own lock: it sees that the packet is superseded, once that is committed."""
    all_vote(committee)

    def decide():
        with transaction.atomic():
            return Decision.objects.create(
                loop=committee.loop,
                packet=committee.packet,
                kind="hire",
                reason="raw",
                decided_by=committee.chair,
            )

    def supersede():
        Packet.objects.filter(pk=committee.packet.pk).update(superseded_at=timezone.now())

    decided, _ = at_once(decide, supersede)
    assert isinstance(decided, Decision) or "superseded" in str(decided)
    assert Decision.objects.count() == isinstance(decided, Decision)


def test_of_two_decisions_at_once_one_is_recorded(committee: Committee) -> None:
    all_vote(committee)

    def decide(kind):
        packet = Packet.objects.get(pk=committee.packet.pk)
        return lambda: decisions.record(committee.chair, packet, kind=kind, reason="as read")

    outcomes = at_once(decide("hire"), decide("no_hire"))
    assert sum(isinstance(each, Refused) for each in outcomes) == 1
    assert Decision.objects.count() == 1


def test_a_recusal_beside_a_vote_ends_in_no_deadlock(committee: Committee) -> None:
    """Both take the loop's lock before any row. The vote is refused, or counts no more."""
    seat = seat_of(committee.member, committee.loop).get()

    def vote():
        packet = Packet.objects.get(pk=committee.packet.pk)
        return voting.vote(committee.member, packet, FIRST, "yes", "just in time")

    voted, recused = at_once(
        vote, lambda: committee_seats.recuse(committee.recruiter, seat, "found out")
    )
    assert recused is None
    assert isinstance(voted, Vote | Refused), voted
    assert not Vote.objects.counted().exists()


def test_a_task_done_beside_its_flag_resolved_anew_ends_in_no_deadlock(transactional_db) -> None:
    """Both take the loop's lock before the task's row."""
    committee = make_committee(VIKTOR)
    all_vote(committee)
    packet, signal = committee.packet, committee.packet.flags.get().signal
    asked = flag_resolutions.resolve(
        committee.chair, packet, signal, outcome="needs_interview", reason="Ask again."
    )
    task, held = RecruiterTask.objects.get(), Event()

    def close():
        assert held.wait(10)
        recruiter_tasks.close(committee.recruiter, task, reason="Nobody has the time.")

    def resolve():
        with transaction.atomic():
            lock_loop(committee.loop)
            held.set()
            until_blocked()
            return flag_resolutions.resolve(
                committee.chair, packet, signal, outcome="upheld", reason="Seen.", after=asked.pk
            )

    closed, resolved = at_once(close, resolve)
    assert isinstance(closed, Refused), closed
    assert isinstance(resolved, FlagResolution), resolved


def test_a_note_on_evidence_beside_a_recusal_ends_in_no_deadlock(committee: Committee, rubric):
    """Both take the loop's lock before the seat's row."""
    card = submitted_card(seat_in(committee.loop, person("A Writer", Role.INTERVIEWER)))
    seat, held = seat_of(committee.member, committee.loop).get(), Event()

    def send():
        assert held.wait(10)
        return evidence_notes.send(committee.member, card, "Cite what you heard.")

    def recuse():
        with transaction.atomic():
            lock_loop(committee.loop)
            held.set()
            until_blocked()
            committee_seats.recuse(committee.recruiter, seat, "found out")

    sent, recused = at_once(send, recuse)
    assert recused is None
    assert isinstance(sent, Refused), sent


@pytest.mark.parametrize("is_moved", [True, False])
def test_two_changes_of_one_interview_at_once_end_in_no_deadlock(
    committee: Committee, is_moved: bool
) -> None:
    """One by hand, and one by an upload, which locks its loops before it touches any row."""
    who, soon = person("A Writer", Role.INTERVIEWER), timezone.now() + timedelta(days=1)
    interview, held = seat_in(committee.loop, who).interview, Event()
    times = {"starts_at": soon, "ends_at": soon + timedelta(hours=1)}
    Interview.objects.filter(pk=interview.pk).update(**times)
    recruiter = committee.recruiter

    def by_hand():
        assert held.wait(10)
        if is_moved:
            scheduling.reschedule(recruiter, interview, round="behavioral", lead=who, **times)
        else:
            assert mails.send_again(recruiter, interview, [who.pk])

    def by_upload():
        with transaction.atomic():
            lock_loop(committee.loop)
            held.set()
            until_blocked()
            Interview.objects.filter(pk=interview.pk).update(**times)

    assert at_once(by_hand, by_upload) == [None, None]
