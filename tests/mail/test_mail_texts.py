"""The words of mails: what recruiters may write, and that nothing else gets into a header."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from mail import texts
from mail.kinds import Words, mail_kinds, plain
from mail.models import MailText
from tests.people import Cast

NAMES = ["reminder", "escalation", "invitation", "cancellation", "feedback", "export"]


def test_every_kind_has_words_that_hold_and_fill_up() -> None:
    assert list(mail_kinds()) == NAMES
    for name, kind in mail_kinds().items():
        assert kind.faults(kind.subject, is_body=False) == []
        assert kind.faults(kind.body, is_body=True) == []
        filled = kind.preview(kind.words)
        assert "{" not in filled.subject + filled.body, name


def test_an_unknown_placeholder_is_named_with_its_neighbour() -> None:
    kinds = mail_kinds()
    assert kinds["reminder"].faults("Dear {candidat}, {ratings}", is_body=True) == [
        "There is no {candidat} in this mail. Did you mean {candidate}?",
        "There is no {ratings} in this mail. Take one out of the list.",
    ]
    assert "{letter}" in kinds["feedback"].faults("Dear {candidate}", is_body=True)[0]
    assert "too long" in kinds["feedback"].faults("{letter}", is_body=False)[0]
    found = kinds["export"].faults("50 {} of { this }", is_body=False)
    assert found[0].startswith("There is no {}")


def test_values_begin_no_header_and_are_not_filled_again() -> None:
    words = Words("For {candidate}\r\nBcc: x@y", "{letter}\n{candidate}")
    values = {"candidate": "A\r\nBcc: {letter} \u202eb", "letter": "Dear\n{candidate}"}
    assert mail_kinds()["feedback"].fill(words, values) == Words(
        "For A Bcc: {letter} b Bcc: x@y", "Dear\n{candidate}\nA Bcc: {letter} b\n"
    )
    assert plain("a\u2028b") == "a b"


def test_versions_are_added_with_who_and_never_altered(cast: Cast) -> None:
    first = texts.save(cast.recruiter, "reminder", Words("A", "B {link}"), seen=0)
    assert texts.save(cast.recruiter, "reminder", Words("A", "B {link}"), seen=1) is None
    with pytest.raises(texts.Refused):
        texts.save(cast.recruiter, "reminder", Words("C", "D"), seen=0)
    assert texts.words_for("reminder", "export") == {
        "reminder": Words("A", "B {link}"),
        "export": mail_kinds()["export"].words,
    }
    texts.reset(cast.recruiter, "reminder", seen=1)
    assert texts.words_for("reminder")["reminder"] == mail_kinds()["reminder"].words
    assert [text.number for text in MailText.objects.filter(by=cast.recruiter)] == [2, 1]
    with pytest.raises(DatabaseError), transaction.atomic():
        MailText.objects.filter(pk=first.pk).update(body="other")


def test_the_page_previews_without_saving_saves_and_resets(cast: Cast, client) -> None:
    client.force_login(cast.recruiter)
    address = reverse("edit_mail_text", args=["reminder"])
    sent = {"subject": "Due: {candidate}", "body": "<b>{round}</b>\n{link}", "seen": 0}
    page = client.post(address, sent | {"preview": "1"}).content.decode()
    assert "Due: Robin Sample" in page
    assert "&lt;b&gt;ML system design&lt;/b&gt;" in page
    assert not MailText.objects.exists()
    page = client.post(address, sent | {"body": "{rating}"}).content.decode()
    assert "There is no {rating} in this mail." in page
    assert not MailText.objects.exists()
    client.post(address, sent)
    page = client.post(address, sent | {"body": "Another"}).content.decode()
    assert "Somebody changed this text meanwhile." in page
    client.post(reverse("reset_mail_text", args=["reminder"]), {"seen": 1})
    assert [(text.is_reset, text.by) for text in MailText.objects.all()] == [
        (True, cast.recruiter),
        (False, cast.recruiter),
    ]
    assert client.get(reverse("edit_mail_text", args=["no-such"])).status_code == 404
