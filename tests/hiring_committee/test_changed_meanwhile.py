"""What a step rests on changes without the loop's lock: before the lock, and even after the look.

Python asks under the lock, the database asks once more at the row. Each of them answers in words.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.models import User
from hiring_committee import decisions, flag_resolutions, steps, voting
from hiring_committee.models import BallotOpening, Decision, FlagResolution, Vote
from hiring_committee.steps import Refused
from interviews.models import Opening
from packets.models import Packet
from tests.hiring_committee.committee import Committee, all_vote, make_committee
from tests.packets.content.loops import VIKTOR
from tests.packets.page.reading import signed_in


def opening_loaded(committee: Committee) -> Packet:
    """As a page has it, with the opening of that moment."""
    return Packet.objects.select_related("loop__opening").get(pk=committee.packet.pk)


def ask_for(quorum: int) -> None:
    Opening.objects.update(quorum=quorum)


@pytest.mark.parametrize(("quorum", "opens"), [(2, True), (3, False)])
def test_the_quorum_of_the_votes_is_that_of_now(committee: Committee, quorum, opens) -> None:
    all_vote(committee, committee.third)
    packet = opening_loaded(committee)
    ask_for(quorum)
    if opens:
        voting.open_early(committee.chair, packet, "on leave")
    else:
        with pytest.raises(Refused, match="A quorum is 3 second votes. It is not reached yet"):
            voting.open_early(committee.chair, packet, "on leave")
    assert BallotOpening.objects.exists() == opens


@pytest.mark.parametrize(("quorum", "decides"), [(3, True), (4, False)])
def test_the_quorum_of_a_decision_is_that_of_now(committee: Committee, quorum, decides) -> None:
    all_vote(committee)
    packet = opening_loaded(committee)
    ask_for(quorum)
    if decides:
        decisions.record(committee.chair, packet, kind="hire", reason="as read")
    else:
        with pytest.raises(Refused, match="A quorum is 4 second votes, and 3 count"):
            decisions.record(committee.chair, packet, kind="hire", reason="as read")
    assert Decision.objects.exists() == decides


def test_the_level_of_the_opening_is_that_of_now(committee: Committee) -> None:
    all_vote(committee)
    packet = opening_loaded(committee)
    Opening.objects.update(level="staff")
    with pytest.raises(Refused, match="own level is staff"):
        decisions.record(committee.chair, packet, kind="other_level", level="staff", reason="less")


@pytest.fixture
def between(monkeypatch) -> Callable[[object, Callable[[], object]], None]:
    """Has something happen after a module's look and before its row."""

    def arrange(module: object, change: Callable[[], object]) -> None:
        @contextmanager
        def held() -> Iterator[None]:
            change()
            with steps.held_to_the_rules():
                yield

        monkeypatch.setattr(module, "held_to_the_rules", held)

    return arrange


def loses_the_role(person: User) -> Callable[[], object]:
    return lambda: User.objects.filter(pk=person.pk).update(roles=[])


def test_a_vote(committee: Committee, between) -> None:
    between(voting, loses_the_role(committee.member))
    given = {"ballot": "first", "choice": "yes", "reason": "as read", "sure": "yes"}
    url = reverse("vote", args=[committee.packet.pk])
    answer = signed_in(committee.member).post(url, given)
    assert answer.status_code == 409
    assert "changed meanwhile: a recused member does not vote. Reload" in answer.content.decode()
    assert not Vote.objects.exists()


def test_opening_the_votes(committee: Committee, between) -> None:
    all_vote(committee, committee.third)
    between(voting, lambda: ask_for(3))
    url = reverse("open_votes", args=[committee.packet.pk])
    answer = signed_in(committee.chair).post(url, {"reason": "on leave"})
    assert "changed meanwhile: without a quorum of second votes" in answer.content.decode()
    assert not BallotOpening.objects.exists()


def test_the_last_vote_is_in_though_the_votes_stay_closed(committee: Committee, between) -> None:
    all_vote(committee, committee.third)
    between(voting, lambda: Vote.objects.second().count() == 3 and ask_for(4))
    all_vote(committee, committee.chair, committee.member)
    assert Vote.objects.second().count() == 3
    assert not BallotOpening.objects.exists()


def test_a_decision(committee: Committee, between) -> None:
    all_vote(committee)
    between(decisions, lambda: ask_for(4))
    url = reverse("decide", args=[committee.packet.pk])
    given = {"kind": "hire", "reason": "as read", "sure": "yes"}
    answer = signed_in(committee.chair).post(url, given)
    assert answer.status_code == 409
    assert "changed meanwhile: there is no quorum for this packet" in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_resolution(db, between) -> None:
    committee = make_committee(VIKTOR)
    all_vote(committee)
    between(flag_resolutions, loses_the_role(committee.member))
    url = reverse("resolve_flag", args=[committee.packet.pk, committee.packet.flags.get().signal])
    given = {"outcome": "upheld", "reason": "As the notes say.", "confirmed": "yes"}
    answer = signed_in(committee.member).post(url, given)
    assert "changed meanwhile: only a member of the committee" in answer.content.decode()
    assert not FlagResolution.objects.exists()


def test_what_is_no_rule_stays_an_error(committee: Committee) -> None:
    """A constraint that fails has no sentence for a reader: it is a fault of the program."""
    with pytest.raises(IntegrityError, match="vote_choice_known"):
        voting.vote(committee.member, committee.packet, "first", "maybe", "as read")
