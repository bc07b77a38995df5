"""The shape of a stored packet (docs/packet.md): every key that `build` writes, and its type.

What cards say stands in card_sections.py. People are named by e-mail. An undefined number is None,
and a `reason` beside it says why. A key that not every stored packet has is NotRequired.
"""

from typing import NotRequired, TypedDict

from packets.content.card_sections import (
    Amendment,
    CardSection,
    FlagSection,
    InterviewerSeat,
    NotedOnce,
    NoteEntry,
    OrderOfThinking,
    PatternSection,
    RatingEntry,
    ScorecardEntry,
)


class PacketHeader(TypedDict):
    id: str
    loop: str
    version: int
    digest: str
    built_at: str
    superseded: bool


class CandidateHead(TypedDict):
    id: str
    name: str
    current_title: str
    current_company: str


class OpeningHead(TypedDict):
    id: str
    title: str
    level: str
    rounds: list[str]  # the plan


class RubricHead(TypedDict):
    version: int


class CalibrationHead(TypedDict):
    """The snapshot that the adjusted numbers rest on."""

    snapshot: str
    date: str
    ratings: int
    candidates: int


class LensFacet(TypedDict):
    id: str
    title: str
    dimensions: list[str]
    derived: bool


class LensEntry(TypedDict):
    id: str
    title: str
    description: str
    facets: list[LensFacet]


class RuleEntry(TypedDict):
    """One rule of the reading order: did it fire, and because of what in this packet."""

    rule: str
    fired: bool
    condition: str
    because: str
    header: str | None


class ReadingOrder(TypedDict):
    header: str
    because: str
    rules: list[RuleEntry]


class DimensionReading(TypedDict):
    supported: list[int]
    lower_median: int | None
    coverage: str  # covered, thin or not_covered
    bar: str


class DimensionSection(DimensionReading):
    id: str
    tie_breaker: bool
    ratings: list[RatingEntry]
    range: int | None
    single_source: bool
    disagreement: bool
    needs: int
    must: bool


class DisagreementSection(TypedDict):
    dimension: str
    gap: int
    low: list[RatingEntry]
    high: list[RatingEntry]


class CoverageGap(TypedDict):
    dimension: str
    coverage: str
    rounds: list[str]
    ask: list[str]


class RoundPlan(TypedDict):
    planned: list[str]
    held: list[str]
    awaited: list[str]
    not_held: list[str]
    added: list[str]
    cancelled: list[str]


class CoverageSection(TypedDict):
    focus: list[str]
    not_covered: list[str]
    thin: list[str]
    gaps: list[CoverageGap]
    plan: RoundPlan


class BarRow(TypedDict):
    dimension: str
    needs: int
    lower_median: int | None
    reading: str
    must: bool


class BarSignal(TypedDict):
    signal: str
    needs: int
    seen_by: list[str]
    met: bool


class AnySupported4(TypedDict):
    dimensions: list[str]
    seen_in: list[str]
    reading: str


class BarRows(TypedDict):
    rows: list[BarRow]
    musts_below: list[str]
    below: list[str]
    open: list[str]
    unknown: list[str]
    met: list[str]


class BarAnswers(BarRows):
    """How the dimensions answer what a bar asks of them."""

    any_supported_4: AnySupported4 | None


class BarReading(BarAnswers):
    level: str
    signals: list[BarSignal]


class BarSection(BarReading):
    edited: NotRequired[bool]  # does the opening ask otherwise than its level?


class LowerLevel(BarReading):
    is_met: bool


class Sources(TypedDict):
    n: int
    people: int
    rounds: int


class DimensionStatistics(Sources):
    counts: list[int]
    median: float | None
    range: int | None
    ad_median: float | None
    disagree: bool | None
    reasons: dict[str, str]
    base_rate: NotRequired[list[int]]


class RecommendationCounts(TypedDict):
    counts: dict[str, int]
    sides: dict[str, int]
    same_side: int
    of: int


