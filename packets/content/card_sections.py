"""The shape of the parts of a stored packet that hold what scorecards say: notes, cards, flags."""

from typing import NotRequired, TypedDict


class SeatEntry(TypedDict):
    """Whose card a note, or what is said of a flag, comes from."""

    by: str
    round: str
    interview: str


class InterviewerSeat(TypedDict):
    """The same under the names that most parts have for it."""

    interview: str
    round: str
    interviewer: str


class NoteWords(SeatEntry):
    at_seconds: int
    kind: str
    quote: bool
    text: str
    stage: str
    probe: str
    dimension: str
    signal: str
    polarity: str


class NoteEntry(NoteWords):
    """A note; `ref` names the card and the note's rank in it by time."""

    ref: str


class CitedNote(NoteWords):
    """A note that a resolution rests on; `ref` is None where this packet has it no more."""

    ref: str | None


class ChangedNote(TypedDict):
    at_seconds: int
    kind: str
    text: str
    tags: list[str]


class ChangedRating(TypedDict):
    rating: int | None
    rationale: str
    notes: list[str]  # what they say; on a whole card their refs


class ChangedFlag(TypedDict):
    severity: str
    explanation: str
    notes: list[str]


ChangedValue = str | ChangedNote | ChangedRating | ChangedFlag | None


class Change(TypedDict):
    """`field` is a card's own, `note`, `rating/<dimension>` or `flag/<signal>`."""

    field: str
    before: ChangedValue
    after: ChangedValue


class Amendment(TypedDict):
    version: int
    origin: str
    at: str
    by: str
    reason: str
    seen_others: int
    late: bool
    changes: list[Change]


class CardRating(ChangedRating):
    dimension: str
    supported: bool
    reason: str


class CardFlag(ChangedFlag):
    signal: str


class CheckAnswer(TypedDict):
    code: str
    where: str
    reason: str


class CardSection(InterviewerSeat):
    """A card whole."""

    ref: str
    version: int
    recommendation: str
    correctness: str
    summary: str
    follow_up: str
    notes: list[NoteEntry]
    ratings: list[CardRating]
    flags: list[CardFlag]
    answers: list[CheckAnswer]
    amendments: list[Amendment]


class ScorecardEntry(InterviewerSeat):
    role: str
    status: str  # counted, shadow, missing or apart
    reason: str
    recommendation: str | None
    correctness: str | None
    starts_at: str | None
    ends_at: str | None
    day: str | None
    cancelled: bool
    submitted_at: str | None
    hours_after: float | None
    late: bool
    amended: bool
    amendments: int
    entered_by: str | None


class RatingEntry(InterviewerSeat):
    rating: int | None
    supported: bool
    reason: str
    rationale: str
    notes: list[NoteEntry]


class OrderOfThinking(InterviewerSeat):
    objective_s: int | None
    data_s: int | None
    model_s: int | None
    tradeoffs_s: int | None
    objective_before_model: bool | None
    data_before_model: bool | None
    first_notes: dict[str, str | None]


class RaisedFlag(SeatEntry):
    severity: str
    explanation: str
    notes: list[NoteEntry]
    setting: list[NoteEntry]  # the interviewer's own words before the notes
    asked: list[NoteEntry]  # and between them
    rating: int | None
    recommendation: str | None


class FlagSide(SeatEntry):
    """What one card says for or against a flag."""

    rating: int | None
    tagged: bool
    flagged: bool
    notes: list[NoteEntry]


class ResolutionEntry(TypedDict):
    outcome: str
    reason: str
    by: str
    at: str
    evidence: list[CitedNote]
    version: int


class FormerResolution(ResolutionEntry):
    same: bool  # was the flag raised in the same words then?


class FlagSection(TypedDict):
    signal: str
    dimension: str
    severity: str  # the gravest raised
    disqualifying: bool
    resolution: ResolutionEntry | None
    former: NotRequired[list[FormerResolution]]
    raised: list[RaisedFlag]
    corroborated_by: list[str]
    contradicted_by: list[str]
    untested_by: list[str]
    both: list[str]
    corroboration: list[FlagSide]
    contradiction: list[FlagSide]
    contested: bool


class PatternSection(TypedDict):
    signal: str
    dimension: str
    seen_by: list[str]
    flagged_by: list[str]
    rounds: list[str]
    rooms: int
    notes: list[NoteEntry]


class NotedOnce(TypedDict):
    signal: str
    dimension: str
    by: str
    notes: list[NoteEntry]
