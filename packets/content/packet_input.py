"""What a packet is built from, as plain values. `inputs.read` fills them in from the database."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from calibration.severity.snapshot import Snapshot
from packets.content.document import CandidateHead
from rubric.content import LevelBar, Rubric
from scorecard.content import CardContent

ROLES = ("lead", "second", "shadow")


@dataclass(frozen=True)
class VersionInput:
    """One version of a card as it was handed in; `by` is the e-mail of who did it.

    `entered_by` is somebody else who typed it into the system that it was imported from.
    """

    number: int
    card: CardContent
    at: datetime
    by: str
    origin: str = "submission"
    reason: str = ""
    seen_others: int = 0
    entered_by: str = ""


@dataclass(frozen=True)
class SeatInput:
    """One person in one interview, with every version of the card they handed in."""

    interview: str
    round: str
    person: str  # e-mail
    role: str  # one of ROLES
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    day: date | None = None  # of an all-day event, which has no hours
    cancelled: bool = False
    versions: tuple[VersionInput, ...] = ()

    @property
    def entered_by(self) -> str | None:
        """Who handed the card in for its interviewer, where that was somebody else."""
        if not self.versions:
            return None
        first = self.versions[0]
        who = first.entered_by or first.by
        return who if who != self.person else None

    @property
    def order(self) -> tuple[str, str, int, str]:
        """Where the seat stands in every list: by time, then by what cannot be equal."""
        when = self.starts_at.astimezone(UTC) if self.starts_at else self.day
        return (
            when.isoformat() if when else "",
            self.interview,
            ROLES.index(self.role),
            self.person,
        )


@dataclass(frozen=True)
class OpeningInput:
    id: str
    title: str
    level: str
    rounds: tuple[str, ...] = ()  # the plan
    bar: LevelBar | None = None  # what is asked instead of the level's own bar


@dataclass(frozen=True)
class PacketInput:
    """A loop as the packet sees it. The order of `seats` carries no meaning.

    `calibration` is the frozen snapshot that its adjusted numbers rest on, if there is one.

    `first_built_at` and `first_versions` are of the loop's first packet, if it had one: the number
    of the version that each card, by interview and person, had in it. What came later is a late
    edit.
    """

    candidate: CandidateHead
    opening: OpeningInput
    rubric: Rubric
    seats: tuple[SeatInput, ...]
    names: dict[str, str]  # e-mail to name, of everybody who occurs
    calibration: Snapshot | None = None
    first_built_at: datetime | None = None
    first_versions: dict[tuple[str, str], int] = field(default_factory=dict)
