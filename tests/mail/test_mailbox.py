"""Mail of a machine without a mail server: who finds which in the mailbox, and what is kept."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from interviews.models import CommitteeSeat, Seat
from mail import outbox
from mail.local_mailbox import LocalMailbox, OpenMail, forget
from mail.models import LocalMail
from recruiting.reminders import late_scorecards
from tests.people import MONDAY

FIRST = MONDAY + timedelta(hours=2)
HOSTILE = "<script>alert(1)</script> http://evil.example/ \u202eabc"


@pytest.fixture(autouse=True)
def stays_here(settings) -> None:
    settings.EMAIL_BACKEND = "mail.local_mailbox.LocalMailbox"


def seen(client, user) -> str:
    client.force_login(user)
    return client.get(reverse("mailbox")).content.decode()


def test_a_reminder_is_in_the_mailbox_of_the_reminded_alone(cast, client) -> None:
    late_scorecards.remind(FIRST)
    outbox.sweep()
    assert "Your scorecard is due" in seen(client, cast.interviewer)
    row = LocalMail.objects.get()
    page = client.get(reverse("mail", args=[row.pk])).content.decode()
    seat = Seat.objects.get(person=cast.interviewer)
    assert f'href="{reverse("open_scorecard", args=[seat.pk])}"' in page
    for who in (cast.recruiter, cast.administrator, cast.colleague, cast.candidate_account):
        assert "Your scorecard is due" not in seen(client, who)
        assert client.get(reverse("mail", args=[row.pk])).status_code == 404


def test_in_a_demo_a_recruiter_sees_those_of_loops_that_they_may_read(
    cast, client, settings
) -> None:
    settings.DEMO = True
    late_scorecards.remind(FIRST)
    outbox.sweep()
    OpenMail("An export", "text", to=[cast.administrator.email]).send()
    page = seen(client, cast.recruiter)
    assert "Your scorecard is due" in page
    assert "An export" not in page
    row = LocalMail.objects.get(person=cast.interviewer)
    client.get(reverse("mail", args=[row.pk]))
    line = AuditEvent.objects.get(action="mail.read")
    assert (line.actor, line.stream) == (cast.recruiter, f"loop:{cast.loop.pk}")
    assert "Your scorecard is due" not in seen(client, cast.administrator)
    CommitteeSeat.objects.create(
        loop=cast.loop, person=cast.recruiter, recused_at=MONDAY, recusal_reason="kin"
    )
    assert "Your scorecard is due" not in seen(client, cast.recruiter)


def test_a_way_in_is_kept_nowhere_but_in_the_terminal(cast, client, settings, capsys) -> None:
    settings.DEMO = True
    client.post(reverse("account_reset_password"), {"email": cast.stranger.email})
    row = LocalMail.objects.get()
    assert (row.person, row.is_secret, row.text, row.attachments) == (cast.stranger, True, "", [])
    assert "/password/set/" in capsys.readouterr().err
    seen(client, cast.stranger)
    page = client.get(reverse("mail", args=[row.pk])).content.decode()
    assert "gives its reader a way in" in page
    assert "/password/set/" not in page


def test_hostile_words_are_escaped_and_lead_nowhere(cast, client) -> None:
    OpenMail(HOSTILE, HOSTILE, to=[cast.stranger.email]).send()
    assert "<script>alert" not in seen(client, cast.stranger)
    page = client.get(reverse("mail", args=[LocalMail.objects.get().pk])).content.decode()
    assert "<script>alert" not in page
    assert 'href="http://evil' not in page


def test_whoever_has_an_address_later_does_not_inherit_its_mail(cast, client) -> None:
    OpenMail("For the former holder", "", to=[cast.stranger.email.upper()]).send()
    address, cast.stranger.email = cast.stranger.email, "moved@lumenta.example"
    cast.stranger.save()
    cast.colleague.email = address
    cast.colleague.save()
    assert "For the former holder" not in seen(client, cast.colleague)
    assert "For the former holder" in seen(client, cast.stranger)


def test_with_a_mail_server_there_is_no_mailbox(cast, client, settings) -> None:
    assert 'href="/mailbox/"' in seen(client, cast.stranger)
    settings.LOCAL_MAILBOX = False
    assert client.get(reverse("mailbox")).status_code == 404
    assert 'href="/mailbox/"' not in client.get(reverse("home")).content.decode()


def test_it_is_forgotten_after_thirty_days(cast) -> None:
    LocalMailbox().send_messages([EmailMessage("a", "b", to=["x@y.example"])])
    assert forget(timezone.now() + timedelta(days=30, minutes=-1)) == 0
    assert forget(timezone.now() + timedelta(days=30, minutes=1)) == 1


@pytest.mark.parametrize("many", [1, 6])
def test_queries_of_the_list(cast, client, settings, many, django_assert_num_queries) -> None:
    settings.DEMO = True
    for n in range(many):
        OpenMail(f"Mail {n}", "", to=[cast.recruiter.email], loop=cast.loop.pk).send()
    client.force_login(cast.recruiter)
    with django_assert_num_queries(3):
        client.get(reverse("mailbox"))
