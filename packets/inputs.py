"""Reading a loop out of the database into a PacketInput, in a constant number of queries."""

from collections import defaultdict
from typing import Any

from interviews.models import Loop, Opening, Record, Seat
from packets.content.document import CandidateHead
from packets.content.packet_input import OpeningInput, PacketInput, SeatInput, VersionInput
from rubric.models import RubricVersion, rubric_of
from rubric.parsing import parse_bar
from scorecard.models import ScorecardVersion


def read(loop: Loop) -> PacketInput:
    """Everything that the loop's packet is a function of, but the calibration.

    Raises RubricVersion.DoesNotExist where no rubric was ever published.
    """
    loop = Loop.objects.select_related("opening", "candidate").get(pk=loop.pk)
    seats = list(Seat.objects.filter(interview__loop=loop).select_related("interview", "person"))
    versions = list(
        ScorecardVersion.objects.filter(scorecard__seat__interview__loop=loop)
        .select_related("scorecard", "by")
        .order_by("number")
    )
    by_seat: dict[object, list[ScorecardVersion]] = defaultdict(list)
    for version in versions:
        by_seat[version.scorecard.seat_id].append(version)
    first = loop.packets.filter(version=1).values_list("built_at", "content__cards").first()
    built_at, cards = first or (None, ())
    return PacketInput(
        candidate=_candidate(loop),
        opening=_opening(loop.opening),
        rubric=rubric_of(_rubric_id(loop, versions)),
        seats=tuple(_seat(seat, by_seat[seat.pk]) for seat in seats),
        names=_names(seats, versions),
        first_built_at=built_at,
        first_versions={
            (card["interview"], card["interviewer"]): card["version"] for card in cards
        },
    )


def public_id(row: Record) -> str:
    """The id of the system it was imported from, else its own."""
    return row.external_id or str(row.pk)


def _typist(version: ScorecardVersion) -> dict[str, Any] | None:
    """Who typed the card into the system that it was imported from, where the file names them."""
    return version.source.get("submitted_by") or None


def _names(seats: list[Seat], versions: list[ScorecardVersion]) -> dict[str, str]:
    """Names by e-mail; who only typed a card in elsewhere is named as the file names them."""
    names = {who["email"]: who["name"] for version in versions if (who := _typist(version))}
    people = [*(seat.person for seat in seats), *(version.by for version in versions)]
    return names | {person.email: person.name for person in people}


def _candidate(loop: Loop) -> CandidateHead:
    candidate = loop.candidate
    return {
        "id": public_id(candidate),
        "name": candidate.name,
        "current_title": candidate.current_title,
        "current_company": candidate.current_company,
    }


def _opening(opening: Opening) -> OpeningInput:
    bar = parse_bar(opening.bar) if opening.bar else None
    rounds = tuple(opening.rounds)
    return OpeningInput(public_id(opening), opening.title, opening.level, rounds, bar)


def _rubric_id(loop: Loop, versions: list[ScorecardVersion]) -> int:
    """The newest rubric of the cards; where none is in yet, the one that they are to use."""
    used = {version.scorecard.rubric_version_id for version in versions}
    if len(used) == 1:
        return used.pop()
    if not used:
        return loop.opening.rubric_version_id or RubricVersion.objects.current().pk
    return RubricVersion.objects.filter(pk__in=used).latest("number").pk


def _seat(seat: Seat, versions: list[ScorecardVersion]) -> SeatInput:
    interview = seat.interview
    return SeatInput(
        # A shadow's seat bears an id of its own in the imported file, as if it were an interview.
        interview=public_id(seat if seat.role == "shadow" and seat.external_id else interview),
        round=interview.round,
        person=seat.person.email,
        role=seat.role,
        starts_at=interview.starts_at,
        ends_at=interview.ends_at,
        day=interview.day,
        cancelled=interview.cancelled_at is not None,
        versions=tuple(_version(version) for version in versions),
    )


def _version(version: ScorecardVersion) -> VersionInput:
    typist = _typist(version)
    return VersionInput(
        number=version.number,
        card=version.card,
        at=version.at,
        by=version.by.email,
        origin=version.origin,
        reason=version.reason,
        seen_others=version.seen_others,
        entered_by=typist["email"] if typist else "",
    )