class PairGap(TypedDict):
    rounds: list[str]
    interviews: list[str]
    interviewers: list[str]
    shared: int
    gap: float | None
    reason: str


class RatingTotals(TypedDict):
    ratings: int
    people: int
    rounds: int


class Estimate(Sources):
    estimate: float
    se: float
    lo80: float
    hi80: float
    lo95: float
    hi95: float
    meets_bar: float
    says: str
    without_severity: float
    differs: list[str]
    reason: str


class NoEstimate(TypedDict):
    estimate: None
    reason: str


class Reliability(Sources):
    value: float
    one_more_round: float
    dimensions: list[str]


class DisagreementRatio(TypedDict):
    value: float
    pairs: int
    says: str


class AdjustedStatistics(TypedDict):
    adjusted: dict[str, Estimate | NoEstimate] | None
    reliability: Reliability | None
    disagreement_ratio: DisagreementRatio | None
    reasons: dict[str, str]


class StatisticsSection(AdjustedStatistics):
    dimensions: dict[str, DimensionStatistics]
    recommendations: RecommendationCounts
    pair_gaps: list[PairGap]
    totals: RatingTotals


class SeverityEntry(TypedDict):
    """An interviewer's severity in points, above 0 lenient; None where none may be named."""

    severity: float | None
    severity_lo80: NotRequired[float]
    severity_hi80: NotRequired[float]
    severity_label: str
    severity_cards: int
    severity_candidates: int


class InterviewerEntry(SeverityEntry):
    interviewer: str
    rounds: list[str]
    cards: int
    owed: int
    hours_after: list[float]
    late: int
    notes: int
    tagged: int
    tagged_share: float | None
    cited: int
    ratings: int
    supported: int
    supported_share: float | None
    reasons: dict[str, str]


class DimensionEvidence(TypedDict):
    dimension: str
    strengths: list[NoteEntry]
    risks: list[NoteEntry]
    noise: list[NoteEntry]
    other: list[NoteEntry]


class TieBreaker(DimensionReading):
    dimension: str
    decides: bool
    because: str


class Question(TypedDict):
    part: int
    text: str
    ask: list[str]
    about: str


class FlagSeverity(TypedDict):
    signal: str
    severity: str


class ChangedReading(TypedDict):
    """What the packet reads on one side of a late edit, where the two sides differ."""

    header: str
    dimensions: dict[str, DimensionReading]
    flags: list[FlagSeverity]


class LateEdit(Amendment, InterviewerSeat):
    before: ChangedReading
    after: ChangedReading


class PacketHead(TypedDict):
    candidate: CandidateHead
    opening: OpeningHead
    rubric: RubricHead
    calibration: CalibrationHead | None
    titles: dict[str, dict[str, str]]  # kind to id to title
    lenses: NotRequired[list[LensEntry]]
    people: dict[str, str]  # e-mail to name


class PacketReadings(PacketHead):
    """What the reading order and the questions are a function of."""

    scorecards: list[ScorecardEntry]
    flags: list[FlagSection]
    patterns: list[PatternSection]
    noted_once: list[NotedOnce]
    dimensions: list[DimensionSection]
    disagreements: list[DisagreementSection]
    coverage: CoverageSection
    bar: BarSection
    levels_below: NotRequired[list[LowerLevel]]
    statistics: StatisticsSection
    interviewers: list[InterviewerEntry]
    cards: list[CardSection]
    shadows: list[CardSection]
    apart: list[CardSection]


class PacketContent(PacketReadings):
    """A packet as it is stored; its digest is over all of this."""

    reading_order: ReadingOrder
    late_edits: list[LateEdit]
    evidence: list[DimensionEvidence]
    order_of_thinking: list[OrderOfThinking]
    tie_breaker: TieBreaker | None
    questions: list[Question]


class PacketDocument(PacketContent):
    """A packet as it is read: under its header, with its flags resolved."""

    packet: PacketHeader
