"""One's own record, and notes on evidence: who writes, who reads, and nobody else."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from calibration.models import CalibrationSnapshot, InterviewerSeverity
from hiring_committee.evidence_notes import loops_of, mark_read, send
from hiring_committee.models import EvidenceNote
from hiring_committee.steps import Refused
from interviews.models import CommitteeSeat, Seat
from packets import build_jobs
from reports import interviewer_record
from scorecard.models import Scorecard
from tests.packets.page.reading import page, row, signed_in
from tests.people import MONDAY, Cast, card_for, make_loop, person, seat_in, submitted_card

HOSTILE = "<script>alert(1)</script> ‮ =cmd"


@pytest.fixture
def card(cast: Cast) -> Scorecard:
    """The colleague's, handed in; the packet asked for early."""
    made = submitted_card(Seat.objects.get(interview__loop=cast.loop, person=cast.colleague))
    build_jobs.build_now(cast.loop, cast.recruiter)
    return made


def note_to_colleague(cast: Cast, card: Scorecard, text: str = "Cite what you heard.") -> None:
    url = reverse("write_evidence_note", args=[cast.loop.pk])
    answer = signed_in(cast.committee).post(url, {"card": card.pk, "text": text})
    assert answer.status_code == 302, answer.context["form"].errors


def own_page(user: User) -> str:
    return signed_in(user).get(reverse("my_record")).content.decode()


# --- Notes --------------------------------------------------------------------------------------


def test_a_note_reaches_its_interviewer_and_nobody_else(cast: Cast, card: Scorecard) -> None:
    note_to_colleague(cast, card, HOSTILE)
    everybody = User.objects.exclude(pk=cast.colleague.pk)
    readers = [user for user in everybody if "alert(1)" in own_page(user)]
    assert readers == []
    assert "&lt;script&gt;alert(1)" in own_page(cast.colleague)
    for other in (cast.stranger, cast.recruiter, cast.recused, cast.interviewer):
        assert not EvidenceNote.objects.visible_to(other).exists()
    assert EvidenceNote.objects.visible_to(cast.committee).exists(), "what one sent"


def test_home_says_that_there_is_one_until_it_is_read(cast: Cast, card: Scorecard) -> None:
    client = signed_in(cast.colleague)
    assert "wrote to you" not in client.get(reverse("home")).content.decode()
    note_to_colleague(cast, card)
    assert "your evidence: 1 unread" in client.get(reverse("home")).content.decode()
    note = EvidenceNote.objects.get()
    assert client.post(reverse("read_evidence_note", args=[note.pk])).status_code == 302
    assert "wrote to you" not in client.get(reverse("home")).content.decode()
    assert not mark_read(cast.colleague, note), "only once"
    actions = AuditEvent.objects.filter(action__startswith="evidence_note")
    assert list(actions.order_by("seq").values_list("action", "actor", "stream")) == [
        ("evidence_note.sent", cast.committee.pk, f"loop:{cast.loop.pk}"),
        ("evidence_note.read", cast.colleague.pk, f"loop:{cast.loop.pk}"),
    ]


def test_who_still_owes_a_card_for_the_candidate_waits_for_the_note(
    cast: Cast, card: Scorecard
) -> None:
    note_to_colleague(cast, card)
    owed = seat_in(cast.loop, cast.colleague, "ml-coding")
    assert "Cite what" not in own_page(cast.colleague)
    submitted_card(owed)
    assert "Cite what" in own_page(cast.colleague)


def test_a_member_who_is_recused_later_no_longer_writes_or_reads(
    cast: Cast, card: Scorecard
) -> None:
    note_to_colleague(cast, card)
    CommitteeSeat.objects.filter(person=cast.committee).update(
        recused_at=MONDAY, recusal_reason="A friend"
    )
    url = reverse("write_evidence_note", args=[cast.loop.pk])
    assert signed_in(cast.committee).get(url).status_code == 404
    assert not EvidenceNote.objects.visible_to(cast.committee).exists()
    assert not loops_of(cast.committee).exists()


@pytest.mark.parametrize("sender", ["recruiter", "recused", "stranger", "colleague", "interviewer"])
def test_nobody_else_sends_a_note(cast: Cast, card: Scorecard, sender: str) -> None:
    with pytest.raises(Refused):
        send(getattr(cast, sender), card, "psst")


def test_nor_about_a_card_that_is_not_handed_in(cast: Cast) -> None:
    draft = card_for(Seat.objects.get(interview__loop=cast.loop, person=cast.colleague))
    with pytest.raises(Refused):
        send(cast.committee, draft, "psst")


