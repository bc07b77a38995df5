"""What colleagues found and said is told by nothing to a member who has not voted yet."""

import pytest
from django.urls import reverse

from accounts import audit
from accounts.models import Role, User
from hiring_committee import flag_resolutions, votes_owed, voting
from hiring_committee.discussion import say
from hiring_committee.steps import Refused
from interviews.locks import loop_stream
from tests.config.test_access_matrix import same
from tests.hiring_committee.committee import (
    FIRST,
    SECOND,
    Committee,
    make_committee,
    next_packet,
    read,
    vote_twice,
)
from tests.packets.content.loops import VIKTOR
from tests.packets.page.reading import signed_in

FLAG = "ignores-data-reality"


@pytest.fixture
def committee(rubric) -> Committee:
    """The third member has every role there is, and has not voted when the votes are opened."""
    made = make_committee(VIKTOR)
    made.third.roles = Role.values
    made.third.save()
    for who in (made.chair, made.member):
        vote_twice(who, made.packet)
    voting.open_early(made.chair, made.packet, "on leave")
    return made


def pages(committee: Committee, packet) -> dict[str, str]:
    client, loop = signed_in(committee.third), committee.loop
    board = reverse("opening", args=[loop.opening_id])
    addresses = [
        *(board, f"{board}?flags=open", f"{board}?flags=none"),
        *(reverse(name, args=[loop.pk]) for name in ("loop", "debrief")),
        *(reverse(name, args=[packet.pk]) for name in ("packet", "packet_json", "discussion")),
        reverse("resolve_flag", args=[packet.pk, FLAG]),
        *(reverse("audit") + f"?subject=loop:{loop.pk}&action={action}" for action in ACTIONS),
        *(reverse(name) for name in ("home", "loops")),
    ]
    return {address: same(client.get(address)) for address in addresses}


ACTIONS = ("vote.second", "flag.resolved", "comment.written", "task.requested")


def work_on(committee: Committee) -> None:
    packet, flag = committee.packet, f"flag/{FLAG}"
    flag_resolutions.resolve(committee.chair, packet, FLAG, outcome="upheld", reason="As seen.")
    say(committee.member, packet, flag, "It was as clear as that.")


def test_no_page_changes_when_colleagues_resolve_and_speak(committee: Committee) -> None:
    pages(committee, committee.packet)
    before = pages(committee, committee.packet)
    work_on(committee)
    after = pages(committee, committee.packet)
    assert [address for address in before if before[address] != after[address]] == []


def test_nor_does_a_resolution_show_through_a_new_packet(committee: Committee) -> None:
    """It holds on for the same words. Whoever owes a vote on both reads neither."""
    work_on(committee)
    packet = next_packet(committee.packet)
    shown = pages(committee, packet)
    assert "some open" in shown[reverse("opening", args=[committee.loop.opening_id])]
    debrief = shown[reverse("debrief", args=[committee.loop.pk])]
    assert "The disqualifying flag" in debrief
    vote_twice(committee.third, packet)
    for who in (committee.chair, committee.member):
        vote_twice(who, packet)
    assert (
        "The disqualifying flag"
        not in pages(committee, packet)[reverse("debrief", args=[committee.loop.pk])]
    )


@pytest.mark.parametrize("how", ["compare", "summary"])
def test_part_of_a_packet_is_not_the_packet(committee: Committee, how: str) -> None:
    """Beside other candidates, or on the recruiter's one page, hardly a note is shown."""
    packet, who = committee.packet, committee.third
    voting.vote(who, packet, FIRST, "yes", "at first")
    audit.record(who, "packet.read", packet, stream=loop_stream(packet.loop), how=how)
    with pytest.raises(Refused, match="Read packet 1"):
        voting.vote(who, packet, SECOND, "yes", "glanced")
    assert packet in votes_owed.unread_by(who)
    read(who, packet)
    assert packet not in votes_owed.unread_by(who)
    voting.vote(who, packet, SECOND, "yes", "read")


def test_an_administrator_of_no_committee_reads_on(committee: Committee) -> None:
    other = User.objects.create_user("o@lumenta.example", "O", roles=[Role.ADMINISTRATOR])
    work_on(committee)
    trail = signed_in(other).get(reverse("audit"), {"action": "flag.resolved"})
    assert len(trail.context["lines"]) == 1
