"""The debrief as its readers meet it: one's own ballot, what is hidden, the decision."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import AuditEvent, User
from hiring_committee import decisions, votes_owed
from hiring_committee.models import BallotOpening, Decision, Vote
from interviews.models import CommitteeSeat
from packets.models import Packet
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
from tests.packets.page.reading import member_of, page, row, signed_in, store
from tests.people import seat_in

HOSTILE = "<script>alert(1)</script>\u202e=HYPERLINK(1) 🙂"


def debrief(who: User, committee: Committee) -> HttpResponse:
    return signed_in(who).get(reverse("debrief", args=[committee.loop.pk]))


def votes(who: User, committee: Committee) -> dict[str, list[str]]:
    table = page(debrief(who, committee)).one("table", "votes")
    names = [cell.text for line in table.all("tr") for cell in line.all("th", scope="row")]
    return {name: row(table, name)[1:] for name in names}


def post(who: User, name: str, packet: Packet, **data) -> HttpResponse:
    return signed_in(who).post(reverse(name, args=[packet.pk]), data)


def ballot(step: str, **more) -> dict[str, str]:
    return {"ballot": step, "choice": "yes", "reason": f"{step} words", **more}


# --- Voting ---------------------------------------------------------------------------------------


def test_a_member_votes_reads_and_votes_again(committee: Committee) -> None:
    who, packet = committee.member, committee.packet
    asked = post(who, "vote", packet, **ballot("first"))
    assert "A vote that is given stays as it is" in page(asked).text
    assert not Vote.objects.exists()
    post(who, "vote", packet, **ballot("first", sure="yes"))
    assert "Now read the packet once more" in page(debrief(who, committee)).text
    signed_in(who).get(reverse("packet", args=[packet.pk]))
    assert page(debrief(who, committee)).one("input", name="ballot").attrs["value"] == "second"
    post(who, "vote", packet, **ballot("second", sure="yes"))
    assert "The others’ open when all are in" in page(debrief(who, committee)).text
    given = Vote.objects.order_by("ballot").values_list("ballot", "choice", "reason")
    assert list(given) == [("first", "yes", "first words"), ("second", "yes", "second words")]


def test_second_thoughts_before_giving_it_lose_no_word(committee: Committee) -> None:
    asked = post(committee.member, "vote", committee.packet, **ballot("first", change="yes"))
    assert asked.status_code == 200
    assert "first words" in page(asked).one("textarea", name="reason").text
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"choice": ""}, "Choose one of the four"),
        ({"reason": " \n "}, "Say why"),
        ({"choice": "maybe"}, "maybe is not one of the available choices"),
        ({"reason": "x" * 10_001}, "at most 10000 characters"),
    ],
)
def test_a_fault_stands_at_its_field(committee: Committee, wrong, says) -> None:
    asked = post(committee.member, "vote", committee.packet, **ballot("first", **wrong, sure="y"))
    assert says in page(asked).text
    assert not Vote.objects.exists()


def test_others_are_hidden_in_the_rows_that_they_will_fill(committee: Committee) -> None:
    vote_twice(committee.third, committee.packet, "strong_no", "dissent")
    assert votes(committee.member, committee) == {
        "Member Bo (you)": ["not given yet"] * 2,
        "Chair Ada chair": ["hidden until you vote"] * 2,
        "Third Cy": ["hidden until you vote"] * 2,
    }
    vote_twice(committee.member, committee.packet, "yes", "assent")
    hidden = ["hidden until all are in"] * 2
    assert votes(committee.member, committee) == {
        "Member Bo (you)": ["Yes first assent", "Yes assent"],
        "Chair Ada chair": hidden,
        "Third Cy": hidden,
    }
    assert set(map(tuple, votes(committee.recruiter, committee).values())) == {tuple(hidden)}
    vote_twice(committee.chair, committee.packet, "yes", "too")
    opened = {
        "Member Bo (you)": ["Yes first assent", "Yes assent"],
        "Chair Ada chair": ["Yes first too", "Yes too"],
        "Third Cy": ["Strong no first dissent", "Strong no dissent"],
    }
    assert votes(committee.member, committee) == opened
    text = page(debrief(committee.recruiter, committee)).text
    assert "Second vote: 2 yes, 1 strong no" in text


def test_reading_open_votes_is_recorded_and_looking_at_hidden_ones_is_not(committee: Committee):
    debrief(committee.chair, committee)
    assert not AuditEvent.objects.filter(action="votes.read").exists()
    all_vote(committee)
    debrief(committee.recruiter, committee)
    line = AuditEvent.objects.get(action="votes.read")
    assert (line.actor, line.stream) == (committee.recruiter, f"loop:{committee.loop.pk}")


def test_hostile_words_are_words(committee: Committee) -> None:
    for who in committee.people:
        vote_twice(who, committee.packet, "yes", HOSTILE)
    decisions.record(committee.chair, committee.packet, kind="hire", reason=HOSTILE)
    body = debrief(committee.member, committee).content.decode()
    assert "<script>alert" not in body
    assert body.count("&lt;script&gt;alert(1)") == 7


REMARK, ABOUT_THE_JOB = "She is quite young for this.", "The product is for her age."


def test_a_remark_in_a_vote_is_challenged_and_kept_with_its_reason(committee: Committee) -> None:
    who, packet = committee.member, committee.packet
    asked = page(post(who, "vote", packet, **ballot("first", sure="yes", reason=REMARK)))
    assert "if you stand by it" in asked.text
    assert not Vote.objects.exists()
    given = ballot("first", reason=REMARK, answer=ABOUT_THE_JOB)
    assert ABOUT_THE_JOB in page(post(who, "vote", packet, **given)).text
    post(who, "vote", packet, **given, sure="yes")
    assert Vote.objects.get().answer == ABOUT_THE_JOB
    assert f"Kept, since it is about the job: {ABOUT_THE_JOB}" in page(debrief(who, committee)).text
    assert "if you stand by it" not in page(debrief(committee.third, committee)).text


def test_a_remark_in_a_decision_is_challenged_and_kept_with_its_reason(
    committee: Committee,
) -> None:
    all_vote(committee)
    who, packet = committee.chair, committee.packet
    given = {"kind": "no_hire", "reason": REMARK, "sure": "yes"}
    assert "if you stand by it" in page(post(who, "decide", packet, **given)).text
    assert not Decision.objects.exists()
    post(who, "decide", packet, **given, answer=ABOUT_THE_JOB)
    assert Decision.objects.get().answer == ABOUT_THE_JOB
    assert f"Kept, since it is about the job: {ABOUT_THE_JOB}" in page(debrief(who, committee)).text
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")  # even the table's owner
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Decision.objects.update(answer="")


def test_a_flag_that_waits_for_an_interview_says_why_only_more_evidence_is_left(
    committee: Committee,
) -> None:
    all_vote(committee)
    resolve(committee.packet, committee.member, "needs_interview")
    shown = page(debrief(committee.chair, committee))
    assert "“No production thinking” waits for another interview." in shown.text
    (only,) = shown.all("input", name="kind")
    assert only.attrs["value"] == "more_evidence"
    assert "checked" in only.attrs


def test_a_vote_for_a_packet_that_was_superseded_goes_into_the_next_form(committee: Committee):
    next_packet(committee.packet)
    answer = post(committee.member, "vote", committee.packet, **ballot("first", sure="yes"))
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "Packet 1 was superseded while you wrote" in body
    assert "first words" in body
    assert "Votes on packet 2" in body


def test_votes_on_the_packet_before_are_confirmed_once_the_new_one_was_read(committee: Committee):
    who = committee.member
    vote_twice(who, committee.packet, "no", "earlier words")
    new = next_packet(committee.packet)
    text = page(debrief(who, committee)).text
    assert "You voted on packet 1, which was superseded" in text
    assert "earlier words" in text
    assert "Read packet 2 to confirm them" in text
    signed_in(who).get(reverse("packet", args=[new.pk]))
    assert "Confirm for packet 2" in page(debrief(who, committee)).text
    post(who, "confirm_votes", new)
    assert Vote.objects.filter(packet=new).count() == 2
    assert votes(who, committee)["Member Bo (you)"][1].endswith("confirmed from an earlier packet")


# --- Opening the votes ----------------------------------------------------------------------------


def test_the_chair_alone_is_told_who_is_missing_after_their_own_vote(committee: Committee) -> None:
    vote_twice(committee.member, committee.packet)
    url = reverse("open_votes", args=[committee.packet.pk])
    assert signed_in(committee.chair).get(url).status_code == 302
    assert "Still to vote" not in page(debrief(committee.chair, committee)).text
    vote_twice(committee.chair, committee.packet)
    assert "Still to vote: Third Cy" in page(debrief(committee.chair, committee)).text
    assert "Still to vote" not in page(debrief(committee.member, committee)).text
    assert signed_in(committee.member).get(url).status_code == 302
    assert "Third Cy" in page(signed_in(committee.chair).get(url)).text
    assert (
        "required" in page(post(committee.chair, "open_votes", committee.packet, reason=" ")).text
    )
    assert (
        "Only the chair"
        in page(post(committee.member, "open_votes", committee.packet, reason="now")).text
    )
    post(committee.chair, "open_votes", committee.packet, reason="Cy is on leave")
    assert BallotOpening.objects.get().reason == "Cy is on leave"
    assert "Cy is on leave" in page(debrief(committee.recruiter, committee)).text
    late = page(debrief(committee.third, committee)).text
    assert "To you they open with your second vote" in late
    assert "hidden until you vote" in late


# --- The decision ---------------------------------------------------------------------------------


def test_what_stands_in_the_way_is_spelled_out(db) -> None:
    committee = make_committee(VIKTOR)
    text = page(debrief(committee.chair, committee)).text
    assert "The disqualifying flag “Ignores the data’s reality” is open" in text
    assert "The votes are not open yet" in text
    assert "Record the decision" not in text
    assert (
        "The chair, Chair Ada, records the decision"
        in page(debrief(committee.member, committee)).text
    )
    refused = post(committee.chair, "decide", committee.packet, kind="hire", reason="r", sure="y")
    assert refused.status_code == 302
    assert not Decision.objects.exists()


def test_a_decision_is_read_once_more_recorded_and_reopened(committee: Committee) -> None:
    all_vote(committee)
    chair, packet = committee.chair, committee.packet
    given = {"kind": "other_level", "level": "mid", "reason": "as discussed"}
    asked = page(post(chair, "decide", packet, **given)).text
    assert "Record this decision?" in asked
    assert "against packet 1" in asked
    assert not Decision.objects.exists()
    post(chair, "decide", packet, **given, sure="yes")
    made = Decision.objects.get()
    for who in (*committee.people, committee.recruiter):
        text = page(debrief(who, committee)).text
        assert "Hire as mid as discussed Chair Ada" in text
        assert (
            "Hire as mid"
            in page(signed_in(who).get(reverse("loop", args=[committee.loop.pk]))).text
        )
    again = {"kind": "no_hire", "reason": "a reference", "instead_of": str(made.pk)}
    assert (
        "supersedes the decision that stands" in page(post(chair, "decide", packet, **again)).text
    )
    stale = post(chair, "decide", packet, kind="no_hire", reason="a tab of before", sure="yes")
    assert stale.status_code == 409
    assert "Another decision was recorded meanwhile" in stale.content.decode()
    post(chair, "decide", packet, **again, sure="yes")
    text = page(debrief(committee.member, committee)).text
    assert text.index("No hire a reference") < text.index("Hire as mid as discussed")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"kind": ""}, "Choose what the committee decided"),
        ({"kind": "other_level"}, "Name the level"),
        ({"kind": "other_level", "level": "senior"}, "not one of the available choices"),
        ({"reason": " "}, "Say why"),
    ],
)
def test_a_faulty_decision_is_refused_at_its_field(committee: Committee, wrong, says) -> None:
    all_vote(committee)
    given = {"kind": "hire", "reason": "fine", **wrong, "sure": "yes"}
    assert says in page(post(committee.chair, "decide", committee.packet, **given)).text
    assert not Decision.objects.exists()


def test_a_level_that_was_chosen_before_another_kind_counts_for_nothing(committee: Committee):
    """The page hides it then, and would hide what is said against it."""
    all_vote(committee)
    given = {"kind": "hire", "level": "mid", "reason": "fine", "sure": "yes"}
    post(committee.chair, "decide", committee.packet, **given)
    assert Decision.objects.get().says == "Hire"


def test_a_decision_on_the_packet_before_stands_and_says_so(committee: Committee) -> None:
    all_vote(committee)
    decisions.record(committee.chair, committee.packet, kind="hire", reason="as it was")
    next_packet(committee.packet)
    text = page(debrief(committee.recruiter, committee)).text
    assert "It was made on packet 1. Packet 2 has come since" in text


def test_the_level_question_is_offered_where_the_next_level_down_is_met(committee: Committee):
    content = {**committee.packet.content}
    lower = [{**content["levels_below"][0], "is_met": True}]
    Packet.objects.filter(pk=committee.packet.pk).update(superseded_at=committee.packet.built_at)
    new = store({**content, "levels_below": lower}, committee.loop, 2)
    for who in committee.people:
        vote_twice(who, new)
    text = page(debrief(committee.chair, committee)).text
    assert "every dimension meets the bar of mid, the next level down" in text
    assert "next level down" not in page(debrief(committee.member, committee)).text


# --- Conflicts ------------------------------------------------------------------------------------


def test_a_member_declares_a_conflict_and_is_gone(committee: Committee) -> None:
    url = reverse("declare_conflict", args=[committee.loop.pk])
    client = signed_in(committee.member)
    assert "I have a conflict" in page(client.get(reverse("loop", args=[committee.loop.pk]))).text
    assert "required" in page(client.post(url, {"reason": " "})).text
    client.post(url, {"reason": "my cousin"})
    seat = seat_of(committee.member, committee.loop).get()
    assert seat.recused_at
    assert seat.recusal_reason == "my cousin"
    for name in ("debrief", "loop", "declare_conflict"):
        assert client.get(reverse(name, args=[committee.loop.pk])).status_code == 404
    assert (
        "my cousin"
        in page(signed_in(committee.recruiter).get(reverse("loop", args=[committee.loop.pk]))).text
    )
    assert (
        "my cousin"
        not in page(signed_in(committee.third).get(reverse("loop", args=[committee.loop.pk]))).text
    )


def test_the_loop_says_when_nobody_has_the_chair_and_a_recruiter_gives_it(committee: Committee):
    seat_in(committee.loop, committee.chair)
    client, url = signed_in(committee.recruiter), reverse("loop", args=[committee.loop.pk])
    shown = page(client.get(url)).text
    assert "Nobody has the chair: no decision can be recorded. Give it to a member" in shown
    assert "Chair Ada recused interviews in this loop" in shown
    seat = seat_of(committee.member, committee.loop).get()
    assert "Member Bo" in page(client.get(reverse("make_chair", args=[seat.pk]))).one("h1").text
    client.post(reverse("make_chair", args=[seat.pk]))
    assert "Nobody has the chair" not in page(client.get(url)).text
    assert "Member Bo chair" in page(client.get(url)).text


def test_a_recruiter_who_knows_the_loop_as_an_interviewer_alone_seats_nobody(committee: Committee):
    """Recused by the seat that they hold, they still have their interview, and nothing else."""
    recruiter = committee.recruiter
    CommitteeSeat.objects.create(loop=committee.loop, person=recruiter)
    seat_in(committee.loop, recruiter)
    client = signed_in(recruiter)
    assert client.get(reverse("loop", args=[committee.loop.pk])).status_code == 200
    other = seat_of(committee.third, committee.loop).get()
    for name, pk in (
        ("add_committee_seat", committee.loop.pk),
        ("recuse", other.pk),
        ("make_chair", other.pk),
        ("debrief", committee.loop.pk),
    ):
        assert client.get(reverse(name, args=[pk])).status_code == 404


def test_a_hiring_manager_who_recruits_reads_the_decision_and_no_vote(committee: Committee) -> None:
    all_vote(committee)
    decisions.record(committee.chair, committee.packet, kind="hire", reason="as argued")
    committee.loop.opening.hiring_manager = committee.recruiter
    committee.loop.opening.save()
    assert debrief(committee.recruiter, committee).status_code == 404
    client = signed_in(committee.recruiter)
    shown = page(client.get(reverse("loop", args=[committee.loop.pk]))).text
    assert "Hire decided by Chair Ada" in shown
    assert "Go to the debrief" not in shown
    opened = client.get(reverse("packet", args=[committee.packet.pk])).content.decode()
    assert reverse("debrief", args=[committee.loop.pk]) not in opened


# --- Cost -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [0, 6])
def test_the_page_costs_the_same_for_a_small_committee_and_a_large_one(
    committee: Committee, django_assert_num_queries, more: int
) -> None:
    for at in range(more):
        vote_twice(member_of(committee.loop, f"Further {at}"), committee.packet)
    all_vote(committee)
    client, url = signed_in(committee.chair), reverse("debrief", args=[committee.loop.pk])
    client.get(url)
    with django_assert_num_queries(19):
        assert client.get(url).status_code == 200


def test_nothing_is_there_to_vote_on_before_a_packet_is(committee: Committee) -> None:
    Packet.objects.filter(pk=committee.packet.pk).update(superseded_at=committee.packet.built_at)
    text = page(debrief(committee.chair, committee)).text
    assert "There is no current packet to vote on" in text
    assert list(votes_owed.owed_by(committee.chair)) == []
