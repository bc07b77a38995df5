"""What the database itself refuses of comments."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from hiring_committee.models import Comment, Packet
from interviews.models import CommitteeSeat
from tests.committee.debrief import opened
from tests.packet.loops import VIKTOR, packet_of
from tests.packet_page.reading import member_of, store
from tests.people import MONDAY, make_loop


@pytest.fixture
def packet(db) -> Packet:
    return store(packet_of(VIKTOR))


@pytest.fixture
def member(packet):
    return opened(packet)[0]


def comment(packet: Packet, author, **fields) -> Comment:
    given = {"loop": packet.loop, "packet": packet, "anchor": "packet", "text": "I doubt it."}
    return Comment.objects.create(**{**given, "author": author, **fields})


@pytest.mark.parametrize(
    ("fields", "wording"),
    [
        ({"text": " \n"}, "comment_says_something"),
        ({"anchor": ""}, "comment_has_its_place"),
        ({"withdrawn_at": MONDAY}, "a reply is given"),
    ],
    ids=str,
)
def test_the_form_of_a_comment(packet, member, fields, wording):
    with pytest.raises(IntegrityError, match=wording):
        comment(packet, member, **fields)


def test_only_who_sits_writes(packet, member):
    outsider = member_of(make_loop(), "Elsewhere")
    CommitteeSeat.objects.filter(person=member).update(recused_at=MONDAY, recusal_reason="A friend")
    for who in (outsider, member):
        with pytest.raises(IntegrityError, match="not recused"), transaction.atomic():
            comment(packet, who)


def test_not_before_the_votes_are_open(packet):
    with pytest.raises(IntegrityError, match="not open yet"):
        comment(packet, member_of(packet.loop))


def test_not_on_a_superseded_packet_or_one_of_another_loop(packet, member):
    with pytest.raises(IntegrityError, match="current packet"), transaction.atomic():
        comment(packet, member, loop=make_loop())
    Packet.objects.filter(pk=packet.pk).update(superseded_at=timezone.now())
    with pytest.raises(IntegrityError, match="current packet"):
        comment(packet, member)


def test_a_reply_is_to_a_comment_on_the_same_part(packet, member):
    first = comment(packet, member)
    reply = comment(packet, member, parent=first)
    for fields in ({"parent": reply}, {"parent": first, "anchor": "flag/other"}):
        with pytest.raises(IntegrityError, match="a reply is given"), transaction.atomic():
            comment(packet, member, **fields)


@pytest.mark.parametrize("owner", [False, True], ids=["by right", "by trigger"])
def test_it_is_withdrawn_once_and_otherwise_never_changed(packet, member, owner):
    rows = Comment.objects.filter(pk=comment(packet, member).pk)
    rows.update(withdrawn_at=timezone.now())
    if owner:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
    for change in ({"withdrawn_at": None}, {"text": "I never said so."}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete("default")
