"""Part 1: who, for what, at which level, and which scorecards are in, late or missing."""

from dataclasses import dataclass
from datetime import date, datetime

from packets.content.card_sections import ScorecardEntry
from packets.content.document import PacketDocument
from packets.page.labels import CardLabel, Labels, Person, moment
from packets.page.wording import count, hours

STATUS = {
    "counted": "In",
    "missing": "Missing",
    "shadow": "Shadow, counts for nothing",
    "apart": "Apart, counts for nothing",
}


@dataclass(frozen=True)
class SeatRow:
    """One seat's scorecard: in, late, missing, or shown apart."""

    where: CardLabel
    status: str
    says: str
    starts_at: datetime | None
    day: date | None
    submitted_at: datetime | None
    after: str
    late: bool
    cancelled: bool
    amendments: str
    entered_by: Person | None


@dataclass(frozen=True)
class Head:
    id: str
    name: str
    background: str
    opening: str
    opening_id: str
    level: str
    version: int
    digest: str
    built_at: datetime | None
    superseded: bool
    rubric: int
    seats: list[SeatRow]
    wanted: int
    handed_in: int
    missing: list[SeatRow]
    late: list[SeatRow]
    shadows: list[SeatRow]

    @property
    def short_digest(self) -> str:
        kind, _, hex = self.digest.rpartition(":")
        return f"{kind}:{hex[:4]}…{hex[-4:]}"


def head(document: PacketDocument, labels: Labels) -> Head:
    packet, candidate, opening = document["packet"], document["candidate"], document["opening"]
    seats = [_seat(each, labels) for each in document["scorecards"]]
    counted = [seat for seat in seats if seat.status == "counted"]
    missing = [seat for seat in seats if seat.status == "missing"]
    background = (candidate["current_title"], candidate["current_company"])
    return Head(
        id=packet["id"],
        name=candidate["name"],
        background=", ".join(filter(None, background)),
        opening=opening["title"],
        opening_id=opening["id"],
        level=labels.title("levels", opening["level"]),
        version=packet["version"],
        digest=packet["digest"],
        built_at=moment(packet["built_at"]),
        superseded=packet["superseded"],
        rubric=document["rubric"]["version"],
        seats=seats,
        wanted=len(counted) + len(missing),
        handed_in=len(counted),
        missing=missing,
        late=[seat for seat in counted if seat.late],
        shadows=[seat for seat in seats if seat.status == "shadow"],
    )


def _seat(each: ScorecardEntry, labels: Labels) -> SeatRow:
    return SeatRow(
        where=labels.where(each),
        status=each["status"],
        says=STATUS[each["status"]],
        starts_at=moment(each["starts_at"]),
        day=date.fromisoformat(each["day"]) if each["day"] else None,
        submitted_at=moment(each["submitted_at"]),
        after=hours(each["hours_after"]),
        late=each["late"],
        cancelled=each["cancelled"],
        amendments=count(each["amendments"], "amendment") if each["amended"] else "",
        entered_by=labels.person(each["entered_by"]) if each["entered_by"] else None,
    )