def test_a_note_is_never_changed(cast: Cast, card: Scorecard) -> None:
    note_to_colleague(cast, card)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")  # even its owner
    for change in ({"text": "other"}, {"sender": cast.recruiter}, {"read_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EvidenceNote.objects.update(**change)


def test_an_empty_note_and_a_card_of_another_loop_are_refused(cast: Cast, card: Scorecard) -> None:
    other = submitted_card(seat_in(make_loop(name="Other Person"), cast.stranger))
    url = reverse("write_evidence_note", args=[cast.loop.pk])
    client = signed_in(cast.committee)
    empty = client.post(url, {"card": card.pk, "text": "  "}).context["form"]
    assert "The note is empty" in str(empty.errors["text"])
    foreign = client.post(url, {"card": other.pk, "text": "psst"}).context["form"]
    assert "card" in foreign.errors
    assert not EvidenceNote.objects.exists()


def test_a_remark_in_a_note_is_challenged_and_kept_with_its_reason(cast: Cast, card: Scorecard):
    url = reverse("write_evidence_note", args=[cast.loop.pk])
    client = signed_in(cast.committee)
    said = {"card": card.pk, "text": "You wrote that she is quite young."}
    assert "if you stand by it" in client.post(url, said).content.decode()
    assert not EvidenceNote.objects.exists()
    client.post(url, said | {"answer": "It is your own note that I cite."})
    assert "It is your own note that I cite." in own_page(cast.colleague)


# --- The record ---------------------------------------------------------------------------------


def test_lateness_and_evidence_are_told_card_by_card(cast: Cast, card: Scorecard) -> None:
    table = page(signed_in(cast.colleague).get(reverse("my_record"))).one("table")
    cells = row(table, "Noor Example")
    assert "late" in cells[3]
    assert cells[4:] == ["1 of 1", "1 of 1"]


def test_two_cards_are_drawn_and_one_is_not(cast: Cast, card: Scorecard) -> None:
    assert "<svg" not in own_page(cast.colleague)
    submitted_card(seat_in(make_loop(name="Second Person"), cast.colleague))
    body = own_page(cast.colleague)
    assert body.count("<svg") == 2
    assert "style=" not in body


def test_a_card_without_an_end_has_no_lateness(cast: Cast) -> None:
    seat = seat_in(make_loop(name="All Day"), cast.colleague)
    seat.interview.starts_at = seat.interview.ends_at = None
    seat.interview.save()
    submitted_card(seat)
    (found,) = interviewer_record.records_of(list(interviewer_record.own_cards(cast.colleague)))
    assert found.after is None
    assert not found.is_late
    assert found.hours is None


# --- Severity -----------------------------------------------------------------------------------


def snapshot(published: bool = True, days: int = 0) -> CalibrationSnapshot:
    made = CalibrationSnapshot.objects.create(
        ratings=2000,
        candidates=200,
        beta={},
        gamma={},
        components={},
        relative=[],
        connected=1,
        converged=True,
        code_version="reml-1",
        gates=[] if published else ["Too few."],
        published=published,
    )
    made.made_at += timedelta(days=days)
    return made


def known(who: User, at: CalibrationSnapshot, label: str = "tends stricter") -> None:
    numbers = {} if label == "not enough to say" else {"severity": -0.31, "se": 0.1}
    InterviewerSeverity.objects.create(
        snapshot=at, person=who, cards=14, candidates=12, component=0, label=label, **numbers
    )


def test_ones_own_severity_is_in_points_with_its_range(cast: Cast) -> None:
    known(cast.colleague, snapshot())
    body = own_page(cast.colleague)
    assert "Tends stricter" in body
    assert "0.3 of a point lower than colleagues, likely 0.4 lower to 0.2 lower" in body
    assert "14 cards, 12 candidates" in body


def test_nobody_elses_is_there(cast: Cast) -> None:
    known(cast.colleague, snapshot())
    for other in (cast.interviewer, cast.recruiter, cast.committee, cast.administrator):
        assert "Tends stricter" not in own_page(other)
        assert not InterviewerSeverity.objects.visible_to(other).exists()


@pytest.mark.parametrize(("published", "label"), [(False, "typical"), (True, "not enough to say")])
def test_without_enough_nothing_is_said(cast: Cast, published: bool, label: str) -> None:
    known(cast.colleague, snapshot(published), label)
    body = own_page(cast.colleague)
    assert "Not enough to say" in body
    assert "of a point" not in body


def test_who_left_sees_nothing(cast: Cast) -> None:
    known(cast.colleague, snapshot())
    cast.colleague.is_active = False
    assert not InterviewerSeverity.objects.visible_to(cast.colleague).exists()
    assert not EvidenceNote.objects.visible_to(cast.colleague).exists()


QUERIES = 8  # the reader, count and rows of cards, versions, nights, notes, audit, round titles


@pytest.mark.parametrize("cards", [1, 6])
def test_the_page_costs_the_same_for_one_card_and_for_many(
    cast: Cast, cards: int, django_assert_num_queries
) -> None:
    for number in range(cards):
        submitted_card(seat_in(make_loop(name=f"Met {number}"), cast.colleague))
    client = signed_in(cast.colleague)
    client.get(reverse("my_record"))
    with django_assert_num_queries(QUERIES):
        client.get(reverse("my_record"))


def test_reading_it_is_recorded_and_cached_nowhere(cast: Cast) -> None:
    client: Client = signed_in(cast.colleague)
    answer = client.get(reverse("my_record"))
    assert "no-store" in answer["Cache-Control"]
    assert AuditEvent.objects.get(action="calibration.read").actor == cast.colleague


def test_a_person_with_no_role_finds_an_empty_page(rubric) -> None:
    assert "handed in no scorecard" in own_page(person("New Here"))
