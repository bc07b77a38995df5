"""The feedback pages as a recruiter and a checker use them."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import AuditEvent
from mail import outbox, texts
from mail.kinds import Words
from recruiting.feedback import letter as letters
from recruiting.models import Feedback, FeedbackCheck, FeedbackRelease


@pytest.fixture
def recruiter(client, cast):
    client.force_login(cast.recruiter)
    return client


@pytest.fixture
def letter(cast, decision) -> Feedback:
    return letters.begin(cast.recruiter, cast.loop)


def page(client, name: str, row) -> str:
    response = client.get(reverse(name, args=[row.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_before_a_decision_the_page_says_what_it_waits_for(recruiter, cast, packet):
    shown = page(recruiter, "loop_feedback", cast.loop)
    assert letters.NO_DECISION in shown
    assert "Draft it" not in shown
    recruiter.post(reverse("draft_feedback", args=[cast.loop.pk]))
    assert not Feedback.objects.exists()


def test_draft_edit_and_release(recruiter, cast, decision):
    assert "Draft it" in page(recruiter, "loop_feedback", cast.loop)
    response = recruiter.post(reverse("draft_feedback", args=[cast.loop.pk]), follow=True)
    assert "Dear Noor Example" in response.content.decode()
    letter = Feedback.objects.get()
    edit = reverse("feedback", args=[letter.pk])
    recruiter.post(edit, {"text": "Dear Noor,\n\nthank you.", "seen": 1})
    shown = page(recruiter, "release_feedback", letter)
    assert "noor.example@mailbox.example" in shown
    assert "cannot be undone" in shown
    recruiter.post(reverse("release_feedback", args=[letter.pk]), {"seen": 2})
    assert FeedbackRelease.objects.get().text.text == "Dear Noor,\n\nthank you.\n"
    assert "<textarea" not in page(recruiter, "feedback", letter)


def test_what_was_typed_goes_along_to_the_release(recruiter, cast, letter):
    typed = {"text": "Dear Noor,\r\n\r\nthank you.", "seen": 1, "then": "release"}
    shown = recruiter.post(reverse("feedback", args=[letter.pk]), typed, follow=True)
    assert shown.wsgi_request.path == reverse("release_feedback", args=[letter.pk])
    assert "thank you." in shown.content.decode()


def test_what_was_typed_is_what_the_second_person_is_asked_about(recruiter, cast, letter):
    edit = reverse("feedback", args=[letter.pk])
    typed = {"text": "Dear Noor,\r\n\r\nthank you.", "seen": 1, "then": "ask"}
    nobody = recruiter.post(edit, typed, follow=True).content.decode()
    assert "Choose who should check" in nobody
    assert "thank you." in nobody
    recruiter.post(edit, {**typed, "text": "Shorter.", "seen": 2, "of": cast.committee.pk})
    check = FeedbackCheck.objects.get()
    assert (check.asked_of, check.text.number, check.text.text) == (cast.committee, 3, "Shorter.\n")


def test_releasing_what_was_not_shown_is_refused_on_the_page(recruiter, cast, letter):
    for seen in ("7", "", "x"):
        response = recruiter.post(reverse("release_feedback", args=[letter.pk]), {"seen": seen})
        assert letters.CHANGED in response.content.decode()
    assert not FeedbackRelease.objects.exists()


def test_an_edit_over_somebody_elses_keeps_both(recruiter, cast, letter):
    letters.rewrite(cast.recruiter, letter, text="Mine.", seen=1)
    response = recruiter.post(reverse("feedback", args=[letter.pk]), {"text": "Theirs.", "seen": 1})
    shown = response.content.decode()
    assert letters.CHANGED in shown
    assert ">\nTheirs.</textarea>" in shown
    assert letters.newest(letter).text == "Mine.\n"


def test_an_empty_letter_and_one_too_long_are_refused_by_name(recruiter, letter):
    for text, says in (("  ", "The letter is empty"), ("x" * 20_001, "at most 20000 characters")):
        response = recruiter.post(reverse("feedback", args=[letter.pk]), {"text": text, "seen": 1})
        assert says in response.content.decode()
    assert letter.texts.count() == 1


def test_hostile_words_stay_words(recruiter, cast, letter):
    letters.rewrite(cast.recruiter, letter, text="<script>alert(1)</script> \u202e=1+1", seen=1)
    shown = page(recruiter, "release_feedback", letter)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; \u202e=1+1" in shown
    assert "<script>a" not in shown


def test_whoever_is_asked_answers_on_a_page_of_their_own(client, cast, letter):
    check = letters.ask(cast.recruiter, letter, of=cast.committee, seen=1)
    client.force_login(cast.committee)
    address = reverse("check_feedback", args=[check.pk])
    assert "Dear Noor Example" in page(client, "check_feedback", check)
    refused = client.post(address, {"approves": "no", "remark": " "})
    assert "Say what should change." in refused.content.decode()
    client.post(address, {"approves": "yes"})
    check.refresh_from_db()
    assert check.approves is True
    assert "You answered" in page(client, "check_feedback", check)


def test_reading_leaves_a_line(recruiter, cast, letter):
    page(recruiter, "feedback", letter)
    line = AuditEvent.objects.get(action="feedback.read")
    assert (line.actor, line.subject) == (cast.recruiter, f"feedback:{letter.pk}")


@pytest.mark.parametrize("texts", [1, 6])
def test_the_page_asks_the_same_number_of_times_however_many_texts(
    recruiter, cast, letter, texts, django_assert_num_queries
):
    for number in range(1, texts):
        letters.rewrite(cast.recruiter, letter, text=f"Dear Noor, {number}", seen=number)
        letters.ask(cast.recruiter, letter, of=cast.committee, seen=number + 1)
    recruiter.get(reverse("feedback", args=[letter.pk]))
    with django_assert_num_queries(13):
        recruiter.get(reverse("feedback", args=[letter.pk]))


def test_a_released_letter_is_mailed_once_and_its_page_says_how_far_it_is(
    recruiter, cast, letter, settings
):
    texts.save(
        cast.recruiter, "feedback", Words("For {candidate}", "Hello.\n\n{letter}\nBye."), seen=0
    )
    recruiter.post(reverse("release_feedback", args=[letter.pk]), {"seen": 1})
    assert "It is on its way." in page(recruiter, "feedback", letter)
    assert (outbox.sweep(), outbox.sweep()) == (1, 0)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["noor.example@mailbox.example"], "For Noor Example")
    assert sent.body == f"Hello.\n\n{letter.texts.get().text}\nBye.\n"
    assert "Send it by hand" in page(recruiter, "feedback", letter)  # they cannot open it there
    settings.DEMO = True
    assert "It is in the" in page(recruiter, "feedback", letter)
    settings.LOCAL_MAILBOX = False
    assert "The mail server took it" in page(recruiter, "feedback", letter)


def test_a_letter_that_did_not_go_out_says_how_to_send_it(recruiter, letter, monkeypatch):
    def refuse(self):
        raise ValueError("no such mailbox")

    recruiter.post(reverse("release_feedback", args=[letter.pk]), {"seen": 1})
    monkeypatch.setattr(outbox.OpenMail, "send", refuse)
    outbox.sweep()
    shown = page(recruiter, "feedback", letter)
    assert "It did not go out." in shown
    assert "Send it by hand" in shown
