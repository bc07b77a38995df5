"""What an opening settles for its loops: rubric, bar, committee; what a changed bar outdates."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Role, User
from interviews.models import Candidate, CommitteeSeat, Loop, Opening, Seat
from interviews.openings import save_opening
from packets import build_jobs
from packets.models import Packet
from rubric.models import RubricVersion
from scorecard import live
from scorecard.content import CardContent, NoteContent, RatingContent
from tests.conftest import As
from tests.people import Cast, person, submitted_card


@pytest.fixture
def client(cast: Cast, as_: As) -> Client:
    return as_(cast.recruiter)


def bar_fields(opening: Opening, **changes: str) -> dict[str, str]:
    """The form as a browser sends it when nothing was changed, and then `changes`."""
    level = RubricVersion.objects.current().rubric
    bar = level.bar(opening.level)
    fields = {f"needs_{id}": str(bar.for_dimension(id)) for id in level.dimensions}
    fields |= {f"must_{id}": "on" for id in bar.musts}
    fields |= {f"signal_{id}": str(n) for id, n in bar.signals.items()}
    return {**fields, "new_signal": "", "new_people": "", **changes}


def rated(seat: Seat, value: int) -> None:
    note = NoteContent(str(seat.pk), 60, "observation", "weighed it", dimension="tradeoffs")
    rating = RatingContent("tradeoffs", value, "why", notes=(note.id,))
    submitted_card(seat, CardContent("yes", notes=(note,), ratings=(rating,)))


def reading(packet: Packet) -> str:
    rows = {row["dimension"]: row["reading"] for row in packet.content["bar"]["rows"]}
    return rows["tradeoffs"]


def test_a_raised_bar_outdates_the_packet_and_the_next_one_reads_below(
    cast: Cast, client: Client
) -> None:
    rated(Seat.objects.get(person=cast.colleague), 3)
    before = build_jobs.build_now(cast.loop).packet
    assert reading(before) == "met"
    page = reverse("opening_bar", args=[cast.loop.opening_id])
    client.post(page, bar_fields(cast.loop.opening, needs_tradeoffs="4"))
    before.refresh_from_db()
    assert before.is_superseded
    after = build_jobs.PACKETS.run(cast.loop.packet_requests.get(state="requested").pk).packet
    assert reading(after) == "below"
    assert (after.content["bar"]["edited"], before.content["bar"]["edited"]) == (True, False)
    assert after.digest != before.digest
    assert (
        "edited for this opening" in client.get(reverse("packet", args=[after.pk])).content.decode()
    )


def test_going_back_to_the_levels_bar_gives_the_first_digest_again(
    cast: Cast, client: Client
) -> None:
    first = build_jobs.build_now(cast.loop).packet
    page = reverse("opening_bar", args=[cast.loop.opening_id])
    client.post(page, bar_fields(cast.loop.opening, needs_depth="1", four_depth="on"))
    second = build_jobs.build_now(cast.loop).packet
    client.post(page, {"reset": "1"})
    third = build_jobs.build_now(cast.loop).packet
    assert (third.digest, second.digest == first.digest) == (first.digest, False)
    assert Opening.objects.get(pk=cast.loop.opening_id).bar == {}


def test_the_levels_own_bar_is_not_stored_and_outdates_nothing(cast: Cast, client: Client) -> None:
    packet = build_jobs.build_now(cast.loop).packet
    page = reverse("opening_bar", args=[cast.loop.opening_id])
    client.post(page, bar_fields(cast.loop.opening))
    packet.refresh_from_db()
    assert (packet.is_superseded, Opening.objects.get().bar) == (False, {})


def test_the_form_shows_the_levels_default_beside_an_edit(cast: Cast, client: Client) -> None:
    page = reverse("opening_bar", args=[cast.loop.opening_id])
    client.post(page, bar_fields(cast.loop.opening, needs_depth="1"))
    rows = {row["title"]: row for row in client.get(page).context["form"].dimension_rows()}
    depth = next(row for title, row in rows.items() if row["needs"].name == "needs_depth")
    assert (depth["needs"].value(), depth["level"].needs, depth["is_edited"]) == ("1", 3, True)
    assert sum(row["is_edited"] for row in rows.values()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"needs_depth": "5"},
        {"signal_leverage-and-restraint": "-1"},
        {"new_signal": "no-such-signal", "new_people": "1"},
        {"new_signal": "premature-complexity"},
    ],
)
def test_a_bar_that_the_rubric_does_not_know_is_refused(
    cast: Cast, client: Client, wrong: dict
) -> None:
    page = reverse("opening_bar", args=[cast.loop.opening_id])
    response = client.post(page, bar_fields(cast.loop.opening, **wrong))
    assert response.status_code == 200
    assert response.context["form"].errors
    assert Opening.objects.get().bar == {}


@pytest.mark.parametrize("quorum", ["0", "-1", "100"])
def test_a_quorum_that_no_committee_has_is_refused_beside_its_field(
    cast: Cast, client: Client, quorum: str
) -> None:
    opening = cast.loop.opening
    fields = {"title": "x", "level": "senior", "rounds": opening.rounds, "quorum": quorum}
    form = client.post(reverse("edit_opening", args=[opening.pk]), fields).context["form"]
    assert list(form.errors) == ["quorum"]


def test_new_scorecards_use_the_rubric_of_their_opening(cast: Cast) -> None:
    content = RubricVersion.objects.current().content
    RubricVersion.objects.create(number=2, content=content, digest="sha256:newer")
    Opening.objects.update(rubric_version=RubricVersion.objects.get(number=1))
    pinned = live.begin(Seat.objects.get(person=cast.colleague))
    Opening.objects.update(rubric_version=None)
    newest = live.begin(Seat.objects.get(person=cast.interviewer))
    assert (pinned.rubric_version.number, newest.rubric_version.number) == (1, 2)


def test_each_new_loop_gets_the_committee_of_its_opening(cast: Cast, client: Client) -> None:
    gone = person("Gone", Role.COMMITTEE)
    insider = person("Ivy Insider", Role.COMMITTEE)
    members = [cast.committee, gone, insider, cast.recused]
    save_opening(cast.recruiter, cast.loop.opening, committee=members, chair=cast.recused)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    add = reverse("add_loop", args=[cast.loop.opening_id])
    client.post(add, {"name": "Ivy", "email": "IVY.Insider@lumenta.example"})
    loop = Loop.objects.exclude(pk=cast.loop.pk).get()
    seats = set(CommitteeSeat.objects.filter(loop=loop).values_list("person__name", "is_chair"))
    assert seats == {(cast.committee.name, False), (cast.recused.name, True)}
    assert cast.loop.committee_seats.count() == 2  # as before


def test_the_form_of_an_opening_keeps_rubric_and_committee(cast: Cast, client: Client) -> None:
    page = reverse("edit_opening", args=[cast.loop.opening_id])
    fields = {"title": "Senior ML Engineer", "level": "senior", "rounds": ["behavioral"]}
    first = RubricVersion.objects.get(number=1)
    more = {"rubric_version": first.pk, "committee": [cast.recused.pk], "chair": cast.committee.pk}
    client.post(page, {**fields, **more})
    opening = Opening.objects.get()
    assert opening.rubric_version == first
    seats = set(opening.committee_seats.values_list("person", "is_chair"))
    assert seats == {(cast.recused.pk, False), (cast.committee.pk, True)}
    initial = client.get(page).context["form"].initial
    assert initial["chair"] == cast.committee.pk
    assert "Select a valid choice" in str(
        client.post(page, {**fields, "rubric_version": first.pk + 7}).context["form"].errors
    )


@pytest.mark.parametrize("order", ["account first", "candidate first"])
def test_an_internal_candidate_is_linked_whichever_came_first(rubric, as_: As, order: str) -> None:
    def account() -> User:
        return person("Ina Internal", Role.RECRUITER)

    def candidate() -> Loop:
        opening = Opening.objects.create(title="X", level="mid")
        email = "ina.internal@lumenta.example"
        return Loop.objects.create(
            opening=opening, candidate=Candidate.objects.create(name="Ina", email=email)
        )

    if order == "account first":
        who, loop = account(), candidate()
    else:
        loop, who = candidate(), account()
    assert Candidate.objects.get().account == who
    User.objects.filter(pk=who.pk).update(email="married@lumenta.example")
    assert as_(who).get(reverse("loop", args=[loop.pk])).status_code == 404


def test_one_mailbox_in_two_letter_cases_cannot_be_two_candidates(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Candidate.objects.create(name="Noor", email="Noor.Example@mailbox.example")


def test_a_changed_bar_is_in_the_audit_trail_with_both_values(cast: Cast, client: Client) -> None:
    page = reverse("opening_bar", args=[cast.loop.opening_id])
    client.post(page, bar_fields(cast.loop.opening, needs_depth="1"))
    line = AuditEvent.objects.get(action="opening.bar-changed")
    assert (line.detail["before"], line.detail["after"]["depth"]) == ({}, 1)
