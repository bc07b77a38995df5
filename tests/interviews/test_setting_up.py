"""Recruiters set loops up by hand: every fault at its field, nothing that was written is lost."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Role, User
from interviews import candidates
from interviews.models import Candidate, CommitteeSeat, Interview, Loop, Opening, Seat
from packets import build_jobs
from tests.conftest import DAY, As
from tests.people import MONDAY, Cast, card_for, person, seat_in, submitted_card


@pytest.fixture
def recruiter(cast: Cast) -> User:
    cast.recruiter.time_zone = "America/New_York"
    cast.recruiter.save()
    return cast.recruiter


@pytest.fixture
def client(recruiter: User, as_: As) -> Client:
    return as_(recruiter)


def interview_fields(who: User, **more) -> dict:
    times = {"starts_at": "2026-12-01T09:30", "ends_at": "2026-12-01T10:30"}
    return {"round": "ml-coding", "lead": who.pk, **times, **more}


def faults(response: HttpResponse) -> dict[str, str]:
    assert response.status_code == 200
    return {name: str(errors[0]) for name, errors in response.context["form"].errors.items()}


def test_an_empty_house_gets_to_a_scheduled_interview_by_hand(rubric, as_: As) -> None:
    client = as_(person("Rae Recruiter", Role.RECRUITER))
    lead = person("Ira", Role.INTERVIEWER)
    opening = {"title": "ML Engineer", "level": "mid", "rounds": ["ml-coding", "behavioral"]}
    client.post(reverse("add_opening"), opening)
    made = Opening.objects.get(title="ML Engineer")
    candidate = {"name": "Cam", "email": "cam@mailbox.example"}
    response = client.post(reverse("add_loop", args=[made.pk]), candidate)
    loop = Loop.objects.get(opening=made)
    assert response.url == reverse("loop", args=[loop.pk])
    client.post(reverse("add_interview", args=[loop.pk]), interview_fields(lead))
    assert Seat.objects.get(interview__loop=loop).person == lead
    body = as_(lead).get(reverse("home")).content.decode()
    assert "Cam" in body
    recorded = AuditEvent.objects.filter(stream=f"loop:{loop.pk}").order_by("seq")
    assert list(recorded.values_list("action", flat=True)) == ["loop.added", "interview.scheduled"]


def test_times_are_read_in_the_zone_of_the_one_who_types(
    cast: Cast, client: Client, recruiter: User
) -> None:
    client.post(reverse("add_interview", args=[cast.loop.pk]), interview_fields(cast.stranger))
    starts = Interview.objects.get(round="ml-coding").starts_at
    assert starts == datetime(2026, 12, 1, 9, 30, tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"ends_at": "2026-12-01T09:30"}, "ends_at", "The end must be after the start."),
        ({"ends_at": "2026-12-03T09:30"}, "ends_at", "No interview is longer than twelve hours."),
        ({"starts_at": "2026-03-08T02:30", "ends_at": "2026-03-08T03:30"}, "starts_at", "exist"),
        ({"starts_at": "tomorrow"}, "starts_at", "valid date"),
        ({"round": "chess"}, "round", "not one of the available choices"),
        ({"lead": ""}, "lead", "required"),
    ],
)
def test_a_fault_stands_at_its_field(
    cast: Cast, client: Client, wrong: dict, field: str, says: str
) -> None:
    page = reverse("add_interview", args=[cast.loop.pk])
    found = faults(client.post(page, interview_fields(cast.stranger, **wrong)))
    assert says in found[field]
    assert not Interview.objects.filter(round="ml-coding").exists()


def test_one_person_cannot_sit_twice_in_one_interview(cast: Cast, client: Client) -> None:
    page = reverse("add_interview", args=[cast.loop.pk])
    fields = interview_fields(cast.stranger, shadow=cast.stranger.pk)
    assert "two seats" in faults(client.post(page, fields))["shadow"]
    assert not Interview.objects.filter(round="ml-coding").exists()


def test_only_interviewers_who_are_here_can_be_asked(cast: Cast, client: Client) -> None:
    cast.stranger.is_active = False
    cast.stranger.save()
    page = reverse("add_interview", args=[cast.loop.pk])
    for who in (cast.stranger, cast.committee):
        assert "lead" in faults(client.post(page, interview_fields(who)))


def test_moving_an_interview_keeps_its_seats_and_cards(cast: Cast, client: Client) -> None:
    seat = Seat.objects.get(person=cast.colleague)
    card = card_for(seat)
    page = reverse("edit_interview", args=[seat.interview_id])
    shown = client.get(page).context["form"].initial
    assert (shown["lead"], shown["round"]) == (cast.colleague, "behavioral")
    client.post(page, interview_fields(cast.colleague, round="behavioral"))
    seat.refresh_from_db()
    card.refresh_from_db()
    assert (card.seat, seat.interview.starts_at.month) == (seat, 12)


def test_a_seat_without_a_card_can_change_hands(cast: Cast, client: Client) -> None:
    interview = Interview.objects.get(round="ml-system-design")
    page = reverse("edit_interview", args=[interview.pk])
    fields = interview_fields(cast.stranger, round="ml-system-design", second=cast.colleague.pk)
    client.post(page, fields)
    seats = {seat.role: seat.person for seat in interview.seats.all()}
    assert seats == {"lead": cast.stranger, "second": cast.colleague}


def test_a_seat_with_a_card_stays(cast: Cast, client: Client) -> None:
    seat = Seat.objects.get(person=cast.colleague)
    card_for(seat)
    page = reverse("edit_interview", args=[seat.interview_id])
    found = faults(client.post(page, interview_fields(cast.stranger, round="behavioral")))
    assert "has begun a scorecard" in found["lead"]
    found = faults(client.post(page, interview_fields(cast.colleague, round="ml-coding")))
    assert "Notes have been taken" in found["round"]
    assert Seat.objects.get(pk=seat.pk).person == cast.colleague


def test_cancelling_keeps_what_was_written_and_asks_for_no_more(cast: Cast, client: Client) -> None:
    seat = Seat.objects.get(person=cast.colleague)
    card = submitted_card(seat)
    client.post(reverse("cancel_interview", args=[seat.interview_id]))
    card.refresh_from_db()
    assert card.versions.count() == 1
    body = client.get(reverse("loop", args=[cast.loop.pk])).content.decode()
    assert reverse("scorecard", args=[card.pk]) in body
    assert client.get(reverse("edit_interview", args=[seat.interview_id])).status_code == 404


def test_cancelling_the_last_round_that_was_waited_for_asks_for_the_packet(
    cast: Cast, client: Client
) -> None:
    submitted_card(Seat.objects.get(person=cast.colleague))
    assert not cast.loop.packet_requests.exists()
    interview = Interview.objects.get(round="ml-system-design")
    client.post(reverse("cancel_interview", args=[interview.pk]))
    assert cast.loop.packet_requests.filter(state="requested").exists()


def test_one_mailbox_is_one_candidate(cast: Cast, client: Client) -> None:
    page = reverse("add_loop", args=[cast.loop.opening_id])
    again = {"name": "Noor E.", "email": "NOOR.Example@mailbox.example"}
    assert "has a loop for this opening" in faults(client.post(page, again))["email"]
    other = Opening.objects.create(title="Staff ML Engineer", level="staff", rounds=[])
    client.post(reverse("add_loop", args=[other.pk]), again)
    assert Candidate.objects.count() == 1
    assert set(Loop.objects.all()) == {cast.loop, Loop.objects.get(opening=other)}


@pytest.mark.parametrize("there", [False, True])
def test_a_recruiter_learns_nothing_by_adding_a_loop_about_themselves(
    cast: Cast, client: Client, there: bool
) -> None:
    """The same sentence whether they are a candidate or not, under either address."""
    me, other = cast.recruiter, "private@mailbox.example"
    candidate = Candidate.objects.create(name="Me", email=other, account=me)
    if there:
        Loop.objects.create(opening=cast.loop.opening, candidate=candidate)
    page = reverse("add_loop", args=[cast.loop.opening_id])
    forms = [{"name": "Me", "email": address} for address in (me.email, other)]
    said = [faults(client.post(page, form))["email"] for form in forms]
    assert said == [candidates.YOURSELF, candidates.NOT_YOURS]
    assert Loop.objects.filter(candidate__in=[candidate]).exists() == there
    assert not Candidate.objects.filter(email=me.email).exists()


def test_nor_one_who_is_recused_that_the_loop_is_there(cast: Cast, client: Client) -> None:
    CommitteeSeat.objects.create(
        loop=cast.loop, person=cast.recruiter, recused_at=MONDAY, recusal_reason="kin"
    )
    page = reverse("add_loop", args=[cast.loop.opening_id])
    again = {"name": "Noor E.", "email": cast.loop.candidate.email}
    assert faults(client.post(page, again))["email"] == candidates.NOT_YOURS


def test_an_internal_candidate_is_walled_off_from_their_own_loop(
    cast: Cast, client: Client, as_: As
) -> None:
    fields = {"name": "A. Stranger", "email": cast.stranger.email}
    client.post(reverse("add_loop", args=[cast.loop.opening_id]), fields)
    loop = Loop.objects.get(candidate__account=cast.stranger)
    assert as_(cast.stranger).get(reverse("loop", args=[loop.pk])).status_code == 404


def test_a_committee_has_one_chair_and_nobody_twice(cast: Cast, client: Client) -> None:
    newcomer = person("Nia", Role.COMMITTEE)
    page = reverse("add_committee_seat", args=[cast.loop.pk])
    taken = {"person": newcomer.pk, "is_chair": "on"}
    assert "has a chair" in faults(client.post(page, taken))["is_chair"]
    again = {"person": cast.committee.pk}
    assert "seat in this committee already" in faults(client.post(page, again))["person"]
    assert client.post(page, {"person": newcomer.pk}).status_code == 302


def test_recusing_closes_everything_at_once_and_needs_a_reason(
    cast: Cast, client: Client, as_: As
) -> None:
    packet = build_jobs.build_now(cast.loop, cast.recruiter).packet
    seat = CommitteeSeat.objects.get(person=cast.committee)
    page = reverse("recuse", args=[seat.pk])
    assert "required" in faults(client.post(page, {"reason": " "}))["reason"]
    member = as_(cast.committee)
    addresses = [
        reverse("packet", args=[packet.pk]),
        reverse("loop", args=[cast.loop.pk]),
    ]
    assert [member.get(url).status_code for url in addresses] == [200, 200]
    client.post(page, {"reason": "A friend of the family"})
    assert [member.get(url).status_code for url in addresses] == [404, 404]
    assert "Noor" not in member.get(reverse("home")).content.decode()


def test_a_recused_recruiter_sets_nothing_up(cast: Cast, client: Client) -> None:
    CommitteeSeat.objects.create(
        loop=cast.loop, person=cast.recruiter, recused_at=cast.loop.created_at, recusal_reason="x"
    )
    interview = Interview.objects.first()
    for name, pk in (
        ("loop", cast.loop.pk),
        ("add_interview", cast.loop.pk),
        ("edit_interview", interview.pk),
        ("cancel_interview", interview.pk),
    ):
        assert client.post(reverse(name, args=[pk])).status_code in (404, 405)
    opening = client.get(reverse("opening", args=[cast.loop.opening_id])).content.decode()
    assert "Noor" not in opening
    assert client.get(reverse("openings")).context["page"][0].loop_count == 0


@pytest.mark.parametrize("many", [1, 20])
def test_openings_ask_the_same_queries_for_one_and_many(
    cast: Cast, client: Client, django_assert_num_queries, now: datetime, many: int
) -> None:
    for n in range(many):
        opening = Opening.objects.create(title=f"Opening {n}", level="mid", rounds=["behavioral"])
        candidate = Candidate.objects.create(name=f"C {n}", email=f"c{n}@mailbox.example")
        Loop.objects.create(opening=opening, candidate=candidate)
        loop = Loop.objects.create(
            opening=cast.loop.opening,
            candidate=Candidate.objects.create(name=f"D {n}", email=f"d{n}@mailbox.example"),
        )
        seat_in(loop, cast.stranger, starts_at=now - DAY)
    client.get(reverse("openings"))
    with django_assert_num_queries(4):  # the reader, how many, one page, names of rounds
        client.get(reverse("openings"))
    with django_assert_num_queries(12):  # the board: tests/setting_up/test_board.py
        client.get(reverse("opening", args=[cast.loop.opening_id]))
