"""The pages: a flag resolved under one's name, and what is said beside the packet."""

from dataclasses import replace

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, Role
from hiring_committee.discussion import say, withdraw
from hiring_committee.models import Comment, FlagResolution, RecruiterTask
from hiring_committee.packet_document import document_of
from hiring_committee.steps import Refused
from packets import build_jobs
from packets.content.anchors import anchors, note_anchors
from packets.content.build import build
from packets.models import Packet
from tests.hiring_committee.debrief import opened
from tests.packets.content.loops import VIKTOR, packet_of, source_of, with_card
from tests.packets.page.reading import member_of, page, signed_in, store
from tests.people import person

FLAG = "ignores-data-reality"
HOSTILE = "<script>alert(1)</script> \u202eevil\n=cmd|' /C calc'!A0"


@pytest.fixture
def packet(rubric) -> Packet:
    return store(packet_of(VIKTOR))


@pytest.fixture
def members(packet):
    return opened(packet)


def flag_page(packet: Packet) -> str:
    return reverse("resolve_flag", args=[packet.pk, FLAG])


def posted(who, packet: Packet, **given):
    given = {"outcome": "not_supported", "reason": "The notes show the contrary.", **given}
    return signed_in(who).post(flag_page(packet), given)


# --- Resolving ------------------------------------------------------------------------------------


def test_both_sides_stand_beside_the_form(packet, members):
    shown = page(signed_in(members[0]).get(flag_page(packet)))
    assert len(shown.one("div", css="sides").all("section")) == 2
    outcomes = [each.attrs["value"] for each in shown.all("input", name="outcome")]
    assert outcomes == ["upheld", "mitigated", "not_supported", "needs_interview"]
    offered = [each.attrs["value"] for each in shown.all("input", name="evidence")]
    assert offered[:4] == ["2.3", "2.4", "2.5", "2.6"]  # Ingrid Solheim's, who saw otherwise


def test_it_is_shown_once_more_before_it_is_kept(packet, members):
    answer = posted(members[0], packet)
    assert "Record this under your name?" in answer.content.decode()
    assert not FlagResolution.objects.exists()
    kept = posted(members[0], packet, confirmed="yes")
    assert kept.status_code == 302
    assert FlagResolution.objects.get().by == members[0]
    resolution = page(signed_in(members[1]).get(kept.url)).one("div", css="resolution")
    assert "Not supported by Ada Chair" in resolution.text
    assert "The notes show the contrary." in resolution.text


def test_changing_ones_mind_keeps_what_was_typed(packet, members):
    answer = posted(members[0], packet, again="yes").content.decode()
    assert "The notes show the contrary." in answer
    assert not FlagResolution.objects.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"outcome": ""}, "This field is required"),
        ({"reason": " "}, "This field is required"),
        ({"outcome": "mitigated"}, "Choose the notes by which it is mitigated"),
        ({"outcome": "mitigated", "evidence": "77.7"}, "Select a valid choice"),
        ({"reason": "She is quite young for this."}, "young"),
    ],
    ids=str,
)
def test_what_does_not_hold_is_named(packet, members, given, says):
    answer = posted(members[0], packet, confirmed="yes", **given)
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert not FlagResolution.objects.exists()


def test_a_remark_stands_with_a_reason_that_is_kept(packet, members):
    said = {"reason": "She is quite young for this.", "answer": "The role is with children."}
    assert posted(members[0], packet, confirmed="yes", **said).status_code == 302
    assert FlagResolution.objects.get().answer == "The role is with children."


def test_the_second_of_two_is_told(packet, members):
    posted(members[0], packet, confirmed="yes")
    late = posted(members[1], packet, confirmed="yes", outcome="upheld")
    assert "Ada Chair resolved this flag while you wrote" in late.content.decode()
    assert FlagResolution.objects.count() == 1


