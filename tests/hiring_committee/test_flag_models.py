"""What the database itself refuses of resolutions and tasks, whoever asks for it and how."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Role
from hiring_committee.models import FlagResolution, RecruiterTask
from hiring_committee.models.resolutions import open_flags, stopping_flags
from interviews.models import CommitteeSeat
from packets.content.build import digest
from packets.models import Packet, PacketFlag
from tests.hiring_committee.debrief import opened
from tests.packets.content.loops import MARCUS, VIKTOR, packet_of
from tests.packets.page.reading import member_of, store
from tests.people import MONDAY, make_loop, person


@pytest.fixture
def packet(db) -> Packet:
    """Viktor Desrosiers: one disqualifying flag."""
    return store(packet_of(VIKTOR))


@pytest.fixture
def member(packet):
    """Of the committee; the votes are open."""
    return opened(packet)[0]


def resolved(packet: Packet, by, outcome: str = "upheld", **fields) -> FlagResolution:
    flag = packet.flags.get()
    given = {"signal": flag.signal, "fingerprint": flag.fingerprint, "reason": "As the notes say."}
    return FlagResolution.objects.create(
        **{"loop": packet.loop, "packet": packet, "outcome": outcome, "by": by, **given, **fields}
    )


def refused(wording: str):
    return pytest.raises(IntegrityError, match=wording)


def open_in_the_database(packet: Packet) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT signal, severity, outcome FROM open_flags(%s)", [packet.pk])
        return cursor.fetchall()


def test_a_packet_is_stored_with_its_flags(packet):
    flag = packet.flags.get()
    assert (flag.signal, flag.severity) == ("ignores-data-reality", "disqualifying")
    assert open_in_the_database(packet) == [("ignores-data-reality", "disqualifying", None)]
    assert list(stopping_flags(packet.flags.all())) == [flag]


def test_a_concern_is_open_and_stops_nothing(db):
    packet = store(packet_of(MARCUS))
    assert open_flags(packet.flags.all()).count() == 1
    assert not stopping_flags(packet.flags.all()).exists()


def test_no_packet_is_stored_without_its_flags(db):
    content = packet_of(VIKTOR)
    with refused("a row for each of its flags"), transaction.atomic():
        Packet.objects.create(
            loop=make_loop(),
            version=1,
            content=content,
            digest=digest(content),
            built_at=timezone.now(),
        )
        connection.check_constraints()


@pytest.mark.parametrize("outcome", ["upheld", "not_supported"])
def test_a_settled_flag_is_open_no_more(packet, member, outcome):
    resolved(packet, member, outcome)
    assert open_in_the_database(packet) == []
    assert not open_flags(packet.flags.all()).exists()


def test_what_waits_for_an_interview_stays_open(packet, member):
    resolved(packet, member, "needs_interview")
    assert open_in_the_database(packet) == [
        ("ignores-data-reality", "disqualifying", "needs_interview")
    ]
    assert stopping_flags(packet.flags.all()).exists()


def test_the_last_word_counts(packet, member):
    first = resolved(packet, member, "upheld")
    again = resolved(packet, member, "needs_interview", supersedes=first)
    assert FlagResolution.objects.current().get() == again
    assert stopping_flags(packet.flags.all()).exists()
    resolved(packet, member, "not_supported", supersedes=again)
    assert not open_flags(packet.flags.all()).exists()
    assert open_in_the_database(packet) == []


def test_two_cannot_both_be_current(packet, member):
    first = resolved(packet, member)
    with refused("one_first_resolution"), transaction.atomic():
        resolved(packet, member, "not_supported")
    resolved(packet, member, "not_supported", supersedes=first)
    with refused("supersedes_id"), transaction.atomic():
        resolved(packet, member, "needs_interview", supersedes=first)


def test_another_flags_resolution_is_not_superseded(packet, member):
    other = store(packet_of(MARCUS))
    theirs = resolved(other, opened(other, "Another", "And Another")[0])
    with refused("one of the same flag"):
        resolved(packet, member, supersedes=theirs)


@pytest.mark.parametrize(
    ("fields", "wording"),
    [
        ({"outcome": "rejected"}, "resolution_outcome_known"),
        ({"reason": " \n"}, "resolution_has_a_reason"),
        ({"outcome": "mitigated"}, "mitigated_by_some_evidence"),
        ({"outcome": "mitigated", "evidence": ["1.1", "99.1"]}, "evidence is a note"),
        ({"signal": "brittle-under-change"}, "no such flag"),
        ({"fingerprint": "sha256:of something else"}, "no such flag"),
    ],
    ids=str,
)
def test_the_form_of_a_resolution(packet, member, fields, wording):
    with refused(wording):
        resolved(packet, member, **fields)


def test_mitigated_by_a_note_of_the_packet(packet, member):
    resolved(packet, member, "mitigated", evidence=["1.1"])
    assert not open_flags(packet.flags.all()).exists()


def test_a_shadows_note_is_no_evidence(db):
    shadow = {**packet_of(VIKTOR)["cards"][0], "notes": [{"ref": "s1.1"}]}
    packet = store({**packet_of(VIKTOR), "shadows": [shadow]})
    with refused("evidence is a note of a counted card"):
        resolved(packet, opened(packet)[0], "mitigated", evidence=["s1.1"])


def test_nothing_is_resolved_before_the_votes_are_open(packet):
    with refused("not open yet"):
        resolved(packet, member_of(packet.loop))


def test_whoever_has_no_seat_resolves_nothing(packet, member):
    for who in (person("A Recruiter", Role.RECRUITER), member_of(make_loop(), "Elsewhere")):
        with refused("only a member of the committee"), transaction.atomic():
            resolved(packet, who)


def test_a_recused_member_resolves_nothing(packet, member):
    CommitteeSeat.objects.filter(person=member).update(recused_at=MONDAY, recusal_reason="A friend")
    with refused("only a member of the committee"):
        resolved(packet, member)


def test_nothing_is_resolved_in_a_superseded_packet(packet, member):
    Packet.objects.filter(pk=packet.pk).update(superseded_at=timezone.now())
    with refused("superseded"):
        resolved(packet, member)


def test_a_resolution_names_the_loop_of_its_packet(packet, member):
    with refused("no such flag"):
        resolved(packet, member, loop=make_loop())


def as_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize("owner", [False, True], ids=["by right", "by trigger"])
def test_flags_and_resolutions_are_never_changed_or_removed(packet, member, owner):
    row = resolved(packet, member)
    if owner:
        as_owner()
    for rows, change in (
        (FlagResolution.objects.filter(pk=row.pk), {"reason": "Something else."}),
        (PacketFlag.objects.filter(packet=packet), {"severity": "concern"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete("default")


def task_for(row: FlagResolution) -> RecruiterTask:
    return RecruiterTask.objects.create(
        loop=row.loop, resolution=row, about="data-assumptions", requested_by=row.by
    )


def test_a_task_is_done_once_and_says_how(packet, member):
    task = task_for(resolved(packet, member, "needs_interview"))
    row = RecruiterTask.objects.filter(pk=task.pk)
    now = timezone.now()
    with refused("task_is_done_by"), transaction.atomic():
        row.update(done_at=now, done_by=member)
    with refused("set, once"), transaction.atomic():
        row.update(done_by=member)
    row.update(done_at=now, done_by=member, done_reason="Met in the lobby.")
    for again in ({"done_at": None, "done_by": None, "done_reason": ""}, {"done_reason": "No."}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**again)


def test_a_task_is_one_while_it_is_open(packet, member):
    row = resolved(packet, member, "needs_interview")
    task_for(row)
    with refused("one_open_task"):
        task_for(row)


@pytest.mark.parametrize("owner", [False, True], ids=["by right", "by trigger"])
def test_a_task_changes_in_nothing_else_and_stays(packet, member, owner):
    task = task_for(resolved(packet, member, "needs_interview"))
    if owner:
        as_owner()
    rows = RecruiterTask.objects.filter(pk=task.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(about="tradeoffs")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete("default")
