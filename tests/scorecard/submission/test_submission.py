"""Promise 4: submitted is final; a change of mind is a further version with a reason."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from accounts.audit.chain import broken_links
from accounts.models import AuditEvent
from interviews.models import Seat
from rubric.models import RubricVersion
from scorecard import submission
from scorecard.content import Answer, CardContent, FlagContent, NoteContent, RatingContent
from scorecard.models import Scorecard, ScorecardVersion
from scorecard.signals import version_added
from tests.people import Cast, card_for, some_content, submitted_card

N1, N2 = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
WHOLE = CardContent(
    recommendation="no",
    correctness="partly_solved",
    summary="<b>not markup</b> \u202e",
    follow_up="ask about drift",
    notes=(
        NoteContent(N2, 90, "quote", "“who owns the label?”", stage="data"),
        NoteContent(
            N1,
            30,
            "observation",
            "jumped",
            "model-choice",
            "",
            "tradeoffs",
            "premature-complexity",
            "risk",
        ),
    ),
    ratings=(
        RatingContent("depth", None, "", "never reached"),
        RatingContent("tradeoffs", 2, "graph first", "", (N1,)),
    ),
    flags=(FlagContent("premature-complexity", "concern", "no baseline", (N1,)),),
)
N3 = "33333333-3333-4333-8333-333333333333"
ELSEWHERE = CardContent(
    notes=(NoteContent(N3, 30, "observation", "gave a baseline", "", "", "depth"),),
    ratings=(RatingContent("correctness", 3, "", "", (N3,)),),
    flags=(FlagContent("no-monitoring", "concern", "", (N3,)),),
)


@pytest.fixture
def card(cast: Cast) -> Scorecard:
    return card_for(Seat.objects.get(person=cast.interviewer), WHOLE)


def refused(action) -> str:
    with pytest.raises((IntegrityError, ProgrammingError)) as error, transaction.atomic():
        action()
    return str(error.value)


def test_what_is_written_is_what_is_read(card: Scorecard):
    assert submission.read_content(card) == WHOLE


def test_a_version_holds_the_whole_card_and_its_answers(card: Scorecard):
    answers = (Answer("yes-over-flag", "flags", "it was the setting"),)
    version = submission.submit(card, card.author, answers=answers)
    assert version.number == 1
    assert version.card.answers == answers
    assert version.card.notes == WHOLE.notes
    assert ScorecardVersion.objects.get(pk=version.pk).card == version.card


def test_the_second_of_two_submissions_is_refused(card: Scorecard):
    twin = Scorecard.objects.get(pk=card.pk)
    submission.submit(card, card.author)
    with pytest.raises(submission.WrongState):
        submission.submit(twin, card.author)
    assert card.versions.count() == 1


def test_the_database_refuses_edits_of_a_submitted_card(card: Scorecard):
    submission.submit(card, card.author)
    for edit in (
        lambda: card.notes.update(text="softer"),
        lambda: card.notes.all().delete(),
        lambda: card.ratings.update(value=4),
        lambda: card.flags.all().delete(),
        lambda: card.notes.create(position=9, at_seconds=1, text="late thought"),
        lambda: Scorecard.objects.filter(pk=card.pk).update(recommendation="strong_yes"),
    ):
        assert "amend it" in refused(edit)
    assert submission.read_content(card) == WHOLE


def test_the_database_refuses_to_move_evidence_off_a_submitted_card_or_onto_it(
    card: Scorecard, cast: Cast
):
    open_card = card_for(Seat.objects.get(person=cast.colleague), ELSEWHERE)
    submission.submit(card, card.author)
    for mine, others in (
        (card.notes, open_card.notes),
        (card.ratings, open_card.ratings),
        (card.flags, open_card.flags),
    ):
        assert "amend it" in refused(lambda rows=mine: rows.update(scorecard=open_card))
        assert "amend it" in refused(lambda rows=others: rows.update(scorecard=card))
    assert submission.read_content(card) == WHOLE


@pytest.mark.parametrize("kind", ["ratings", "flags"])
def test_the_database_refuses_changes_to_what_a_submitted_card_cites(
    card: Scorecard, cast: Cast, kind: str
):
    open_card = card_for(Seat.objects.get(person=cast.colleague), ELSEWHERE)
    submission.submit(card, card.author)
    cites = getattr(card, kind).get(notes=N1)
    free = getattr(open_card, kind).get(notes=N3)
    owner = {"ratings": "rating", "flags": "flag"}[kind]
    links = cites.notes.through.objects
    for edit in (
        lambda: cites.notes.add(N2),
        lambda: cites.notes.clear(),
        lambda: links.filter(**{owner: cites}).update(note=N2),
        lambda: links.filter(**{owner: cites}).update(**{owner: free}),
        lambda: links.filter(**{owner: free}).update(**{owner: cites}),
    ):
        assert "amend it" in refused(edit)
    free.notes.clear()
    assert submission.read_content(card) == WHOLE


@pytest.mark.parametrize(
    ("model", "field"),
    [(ScorecardVersion, "reason"), (RubricVersion, "digest"), (AuditEvent, "action")],
)
def test_versions_rubrics_and_the_trail_take_no_change(card: Scorecard, model, field: str):
    """In SQL: Django refuses to delete what is referenced before the database is asked."""
    submission.submit(card, card.author)
    rows, table = model.objects.order_by("pk").values(), model._meta.db_table
    before = list(rows)
    assert before
    delete, update = f"DELETE FROM {table}", f"UPDATE {table} SET {field} = 'x'"  # noqa: S608  ours
    for statement in (delete, update):
        with connection.cursor() as cursor:
            run = cursor.execute
            assert "permission denied" in refused(lambda run=run, sql=statement: run(sql))
    assert list(rows.all()) == before


def test_even_the_owner_cannot_change_the_record(card: Scorecard):
    version = submission.submit(card, card.author)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    message = refused(lambda: ScorecardVersion.objects.filter(pk=version.pk).update(reason="x"))
    assert "append-only" in message
    assert "append-only" in refused(AuditEvent.objects.all().delete)


def test_an_amendment_needs_a_reason_and_leaves_the_first_version_alone(card: Scorecard):
    first = submission.submit(card, card.author)
    submission.begin_amendment(card, card.author)
    card.ratings.filter(dimension="tradeoffs").update(value=3)
    with pytest.raises(submission.WrongState):
        submission.submit(card, card.author, reason="  ")
    second = submission.submit(card, card.author, reason="He did give a baseline, at 31:00")
    assert (second.number, second.origin) == (2, "amendment")
    first.refresh_from_db()
    assert [rating.value for rating in first.card.ratings] == [None, 2]
    assert [rating.value for rating in second.card.ratings] == [None, 3]


def test_an_amendment_made_after_reading_others_says_so_and_a_shadow_is_none(
    card: Scorecard, cast: Cast
):
    submission.submit(card, card.author)
    submitted_card(Seat.objects.get(person=cast.colleague))
    submitted_card(Seat.objects.get(person=cast.shadow))
    submission.begin_amendment(card, card.author)
    version = submission.submit(card, card.author, reason="Second thoughts")
    assert version.seen_others == 1


def test_a_discarded_amendment_leaves_the_last_version_and_a_locked_card(card: Scorecard):
    submission.submit(card, card.author)
    submission.begin_amendment(card, card.author)
    card.notes.all().delete()
    submission.discard_amendment(card, card.author)
    card.refresh_from_db()
    assert card.is_locked
    assert submission.read_content(card) == WHOLE
    assert card.versions.count() == 1


def test_a_submission_whose_listener_fails_leaves_nothing(card: Scorecard):
    def fail(**_: object) -> None:
        raise RuntimeError("the packet could not be requested")

    version_added.connect(fail)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            submission.submit(card, card.author)
    finally:
        version_added.disconnect(fail)
    card = Scorecard.objects.get(pk=card.pk)
    assert card.state == "draft"
    assert not card.versions.exists()
    assert not AuditEvent.objects.filter(action="scorecard.submission").exists()


@pytest.mark.parametrize("copies", [1, 40])
def test_reading_and_writing_take_a_constant_number_of_queries(
    cast: Cast, django_assert_num_queries, copies: int
):
    seat = Seat.objects.get(person=cast.interviewer)
    card = card_for(seat)
    notes = tuple(
        NoteContent(f"{n:08d}-0000-4000-8000-000000000000", n, "observation", "seen")
        for n in range(copies)
    )
    rating = RatingContent("depth", 3, notes=tuple(note.id for note in notes))
    flag = FlagContent("shallow-under-follow-up", "concern", "", tuple(n.id for n in notes))
    content = CardContent(notes=notes, ratings=(rating,), flags=(flag,))
    submission.write_content(card, content)
    with django_assert_num_queries(18):
        submission.write_content(card, content)
    with django_assert_num_queries(5):
        assert submission.read_content(card) == content


def test_the_trail_is_whole_and_a_changed_line_is_found(card: Scorecard):
    submission.submit(card, card.author)
    submission.begin_amendment(card, card.author)
    submission.discard_amendment(card, card.author)
    assert broken_links() == []
    middle = AuditEvent.objects.get(action="scorecard.amendment-begun")
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE accounts_auditevent DISABLE TRIGGER append_only")
        cursor.execute(
            "UPDATE accounts_auditevent SET actor_id = NULL WHERE seq = %s", [middle.seq]
        )
    assert [link.seq for link in broken_links()] == [middle.seq]


def test_some_content_survives_its_json(cast: Cast):
    content = some_content(Seat.objects.get(person=cast.colleague))
    assert CardContent.from_dict(content.to_dict()) == content
    assert content.digest() == CardContent.from_dict(content.to_dict()).digest()