def test_before_the_votes_are_open_the_page_says_so_and_keeps_nothing(packet):
    member = member_of(packet.loop)
    answer = posted(member, packet, confirmed="yes")
    assert "once the votes are open" in answer.content.decode()
    assert not FlagResolution.objects.exists()
    shown = signed_in(member).get(reverse("packet", args=[packet.pk])).content.decode()
    assert flag_page(packet) not in shown
    assert "Discuss" not in shown


def test_a_recruiter_reads_what_was_found_and_resolves_nothing(packet, members):
    recruiter = person("A Recruiter", Role.RECRUITER)
    posted(members[0], packet, confirmed="yes")
    shown = signed_in(recruiter).get(reverse("packet", args=[packet.pk])).content.decode()
    assert "The notes show the contrary." in shown
    assert flag_page(packet) not in shown
    assert signed_in(recruiter).get(flag_page(packet)).status_code == 404


def test_hostile_words_are_words(packet, members):
    posted(members[0], packet, confirmed="yes", reason=HOSTILE)
    say(members[0], packet, "packet", HOSTILE)
    client = signed_in(members[1])
    for url in (
        reverse("packet", args=[packet.pk]),
        flag_page(packet),
        reverse("discussion", args=[packet.pk]),
    ):
        text = client.get(url).content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text


# --- The recruiter's task -------------------------------------------------------------------------


def test_the_task_is_on_the_recruiters_home_and_the_loop_and_is_done_by_hand(packet, members):
    recruiter = person("A Recruiter", Role.RECRUITER)
    posted(members[0], packet, confirmed="yes", outcome="needs_interview")
    client = signed_in(recruiter)
    loop = reverse("loop", args=[packet.loop_id])
    done = reverse("task_done", args=[RecruiterTask.objects.get().pk])
    for url in (reverse("home"), loop):
        assert "Another interview that tests Data and assumptions" in page(client.get(url)).text
    assert "required" in client.post(done, {"reason": " "}).content.decode()
    assert client.post(done, {"reason": "Met in the lobby."}).url == loop
    assert "Met in the lobby." in client.get(loop).content.decode()
    assert "Another interview" not in client.get(reverse("home")).content.decode()
    assert client.get(done).status_code == 404


# --- The discussion -------------------------------------------------------------------------------


def test_a_thread_stands_beside_its_part(packet, members):
    first = say(members[0], packet, f"flag/{FLAG}", "Was he told to take it as given?")
    say(members[1], packet, "", "He was, at 1:50.", to=first)
    shown = page(signed_in(members[1]).get(reverse("packet", args=[packet.pk])))
    thread = shown.one("article", css="flag").one("details", css="thread")
    assert thread.one("summary").text.startswith("2 comments")
    assert "Ada Chair" in thread.text
    assert "He was, at 1:50." in thread.text


def test_it_is_said_of_any_part_and_by_the_page(packet, members):
    client = signed_in(members[0])
    places = anchors(document_of(packet))
    kinds = {anchor.partition("/")[0]: anchor for anchor in places}
    assert set(kinds) == {"packet", "flag", "dimension", "question", "note"}
    for anchor in kinds.values():
        url = reverse("discussion", args=[packet.pk]) + f"?on={anchor}"
        assert client.post(url, {"words": f"Of {anchor}."}).status_code == 302
    assert {each.anchor for each in Comment.objects.all()} == set(kinds.values())
    assert client.get(reverse("discussion", args=[packet.pk]) + "?on=flag/none").status_code == 404


def test_a_note_keeps_its_thread_where_its_card_moves_and_a_gone_one_is_named(packet, members):
    refs = note_anchors(packet.content)
    say(members[0], packet, refs["1.9"], "This one.")
    say(members[0], packet, refs["2.4"], "And this.")
    ravi = next(seat for seat in source_of(VIKTOR).seats if seat.person.startswith("ravi"))

    card = ravi.versions[-1].card
    notes = tuple(replace(n, text=n.text + " (so he said)") for n in card.notes)
    build_jobs.supersede(packet.loop)
    later = store(build(with_card(source_of(VIKTOR), "ravi", notes=notes)), packet.loop, 2)
    shown = page(signed_in(members[0]).get(reverse("discussion", args=[later.pk])))
    titles = [each.text for each in shown.all("h2")]
    assert any("from packet 1" in title and title.startswith("A note") for title in titles)
    whole = page(signed_in(members[0]).get(reverse("packet", args=[later.pk])))
    assert whole.one("li", id="n-2.4").all("details", css="thread")


