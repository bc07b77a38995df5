"""The audit trail for administrators: newest first, filtered in the address, and verified."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import audit
from accounts.models import AuditEvent, Role
from interviews.models import Seat
from scorecard import submission
from tests.conftest import As
from tests.people import Cast, person, seat_in, submitted_card


@pytest.fixture
def client(cast: Cast, as_: As) -> Client:
    cache.delete("audit-chain")
    return as_(cast.administrator)


def lines(client: Client, **chosen) -> list[AuditEvent]:
    return [line for line, *_ in client.get(reverse("audit"), chosen).context["lines"]]


def test_newest_first_a_page_at_a_time_by_key(cast: Cast, client: Client) -> None:
    for n in range(70):
        audit.record(cast.stranger, f"thing.{n:02}", cast.loop)
    first = client.get(reverse("audit"), {"person": str(cast.stranger.pk)}).context
    assert [line.action for line, *_ in first["lines"]] == [f"thing.{n}" for n in range(69, 19, -1)]
    audit.record(cast.stranger, "thing.70", cast.loop)  # pushes nothing onto the next page
    second = lines(client, person=str(cast.stranger.pk), before=first["older"])
    assert [line.action for line in second] == [f"thing.{n:02}" for n in range(19, -1, -1)]


def test_filters_hold_together(cast: Cast, client: Client) -> None:
    audit.record(cast.stranger, "thing.read", cast.loop)
    audit.record(cast.stranger, "thing.changed", cast.loop)
    audit.record(cast.colleague, "thing.read", cast.loop)
    by_stranger = lines(client, person=str(cast.stranger.pk))
    assert [line.action for line in by_stranger] == ["thing.changed", "thing.read"]
    assert len(lines(client, person=str(cast.stranger.pk), action="thing.read")) == 1
    assert len(lines(client, subject=f"loop:{cast.loop.pk}")) == 3
    assert lines(client, person="nonsense") == []
    assert lines(client, before="nonsense") == lines(client)


def test_the_reason_of_an_amendment_is_in_the_record_and_on_no_page(
    cast: Cast, client: Client
) -> None:
    card = submitted_card(Seat.objects.get(person=cast.colleague))
    submission.begin_amendment(card, cast.colleague)
    submission.submit(card, cast.colleague, reason="quokka")
    assert AuditEvent.objects.filter(detail__reason="quokka").exists()
    assert "quokka" not in client.get(reverse("audit")).content.decode()


def test_an_administrator_who_owes_a_card_reads_nothing_about_that_loop(
    cast: Cast, client: Client
) -> None:
    seat = seat_in(cast.loop, cast.administrator, "ml-coding")
    submitted_card(Seat.objects.get(person=cast.colleague))
    assert lines(client, action="scorecard.submission") == []
    submitted_card(seat)
    assert len(lines(client, action="scorecard.submission")) == 2


def test_an_administrator_never_reads_about_their_own_candidacy(cast: Cast, client: Client) -> None:
    cast.loop.candidate.account = cast.administrator
    cast.loop.candidate.save()
    submitted_card(Seat.objects.get(person=cast.colleague))
    assert lines(client, action="scorecard.submission") == []


def test_the_state_of_the_chain_is_shown(cast: Cast, client: Client) -> None:
    audit.record(cast.stranger, "thing.read", cast.loop)
    assert "Every line is as it was written" in client.get(reverse("audit")).content.decode()
    line = AuditEvent.objects.get(action="thing.read")
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE accounts_auditevent DISABLE TRIGGER USER")
        cursor.execute("UPDATE accounts_auditevent SET action = 'x' WHERE seq = %s", [line.seq])
        cursor.execute("ALTER TABLE accounts_auditevent ENABLE TRIGGER USER")
    body = client.get(reverse("audit"), {"check": ""}).content.decode()
    assert "1 broken line." in body
    assert f"line {line.seq} of" in body


@pytest.mark.parametrize("many", [1, 40])
def test_the_trail_asks_the_same_queries_for_one_and_many(
    cast: Cast, client: Client, django_assert_num_queries, many: int
) -> None:
    for n in range(many):
        audit.record(person(f"Person {n}", Role.INTERVIEWER), "thing.read", cast.loop)
    client.get(reverse("audit"))
    with django_assert_num_queries(5):  # the reader, closed loops, lines, people, actions
        client.get(reverse("audit"))
