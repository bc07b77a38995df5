"""Mail is handed over at most once: through crashes, other workers and a silent mail server."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import Role
from interviews.models import CommitteeSeat
from mail import outbox
from mail.models import Mail
from tests.mail.smtp_server import SmtpServer, smtp_server
from tests.people import MONDAY, Cast, person

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
START = timezone.now()
Clock = Callable[[timedelta], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Says how long after START it is."""

    def is_at(after: timedelta) -> None:
        monkeypatch.setattr(timezone, "now", lambda: START + after)

    is_at(timedelta())
    return is_at


@pytest.fixture
def server(settings) -> Iterator[SmtpServer]:
    with smtp_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


def waiting(cast: Cast, **fields) -> Mail:
    words = {"subject": "Subject", "body": "Body", "kind": "feedback", "to": "a@b.example"}
    usual = {"loop": cast.loop, "next_at": timezone.now(), **words}
    return Mail.objects.create(**{**usual, **fields})


def now_of(row: Mail) -> tuple[str, str]:
    row.refresh_from_db()
    return row.state, row.error


def test_what_waits_goes_out_once(cast) -> None:
    one = waiting(cast, calendar="BEGIN:VCALENDAR", method="REQUEST", kind="invitation")
    assert (outbox.sweep(), outbox.sweep()) == (1, 0)
    (sent,) = mail.outbox
    part = sent.message().get_payload()[1]
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "REQUEST")
    assert (now_of(one), sent.loop) == (("sent", ""), cast.loop.pk)


def test_a_server_that_takes_all_gets_all_over_one_connection(cast, server) -> None:
    rows = [waiting(cast), waiting(cast, to="other@b.example")]
    assert (outbox.sweep(), outbox.sweep()) == (2, 0)
    assert (len(server.mails), server.connections) == (2, 1)
    assert {now_of(row) for row in rows} == {("sent", "")}


def test_a_crash_on_the_way_is_not_repeated(cast, monkeypatch) -> None:
    def die(*args):
        raise SystemExit

    one = waiting(cast)
    with monkeypatch.context() as crash:
        crash.setattr(outbox.OpenMail, "send", die)
        with pytest.raises(SystemExit):
            outbox.sweep()
    assert outbox.sweep() == 0
    assert mail.outbox == []
    assert now_of(one) == ("sending", "")
    later = timezone.now() + MINUTE
    for fields in ({}, {"error": "Why", "attempts": 1}, {"error": "Why", "next_at": later}):
        with pytest.raises(DatabaseError, match="never sent a second time"), transaction.atomic():
            Mail.objects.update(state="queued", **fields)


@pytest.mark.parametrize("final", ["sent", "failed", "withdrawn"])
def test_what_came_to_its_end_stays_there(cast, final) -> None:
    one = waiting(cast, state=final, error="Why", begun_at=MONDAY)
    with pytest.raises(DatabaseError, match="never sent a second time"), transaction.atomic():
        Mail.objects.filter(pk=one.pk).update(state="queued", attempts=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        waiting(cast).delete()


def test_what_the_server_refuses_fails_at_once_and_stops_no_other(cast, server) -> None:
    server.answers["RCPT TO:<A@B.EXAMPLE>"] = "550 no such mailbox"
    refused, other = waiting(cast), waiting(cast, to="other@b.example")
    assert outbox.sweep() == 1
    assert now_of(refused) == ("failed", "The mail server did not take it (550).")
    assert now_of(other) == ("sent", "")


@pytest.mark.parametrize(
    ("step", "answer"), [("MAIL", "421 too many"), ("RCPT", "450 later"), (".", "451 later")]
)
def test_what_the_server_refuses_for_now_is_tried_again(cast, server, clock, step, answer) -> None:
    server.answers[step] = answer
    one = waiting(cast)
    assert outbox.sweep() == 0
    why = f"The mail server asks to wait ({answer[:3]}). It is tried again."
    assert now_of(one) == ("queued", why)
    server.answers.clear()
    clock(MINUTE - timedelta(seconds=1))
    assert outbox.sweep() == 0
    clock(MINUTE)
    assert outbox.sweep() == 1
    assert now_of(one) == ("sent", "")


def test_a_server_that_hangs_up_when_it_has_the_mail_does_not_get_it_twice(cast, server) -> None:
    server.answers["."] = None
    one = waiting(cast)
    assert outbox.sweep() == 0
    assert now_of(one)[0] == "failed"
    assert "whether it took it is not known" in one.error
    del server.answers["."]
    assert outbox.sweep() == 0
    assert len(server.mails) == 1


def test_while_no_server_answers_nothing_is_claimed_and_pauses_grow(cast, server, clock) -> None:
    server.answers[""] = None
    one, other = waiting(cast), waiting(cast)
    after, pauses = timedelta(), []
    for _ in range(6):
        clock(after)
        assert outbox.sweep() == 0
        assert now_of(one)[0] == now_of(other)[0] == "queued"
        pauses.append((one.next_at - START - after) / MINUTE)
        after = one.next_at - START
    assert pauses == [1, 5, 15, 60, 60, 60]
    assert server.connections == 6
    assert (one.begun_at, one.next_at) == (None, other.next_at)
    assert one.error == (
        "The mail server does not answer (SMTPServerDisconnected). It is tried again."
    )
    server.answers.clear()
    clock(after)
    assert outbox.sweep() == 2


@pytest.mark.parametrize("step", ["", "RCPT"])
@pytest.mark.parametrize(
    ("age", "state"), [(DAY - MINUTE, "queued"), (DAY, "failed"), (DAY + MINUTE, "failed")]
)
def test_it_is_tried_for_a_day(cast, server, clock, step, age, state) -> None:
    server.answers[step] = "421 too many"
    one = waiting(cast)
    clock(age)
    assert outbox.sweep() == 0
    assert now_of(one)[0] == state
    assert ("It was tried for a day." in one.error) == (state == "failed")


def test_a_mail_is_known_to_recruiters_of_its_loop_or_else_to_its_person_alone(cast) -> None:
    of_loop = waiting(cast, person=cast.interviewer)
    of_none = waiting(cast, loop=None, person=cast.interviewer)
    other = person("Another Recruiter", Role.RECRUITER)

    def sees(user) -> set[Mail]:
        return set(Mail.objects.visible_to(user))

    assert sees(cast.recruiter) == sees(other) == {of_loop}
    assert sees(cast.interviewer) == {of_none}
    assert sees(cast.stranger) == set()
    CommitteeSeat.objects.create(
        loop=cast.loop, person=other, recused_at=MONDAY, recusal_reason="kin"
    )
    assert sees(other) == set()
