"""Mail is handed over at most once: through crashes, other workers and a silent mail server."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import DatabaseError, transaction
from django.utils import timezone

from mail import outbox
from mail.models import Mail
from tests.people import Cast


def waiting(cast: Cast, **fields) -> Mail:
    words = {"subject": "Subject", "body": "Body", "kind": "feedback", "to": "a@b.example"}
    return Mail.objects.create(loop=cast.loop, **words | fields)


def test_what_waits_goes_out_once(cast) -> None:
    one = waiting(cast, calendar="BEGIN:VCALENDAR", method="REQUEST", kind="invitation")
    assert (outbox.sweep(), outbox.sweep()) == (1, 0)
    (sent,) = mail.outbox
    part = sent.message().get_payload()[1]
    assert part.get_content_type() == "text/calendar" and part.get_param("method") == "REQUEST"
    one.refresh_from_db()
    assert one.state == "sent" and sent.loop == cast.loop.pk


def test_a_crash_on_the_way_is_not_repeated(cast, monkeypatch) -> None:
    def die(*args):
        raise SystemExit

    one = waiting(cast)
    with monkeypatch.context() as crash:
        crash.setattr(outbox.OpenMail, "send", die)
        with pytest.raises(SystemExit):
            outbox.sweep()
    assert outbox.sweep() == 0 and mail.outbox == []
    one.refresh_from_db()
    assert one.state == "sending"
    with pytest.raises(DatabaseError), transaction.atomic():
        Mail.objects.update(state="queued")


def test_what_the_server_refuses_is_kept_and_stops_no_other(cast, monkeypatch) -> None:
    refused, other = waiting(cast), waiting(cast, to="other@b.example")
    real = outbox.OpenMail.send

    def refuse(self):
        if self.to == ["a@b.example"]:
            raise ValueError("no such mailbox")
        return real(self)

    monkeypatch.setattr(outbox.OpenMail, "send", refuse)
    assert outbox.sweep() == 1
    refused.refresh_from_db()
    other.refresh_from_db()
    assert (refused.state, other.state) == ("failed", "sent")
    assert refused.error == "The mail server did not take it (ValueError)."


def test_while_no_server_answers_it_waits_for_a_day(cast, monkeypatch) -> None:
    def nobody(self):
        raise ConnectionRefusedError

    one, old = waiting(cast), waiting(cast)
    past = timezone.now() - timedelta(days=1, minutes=1)
    with monkeypatch.context() as later:
        later.setattr(timezone, "now", lambda: past + timedelta(days=2))
        later.setattr(outbox, "PATIENCE", timedelta(days=3))
        later.setattr(EmailBackend, "open", nobody)
        outbox.sweep()
    one.refresh_from_db()
    assert one.state == "queued" and "It is tried again." in one.error
    with monkeypatch.context() as later:
        now = timezone.now() + timedelta(days=1, minutes=1)
        later.setattr(timezone, "now", lambda: now)
        later.setattr(EmailBackend, "open", nobody)
        outbox.sweep()
    old.refresh_from_db()
    assert old.state == "failed" and "tried for a day" in old.error
