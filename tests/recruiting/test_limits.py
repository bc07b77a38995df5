"""How long, and how many, a page or a feed shows: the last that is there and the first that is
not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hiring_committee.models import Decision
from interviews.models import Interview
from mail.models import Mail
from recruiting import to_do
from recruiting.feedback.draft import draft
from recruiting.feedback.leaks import Secrets, leaks
from recruiting.invitations import feeds
from recruiting.search import search
from scorecard import progress
from scorecard.progress import State
from tests.conftest import As
from tests.packets.content.loops import AMARA, HANNAH, packet_of, rubric
from tests.people import MONDAY, Cast, make_loop, person, seat_in, submitted_card
from tests.recruiting.feedback.conftest import decide
from tests.recruiting.test_to_do import packet_for

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("ago", "is_there"), [(90 * DAY - MINUTE, True), (90 * DAY + MINUTE, False)]
)
def test_a_feed_goes_back_ninety_days(cast: Cast, ago: timedelta, is_there: bool) -> None:
    now = timezone.now()
    seat_in(cast.loop, cast.stranger, starts_at=now - ago - timedelta(hours=1))
    assert ("BEGIN:VEVENT" in feeds.write(cast.stranger, now)) is is_there


@pytest.mark.parametrize(("ago", "is_there"), [(90, True), (91, False)])
def test_a_feed_goes_back_ninety_days_of_interviews_without_times(
    cast: Cast, ago: int, is_there: bool
) -> None:
    seat = seat_in(cast.loop, cast.stranger)
    day = (MONDAY - ago * DAY).date()
    Interview.objects.filter(pk=seat.interview_id).update(starts_at=None, ends_at=None, day=day)
    assert ("BEGIN:VEVENT" in feeds.write(cast.stranger, MONDAY)) is is_there


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (-MINUTE, State.AHEAD),
        (timedelta(), State.DUE),
        (DAY, State.DUE),
        (DAY + MINUTE, State.LATE),
    ],
)
def test_a_scorecard_is_due_at_the_end_and_late_a_day_after(
    cast: Cast, after: timedelta, state: State
) -> None:
    ends = MONDAY + timedelta(hours=1)
    [place] = progress.my_statuses(cast.interviewer, ends + after, handed_in_since=MONDAY)
    assert place.state == state


@pytest.mark.parametrize(("ago", "is_there"), [(3 * DAY - MINUTE, True), (3 * DAY + MINUTE, False)])
def test_mail_that_no_server_took_is_told_of_for_three_days(
    cast: Cast, ago: timedelta, is_there: bool
) -> None:
    made = {"kind": "invitation", "to": "a@b.example", "state": "failed", "error": "No."}
    mail = Mail.objects.create(loop=cast.loop, **made)
    shown = to_do.failed_mails(cast.recruiter, mail.created_at + ago)
    assert list(shown) == [mail] * is_there


@pytest.mark.parametrize(
    ("ago", "is_there"), [(30 * DAY - MINUTE, True), (30 * DAY + MINUTE, False)]
)
def test_a_decision_waits_to_be_passed_on_for_thirty_days(
    cast: Cast, ago: timedelta, is_there: bool
) -> None:
    decision: Decision = decide(cast, packet_for(cast.loop, cast.recruiter))
    shown = to_do.to_pass_on(cast.recruiter, decision.decided_at + ago)
    assert list(shown) == [decision] * is_there


@pytest.mark.parametrize(
    ("ago", "is_there"), [(14 * DAY - MINUTE, True), (14 * DAY + MINUTE, False)]
)
def test_ones_own_scorecard_is_at_hand_for_a_fortnight(
    cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch, ago: timedelta, is_there: bool
) -> None:
    seat = seat_in(cast.loop, cast.stranger)
    handed_in = submitted_card(seat)
    handed_in.refresh_from_db()
    client, then = as_(cast.stranger), handed_in.submitted_at + ago
    monkeypatch.setattr(timezone, "now", lambda: then)
    recent = client.get(reverse("home")).context["interviewer"]["recent"]
    assert [place.seat for place in recent] == [seat] * is_there


@pytest.mark.parametrize(("many", "more"), [(10, False), (11, True)])
def test_home_shows_ten_loops_that_wait(cast: Cast, as_: As, many: int, more: bool) -> None:
    for n in range(many - 1):  # the cast's own loop waits too
        seat_in(make_loop(name=f"Candidate {n:02}"), cast.stranger)
    shown = as_(cast.recruiter).get(reverse("home")).context["recruiter"]
    assert (len(shown["rows"]), shown["more"]) == (10, more)


@pytest.mark.parametrize(("many", "more"), [(20, False), (21, True)])
def test_a_search_shows_twenty_of_a_kind(cast: Cast, many: int, more: bool) -> None:
    for n in range(many):
        person(f"Quokka {n:02}")
    found = search("quokka", cast.recruiter).people
    assert (len(found.rows), found.more) == (20, more)


# --- Feedback -------------------------------------------------------------------------------------


def seen_in(median: int, many: int) -> list[str]:
    """What the letter says was seen, of a packet of so many dimensions with one cited strength."""
    strengths = {
        each.dimension: each.id
        for each in rubric().signals.values()
        if each.polarity == "strength" and each.told
    }
    rows = []
    for row in packet_of(AMARA)["dimensions"]:
        if row["id"] not in strengths or len(rows) == many:
            continue
        note = {"polarity": "strength", "dimension": row["id"], "signal": strengths[row["id"]]}
        rating = {"supported": True, "rating": median, "notes": [note], "interviewer": "a"}
        rows.append(
            row
            | {"supported": [median], "lower_median": median, "needs": 1, "ratings": [rating]}
            | {"disagreement": False}
        )
    letter = draft({**packet_of(AMARA), "dimensions": rows, "flags": []}, rubric())
    return [point.dimension for point in letter.seen]


def test_a_letter_names_five_strengths_at_most() -> None:
    assert [len(seen_in(3, many)) for many in (4, 5, 6)] == [4, 5, 5]


def test_a_strength_is_one_from_a_three_on() -> None:
    assert (len(seen_in(2, 1)), len(seen_in(3, 1))) == (0, 1)


@pytest.mark.parametrize("many", [2, 3, 4])
def test_a_letter_names_three_dimensions_to_work_on_at_most(many: int) -> None:
    rows = [
        row | {"supported": [1], "lower_median": 1, "needs": 3, "ratings": []}
        for row in packet_of(HANNAH)["dimensions"][:many]
    ]
    letter = draft({**packet_of(HANNAH), "dimensions": rows, "flags": []}, rubric())
    assert len(letter.more) == min(many, 3)


def found_in(letter: str, **hidden: tuple[str, ...]) -> list[str]:
    nothing = dict.fromkeys(("people", "candidates", "risks", "texts", "untested"), ())
    return [each.kind for each in leaks(letter, Secrets(**nothing | hidden), known="")]


def test_six_words_of_a_note_in_a_row_are_a_quote() -> None:
    note = ("the model was wrong about the costs of it all",)
    assert found_in("You said the model was wrong about costs.", texts=note) == []
    assert found_in("You said the model was wrong about the rest.", texts=note) == ["quote"]


def test_a_first_name_of_three_letters_is_a_name() -> None:
    assert found_in("As Bo said.", people=("Bo Baggins",)) == []
    assert found_in("As Bob said.", people=("Bob Baggins",)) == ["person"]
