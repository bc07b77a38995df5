"""Conflicts of interest: found in the rows or declared, they close every way to the loop."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from hiring_committee import votes_owed
from interviews import committee_seats, conflicts_of_interest
from interviews.models import CommitteeSeat, Interview, Loop, Opening, Seat, SeatRole
from interviews.refusals import Refused
from packets.models import Packet
from scorecard.access import loops_read_by
from scorecard.models import Scorecard
from tests.hiring_committee.committee import Committee, read, seat_of
from tests.packets.page.reading import signed_in
from tests.people import MONDAY, card_for, person, seat_in, submitted_card


def sit_in(committee: Committee, who: User, role: str = SeatRole.LEAD) -> None:
    lead = seat_in(committee.loop, person("A Lead", Role.INTERVIEWER)) if role != "lead" else None
    seat_in(committee.loop, who, role=role, interview=lead.interview if lead else None)


def hire(committee: Committee, who: User) -> None:
    committee.loop.opening.hiring_manager = who
    committee.loop.opening.save()


def apply(committee: Committee, who: User) -> None:
    committee.loop.candidate.account = who
    committee.loop.candidate.save()


def apply_by_mail(committee: Committee, who: User) -> None:
    committee.loop.candidate.email = who.email
    committee.loop.candidate.save()


def declare(committee: Committee, who: User) -> None:
    committee_seats.recuse(who, seat_of(who, committee.loop).get(), "we are friends")


STAKES = {
    "lead": sit_in,
    "second": lambda committee, who: sit_in(committee, who, SeatRole.SECOND),
    "shadow": lambda committee, who: sit_in(committee, who, SeatRole.SHADOW),
    "hiring manager": hire,
    "candidate by account": apply,
    "candidate by e-mail": apply_by_mail,
    "declared": declare,
}


def reach(user: User, packet: Packet) -> dict[str, bool]:
    """Every way in which a committee member meets a loop."""
    loop = packet.loop
    client = signed_in(user)
    get = lambda name, pk: client.get(reverse(name, args=[pk])).status_code  # noqa: E731
    return {
        "packet rows": Packet.objects.visible_to(user).exists(),
        "loops read": loops_read_by(user).exists(),
        "votes owed": votes_owed.owed_by(user).exists(),
        "packets to read": votes_owed.unread_by(user).exists(),
        "packet": get("packet", packet.pk) != 404,
        "json": get("packet_json", packet.pk) != 404,
        "way to the packet": get("loop_packet", loop.pk) != 404,
        "home": str(loop.candidate) in committees_of(client),
    }


def committees_of(client) -> str:
    body = client.get(reverse("home")).content.decode()
    return body.partition('id="committee"')[2].partition("</section>")[0]


@pytest.mark.parametrize("stake", STAKES)
@pytest.mark.parametrize("roles", [[Role.COMMITTEE], [Role.COMMITTEE, Role.RECRUITER]])
def test_every_way_closes(committee: Committee, stake: str, roles: list[str]) -> None:
    who = committee.member
    User.objects.filter(pk=who.pk).update(roles=roles)
    who.refresh_from_db()
    assert all(reach(who, committee.packet).values())
    STAKES[stake](committee, who)
    assert not any(reach(who, committee.packet).values())
    assert all(reach(committee.third, committee.packet).values())  # and to nobody else


@pytest.mark.parametrize("stake", ["hiring manager", "candidate by account", "declared"])
def test_who_does_not_interview_loses_the_very_loop(committee: Committee, stake: str) -> None:
    STAKES[stake](committee, committee.member)
    assert not Loop.objects.visible_to(committee.member).exists()
    assert not Interview.objects.visible_to(committee.member).exists()
    assert not Opening.objects.visible_to(committee.member).exists()
    client = signed_in(committee.member)
    assert client.get(reverse("loop", args=[committee.loop.pk])).status_code == 404
    body = client.get(reverse("loops")).content.decode()
    assert str(committee.loop.candidate) not in body


def test_an_interviewer_of_the_committee_keeps_their_interview(committee: Committee, rubric):
    """Seated here after that: the committee's view goes; card and colleagues' cards stay theirs."""
    who, loop = committee.member, committee.loop
    theirs = submitted_card(seat_in(loop, person("A Colleague", Role.INTERVIEWER)))
    own = seat_in(loop, who, "ml-coding")
    client = signed_in(who)
    assert client.get(reverse("loop", args=[loop.pk])).status_code == 200
    assert client.post(reverse("open_scorecard", args=[own.pk])).status_code == 302
    assert list(Scorecard.objects.visible_to(who)) == [own.scorecard]
    body = client.get(reverse("loop", args=[loop.pk])).content.decode()
    for name in ("Chair Ada", "Committee", "Packet", "Debrief"):
        assert name not in body.partition("<main")[2]
    own.scorecard.delete()
    submitted_card(own)
    assert theirs in Scorecard.objects.visible_to(who)
    assert not Packet.objects.visible_to(who).exists()
    assert "Chair Ada" not in client.get(reverse("loop", args=[loop.pk])).content.decode()


def test_a_cancelled_interview_is_no_conflict_until_notes_were_begun(committee: Committee, rubric):
    seat = seat_in(committee.loop, committee.member)
    seat.interview.cancelled_at = MONDAY
    seat.interview.save()
    assert Packet.objects.visible_to(committee.member).exists()
    card_for(seat)
    assert not Packet.objects.visible_to(committee.member).exists()


@pytest.mark.parametrize("stake", ["lead", "hiring manager"])
def test_a_recruiter_without_a_seat_goes_on_running_the_loop(committee: Committee, stake: str):
    """To recruit is no vote: the packet and the loop stay open to them, the votes do not."""
    STAKES[stake](committee, committee.recruiter)
    for seat in Seat.objects.filter(person=committee.recruiter):
        seat.interview.cancelled_at = MONDAY
        seat.interview.save()
    assert loops_read_by(committee.recruiter).exists()


@pytest.mark.parametrize("stake", ["lead", "hiring manager", "candidate by account"])
def test_whoever_has_a_stake_is_not_seated(committee: Committee, stake: str) -> None:
    late = person("Late Di", Role.COMMITTEE)
    STAKES[stake](committee, late)
    with pytest.raises(Refused, match="Late Di .*Choose somebody without that stake"):
        committee_seats.add_seat(committee.recruiter, committee.loop, late, is_chair=False)
    assert not seat_of(late, committee.loop).exists()


def test_found_conflicts_are_told_in_words(committee: Committee, django_assert_num_queries) -> None:
    sit_in(committee, committee.chair)
    hire(committee, committee.member)
    loop = Loop.objects.select_related("candidate", "opening").get()
    with django_assert_num_queries(1):
        found = conflicts_of_interest.found(loop, committee.people)
    assert found == {
        committee.chair.pk: "interviews in this loop",
        committee.member.pk: "is the hiring manager",
    }


def test_the_chair_passes_on(committee: Committee) -> None:
    loop = committee.loop
    late = person("Late Di", Role.COMMITTEE)
    with pytest.raises(Refused, match="has a chair already"):
        committee_seats.add_seat(committee.recruiter, loop, late, is_chair=True)
    sit_in(committee, committee.chair)
    committee_seats.make_chair(committee.recruiter, seat_of(committee.member, loop).get())
    chairs = CommitteeSeat.objects.filter(loop=loop, is_chair=True)
    assert [seat.person for seat in chairs] == [committee.member]
    seat_of(committee.third, loop).update(recused_at=timezone.now(), recusal_reason="family")
    with pytest.raises(Refused, match="is recused"):
        committee_seats.make_chair(committee.recruiter, seat_of(committee.third, loop).get())


def test_a_chair_with_a_conflict_makes_room_for_another(committee: Committee) -> None:
    sit_in(committee, committee.chair)
    late = person("Late Di", Role.COMMITTEE)
    committee_seats.add_seat(committee.recruiter, committee.loop, late, is_chair=True)
    read(late, committee.packet)
    assert seat_of(late, committee.loop).get().is_chair


def test_those_who_will_read_a_card_are_named_without_the_recused(committee: Committee, rubric):
    sit_in(committee, committee.chair)
    hire(committee, committee.member)
    seat = seat_in(committee.loop, person("An Author", Role.INTERVIEWER), "ml-coding")
    card = card_for(seat)
    body = signed_in(seat.person).get(reverse("submit_scorecard", args=[card.pk]))
    readers = body.context["readers"]
    assert readers == {"committee": ["Third Cy"], "recruiters": ["A Recruiter"]}
