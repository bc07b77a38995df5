"""Resolving a flag: who may, when, over what; and the recruiter's task that may come of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent, Role
from hiring_committee import recruiter_tasks
from hiring_committee.flag_resolutions import resolve
from hiring_committee.models import BallotOpening, FlagResolution, RecruiterTask, with_resolutions
from hiring_committee.models.resolutions import open_flags, stopping_flags
from hiring_committee.packet_document import document_of
from hiring_committee.steps import Refused
from interviews import scheduling
from interviews.models import CommitteeSeat
from packets import build_jobs
from packets.content.build import build, digest
from packets.models import Packet
from tests.hiring_committee.debrief import opened, voted
from tests.packets.content.loops import VIKTOR, packet_of, source_of, with_card
from tests.packets.page.reading import member_of, store
from tests.people import MONDAY, make_loop, person

FLAG = "ignores-data-reality"


@pytest.fixture
def packet(rubric) -> Packet:
    return store(packet_of(VIKTOR))


@pytest.fixture
def members(packet):
    return opened(packet)


def found(by, packet, outcome="upheld", **how) -> FlagResolution:
    return resolve(by, packet, FLAG, **{"outcome": outcome, "reason": "As the notes say.", **how})


def lines(action: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action=action).order_by("seq"))


def test_it_stands_in_the_document_and_leaves_a_line(packet, members):
    row = found(members[0], packet, reason="  As the notes say.\n")
    flag = document_of(packet)["flags"][0]["resolution"]
    assert (flag["outcome"], flag["by"]) == ("upheld", members[0].email)
    assert flag["reason"] == "As the notes say."
    line = lines("flag.resolved")[0]
    assert (line.actor, line.stream) == (members[0], f"loop:{packet.loop_id}")
    assert (line.subject, line.detail) == (f"flagresolution:{row.pk}", {"version": 1})


def test_the_stored_packet_is_not_touched(packet, members):
    found(members[0], packet, "not_supported")
    again = Packet.objects.get(pk=packet.pk)
    assert again.content == packet_of(VIKTOR)
    assert again.digest == digest(again.content)
    assert document_of(again)["dimensions"] != again.content["dimensions"]


def test_mitigated_keeps_the_notes_as_they_were_read(packet, members):
    row = found(members[0], packet, "mitigated", evidence=["2.4", "4.3", "2.4"])
    row.refresh_from_db()
    assert row.evidence == ["2.4", "4.3"]
    assert [n["ref"] for n in row.cited] == ["2.4", "4.3"]
    kept = document_of(packet)["flags"][0]["resolution"]["evidence"]
    assert kept == [
        packet_of(VIKTOR)["cards"][1]["notes"][3],
        packet_of(VIKTOR)["cards"][3]["notes"][2],
    ]


def test_other_outcomes_need_no_evidence_and_keep_none(packet, members):
    assert found(members[0], packet, "upheld", evidence=["2.4"]).evidence == []


def test_nobody_writes_over_what_they_have_not_read(packet, members):
    first = found(members[0], packet)
    with pytest.raises(Refused, match="Ada Chair resolved this flag while you wrote"):
        found(members[1], packet, "not_supported")
    again = found(members[1], packet, "not_supported", after=first.pk)
    assert FlagResolution.objects.current().get() == again
    assert document_of(packet)["flags"][0]["former"][0]["by"] == members[0].email


def test_nobody_resolves_before_the_votes_are_open(packet):
    member = member_of(packet.loop)
    voted(packet, member)
    with pytest.raises(Refused, match="once the votes are open"):
        found(member, packet)


def test_who_has_not_voted_resolves_nothing_and_reads_no_resolution(packet):
    """The chair may open the votes before theirs is in; they may still give it, unaware."""
    late = member_of(packet.loop, "Late Member")
    members = [member_of(packet.loop, name) for name in ("Ada Chair", "Ben Member")]
    voted(packet, *members)
    CommitteeSeat.objects.filter(person=members[0]).update(is_chair=True)
    BallotOpening.objects.create(packet=packet, by=members[0], reason="Late is ill.")
    found(members[0], packet, "not_supported")
    with pytest.raises(Refused, match="once the votes are open"):
        found(late, packet)

    def read_by(person):
        read = with_resolutions(Packet.objects.visible_to(person), person).get()
        return document_of(read)["flags"][0]["resolution"]

    assert read_by(late) is None
    assert read_by(members[1])["outcome"] == "not_supported"
    voted(packet, late)
    assert read_by(late)["outcome"] == "not_supported"


@pytest.mark.parametrize("who", ["recruiter", "elsewhere", "recused"])
def test_others_resolve_nothing(packet, members, who):
    other = {
        "recruiter": lambda: person("A Recruiter", Role.RECRUITER),
        "elsewhere": lambda: member_of(make_loop(), "Elsewhere"),
        "recused": lambda: members[1],
    }[who]()
    CommitteeSeat.objects.filter(person=members[1]).update(
        recused_at=MONDAY, recusal_reason="A friend"
    )
    with pytest.raises(Refused, match="by the members of the committee"):
        found(other, packet)


def test_a_superseded_packet_is_not_resolved(packet, members):
    build_jobs.supersede(packet.loop)
    with pytest.raises(Refused, match="was superseded"):
        found(members[0], packet)


def test_a_flag_that_the_packet_does_not_have(packet, members):
    with pytest.raises(Refused, match="no such flag"):
        resolve(members[0], packet, "depth", outcome="upheld", reason="Why not.")


# --- The next packet ------------------------------------------------------------------------------


def next_packet(packet: Packet, content: dict) -> Packet:
    build_jobs.supersede(packet.loop)
    return store(content, packet.loop, version=2)


def test_a_resolution_holds_while_the_same_is_raised(packet, members):
    found(members[0], packet)
    later = next_packet(packet, build(with_card(source_of(VIKTOR), "olivia", recommendation="no")))
    assert later.digest != packet.digest
    shown = document_of(later)["flags"][0]
    assert (shown["resolution"]["outcome"], shown["resolution"]["version"]) == ("upheld", 1)
    assert not open_flags(later.flags.all()).exists()


def test_a_flag_in_other_words_is_open_again_and_shows_what_was_found(packet, members):
    found(members[0], packet)
    ravi = next(seat for seat in source_of(VIKTOR).seats if seat.person.startswith("ravi"))
    graver = tuple(
        type(flag)(flag.signal, flag.severity, "He refused to look.", flag.notes)
        for flag in ravi.versions[-1].card.flags
    )
    later = next_packet(packet, build(with_card(source_of(VIKTOR), "ravi", flags=graver)))
    shown = document_of(later)["flags"][0]
    assert shown["resolution"] is None
    assert stopping_flags(later.flags.all()).exists()
    assert [(f["outcome"], f["version"], f["same"]) for f in shown["former"]] == [
        ("upheld", 1, False)
    ]


def test_a_superseded_packet_keeps_what_was_found_by_its_time(packet, members):
    first = found(members[0], packet)
    before = document_of(packet)["flags"]
    later = next_packet(packet, packet_of(VIKTOR))
    voted(later, *members)
    BallotOpening.objects.create(packet=later)
    found(members[1], later, "not_supported", after=first.pk)
    assert document_of(Packet.objects.get(pk=packet.pk))["flags"] == before
    assert document_of(later)["flags"][0]["resolution"]["outcome"] == "not_supported"


# --- The recruiter's task -------------------------------------------------------------------------


@pytest.fixture
def recruiter(db):
    return person("A Recruiter", Role.RECRUITER)


def schedule(recruiter, loop, round):
    at = timezone.now() + timedelta(days=1)
    lead = person(f"Lead of {round}", Role.INTERVIEWER)
    return scheduling.schedule(
        recruiter, loop, round=round, starts_at=at, ends_at=at + timedelta(hours=1), lead=lead
    )


def test_another_interview_is_a_task_for_the_recruiter(packet, members, recruiter):
    found(members[0], packet, "needs_interview")
    task = RecruiterTask.objects.visible_to(recruiter).get()
    assert (task.about, task.requested_by) == ("data-assumptions", members[0])
    assert task.done_at is None
    assert len(lines("task.requested")) == 1


def test_an_interview_that_is_to_test_it_answers_the_task(packet, members, recruiter):
    found(members[0], packet, "needs_interview")
    tests = recruiter_tasks.rounds_for(packet.loop, "data-assumptions")
    assert "behavioral" not in tests
    assert "applied-modeling" in tests
    schedule(recruiter, packet.loop, "behavioral")
    assert RecruiterTask.objects.open().exists()
    interview = schedule(recruiter, packet.loop, "applied-modeling")
    task = RecruiterTask.objects.get()
    assert (task.interview, task.done_by) == (interview, recruiter)


def test_an_interview_of_before_answers_nothing(packet, members, recruiter):
    schedule(recruiter, packet.loop, "applied-modeling")
    found(members[0], packet, "needs_interview")
    schedule(recruiter, packet.loop, "behavioral")
    assert RecruiterTask.objects.open().exists()


def test_a_cancelled_interview_is_asked_for_again_once(packet, members, recruiter):
    found(members[0], packet, "needs_interview")
    scheduling.cancel(recruiter, schedule(recruiter, packet.loop, "applied-modeling"))
    assert RecruiterTask.objects.open().count() == 1
    schedule(recruiter, packet.loop, "behavioral")
    assert RecruiterTask.objects.count() == 2
    schedule(recruiter, packet.loop, "ml-system-design")
    assert not RecruiterTask.objects.open().exists()


def test_a_flag_that_is_resolved_anew_asks_no_more(packet, members, recruiter):
    first = found(members[0], packet, "needs_interview")
    found(members[1], packet, "upheld", after=first.pk)
    task = RecruiterTask.objects.get()
    assert (task.done_by, task.done_reason) == (members[1], "Resolved without it.")


def test_a_task_is_marked_done_once(packet, members, recruiter):
    found(members[0], packet, "needs_interview")
    task = RecruiterTask.objects.get()
    recruiter_tasks.close(recruiter, task, reason="Met in the lobby.")
    with pytest.raises(Refused):
        recruiter_tasks.close(recruiter, task, reason="Again.")
    assert len(lines("task.done")) == 1


def test_who_may_read_no_packet_learns_of_no_task(packet, members, recruiter):
    found(members[0], packet, "needs_interview")
    interview = schedule(recruiter, packet.loop, "behavioral")
    owing = interview.seats.get().person
    for nobody in (
        owing,
        person("A Stranger", Role.INTERVIEWER),
        person("Admin", Role.ADMINISTRATOR),
    ):
        assert not RecruiterTask.objects.visible_to(nobody).exists()
