"""Reading one card, one's own list, and the rubric: who, what is shown, and what is recorded."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from interviews.models import Interview, Seat
from scorecard import submission
from scorecard.content import FlagContent, RatingContent
from scorecard.models import Scorecard
from tests.people import MONDAY, Cast, card_for, make_loop, seat_in, submitted_card
from tests.scorecard.rating.pages import ASKED, BAD, FOCUS, GOOD, note, own_card, ready, signed_in

HOSTILE = "</textarea><script>alert(1)</script>\u202egnp.exe \u0000"[:-1]


def read(who, card: Scorecard) -> str:
    answer = signed_in(who).get(reverse("scorecard", args=[card.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def card(cast: Cast) -> Scorecard:
    card = own_card(cast, ready())
    submission.submit(card, cast.interviewer)
    return card


def reads(card: Scorecard) -> int:
    return AuditEvent.objects.filter(action="scorecard.read", stream=f"loop:{card.loop.pk}").count()


def test_others_reading_is_recorded_and_ones_own_is_not(cast, card):
    read(cast.interviewer, card)
    assert reads(card) == 0
    read(cast.recruiter, card)
    assert reads(card) == 1
    assert AuditEvent.objects.get(action="scorecard.read").actor == cast.recruiter


@pytest.mark.parametrize("who", ["stranger", "recused", "candidate_account", "administrator"])
def test_nobody_else_learns_that_it_exists(cast, card, who):
    client = signed_in(getattr(cast, who))
    answer = client.get(reverse("scorecard", args=[card.pk]))
    missing = client.get(reverse("scorecard", args=["00000000-0000-4000-8000-000000000000"]))
    assert answer.status_code == missing.status_code == 404
    assert reads(card) == 0


def test_a_panel_member_reads_it_once_their_own_is_in(cast, card):
    url = reverse("scorecard", args=[card.pk])
    client = signed_in(cast.colleague)
    own = card_for(Seat.objects.get(person=cast.colleague), ready(notes=(), ratings=()))
    assert client.get(url).status_code == 404
    submission.submit(own, cast.colleague)
    assert client.get(url).status_code == 200


def test_in_progress_its_author_sees_the_way_on_and_nobody_else_anything(cast):
    card = own_card(cast, ready(summary="not yet public"))
    text = read(cast.interviewer, card)
    for name in ("rate", "submit_scorecard", "live"):
        assert reverse(name, args=[card.pk]) in text
    url = reverse("scorecard", args=[card.pk])
    assert signed_in(cast.recruiter).get(url).status_code == 404


def test_it_shows_the_whole_card(cast):
    flag = FlagContent("premature-complexity", "concern", "would cost a quarter", (BAD.id,))
    quote = note(34, "“who owns the label?”", kind="quote", stage="data")
    card = own_card(
        cast,
        ready(notes=(GOOD, BAD, ASKED, quote), flags=(flag,), follow_up="ask about drift"),
    )
    submission.submit(card, cast.interviewer)
    text = read(cast.committee, card)
    for words in ("note 31", "note 32", "note 33", "who owns the label?", "would cost a quarter"):
        assert words in text
    for words in ("Weighs costs aloud", "ask about drift", "Concern", "Solid", "31:00"):
        assert words in text


def test_an_uncounted_rating_says_why(cast):
    noise = note(34, dimension="tradeoffs", polarity="noise")
    ratings = (RatingContent("tradeoffs", 4, "dazzling", notes=(noise.id,)),)
    card = own_card(cast, ready(notes=(noise,), ratings=ratings))
    submission.submit(card, cast.interviewer)  # as an import does, without the checks
    assert "counts nowhere: rests on noise alone" in read(cast.recruiter, card)


def test_a_constraint_put_by_the_other_interviewer_in_the_room_serves_both(cast):
    lead = own_card(cast, ready())
    submission.submit(lead, cast.interviewer)
    shadow = Seat.objects.get(person=cast.shadow)
    second = card_for(shadow, None)
    renumbered = [
        replace(each, id=each.id.replace("-0000-4000", "-0001-4000")) for each in (GOOD, BAD)
    ]
    rating = RatingContent("adaptability", 3, "moved on", notes=(renumbered[0].id,))
    submission.write_content(second, ready(notes=tuple(renumbered), ratings=(rating,)))
    submission.submit(second, cast.shadow)
    assert "nothing was put in the candidate" not in read(cast.recruiter, second)


def test_it_says_who_entered_it_for_somebody_else(cast):
    card = own_card(cast, ready())
    source = {"submitted_by": {"name": "An Assistant", "email": "assistant@lumenta.example"}}
    submission.submit(card, cast.interviewer, source=source)
    assert "entered by <bdi>An Assistant</bdi>" in read(cast.recruiter, card)


def test_hostile_text_is_text(cast):
    flag = FlagContent("premature-complexity", "concern", HOSTILE, (BAD.id,))
    ratings = tuple(RatingContent(each, 3, HOSTILE, notes=(GOOD.id,)) for each in FOCUS)
    content = ready(
        notes=(replace(GOOD, text=HOSTILE), BAD, ASKED),
        ratings=ratings,
        flags=(flag,),
        summary=HOSTILE,
        follow_up=HOSTILE,
    )
    card = own_card(cast, content)
    card.loop.candidate.__class__.objects.update(name=HOSTILE)
    client = signed_in(cast.interviewer)
    pages = [client.get(reverse(name, args=[card.pk])) for name in ("rate", "submit_scorecard")]
    submission.submit(card, cast.interviewer)
    pages += [client.get(reverse(name, args=[card.pk])) for name in ("scorecard", "amend")]
    pages.append(client.get(reverse("my_scorecards")))
    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()
        assert "&lt;script&gt;alert" in page.content.decode()


def test_a_very_long_note_is_folded_and_whole(cast):
    long = "word " * 20_000
    card = own_card(cast, ready(notes=(replace(GOOD, text=long), BAD, ASKED)))
    submission.submit(card, cast.interviewer)
    text = read(cast.recruiter, card)
    assert long.strip() in text
    assert 'class="long"' in text


def test_a_card_of_no_round_and_unknown_ids_is_still_read(cast):
    strange = note(34, dimension="left-handedness", signal="", polarity="")
    ratings = (RatingContent("left-handedness", 2, "who knows", notes=(strange.id,)),)
    card = own_card(cast, ready(notes=(strange,), ratings=ratings))
    Interview.objects.filter(pk=card.seat.interview_id).update(round="phone-screen")
    submission.submit(card, cast.interviewer)
    text = read(cast.recruiter, card)
    assert "phone-screen" in text
    assert "left-handedness" in text


@pytest.mark.parametrize("count", [1, 60])
def test_queries_do_not_grow_with_notes(cast, count):
    notes = tuple(note(n) for n in range(100, 100 + count))
    card = own_card(cast, ready(notes=(GOOD, BAD, ASKED, *notes)))
    submission.submit(card, cast.interviewer)
    client = signed_in(cast.recruiter)
    url = reverse("scorecard", args=[card.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    # savepoint, its release, user, card, the audit line, versions
    assert len(queries) == 6


# --- One's own list ------------------------------------------------------------------------------


def test_the_list_has_what_is_due_and_what_is_in_and_only_ones_own(cast):
    others = make_loop(name="Other Person")
    done = submitted_card(seat_in(others, cast.interviewer))
    submitted_card(Seat.objects.get(person=cast.colleague))
    text = signed_in(cast.interviewer).get(reverse("my_scorecards")).content.decode()
    assert "Noor Example" in text
    assert "Other Person" in text
    assert reverse("scorecard", args=[done.pk]) in text
    assert "Colleague" not in text
    page = signed_in(cast.stranger).get(reverse("my_scorecards")).content.decode()
    assert "Noor Example" not in page
    assert "Nothing is due" in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_is_paged_and_its_queries_do_not_grow(cast, count):
    for number in range(count):
        loop = make_loop(name=f"Person {number}")
        submitted_card(seat_in(loop, cast.stranger, starts_at=MONDAY + timedelta(days=number)))
    client = signed_in(cast.stranger)
    client.get(reverse("my_scorecards"))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("my_scorecards"))
    assert len(page.context["handed_in"]) == min(count, 25)
    assert len(queries) == 5  # user, rubric, two counts, one page
    assert client.get(reverse("my_scorecards") + "?page=2").status_code == 200
    assert client.get(reverse("my_scorecards") + "?page=rubbish").status_code == 200


# --- The handbook --------------------------------------------------------------------------------


def test_the_handbook_has_every_dimension_signal_probe_round_and_lens(cast, rubric):
    text = signed_in(cast.stranger).get(reverse("rubric")).content.decode()
    known = rubric.rubric
    for id in (*known.dimensions, *known.signals):
        assert f'id="{id}"' in text
    for kind in ("probe", "round", "lens", "stage", "level"):
        for id in getattr(known, "lenses" if kind == "lens" else f"{kind}s"):
            assert f'id="{kind}-{id}"' in text


def test_a_version_is_read_by_its_number(cast):
    client = signed_in(cast.stranger)
    assert client.get(reverse("rubric_version", args=[1])).status_code == 200
    assert client.get(reverse("rubric_version", args=[2])).status_code == 404


def test_times_are_the_readers(cast, card):
    Scorecard.objects.filter(pk=card.pk).exists()
    cast.recruiter.time_zone = "Asia/Tokyo"
    cast.recruiter.save()
    there = timezone.localtime(card.submitted_at, timezone.get_fixed_timezone(9 * 60))
    assert there.strftime("%H:%M") in read(cast.recruiter, card)
