"""Drafting, editing, checking and releasing: what is kept, and what stands in the way."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import AuditEvent, Role
from interviews.models import Candidate, CommitteeSeat, Seat
from recruiting.feedback import letter as letters
from recruiting.feedback.letter import Refused
from recruiting.models import Feedback, FeedbackRelease
from tests.people import MONDAY, make_loop, person, seat_in
from tests.recruiting.feedback.conftest import decide


@pytest.fixture
def letter(cast, decision) -> Feedback:
    return letters.begin(cast.recruiter, cast.loop)


@pytest.fixture
def second(cast, db):
    return person("Another Recruiter", Role.RECRUITER)


def refused(what, *args, **kwargs) -> str:
    with pytest.raises(Refused) as caught:
        what(*args, **kwargs)
    return str(caught.value)


def rewrite(cast, letter, text, seen=1):
    return letters.rewrite(cast.recruiter, letter, text=text, seen=seen)


def test_without_a_decision_there_is_no_draft(cast, packet):
    assert refused(letters.begin, cast.recruiter, cast.loop) == letters.NO_DECISION
    assert not Feedback.objects.exists()


def test_a_wish_for_more_evidence_is_no_end_of_the_matter(cast, packet):
    decide(cast, packet, "more_evidence")
    assert refused(letters.begin, cast.recruiter, cast.loop) == letters.MORE_EVIDENCE


def test_one_card_is_too_few(cast, rubric):
    from packets import build_jobs
    from tests.people import submitted_card

    submitted_card(Seat.objects.get(person=cast.colleague))
    decide(cast, build_jobs.build_now(cast.loop, cast.recruiter).packet)
    assert refused(letters.begin, cast.recruiter, cast.loop) == letters.FEW_CARDS


def test_the_draft_is_made_once_out_of_the_packet_decided_on(cast, letter, decision, second):
    again = letters.begin(second, cast.loop)
    assert again == letter
    assert letter.packet == decision.packet
    [text] = letter.texts.all()
    assert "Trade-offs: You set options against each other" in text.text
    assert (text.number, text.by) == (1, cast.recruiter)


def test_an_edit_is_a_further_text_and_the_first_stays(cast, letter):
    first = letters.newest(letter).text
    rewrite(cast, letter, "Dear Noor Example,\n\nThank you.")
    assert [text.text for text in letter.texts.all()] == [
        first,
        "Dear Noor Example,\n\nThank you.\n",
    ]


def test_the_same_text_again_is_no_edit(cast, letter):
    assert rewrite(cast, letter, letters.newest(letter).text + "\n").number == 1


def test_two_people_editing_at_once_do_not_overwrite_each_other(cast, letter):
    rewrite(cast, letter, "Mine.")
    assert refused(rewrite, cast, letter, "Theirs.") == letters.CHANGED
    assert letters.newest(letter).text == "Mine.\n"


def test_release_keeps_what_was_sent_by_whom_and_from_which_packet(cast, letter):
    rewrite(cast, letter, "Dear Noor, thank you.")
    released = letters.release(cast.recruiter, letter, seen=2)
    assert released.text.text == "Dear Noor, thank you.\n"
    assert (released.by, released.mail.to) == (cast.recruiter, "noor.example@mailbox.example")
    line = AuditEvent.objects.get(action="feedback.released")
    assert line.detail == {
        "text": 2,
        "packet": 1,
        "digest": letter.packet.digest,
        "to": "noor.example@mailbox.example",
    }
    assert refused(letters.release, cast.recruiter, letter, seen=2) == letters.RELEASED
    assert refused(rewrite, cast, letter, "More.", seen=2) == letters.RELEASED


def test_what_is_released_is_what_was_shown(cast, letter):
    rewrite(cast, letter, "Dear Noor, thank you.")
    assert refused(letters.release, cast.recruiter, letter, seen=1) == letters.CHANGED
    assert not FeedbackRelease.objects.exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("A Colleague saw it so.", "names A Colleague"),
        ("A Committee Member saw it so.", "names A Committee Member"),
        ("saw the budget weighed against recall, they said", "interviewer's notes"),
        ("Your Depth was less clear.", "Depth, which nobody tested"),
    ],
)
def test_a_leak_stands_in_the_way(cast, letter, words, says):
    rewrite(cast, letter, words)
    assert says in refused(letters.release, cast.recruiter, letter, seen=2)
    assert not FeedbackRelease.objects.exists()


def test_another_candidate_of_the_opening_is_not_named(cast, letter):
    make_loop(name="Ada Other")
    make_loop(name="Zoe Elsewhere", title="Another opening")
    rewrite(cast, letter, "Ada Other did better; so did Zoe Elsewhere.")
    said = refused(letters.release, cast.recruiter, letter, seen=2)
    assert "Ada Other" in said
    assert "Zoe Elsewhere" not in said


def test_a_refusal_names_no_candidate_whom_the_writer_may_not_know(cast, letter):
    """To be told that somebody is another candidate would be to be told that they are one."""
    hidden = make_loop(name="Ada Other")
    CommitteeSeat.objects.create(
        loop=hidden, person=cast.recruiter, recused_at=MONDAY, recusal_reason="kin"
    )
    oneself = cast.recruiter
    make_loop(name=oneself.name, account=oneself)
    rewrite(cast, letter, f"Ada Other did better; so did {oneself.name}.")
    assert letters.found_leaks(letter, letters.newest(letter)) == []
    type(oneself).objects.filter(pk=oneself.pk).update(is_active=False)  # told nothing any more
    found = letters.found_leaks(letter, letters.newest(letter))
    assert {leak.what for leak in found} == {"Ada Other", oneself.name}


def test_a_check_must_be_answered_with_yes_about_the_very_text(cast, letter, second):
    check = letters.ask(cast.recruiter, letter, of=second, seen=1)
    assert "has not answered" in refused(letters.release, cast.recruiter, letter, seen=1)
    letters.answer(second, check, approves=False, remark="Too long.")
    assert "asks for a change" in refused(letters.release, cast.recruiter, letter, seen=1)
    rewrite(cast, letter, "Dear Noor, thank you.")
    assert "after its check" in refused(letters.release, cast.recruiter, letter, seen=2)
    again = letters.ask(cast.recruiter, letter, of=second, seen=2)
    letters.answer(second, again, approves=True, remark="")
    assert letters.release(cast.recruiter, letter, seen=2)


def test_a_check_is_answered_once_and_by_whom_it_was_asked(cast, letter, second):
    check = letters.ask(cast.recruiter, letter, of=second, seen=1)
    assert "already" in refused(letters.answer, cast.committee, check, approves=True, remark="")
    letters.answer(second, check, approves=True, remark="")
    assert "already" in refused(letters.answer, second, check, approves=False, remark="No.")
    assert "already" in refused(letters.ask, cast.recruiter, letter, of=second, seen=1)


def test_neither_recused_nor_strangers_nor_oneself_may_be_asked(cast, letter, second):
    assert set(letters.may_check(letter, cast.recruiter)) == {second, cast.committee}


@pytest.mark.parametrize("how", ["by account", "by e-mail", "owing"])
def test_who_could_not_open_the_letter_is_not_asked(cast, letter, second, how):
    """The question would wait for them for good, and keep the letter from its candidate."""
    candidate = Candidate.objects.filter(pk=letter.loop.candidate_id)
    if how == "by account":
        candidate.update(account=second)
    elif how == "by e-mail":
        candidate.update(email=second.email)
    else:
        seat_in(letter.loop, second)
    letter = Feedback.objects.get(pk=letter.pk)
    assert set(letters.may_check(letter, cast.recruiter)) == {cast.committee}
    assert not Feedback.objects.visible_to(second).exists()


def test_a_reopened_decision_takes_its_letter_back(cast, letter, packet):
    decide(cast, packet, "hire")
    assert refused(letters.release, cast.recruiter, letter, seen=1) == letters.REOPENED
    assert letters.begin(cast.recruiter, cast.loop) != letter


def test_the_database_keeps_the_record_whoever_writes(cast, letter, packet, second):
    """Each by raw rows, past the functions above."""
    check = letters.ask(cast.recruiter, letter, of=second, seen=1)
    letters.answer(second, check, approves=True, remark="")
    for table in ("recruiting_feedback", "recruiting_feedbacktext"):
        with _refuses("permission denied|never changed|append-only"):
            _sql(f"UPDATE {table} SET id = id")  # noqa: S608  a name out of the line above
    with _refuses("once"):
        _sql("UPDATE recruiting_feedbackcheck SET approves = false, remark = 'no'")


@contextmanager
def _refuses(words: str) -> Iterator[None]:
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        yield


def _sql(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)
