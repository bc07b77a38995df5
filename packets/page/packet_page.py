"""The packet's page as one object, in the order in which a careful committee reads."""

from dataclasses import dataclass

from packets.content.document import PacketDocument, TieBreaker
from packets.page.amendment_tables import ShownLateEdit, late_edits
from packets.page.committee_questions import ShownQuestion, questions
from packets.page.consistency import DisagreementSpot, HeatRow, HeatTable, heat, spots
from packets.page.coverage import ShownCoverage, coverage
from packets.page.dimension_evidence import DimensionNotes, evidence
from packets.page.flags_and_patterns import (
    NotedOnce,
    ShownFlag,
    ShownPattern,
    flags,
    noted_once,
    patterns,
)
from packets.page.head import Head, head
from packets.page.interviewer_table import InterviewerRow, interviewers
from packets.page.labels import Labels
from packets.page.lens import FacetRows, Lens, lens
from packets.page.level_bar import ShownBar, level_bar
from packets.page.numbers import Numbers, numbers
from packets.page.thinking_order import ThinkingOrder, thinking_order
from packets.page.verdict import Verdict, verdict
from packets.page.whole_cards import WholeCard, whole_cards
from packets.page.wording import count


@dataclass(frozen=True)
class PacketPage:
    head: Head
    verdict: Verdict
    flags: list[ShownFlag]
    patterns: list[ShownPattern]
    noted_once: list[NotedOnce]
    heat: HeatTable
    spots: list[DisagreementSpot]
    late_edits: list[ShownLateEdit]
    coverage: ShownCoverage
    bar: ShownBar
    evidence: list[DimensionNotes]
    order: ThinkingOrder
    numbers: Numbers
    interviewers: list[InterviewerRow]
    tie_breaker: TieBreaker | None  # its ratings are a row of the heat table
    questions: list[ShownQuestion]
    cards: list[WholeCard]
    lens: Lens

    @property
    def heat_groups(self) -> list[FacetRows[HeatRow]]:
        return self.lens.group(self.heat.rows)

    @property
    def evidence_groups(self) -> list[FacetRows[DimensionNotes]]:
        return self.lens.group(self.evidence)

    @property
    def open_flags(self) -> list[ShownFlag]:
        return [flag for flag in self.flags if flag.is_open]

    @property
    def settled_flags(self) -> list[ShownFlag]:
        return [flag for flag in self.flags if not flag.is_open]

    @property
    def contents(self) -> list[tuple[str, str, str]]:
        """Each part's anchor, its title, and how much in it is open, apart, missing or thin."""
        gaps = len(self.coverage.not_covered) + len(self.coverage.thin)
        below = sum(len(rows) for reading, _, rows in self.bar.groups if reading == "below")
        return [
            ("flags", "Flags and patterns", _some(len(self.open_flags), "open", "open")),
            ("consistency", "Consistency", _some(len(self.spots), "split")),
            ("coverage", "Coverage", _some(gaps, "gap")),
            ("bar", f"{self.head.level} bar", _some(below, "below", "below")),
            ("evidence", "Evidence", ""),
            ("order", "Order of thinking", ""),
            ("numbers", "Numbers", ""),
            ("people", "Interviewers", str(len(self.interviewers))),
            ("tie-breaker", "Tie-breaker", ""),
            ("questions", "Questions", str(len(self.questions))),
            ("cards", "Scorecards", str(len(self.cards))),
        ]


def _some(n: int, one: str, many: str = "") -> str:
    return count(n, one, many) if n else ""


def packet_page(document: PacketDocument, lens_id: str = "") -> PacketPage:
    """`document` is Packet.document, as docs/packet.md lists its keys."""
    labels = Labels(document)
    return PacketPage(
        head=head(document, labels),
        verdict=verdict(document),
        flags=flags(document, labels),
        patterns=patterns(document, labels),
        noted_once=noted_once(document, labels),
        heat=heat(document, labels),
        spots=spots(document, labels),
        late_edits=late_edits(document, labels),
        coverage=coverage(document, labels),
        bar=level_bar(document, labels),
        evidence=evidence(document, labels),
        order=thinking_order(document, labels),
        numbers=numbers(document, labels),
        interviewers=interviewers(document, labels),
        tie_breaker=document["tie_breaker"],
        questions=questions(document, labels),
        cards=whole_cards(document, labels),
        lens=lens(document, lens_id),
    )
