"""Nobody's page changes when somebody else votes, until the votes are open. Byte for byte."""

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Role, User
from hiring_committee import decisions, voting
from tests.config.test_access_matrix import same
from tests.hiring_committee.committee import FIRST, SECOND, Committee, read, seat_of, vote_twice
from tests.packets.page.reading import member_of, signed_in
from tests.people import MONDAY, person, seat_in

READERS = ("chair", "member", "recruiter", "administrator", "recused", "interviewer")


@pytest.fixture
def readers(committee: Committee, rubric) -> dict[str, User]:
    recused = member_of(committee.loop, "Recused Eve")
    seat_of(recused, committee.loop).update(recused_at=MONDAY, recusal_reason="kin")
    interviewer = member_of(committee.loop, "Interviewer Flo")
    seat_in(committee.loop, interviewer)
    return {
        "chair": committee.chair,
        "member": committee.member,
        "recruiter": committee.recruiter,
        "administrator": person("An Administrator", Role.ADMINISTRATOR, Role.COMMITTEE),
        "recused": recused,
        "interviewer": interviewer,
    }


def pages(client: Client, committee: Committee) -> dict[str, HttpResponse]:
    """Every page that tells of the loop, the trail among them."""
    loop, packet = committee.loop, committee.packet
    addresses = [
        *(reverse(name) for name in ("home", "loops", "openings", "exports", "my_scorecards")),
        *(reverse(name, args=[loop.pk]) for name in ("loop", "debrief", "declare_conflict")),
        *(reverse(name, args=[packet.pk]) for name in ("packet", "packet_json", "open_votes")),
        reverse("loop_packet", args=[loop.pk]),
        reverse("loop_feedback", args=[loop.pk]),
        reverse("opening", args=[loop.opening_id]),
        reverse("audit") + f"?subject=loop:{loop.pk}&action=vote.first",
        reverse("audit") + f"?subject=loop:{loop.pk}&action=vote.second",
    ]
    return {address: client.get(address) for address in addresses}


def others_vote(committee: Committee) -> None:
    """Nobody of the readers: the third member, twice, and one more for the first time."""
    vote_twice(committee.third, committee.packet, "strong_no", "quokka")
    late = User.objects.get(name="Late Di")
    voting.vote(late, committee.packet, FIRST, "strong_yes", "quokka")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("given", ["nothing", "first", "both"])
def test_no_page_changes_when_others_vote(
    committee: Committee, readers: dict[str, User], reader: str, given: str
) -> None:
    who, packet = readers[reader], committee.packet
    if reader not in ("chair", "member") and given != "nothing":
        return  # they have no vote of their own
    member_of(committee.loop, "Late Di")
    member_of(committee.loop, "Later Ed")  # the votes stay closed throughout
    if given != "nothing":
        voting.vote(who, packet, FIRST, "yes", "mine")
        read(who, packet)
    if given == "both":
        voting.vote(who, packet, SECOND, "yes", "mine")
    read(committee.third, packet)  # that somebody reads is no secret to an administrator
    client = signed_in(who)
    pages(client, committee)  # the session is settled, and what one reads oneself is in the trail
    before = pages(client, committee)
    others_vote(committee)
    after = pages(client, committee)
    changed = [name for name in before if same(before[name]) != same(after[name])]
    told = [reverse("debrief", args=[committee.loop.pk])]
    assert changed == (told if (reader, given) == ("chair", "both") else [])
    assert not any("quokka" in page.content.decode() for page in after.values())


def test_the_chair_whose_votes_are_in_learns_whose_are_missing_and_no_more(
    committee: Committee, readers: dict[str, User]
) -> None:
    member_of(committee.loop, "Late Di")
    vote_twice(committee.chair, committee.packet)
    others_vote(committee)
    shown = pages(signed_in(committee.chair), committee)
    debrief = shown[reverse("debrief", args=[committee.loop.pk])].context["debrief"]
    assert [seat.person.name for seat in debrief.standing.missing] == ["Late Di", "Member Bo"]
    assert [cell.vote for row in debrief.rows[1:] for cell in row.cells] == [None] * 6


def test_once_open_every_reader_of_the_committee_sees_the_same(
    committee: Committee, readers: dict[str, User]
) -> None:
    member_of(committee.loop, "Late Di")
    before = pages(signed_in(readers["recused"]), committee)
    before_interviewer = pages(signed_in(readers["interviewer"]), committee)
    others_vote(committee)
    for who in (committee.chair, committee.member):
        vote_twice(who, committee.packet)
    voting.open_early(committee.chair, committee.packet, "Di is on leave")
    decisions.record(committee.chair, committee.packet, kind="hire", reason="quokka")
    for name in ("chair", "member", "recruiter"):
        opened = pages(signed_in(readers[name]), committee)
        assert "quokka" in opened[reverse("debrief", args=[committee.loop.pk])].content.decode()
    for name, was in (("recused", before), ("interviewer", before_interviewer)):
        now = pages(signed_in(readers[name]), committee)
        assert [a for a in was if same(was[a]) != same(now[a])] == []


def test_the_trail_tells_who_voted_once_the_votes_are_open(
    committee: Committee, readers: dict[str, User]
) -> None:
    client = signed_in(readers["administrator"])

    def told() -> set[str]:
        cache.delete("audit-chain")
        lines = client.get(reverse("audit"), {"action": "vote.second"}).context["lines"]
        return {line.actor.name for line, *_ in lines}

    vote_twice(committee.third, committee.packet)
    vote_twice(committee.chair, committee.packet)
    actions = client.get(reverse("audit")).context["actions"]
    assert told() == set()
    assert not any(each.startswith("vote.") for each in actions)
    assert AuditEvent.objects.filter(action="vote.second").count() == 2
    voting.open_early(committee.chair, committee.packet, "on leave")
    assert told() == {"Chair Ada", "Third Cy"}
