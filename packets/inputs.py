"""Reading a loop out of the database into a PacketInput, in a constant number of queries."""

from interviews.models import Loop, Record, Seat
from packets.content.packet_input import (
    CandidateInput,
    OpeningInput,
    PacketInput,
    SeatInput,
    VersionInput,
)
from rubric.models import RubricVersion, rubric_of
from rubric.parsing import parse_bar
from scorecard.models import ScorecardVersion


def read(loop: Loop) -> PacketInput:
    """Everything that the loop's packet is a function of, but the calibration (snapshots.py).

    Raises RubricVersion.DoesNotExist where no rubric was ever published.
    """
    loop = Loop.objects.select_related("opening", "candidate").get(pk=loop.pk)
    seats = list(Seat.objects.filter(interview__loop=loop).select_related("interview", "person"))
    versions = list(
        ScorecardVersion.objects.filter(scorecard__seat__interview__loop=loop)
        .select_related("scorecard", "by")
        .order_by("number")
    )
    by_seat: dict[object, list[ScorecardVersion]] = {}
    for version in versions:
        by_seat.setdefault(version.scorecard.seat_id, []).append(version)
    packets = loop.packets.filter(version=1)
    first = packets.values_list("built_at", "content__cards").first()
    return PacketInput(
        candidate=_candidate(loop),
        opening=_opening(loop),
        rubric=rubric_of(_rubric_id(loop, versions)),
        seats=tuple(_seat(seat, by_seat.get(seat.pk, [])) for seat in seats),
        names=_names(seats, versions),
        first_built_at=first[0] if first else None,
        first_versions=_first_versions(first[1]) if first else {},
    )


def public_id(row: Record) -> str:
    """The id of the system it was imported from, else its own."""
    return row.external_id or str(row.pk)


def _names(seats: list[Seat], versions: list[ScorecardVersion]) -> dict[str, str]:
    """Names by e-mail; who only typed a card in elsewhere is named as the file names them."""
    typists = [version.source["submitted_by"] for version in versions if _is_typed(version)]
    people = [*(seat.person for seat in seats), *(version.by for version in versions)]
    names = {each["email"]: each["name"] for each in typists}
    return names | {person.email: person.name for person in people}


def _is_typed(version: ScorecardVersion) -> bool:
    return bool(version.source.get("submitted_by"))


def _candidate(loop: Loop) -> CandidateInput:
    candidate = loop.candidate
    return CandidateInput(
        id=public_id(candidate),
        name=candidate.name,
        current_title=candidate.current_title,
        current_company=candidate.current_company,
    )


def _opening(loop: Loop) -> OpeningInput:
    opening = loop.opening
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
    return VersionInput(
        number=version.number,
        card=version.card,
        at=version.at,
        by=version.by.email,
        origin=version.origin,
        reason=version.reason,
        seen_others=version.seen_others,
        entered_by=version.source["submitted_by"]["email"] if _is_typed(version) else "",
    )


def _first_versions(cards: list[dict]) -> dict[tuple[str, str], int]:
    return {(card["interview"], card["interviewer"]): card["version"] for card in cards}
