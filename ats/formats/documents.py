"""What a file of an applicant tracking system says, in one form for all formats.

Texts are checked against the rubric and within limits, mail addresses in their one spelling, names
in composed Unicode, times aware. Notes are referred to by their position.
"""

from dataclasses import dataclass
from datetime import date, datetime

from ats.formats.faults import Place

RECOMMENDATIONS = ("strong_no", "no", "yes", "strong_yes")
OUTCOMES = ("not_solved", "partly_solved", "solved")
NOTE_KINDS = ("observation", "quote", "probe")
SEVERITIES = ("concern", "disqualifying")
LATEST_SECOND = 2**31 - 1  # of a note


@dataclass(frozen=True)
class PersonDocument:
    name: str
    email: str  # empty where the file does not say
    place: Place  # of the address


@dataclass(frozen=True)
class OpeningDocument:
    id: str
    title: str
    level: str
    rounds: tuple[str, ...]  # the plan, or the rounds met where the format knows no plan
    has_plan: bool
    place: Place


@dataclass(frozen=True)
class CandidateDocument:
    id: str
    name: str
    email: str
    place: Place  # of the id
    current_title: str = ""
    current_company: str = ""
    other_emails: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoteDocument:
    at_seconds: int
    kind: str
    text: str
    stage: str = ""
    probe: str = ""
    dimension: str = ""
    signal: str = ""
    polarity: str = ""  # of the signal


@dataclass(frozen=True)
class RatingDocument:
    dimension: str
    value: int | None  # None is "not observed"
    rationale: str = ""
    notes: tuple[int, ...] = ()


@dataclass(frozen=True)
class FlagDocument:
    signal: str
    severity: str
    explanation: str = ""
    notes: tuple[int, ...] = ()


@dataclass(frozen=True)
class CardDocument:
    recommendation: str = ""
    correctness: str = ""
    summary: str = ""
    follow_up: str = ""
    notes: tuple[NoteDocument, ...] = ()
    ratings: tuple[RatingDocument, ...] = ()
    flags: tuple[FlagDocument, ...] = ()


@dataclass(frozen=True)
class RevisionDocument:
    """A change after submission: when, by whom, to which fields, and the card after it."""

    at: datetime
    by: PersonDocument
    fields: tuple[str, ...]
    card: CardDocument


@dataclass(frozen=True)
class SubmissionDocument:
    """A scorecard that was handed in: as it first was, and each change since, oldest first."""

    card: CardDocument
    submitted_at: datetime
    updated_at: datetime
    entered_by: PersonDocument | None = None  # somebody else who typed it in
    revisions: tuple[RevisionDocument, ...] = ()

    @property
    def final(self) -> CardDocument:
        return self.revisions[-1].card if self.revisions else self.card


@dataclass(frozen=True)
class SeatDocument:
    id: str
    role: str  # lead, second or shadow
    person: PersonDocument
    place: Place
    submission: SubmissionDocument | None = None  # None: the scorecard is awaited


@dataclass(frozen=True)
class InterviewDocument:
    """One round; an all-day event of a calendar has a day, and neither start nor end."""

    id: str
    round: str
    seats: tuple[SeatDocument, ...]
    place: Place
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    day: date | None = None


@dataclass(frozen=True)
class LoopDocument:
    format: str
    source: str  # the file as a stored version names it: its folder and name, no path of a machine
    opening: OpeningDocument
    candidate: CandidateDocument
    interviews: tuple[InterviewDocument, ...]

    @property
    def seats(self) -> list[SeatDocument]:
        return [seat for each in self.interviews for seat in each.seats]

    @property
    def people(self) -> list[PersonDocument]:
        """Everybody who needs to be a person here: who sat in, and who changed a scorecard."""
        seated = [seat.person for seat in self.seats]
        handed_in = [seat.submission for seat in self.seats if seat.submission]
        return seated + [change.by for each in handed_in for change in each.revisions]

    @property
    def as_of(self) -> datetime | None:
        """The newest change to any of its scorecards: how recent this file's knowledge is."""
        return max((s.submission.updated_at for s in self.seats if s.submission), default=None)
