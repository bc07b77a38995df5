"""Recording a decision: what stands in its way, and how a case is reopened."""

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from hiring_committee import decisions, voting
from hiring_committee.decisions import decision_blockers
from hiring_committee.models import Decision
from hiring_committee.steps import Refused
from tests.hiring_committee.committee import (
    Committee,
    all_vote,
    make_committee,
    next_packet,
    resolve,
    seat_of,
    vote_twice,
)
from tests.packets.content.loops import VIKTOR
from tests.packets.page.reading import member_of
from tests.people import seat_in


def refused(wording: str):
    return pytest.raises(Refused, match=wording)


def decide(committee: Committee, kind: str = "hire", **fields) -> Decision:
    given = {"by": committee.chair, "packet": committee.packet, "reason": "as argued", **fields}
    by, packet = given.pop("by"), given.pop("packet")
    return decisions.record(by, packet, kind=kind, **given)


def test_a_decision_names_who_when_why_and_against_which_packet(committee: Committee) -> None:
    all_vote(committee)
    made = decide(committee, reason=" three of three ")
    made.refresh_from_db()
    assert (made.loop, made.packet, made.decided_by) == (
        committee.loop,
        committee.packet,
        committee.chair,
    )
    assert (made.kind, made.level, made.reason) == ("hire", "", "three of three")
    assert abs((made.decided_at - timezone.now()).total_seconds()) < 60
    line = AuditEvent.objects.get(action="decision.recorded")
    assert (line.actor, line.stream) == (committee.chair, f"loop:{committee.loop.pk}")
    assert "three of three" not in str(line.detail)


def test_it_waits_for_the_votes_to_be_open(committee: Committee) -> None:
    all_vote(committee, committee.third)
    with refused("The votes are not open yet"):
        decide(committee)
    voting.open_early(committee.chair, committee.packet, "on leave")
    assert decide(committee).says == "Hire"


def test_before_the_votes_are_open_nothing_of_them_is_told(committee: Committee) -> None:
    before = decision_blockers(committee.chair, committee.packet)
    all_vote(committee, committee.chair)
    assert decision_blockers(committee.chair, committee.packet) == before


def test_only_the_chair_records_it(committee: Committee) -> None:
    all_vote(committee)
    for who in (committee.member, committee.recruiter):
        with refused("The chair, Chair Ada, records the decision"):
            decide(committee, by=who)
    seat_in(committee.loop, committee.chair)  # a conflict that is found
    with refused("The committee has no chair"):
        decide(committee)
    assert Decision.objects.count() == 0


def test_no_decision_without_a_quorum(committee: Committee) -> None:
    all_vote(committee)
    for who in (committee.member, committee.third):
        seat_of(who, committee.loop).update(recused_at=timezone.now(), recusal_reason="family")
    with refused("A quorum is 2 second votes, and 1 count"):
        decide(committee)
    vote_twice(member_of(committee.loop, "Late Di"), committee.packet)
    assert decide(committee)


def test_a_quorum_is_what_the_opening_says(committee: Committee) -> None:
    all_vote(committee)
    committee.loop.opening.quorum = 4
    committee.loop.opening.save()
    with refused("A quorum is 4 second votes, and 3 count"):
        decide(committee)


def test_no_decision_against_a_superseded_packet(committee: Committee) -> None:
    all_vote(committee)
    next_packet(committee.packet)
    with refused("Packet 1 was superseded"):
        decide(committee)


def test_no_decision_while_a_disqualifying_flag_is_open(db) -> None:
    committee = make_committee(VIKTOR)
    all_vote(committee)
    for kind in ("hire", "no_hire", "more_evidence"):
        with refused("The disqualifying flag “Ignores the data’s reality” is open"):
            decide(committee, kind)
    resolve(committee.packet, committee.member)
    assert decide(committee)  # upheld does not mean rejected


def test_a_flag_that_needs_another_interview_leaves_only_more_evidence(db) -> None:
    committee = make_committee(VIKTOR)
    all_vote(committee)
    resolve(committee.packet, committee.member, "needs_interview")
    with refused("only more evidence"):
        decide(committee)
    assert decide(committee, "more_evidence").says == "More evidence"


def test_another_level_is_named_and_is_another(committee: Committee) -> None:
    all_vote(committee)
    own = committee.loop.opening.level
    for kind, level in (("other_level", ""), ("hire", "staff"), ("other_level", own)):
        with refused("level"):
            decide(committee, kind, level=level)
    assert decide(committee, "other_level", level="mid").says == "Hire as mid"


def test_a_new_chair_votes_before_deciding(committee: Committee) -> None:
    all_vote(committee)
    seat_of(committee.chair, committee.loop).update(
        recused_at=timezone.now(), recusal_reason="family"
    )
    late = member_of(committee.loop, "Late Di")
    seat_of(late, committee.loop).update(is_chair=True)
    with refused("Your own second vote is missing"):
        decide(committee, by=late)
    vote_twice(late, committee.packet)
    assert decide(committee, by=late)


def test_reopening_is_a_new_decision_and_the_former_one_stays(committee: Committee) -> None:
    all_vote(committee)
    first = decide(committee)
    with refused("Another decision was recorded meanwhile"):
        decide(committee, "no_hire")  # as a tab would that does not know of the first
    second = decide(committee, "no_hire", instead_of=first.pk, reason="a reference came in")
    first.refresh_from_db()
    assert (first.kind, first.reason) == ("hire", "as argued")
    assert first.superseded_at
    assert second.supersedes == first
    assert list(Decision.objects.visible_to(committee.recruiter).current()) == [second]
    assert AuditEvent.objects.filter(action="decision.reopened").count() == 1


def test_a_decision_is_read_by_the_committee_and_recruiters_alone(committee: Committee) -> None:
    all_vote(committee)
    made = decide(committee)
    interviewer = seat_in(committee.loop, member_of(committee.loop, "Both Ed")).person
    seat_of(committee.member, committee.loop).update(
        recused_at=timezone.now(), recusal_reason="family"
    )
    reads = {
        who.name: list(Decision.objects.visible_to(who)) == [made]
        for who in (*committee.people, committee.recruiter, interviewer)
    }
    assert reads == {
        "Chair Ada": True,
        "Member Bo": False,
        "Third Cy": True,
        "A Recruiter": True,
        "Both Ed": False,
    }


def test_what_stands_in_the_way_costs_the_same_for_one_and_many(
    committee: Committee, django_assert_num_queries
) -> None:
    all_vote(committee)
    packet = committee.packet
    with django_assert_num_queries(7):
        decision_blockers(committee.chair, packet)
    for at in range(6):
        member_of(packet.loop, f"Further {at}")
    with django_assert_num_queries(7):
        decision_blockers(committee.chair, packet)
