"""Agreement over a season: who is compared with whom, of which packets, and who reads it."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Role, User
from calibration.models import CalibrationSnapshot
from interviews.models import CommitteeSeat, Loop, Seat
from packets import build_jobs
from packets.inputs import public_id
from packets.models import Packet
from reports import closed_ratings
from reports.agreement import report
from reports.agreement.report import Season
from reports.agreement.units import across_rounds, figures, in_one_room
from reports.closed_ratings import CountedRating
from reports.forms import SeasonForm
from reports.models import AgreementReport
from scorecard import submission
from tests.packets.page.reading import Element, page, row, signed_in, store
from tests.people import MONDAY, Cast, card_for, make_loop, person, seat_in, some_content

ROOT = UUID(int=1)
TITLE = "Trade-offs"


# --- Who is compared with whom --------------------------------------------------------------------


def rating(candidate: str, interview: str, who: str, value: int) -> CountedRating:
    return CountedRating(ROOT, candidate, "senior", "tradeoffs", who, who, interview, value)


def values(judgements: list) -> dict[str, list[float]]:
    units: dict[str, list[float]] = {}
    for each in judgements:
        units.setdefault(each.unit.split()[-1], []).append(each.value)
    return units


ROOMS = [
    rating("noor", "i1", "ada", 4),
    rating("noor", "i1", "bo", 3),
    rating("noor", "i2", "cy", 1),
    rating("noor", "i3", "ada", 4),  # a second round by one who was in the first
    rating("lea", "i4", "cy", 2),
]


def test_one_room_is_two_people_who_heard_the_same() -> None:
    assert values(in_one_room(ROOMS)) == {"i1": [4, 3]}


def test_across_rounds_a_room_is_one_voice_and_a_person_is_one_person() -> None:
    assert values(across_rounds(ROOMS)) == {"noor": [3, 1]}


def test_rooms_may_agree_where_rounds_do_not() -> None:
    rows = []
    for number in range(8):
        one, other = 1 + number % 2 * 3, 4 - number % 2 * 3
        for interview, value in ((f"a{number}", one), (f"b{number}", other)):
            rows += [rating(f"c{number}", interview, f"{interview}{who}", value) for who in "xy"]
    found = figures(rows, alive=lambda percent: None)
    assert found["in_one_room"]["tradeoffs"]["alpha"]["ordinal"] == 1.0
    assert found["across_rounds"]["tradeoffs"]["alpha"]["ordinal"] < -0.5
    assert found["across_rounds"]["tradeoffs"]["caution"].startswith("8 units")


# --- The page ---------------------------------------------------------------------------------


@pytest.fixture
def recruiter(rubric) -> User:
    return person("A Recruiter", Role.RECRUITER)


def packet_with(loop: Loop, ratings: list[tuple[str, str, int]]) -> Packet:
    """A packet with little in it but ratings: interview, interviewer, value."""
    shown = [
        {"interview": room, "interviewer": who, "round": "x", "rating": value, "supported": True}
        for room, who, value in ratings
    ]
    content = {
        "candidate": {"name": loop.candidate.name},
        "opening": {"level": "senior"},
        "dimensions": [{"id": "tradeoffs", "ratings": shown}],
        "flags": [],
    }
    return store(content, loop)


def season_of(loops: int, title: str = "Senior ML Engineer") -> list[Loop]:
    """Loops in each of which two people of one room agree and a third differs."""
    made = []
    for number in range(loops):
        loop, value = make_loop(title, name=f"Met {uuid4()}"), 1 + number % 4
        other, third = f"b{number % 2}", f"c{number}"
        packet_with(loop, [("i1", "a", value), ("i1", other, value), ("i2", third, 5 - value)])
        made.append(loop)
    return made


def ask(reader: User, **season: str):
    return signed_in(reader).get(reverse("agreement"), season)


def shown_to(reader: User, **season: str) -> Element:
    """The page once a worker has been there."""
    ask(reader, **season)
    report.REPORTS.sweep()
    return page(ask(reader, **season))


def test_rooms_and_rounds_are_told_apart_with_what_they_rest_on(recruiter: User) -> None:
    season_of(4)
    rooms, rounds = shown_to(recruiter).all("table")
    assert row(rooms, TITLE) == [
        *(TITLE, "1.00", "1.00", "1.00", "firm few units", "4 units, 8 ratings, 3 raters"),
    ]
    title, ordinal, *_ = row(rounds, TITLE)
    assert float(ordinal) < 0


def test_while_it_is_computed_the_page_says_so(recruiter: User) -> None:
    season_of(2)
    assert "requested, 0 %" in page(ask(recruiter)).one("section", css="request").text
    state = signed_in(recruiter).get(reverse("agreement_state")).json()
    assert state == {"state": "requested", "says": "Requested", "progress": 0}
    season_of(1)  # another packet, and so other figures: the page is to look again
    assert signed_in(recruiter).get(reverse("agreement_state")).json()["state"] == "changed"


def test_what_is_not_defined_is_said_with_its_reason(recruiter: User) -> None:
    packet_with(make_loop(), [("i1", "a", 3), ("i2", "b", 3)])
    shown = shown_to(recruiter)
    assert "No interview had two people rate it." in shown.text
    assert "fewer than two units" in row(shown.one("table"), TITLE)[1]
    packet_with(make_loop(name="Other"), [("i1", "a", 3), ("i2", "b", 3)])
    shown = shown_to(recruiter)
    assert "every rating that can be compared is the same" in row(shown.one("table"), TITLE)[1]
    assert "nan" not in shown.one("table").text.lower()
    assert "0.00" not in shown.text


def test_correlations_stand_only_where_everybody_rated_everything(recruiter: User) -> None:
    for number, (one, other) in enumerate([(1, 2), (3, 3), (4, 3)]):
        loop = make_loop(name=f"Met {number}")
        packet_with(loop, [("i1", "a", one), ("i1", "b", other), ("i2", f"c{number}", 2)])
    shown = shown_to(recruiter)
    (six,) = [table for table in shown.all("table") if "ICC(1,1)" in table.text]
    assert len([cell for cell in row(six, TITLE)[1:] if cell]) == 6
    assert "that holds in no dimension here" in shown.text, "of the rounds"


def test_one_scorecard_is_measured_by_the_last_published_calibration(recruiter: User) -> None:
    season_of(1)
    assert "Needs a calibration" in shown_to(recruiter).text
    variances = dict.fromkeys(("candidate_dimension", "card", "residual"), 0.1)
    for published, candidate in ((True, 0.2), (False, 9.0)):
        CalibrationSnapshot.objects.create(
            ratings=2000,
            candidates=200,
            beta={},
            gamma={},
            components={**variances, "interviewer": 0.05, "candidate": candidate},
            relative=[],
            connected=1,
            converged=True,
            code_version="reml-1",
            gates=[] if published else ["Too few."],
            published=published,
        )
    assert "0.50 of 1" in shown_to(recruiter).text


def test_an_opening_and_days_narrow_it(recruiter: User) -> None:
    (loop,) = season_of(1)
    season_of(2, "Staff ML Engineer")
    seat_in(loop, person("An Interviewer"), starts_at=MONDAY)
    assert len(Packet.objects.all()) == 3
    day = MONDAY.date()
    for season, loops in [
        (Season(), 3),
        (Season(opening=loop.opening_id), 1),
        (Season(since=day, until=day), 1),
        (Season(since=day + timedelta(days=1)), 0),
        (Season(until=day - timedelta(days=1)), 0),
    ]:
        assert len(report.packets_of(recruiter, season)) == loops, season
    given = {"from": "2026-13-01", "to": "2026-03-02", "opening": "x' --"}
    assert SeasonForm(given).season() == Season(until=date(2026, 3, 2))
    given = {"from": "2026-03-01", "opening": str(loop.opening_id)}
    assert SeasonForm(given).season() == Season(loop.opening_id, since=date(2026, 3, 1))


# --- Who reads what ----------------------------------------------------------------------------


def test_each_reader_s_figures_are_of_what_they_may_read(recruiter: User) -> None:
    loops, member = season_of(4), person("A Member", Role.COMMITTEE)
    seats = [CommitteeSeat.objects.create(loop=loop, person=member) for loop in loops[:2]]
    assert "of the 4 loops that you may read" in shown_to(recruiter).text
    shown = shown_to(member)
    assert "of the 2 loops that you may read" in shown.text
    assert row(shown.all("table")[0], TITLE)[-1] == "2 units, 4 ratings, 3 raters"
    seats[0].recused_at, seats[0].recusal_reason = timezone.now(), "family"
    seats[0].save()
    assert "of the 1 loop that" in shown_to(member).text
    assert "There is no packet that you may read" in page(ask(person("New", "committee"))).text


def test_who_owes_a_card_sees_no_figure_move_when_a_colleague_hands_in(cast: Cast) -> None:
    season_of(3)
    owing = person("A Recruiter Who Interviews", Role.RECRUITER, Role.INTERVIEWER)
    seat_in(cast.loop, owing, "ml-coding")
    for seat in Seat.objects.filter(interview__loop=cast.loop, role="lead").exclude(person=owing):
        card_for(seat, some_content(seat))
    build_jobs.build_now(cast.loop, cast.recruiter)
    before = shown_to(owing).one("main").text
    assert "of the 3 loops" in before
    for seat in Seat.objects.filter(interview__loop=cast.loop, role="lead").exclude(person=owing):
        submission.submit(seat.scorecard, seat.person)
    build_jobs.build_now(cast.loop, cast.recruiter)
    assert shown_to(owing).one("main").text == before
    assert "of the 4 loops" in shown_to(cast.recruiter).text


def test_the_same_packets_are_computed_once_and_each_reading_is_recorded(recruiter: User) -> None:
    season_of(2)
    shown_to(recruiter)
    other = person("Another Recruiter", Role.RECRUITER)
    assert page(ask(other)).all("table")
    assert AgreementReport.objects.count() == 1
    lines = AuditEvent.objects.filter(action="agreement.read")
    assert sorted(line.actor.name for line in lines) == ["A Recruiter", "Another Recruiter"]
    assert {line.detail["loops"] for line in lines} == {2}


def test_a_failure_says_why_and_is_tried_again(recruiter: User, monkeypatch) -> None:
    season_of(2)
    monkeypatch.setattr("reports.closed_ratings.counted_ratings", lambda packets: 1 / 0)
    ask(recruiter)
    for _ in range(3):
        report.REPORTS.sweep()
    assert "ZeroDivisionError" in page(ask(recruiter)).one("section", css="failed").text
    monkeypatch.undo()
    assert signed_in(recruiter).post(reverse("agreement")).status_code == 302
    assert shown_to(recruiter).all("table")


def test_what_is_old_is_forgotten(recruiter: User) -> None:
    season_of(2)
    shown_to(recruiter)
    long_ago = timezone.now() - report.KEPT - timedelta(days=1)
    AgreementReport.objects.update(
        requested_at=long_ago, started_at=long_ago, leased_at=long_ago, finished_at=long_ago
    )
    report.forget()
    assert not AgreementReport.objects.exists()


# the reader, the packets, the report, its audit line, openings, titles, the calibration, two of the
# transaction
QUERIES = 9


@pytest.mark.parametrize("loops", [1, 6])
def test_the_page_costs_the_same_for_one_loop_and_for_many(recruiter: User, loops: int) -> None:
    season_of(loops)
    shown_to(recruiter)
    client = signed_in(recruiter)
    client.get(reverse("agreement"))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("agreement"))
    assert len(queries) == QUERIES, [query["sql"][:90] for query in queries]


def test_who_changed_their_e_mail_stays_one_person(cast: Cast) -> None:
    """Nor are they taken for a newcomer who was given their old one."""
    seat = Seat.objects.get(interview__loop=cast.loop, person=cast.colleague)
    old = cast.colleague.email
    packet = packet_with(cast.loop, [(public_id(seat.interview), old, 3)])
    User.objects.filter(pk=cast.colleague.pk).update(email="married@lumenta.example")
    User.objects.filter(pk=cast.stranger.pk).update(email=old)
    found = closed_ratings.counted_ratings(Packet.objects.filter(pk=packet.pk))
    assert [each.interviewer for each in found] == [str(cast.colleague.pk)]
