"""What the database itself refuses of comments."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from hiring_committee.models import Comment
from packets.models import Packet
from tests.hiring_committee.debrief import opened
from tests.packets.content.loops import VIKTOR, packet_of
from tests.packets.page.reading import store


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
    ],
    ids=str,
)
def test_the_form_of_a_comment(packet, member, fields, wording):
    with pytest.raises(IntegrityError, match=wording):
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
