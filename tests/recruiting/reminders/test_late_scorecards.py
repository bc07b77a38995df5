"""Reminders go out once, to the right people, without a word of an evaluation, and stop."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from interviews import scheduling
from interviews.models import Candidate, CommitteeSeat, Interview, Seat
from mail import outbox, texts
from mail.kinds import Words
from mail.models import Mail
from recruiting.models import Reminder, ReminderSchedule
from recruiting.reminders import late_scorecards
from tests.people import (
    MONDAY,
    card_for,
    make_loop,
    person,
    seat_in,
    some_content,
    submitted_card,
)

END = MONDAY + timedelta(hours=1)  # of the interviewer's round; the colleague's ends two later
FIRST = END + timedelta(hours=1)
DAILY = MONDAY.replace(hour=9) + timedelta(days=1)
LAST = MONDAY.replace(hour=9) + timedelta(days=4)


def told() -> list[str]:
    """Who gets a mail, since this was last asked."""
    outbox.sweep()
    people = [to for letter in mail.outbox for to in letter.to]
    mail.outbox.clear()
    return sorted(people)


def test_nobody_is_asked_before_the_hour_is_over(cast) -> None:
    assert late_scorecards.remind(FIRST - timedelta(seconds=1)) == []
    late_scorecards.remind(FIRST)
    assert told() == [cast.interviewer.email]  # not the shadow, not the colleague yet


def test_no_moment_is_kept_twice(cast) -> None:
    late_scorecards.remind(FIRST)
    late_scorecards.remind(FIRST + timedelta(minutes=5))
    assert told() == [cast.interviewer.email]
    late_scorecards.remind(DAILY)
    late_scorecards.remind(DAILY)
    assert told() == [cast.colleague.email, cast.interviewer.email]


def test_a_reminder_waits_for_the_mail_server(cast, client, monkeypatch) -> None:
    def refuse(*args):
        raise ConnectionRefusedError("nobody there")

    late_scorecards.remind(FIRST)
    with monkeypatch.context() as down:
        down.setattr(EmailBackend, "open", refuse)
        assert told() == []
    assert "It is tried again." in log(client, cast.recruiter)
    later = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert told() == [cast.interviewer.email]
    assert ">sent<" in log(client, cast.recruiter)


def test_what_waited_too_long_is_not_sent_any_more(cast, client) -> None:
    """The card came in, or a later reminder to the same person took its place."""
    for moment in (FIRST, DAILY):
        late_scorecards.remind(moment)
    mails = Mail.objects.filter(person=cast.interviewer)
    assert [mail.state for mail in mails] == ["queued", "withdrawn"]
    submitted_card(Seat.objects.get(person=cast.interviewer))
    late_scorecards.remind(DAILY)
    assert told() == [cast.colleague.email]
    assert "not sent: the scorecard came in" in log(client, cast.recruiter)


def log(client, recruiter) -> str:
    client.force_login(recruiter)
    return client.get(reverse("reminders")).content.decode()


def test_handing_in_stops_it_and_a_draft_does_not(cast) -> None:
    card_for(Seat.objects.get(person=cast.colleague))
    submitted_card(Seat.objects.get(person=cast.interviewer))
    late_scorecards.remind(DAILY)
    assert told() == [cast.colleague.email]


def test_a_card_that_comes_in_between_is_not_asked_for(cast, monkeypatch) -> None:
    seat, real = Seat.objects.get(person=cast.interviewer), late_scorecards._write

    def slow(late, *args):
        if late == seat:
            submitted_card(seat, some_content(seat))
        return real(late, *args)

    monkeypatch.setattr(late_scorecards, "_write", slow)
    late_scorecards.remind(FIRST)
    assert told() == []


def test_a_cancelled_interview_is_not_asked_about(cast) -> None:
    Interview.objects.update(cancelled_at=timezone.now())
    assert late_scorecards.remind(DAILY) == []


def test_in_the_end_the_recruiters_are_told_who_may_know(cast) -> None:
    recused = person("Recused Recruiter", Role.RECRUITER)
    CommitteeSeat.objects.create(
        loop=cast.loop, person=recused, recused_at=MONDAY, recusal_reason="kin"
    )
    left = person("Left Recruiter", Role.RECRUITER)
    left.is_active = False
    left.save()
    owes = Seat.objects.get(person=cast.colleague).person
    owes.roles = [Role.INTERVIEWER, Role.RECRUITER]
    owes.save()
    late_scorecards.remind(LAST)
    assert set(told()) == {cast.recruiter.email}
    assert {r.kind for r in Reminder.objects.all()} == {"recruiter"}


def test_who_left_is_not_asked_but_the_recruiter_told(cast) -> None:
    type(cast.interviewer).objects.filter(pk=cast.interviewer.pk).update(is_active=False)
    late_scorecards.remind(FIRST)
    assert told() == [cast.recruiter.email]


def test_an_openings_own_schedule_holds_and_may_be_off(cast) -> None:
    schedule = ReminderSchedule.objects.create(opening=cast.loop.opening, first_after_hours=0)
    late_scorecards.remind(END)
    assert told() == [cast.interviewer.email]
    schedule.is_on = False
    schedule.save()
    assert late_scorecards.remind(DAILY) == []


def test_the_mail_names_the_round_the_readers_time_and_the_way_and_no_evaluation(
    cast, settings
) -> None:
    settings.SITE_URL = "https://scorecard.example"
    cast.interviewer.time_zone = "Asia/Tokyo"
    cast.interviewer.save()
    seat = Seat.objects.get(person=cast.interviewer)
    card_for(seat, some_content(seat))
    late_scorecards.remind(FIRST)
    outbox.sweep()
    (letter,) = mail.outbox
    assert letter.subject == "Your scorecard is due: Noor Example"
    assert "ML system design" in letter.body
    assert "Monday 2 March, 19:00 (Asia/Tokyo)" in letter.body
    assert f"https://scorecard.example{reverse('open_scorecard', args=[seat.pk])}" in letter.body
    assert "budget" not in letter.body
    assert "yes" not in letter.body


def test_a_name_cannot_begin_a_header_or_turn_the_line(cast) -> None:
    candidate = cast.loop.candidate
    candidate.name = "Noor\r\nBcc: all@evil.example\u202e" + "x" * 100
    candidate.save()
    late_scorecards.remind(FIRST)
    outbox.sweep()
    (letter,) = mail.outbox
    assert "\n" not in letter.subject
    assert "\u202e" not in letter.body
    assert letter.recipients() == [cast.interviewer.email]
    assert len(letter.subject) < 100


def test_the_log_is_for_recruiters_of_the_loop(cast, client) -> None:
    late_scorecards.remind(FIRST)
    client.force_login(cast.recruiter)
    page = client.get(reverse("reminders")).content.decode()
    assert "Noor Example" in page
    assert "An Interviewer" in page
    CommitteeSeat.objects.create(
        loop=cast.loop, person=cast.recruiter, recused_at=MONDAY, recusal_reason="kin"
    )
    page = client.get(reverse("reminders")).content.decode()
    assert "Nobody had to be reminded yet." in page


def test_a_schedule_is_saved_by_its_form_and_refused_at_its_field(cast, client) -> None:
    client.force_login(cast.recruiter)
    address = reverse("opening_reminders", args=[cast.loop.opening_id])
    good = {"is_on": "on", "first_after_hours": 4, "hour": 8, "days": 1}
    page = client.post(address, {**good, "hour": 3}).content.decode()
    assert "greater than or equal to 6" in page
    assert not ReminderSchedule.objects.exists()
    client.post(address, good)
    client.post(address, {**good, "days": 2})
    assert ReminderSchedule.objects.get().days == 2


@pytest.mark.parametrize("more", [0, 5])
def test_queries_of_the_log(cast, client, more, django_assert_num_queries) -> None:
    seat = Seat.objects.get(person=cast.interviewer)
    for n in range(1 + more):
        moment = FIRST + timedelta(days=n)
        about = {"seat": seat, "interview": seat.interview, "whose": seat.person}
        about["mail"] = Mail.objects.create(kind="reminder", loop=cast.loop, to=seat.person.email)
        Reminder.objects.create(person=seat.person, kind="daily", moment=moment, **about)
    client.force_login(cast.recruiter)
    with django_assert_num_queries(5):
        client.get(reverse("reminders"))


@pytest.mark.parametrize("more", [0, 4])
def test_queries_of_a_batch_that_was_sent_already(cast, more, django_assert_num_queries) -> None:
    """However many seats are late and recruiters are told."""
    for n in range(more):
        person(f"Recruiter {n}", Role.RECRUITER)
        seat_in(make_loop(name=f"Candidate {n}"), cast.stranger)
    assert {r.kind for r in late_scorecards.remind(LAST)} == {"recruiter"}
    with django_assert_num_queries(7):
        assert late_scorecards.remind(LAST) == []


def test_reminders_use_the_recruiters_own_words(cast) -> None:
    texts.save(cast.recruiter, "reminder", Words("{round}!", "Dear {reader}: {link}"), seen=0)
    late_scorecards.remind(FIRST)
    outbox.sweep()
    (letter,) = mail.outbox
    assert letter.subject == "ML system design!"
    assert letter.body.startswith("Dear An Interviewer: http")


def test_who_was_reminded_can_be_swapped_and_the_log_still_names_them(cast, client) -> None:
    late_scorecards.remind(FIRST)
    interview = Interview.objects.get(round="ml-system-design")
    times = {"starts_at": interview.starts_at, "ends_at": interview.ends_at}
    scheduling.reschedule(
        cast.recruiter, interview, round=interview.round, lead=cast.stranger, **times
    )
    client.force_login(cast.recruiter)
    page = client.get(reverse("reminders")).content.decode()
    assert "An Interviewer" in page
    assert "Noor Example" in page


def test_nobody_is_asked_about_themselves_though_no_account_was_linked(cast) -> None:
    """The wall stands by e-mail alone."""
    Candidate.objects.filter(pk=cast.loop.candidate_id).update(
        account=None, email=cast.interviewer.email
    )
    late_scorecards.remind(DAILY)
    assert told() == [cast.colleague.email]
