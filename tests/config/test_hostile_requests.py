"""Whatever an address or a form is sent, no page answers with a fault of its own."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.config.test_access_matrix import (
    ROWS,
    World,
    address_args,
    signed_in,
    world,  # noqa: F401  a fixture
)

READERS = ("recruiter", "committee", "administrator", "colleague", "interviewer")
FIELDS = (  # of every address and form, so that each page finds its own among them
    *("q", "page", "state", "stage", "late", "interviewer", "packet", "flags", "decision", "sort"),
    *("subject", "action", "before", "only", "lens", "reply", "interview", "due", "flag"),
    *("starts_at", "ends_at", "lead", "second", "shadow", "round", "repeated", "seen", "after"),
    *("instead_of", "ballot", "choice", "reason", "kind", "level", "format", "text", "words"),
    *("answer", "outcome", "evidence", "digest", "upload", "card", "remark", "approves", "of"),
    *("name", "email", "title", "rounds", "committee", "chair", "quorum", "account", "hour"),
    *("days", "first_after_hours", "current_title", "rubric_version", "time_zone", "roles"),
    *("confirmed", "sure", "early"),
)
NUL = "a\0b"  # which PostgreSQL keeps in no text
NUMBERS = ("²", "9" * 5000, "9" * 25, "-1")  # digits that are no number, or none that a row has


def pages() -> Iterator[tuple[str, str]]:
    """Every address of the product's own, with somebody who reaches it."""
    for name, (_, expected) in ROWS.items():
        reader = next((who for who in READERS if expected[who] in ("ok", "to", "415")), None)
        if reader and not name.startswith("account_"):
            yield name, reader


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_nul_is_a_fault_of_nobody_s(world: World, method: str) -> None:  # noqa: F811
    clients: dict[str, Client] = {}
    for name, reader in pages():
        client = clients.setdefault(reader, signed_in(world.cast, reader))
        with transaction.atomic():
            address = reverse(name, args=address_args(name, world))
            answer = getattr(client, method)(address, dict.fromkeys(FIELDS, NUL))
            assert answer.status_code < 500, name
            transaction.set_rollback(True)


@pytest.mark.parametrize("length", [str(25 * 1024 * 1024 + 1), "9" * 30, "much"])
def test_a_body_too_large_is_refused_unread_even_before_signing_in(length: str) -> None:
    page = reverse("account_login")
    assert Client().post(page, {"login": "a"}, CONTENT_LENGTH=length).status_code == 413


@pytest.mark.parametrize(
    ("name", "reader", "field"),
    [
        *(("loops", "recruiter", field) for field in ("q", "state", "opening")),
        *(("audit", "administrator", field) for field in ("action", "subject", "person")),
        ("opening", "recruiter", "q"),
        ("people", "administrator", "q"),
        ("search", "recruiter", "q"),
    ],
)
def test_a_nul_in_one_filter_alone(world: World, name: str, reader: str, field: str) -> None:  # noqa: F811
    """Where another one finds nothing, the database is not asked."""
    address = reverse(name, args=address_args(name, world))
    assert signed_in(world.cast, reader).get(address, {field: NUL}).status_code == 200


@pytest.mark.parametrize("text", NUMBERS, ids=["superscript", "endless", "huge", "negative"])
def test_what_is_no_number_of_a_row(world: World, text: str) -> None:  # noqa: F811
    member, recruiter = (signed_in(world.cast, who) for who in ("committee", "recruiter"))
    discussion = reverse("discussion", args=[world.packet.pk])
    assert member.get(discussion, {"reply": text}).status_code == 404
    trail = signed_in(world.cast, "administrator").get(reverse("audit"), {"before": text})
    assert trail.status_code == 200
    release = reverse("release_feedback", args=address_args("release_feedback", world))
    assert (
        "changed the letter meanwhile" in recruiter.post(release, {"seen": text}).content.decode()
    )
    words = reverse("reset_mail_text", args=["invitation"])
    assert recruiter.post(words, {"seen": text}).status_code == 302
    rating = {"card-summary-base": f"{text}:x", "card-summary": "Clear."}
    writer = signed_in(world.cast, "interviewer")
    assert writer.post(reverse("rate", args=[world.own_card.pk]), rating).status_code in (200, 302)