def test_nobody_speaks_where_they_may_not(packet, members):
    with pytest.raises(Refused, match="no such part"):
        say(members[0], packet, "flag/none", "Hm.")
    with pytest.raises(Refused, match="committee's own"):
        say(person("A Recruiter", Role.RECRUITER), packet, "packet", "Hm.")
    late = member_of(packet.loop, "Late Member")
    with pytest.raises(Refused, match="opens with the votes"):
        say(late, packet, "packet", "Hm.")
    build_jobs.supersede(packet.loop)
    with pytest.raises(Refused, match="superseded"):
        say(members[0], packet, "packet", "Hm.")


def test_who_has_not_voted_and_recruiters_read_nothing_of_it(packet, members):
    say(members[0], packet, "packet", "I doubt it.")
    late = member_of(packet.loop, "Late Member")
    recruiter = person("A Recruiter", Role.RECRUITER)
    assert Comment.objects.visible_to(members[1]).count() == 1
    for who in (late, recruiter):
        assert not Comment.objects.visible_to(who).exists()
        shown = signed_in(who).get(reverse("packet", args=[packet.pk])).content.decode()
        assert "I doubt it." not in shown


def test_a_withdrawn_comment_keeps_its_place(packet, members):
    first = say(members[0], packet, "packet", "I doubt it.")
    say(members[1], packet, "", "Why?", to=first)
    url = reverse("withdraw_comment", args=[first.pk])
    assert signed_in(members[1]).post(url).status_code == 404
    assert signed_in(members[0]).post(url).status_code == 302
    shown = signed_in(members[1]).get(reverse("discussion", args=[packet.pk])).content.decode()
    assert "Withdrawn by its author." in shown
    assert "I doubt it." not in shown
    assert "Why?" in shown
    with pytest.raises(Refused):
        withdraw(members[0], first)


def test_a_remark_about_the_person_is_challenged(packet, members):
    url = reverse("discussion", args=[packet.pk])
    client = signed_in(members[0])
    answer = client.post(url, {"words": "She is quite young for this."})
    assert answer.status_code == 200
    assert "if you stand by it" in answer.content.decode()
    assert not Comment.objects.exists()


def test_what_is_read_and_said_is_recorded(packet, members):
    signed_in(members[0]).get(reverse("discussion", args=[packet.pk]))
    signed_in(members[0]).get(flag_page(packet))
    row = say(members[0], packet, "packet", "I doubt it.")
    withdraw(members[0], row)
    lines = AuditEvent.objects.filter(actor=members[0], stream=f"loop:{packet.loop_id}")
    assert [line.action for line in lines.order_by("seq")] == [
        "discussion.read",
        "flag.read",
        "comment.written",
        "comment.withdrawn",
    ]


@pytest.mark.parametrize("many", [1, 5])
def test_the_discussion_costs_the_same_whatever_was_said(
    packet, members, django_assert_num_queries, many
):
    for each in range(many):
        first = say(members[0], packet, f"flag/{FLAG}", f"Comment {each}.")
        say(members[1], packet, "", "A reply.", to=first)
    client = signed_in(members[0])
    url = reverse("packet", args=[packet.pk])
    client.get(url)  # the session is in the cache from here on
    with django_assert_num_queries(10):
        client.get(url)


def test_a_reply_is_to_a_comment_of_this_loop_and_to_no_reply(packet, members):
    first = say(members[0], packet, "packet", "I doubt it.")
    reply = say(members[1], packet, "packet", "Why?", to=first)
    with pytest.raises(Refused, match="to a comment of this loop"):
        say(members[0], packet, "packet", "Because.", to=reply)
