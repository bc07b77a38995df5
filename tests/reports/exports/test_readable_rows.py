"""What stands in a row, and which rows an asker gets."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from accounts.models import AuditEvent, Role
from hiring_committee.models import Decision
from interviews.models import CommitteeSeat, Seat, SeatRole
from packets import build_jobs
from packets.models import Packet
from reports.exports.readable_rows import sheet
from scorecard import submission
from scorecard.content import CardContent, FlagContent, NoteContent, RatingContent
from tests.hiring_committee.committee import chair_alone_votes
from tests.people import (
    MONDAY,
    card_for,
    make_loop,
    person,
    seat_in,
    some_content,
    submitted_card,
)


def table(kind: str, asker=None) -> list[dict]:
    found = sheet(kind, asker)
    lines = [dict(zip(found.columns, row.values, strict=True)) for b in found.batches for row in b]
    assert len(lines) == found.total
    return lines


def note(id: str, polarity: str = "strength", **fields) -> NoteContent:
    return NoteContent(id, 60, "observation", "said so", polarity=polarity, **fields)


ONE, TWO, THREE = (str(UUID(int=n)) for n in (1, 2, 3))


@pytest.fixture
def recruiter(db):
    return person("Rita", Role.RECRUITER)


# --- Scorecards -----------------------------------------------------------------------------------


def test_a_card_is_a_row_with_its_ratings_and_what_they_rest_on(rubric, recruiter) -> None:
    loop = make_loop(name="Noor Example", external_id="c-1")
    seat = seat_in(loop, person("Ann", Role.INTERVIEWER))
    content = CardContent(
        recommendation="no",
        summary="=SUM(A1)",
        notes=(note(ONE), note(TWO, "noise"), note(THREE, "risk")),
        ratings=(
            RatingContent("tradeoffs", 2, "why", notes=(ONE,)),
            RatingContent("depth", 4, "why", notes=(TWO,)),
            RatingContent("communication", 3, "why"),
            RatingContent("data-assumptions", None, not_observed_reason="no time"),
        ),
        flags=(FlagContent("overclaiming", "disqualifying", "see", (THREE,)),),
    )
    card = submitted_card(seat, content)
    (row,) = table("scorecards", recruiter)
    assert (row["candidate_id"], row["interviewer"], row["counts"]) == ("c-1", "Ann", True)
    assert (row["rating.tradeoffs"], row["rating.depth"]) == (2, 4)
    assert row["rating.data-assumptions"] is row["rating.problem-framing"] is None
    assert row["unsupported"] == ["communication: no-evidence", "depth: noise-only"]
    assert row["not_observed"] == ["data-assumptions"]
    assert row["flags"] == ["overclaiming: disqualifying"]
    assert [row[name] for name in ("strengths", "risks", "noise", "notes")] == [1, 1, 1, 3]
    assert row["summary"] == "=SUM(A1)"
    assert row["correctness"] is None
    hours = (card.submitted_at - seat.interview.ends_at).total_seconds() / 3600
    assert row["hours_after_end"] == round(hours, 2)


def test_the_newest_version_of_a_card_and_only_that(rubric, recruiter) -> None:
    card = submitted_card(seat_in(make_loop(), person("Ann", Role.INTERVIEWER)))
    submission.begin_amendment(card, card.author)
    card.recommendation = "strong_no"
    card.save()
    assert [row["recommendation"] for row in table("scorecards", recruiter)] == ["yes"]
    submission.submit(card, card.author, reason="second thoughts")
    (row,) = table("scorecards", recruiter)
    assert (row["version"], row["recommendation"]) == (2, "strong_no")


def test_a_shadow_is_told_apart_and_a_draft_is_no_row(rubric, recruiter) -> None:
    loop = make_loop()
    lead = seat_in(loop, person("Ann", Role.INTERVIEWER))
    shadow = seat_in(loop, person("Zoe"), role=SeatRole.SHADOW, interview=lead.interview)
    submitted_card(shadow)
    card_for(lead, some_content(lead))
    (row,) = table("scorecards", recruiter)
    assert (row["role"], row["counts"]) == ("shadow", False)


def test_a_constraint_put_by_a_colleague_in_the_room_supports_as_in_the_packet(
    rubric, recruiter
) -> None:
    loop = make_loop()
    lead = seat_in(loop, person("Ann", Role.INTERVIEWER))
    second = seat_in(loop, person("Bo"), role=SeatRole.SECOND, interview=lead.interview)
    elsewhere = seat_in(loop, person("Cy"), starts_at=MONDAY + timedelta(hours=3))
    probe = next(iter(rubric.rubric.constraint_probes))
    for seat in (lead, elsewhere):
        one = NoteContent(f"{seat.pk}", 60, "observation", "bent", polarity="strength")
        mine = RatingContent("adaptability", 3, "why", notes=(one.id,))
        submitted_card(seat, CardContent("yes", notes=(one,), ratings=(mine,)))
    put = NoteContent(ONE, 30, "probe", "halve it", probe=probe)
    submitted_card(second, CardContent("yes", notes=(put,)))
    found = {row["interviewer"]: row["unsupported"] for row in table("scorecards", recruiter)}
    assert found == {"Ann": [], "Bo": [], "Cy": ["adaptability: no-constraint"]}


# --- The season -----------------------------------------------------------------------------------


def test_a_loop_is_a_row_with_its_counts_and_its_current_packet(rubric, recruiter) -> None:
    loop = make_loop()
    seats = [seat_in(loop, person(f"P {n}"), starts_at=MONDAY) for n in range(3)]
    submitted_card(seats[0])
    build_jobs.PACKETS.run(build_jobs.request_packet(loop).pk)
    submitted_card(seats[1])
    build_jobs.PACKETS.sweep()
    make_loop(name="Later Comer")
    rows = {row["candidate"]: row for row in table("season", recruiter)}
    row = rows["Noor Example"]
    packet = Packet.objects.current().get()
    assert (row["planned"], row["handed_in"], row["overdue"]) == (3, 2, 1)
    assert (row["stage"], row["packet_version"]) == ("missing", 2)
    assert (row["packet_digest"], row["header"]) == (packet.digest, "WAITING")
    assert row["flags"] == len(packet.content["flags"])
    assert row["first_interview"] == "2026-03-02T09:00:00Z"
    later = rows["Later Comer"]
    assert (later["planned"], later["stage"], later["header"]) == (0, "empty", None)


# --- Who gets which -------------------------------------------------------------------------------

EVERYBODY = (
    *("interviewer", "colleague", "shadow", "recruiter", "committee", "recused"),
    *("administrator", "stranger", "candidate_account"),
)


@pytest.mark.parametrize("kind", ["season", "scorecards"])
@pytest.mark.parametrize("reader", EVERYBODY)
def test_only_readers_of_the_loop_get_rows_of_it(cast, kind: str, reader: str) -> None:
    submitted_card(Seat.objects.get(person=cast.colleague))
    found = table(kind, getattr(cast, reader))
    assert len(found) == (1 if reader in ("recruiter", "committee") else 0)
    assert len(table(kind)) == 1  # an operator's


@pytest.mark.parametrize("kind", ["season", "scorecards"])
def test_who_owes_a_card_for_a_candidate_gets_nothing_of_them(cast, kind: str) -> None:
    """Not even of another loop of the same candidate, nor their own card that is in."""
    own = seat_in(cast.loop, cast.recruiter, starts_at=MONDAY + timedelta(days=1))
    submitted_card(Seat.objects.get(person=cast.colleague))
    submitted_card(own)
    assert len(table(kind, cast.recruiter)) == (1 if kind == "season" else 2)
    seat_in(cast.loop, cast.recruiter, starts_at=MONDAY + timedelta(days=2))
    assert table(kind, cast.recruiter) == []


@pytest.mark.parametrize("kind", ["season", "scorecards"])
def test_a_recused_recruiter_and_one_who_is_the_candidate_get_nothing(cast, kind: str) -> None:
    submitted_card(Seat.objects.get(person=cast.colleague))
    seat = CommitteeSeat.objects.create(loop=cast.loop, person=cast.recruiter)
    assert table(kind, cast.recruiter)
    CommitteeSeat.objects.filter(pk=seat.pk).update(recused_at=timezone.now(), recusal_reason="kin")
    assert table(kind, cast.recruiter) == []
    cast.candidate_account.roles = [Role.RECRUITER]
    cast.candidate_account.save()
    assert table(kind, cast.candidate_account) == []


def test_somebody_deactivated_gets_nothing(cast) -> None:
    cast.recruiter.is_active = False
    assert table("season", cast.recruiter) == []


def test_the_trail_is_an_administrators_and_without_loops_closed_to_them(cast) -> None:
    card = submitted_card(Seat.objects.get(person=cast.colleague))
    assert table("audit", cast.recruiter) == []
    lines = table("audit", cast.administrator)
    assert [line["line"] for line in lines] == sorted(line["line"] for line in lines)
    assert f"scorecard:{card.pk}" in {line["subject"] for line in lines}
    CommitteeSeat.objects.create(
        loop=cast.loop, person=cast.administrator, recused_at=MONDAY, recusal_reason="kin"
    )
    assert f"loop:{cast.loop.pk}" not in {x["stream"] for x in table("audit", cast.administrator)}
    assert len(table("audit")) == AuditEvent.objects.count()


@pytest.mark.parametrize(("kind", "queries"), [("season", 3), ("scorecards", 3), ("audit", 3)])
@pytest.mark.parametrize("more", [0, 4])
def test_queries_do_not_grow_with_rows(
    cast, django_assert_num_queries, kind: str, queries: int, more: int
) -> None:
    submitted_card(Seat.objects.get(person=cast.colleague))
    for n in range(more):
        submitted_card(seat_in(make_loop(name=f"Candidate {n}"), person(f"P {n}")))
    asker = cast.administrator if kind == "audit" else cast.recruiter
    with django_assert_num_queries(queries):
        table(kind, asker)


def test_a_decision_is_a_row_and_stands_in_the_season(cast) -> None:
    for seat in Seat.objects.exclude(role=SeatRole.SHADOW):
        submitted_card(seat)
    build_jobs.PACKETS.sweep()
    packet = Packet.objects.current().get()
    chair_alone_votes(cast, packet)
    said = {"kind": "other_level", "level": "staff", "reason": "=why", "answer": "=as asked"}
    Decision.objects.create(loop=cast.loop, packet=packet, decided_by=cast.committee, **said)
    (row,) = table("decisions", cast.recruiter)
    assert (row["decision"], row["decided_level"], row["level"]) == (
        *("other_level", "staff"),
        "senior",
    )
    assert (row["reason"], row["stands"], row["packet_version"]) == ("=why", True, 1)
    assert row["decided_by_email"] == cast.committee.email
    assert list(row.items())[-1] == ("answer", "=as asked")
    (row,) = table("season", cast.recruiter)
    assert (row["decision"], row["decided_level"]) == ("other_level", "staff")
    assert table("decisions", cast.stranger) == []
    assert len(table("decisions")) == 1
