"""The packet's numbers that need a calibration: beside the raw ones, never in place of them.

Everything here is a function of the ratings and the snapshot that `PacketInput` holds. Where there
is no snapshot, or it does not know the level or a dimension, the answer is None with a reason.
"""

from dataclasses import dataclass
from functools import cached_property
from statistics import mean

from calibration.severity import disagreement
from calibration.severity.labels import MARKED, NO_HISTORY, NOT_COMPARABLE, NOTHING, TYPICAL
from calibration.severity.posterior import Observed, Posterior, meets, posterior, reliability
from calibration.severity.snapshot import Snapshot
from packets.content.card_sections import RatingEntry
from packets.content.document import (
    AdjustedStatistics,
    CalibrationHead,
    DisagreementRatio,
    Estimate,
    NoEstimate,
    Reliability,
    SeverityEntry,
)
from packets.content.panel import Panel, points, sources
from packets.content.values import plain

Z80, Z95 = 1.2816, 1.96
DIFFERS = 0.25  # points between raw and adjusted from which the page says why
OF_PANEL, OF_FEW = 0.10, 0.15  # points that severity, and few ratings, are named from
ANOTHER_ROUND = 4  # dimensions that one more scorecard would rate

NO_CORPUS = "Needs ratings of many candidates to compare with; there is no calibration yet."
NOT_ASSESSED = "Not assessed."
NO_LEVEL = "The calibration has no candidate of this level."
NO_DIMENSION = "The calibration does not know this dimension."
NO_RATINGS = "Nothing is rated with evidence."
FEW_PAIRS = "Needs six pairs of ratings of one dimension."
FEW_PANELS = "Needs thirty closed panels to compare with."
NO_DIFFERENCE = "The calibration finds no difference between candidates."
WHY_NO_SEVERITY = {
    NO_HISTORY: "Not enough history: severity is named from ten scorecards on.",
    NOTHING: "Not enough to say: they rated fewer than three candidates.",
    NOT_COMPARABLE: "Not comparable: they share no candidate with most of their colleagues.",
}

TOO_CLOSE = "too close to call"
WORDS = (
    (0.95, "very likely"),
    (0.80, "likely"),
    (0.20, TOO_CLOSE),
    (0.05, "unlikely"),
    (0.0, "very unlikely"),
)


def likelihood(probability: float) -> str:
    """The one word for a probability, everywhere.

    >>> likelihood(0.8), likelihood(0.799)
    ('likely', 'too close to call')
    """
    return next(word for least, word in WORDS if probability >= least)


def calibration(panel: Panel) -> CalibrationHead | None:
    """Which snapshot the packet's numbers rest on; None where there is none yet."""
    known = panel.source.calibration
    if known is None:
        return None
    return {
        "snapshot": known.id,
        "date": known.date,
        "ratings": known.ratings,
        "candidates": known.candidates,
    }


def figures(panel: Panel) -> AdjustedStatistics:
    """What the calibration says of this panel, and `reasons` for each None."""
    own = _Figures(panel, panel.source.calibration) if panel.source.calibration else None
    adjusted = own.adjusted() if own else NO_CORPUS
    reliability = own.reliability() if own else NO_CORPUS
    ratio = own.disagreement() if own else NO_CORPUS
    found = {"adjusted": adjusted, "reliability": reliability, "disagreement_ratio": ratio}
    return {
        "adjusted": None if isinstance(adjusted, str) else adjusted,
        "reliability": None if isinstance(reliability, str) else reliability,
        "disagreement_ratio": None if isinstance(ratio, str) else ratio,
        "reasons": {key: each for key, each in found.items() if isinstance(each, str)},
    }


@dataclass(frozen=True)
class _Figures:
    """Each method gives a figure, or the reason why there is none."""

    panel: Panel
    known: Snapshot

    @cached_property
    def ratings(self) -> dict[str, list[RatingEntry]]:
        """Supported ratings in the dimensions that the snapshot knows, in the rubric's order."""
        dimensions = [id for id in self.panel.rubric.dimensions if id in self.known.beta]
        return {id: self.panel.supported(id) for id in dimensions}

    @cached_property
    def observed(self) -> list[Observed]:
        return [
            Observed(
                id,
                each["interviewer"],
                f"{each['interview']} {each['interviewer']}",
                float(points(each)),
            )
            for id, ratings in self.ratings.items()
            for each in ratings
        ]

    @cached_property
    def posterior(self) -> Posterior:
        return posterior(self.observed, self.panel.source.opening.level, self.known)

    def adjusted(self) -> dict[str, Estimate | NoEstimate] | str:
        if self.panel.source.opening.level not in self.known.gamma:
            return NO_LEVEL
        return {id: self._dimension(id) for id in self.panel.rubric.dimensions}

    def _dimension(self, id: str) -> Estimate | NoEstimate:
        ratings = self.ratings.get(id)
        if not ratings:
            reason = NOT_ASSESSED if id in self.known.beta else NO_DIMENSION
            return {"estimate": None, "reason": reason}
        estimate, se = self.posterior.estimates[id], self.posterior.errors[id]
        bare = self.posterior.without_severity[id]
        probability = meets(estimate, se, self.panel.bar.for_dimension(id))
        return {
            "estimate": plain(estimate),
            "se": plain(se),
            "lo80": plain(estimate - Z80 * se),
            "hi80": plain(estimate + Z80 * se),
            "lo95": plain(estimate - Z95 * se),
            "hi95": plain(estimate + Z95 * se),
            "meets_bar": plain(probability),
            "says": likelihood(probability),
            "without_severity": plain(bare),
            **sources(ratings),
            "differs": _differs(mean(map(points, ratings)), estimate, bare),
            "reason": "",
        }

    def reliability(self) -> Reliability | str:
        if not self.observed:
            return NO_RATINGS
        required = self._required()
        rated = [each.dimension for each in self.observed]
        least = sorted(required, key=lambda id: (rated.count(id), required.index(id)))
        another = [Observed(id, "", "", 0.0) for id in least[:ANOTHER_ROUND]]
        found = reliability(self.observed, required, self.known)
        more = reliability([*self.observed, *another], required, self.known)
        if found is None or more is None:
            return NO_DIFFERENCE
        return {
            "value": plain(found),
            "one_more_round": plain(more),
            "dimensions": required,
            **sources([each for ratings in self.ratings.values() for each in ratings]),
        }

    def _required(self) -> list[str]:
        """What the plan or the rounds held were to test; else what was rated."""
        rated = {each.dimension for each in self.observed}
        wanted = self.panel.to_test & set(self.known.beta) or rated
        return [id for id in self.panel.rubric.dimensions if id in wanted]

    def disagreement(self) -> DisagreementRatio | str:
        usual = self.known.panels
        if usual is None:
            return FEW_PANELS
        units = [
            [points(each) for each in self.panel.supported(id)]
            for id in self.panel.rubric.dimensions
        ]
        found = disagreement.ratio(units, usual.counts)
        if found is None:
            return FEW_PAIRS
        says = disagreement.in_words(found, usual)
        return {"value": plain(found), "pairs": disagreement.pairs(units), "says": says}


def _differs(raw: float, estimate: float, bare: float) -> list[str]:
    """Why raw and adjusted lie apart: strict panel, lenient panel, few ratings; or nothing."""
    if abs(estimate - raw) < DIFFERS:
        return []
    panel = "strict panel" if estimate > bare else "lenient panel"
    of_panel, of_few = abs(estimate - bare), abs(bare - raw)
    reasons = [panel] if of_panel >= OF_PANEL else []
    reasons += ["few ratings"] if of_few >= OF_FEW else []
    return reasons or [panel if of_panel > of_few else "few ratings"]


def severity(panel: Panel, person: str) -> SeverityEntry:
    """One interviewer's severity in points with its likely range and what it rests on."""
    known = panel.source.calibration
    found = known.severities.get(person) if known else None
    entry: SeverityEntry = {
        "severity": None,
        "severity_label": found.label if found else NO_HISTORY,
        "severity_cards": found.cards if found else 0,
        "severity_candidates": found.candidates if found else 0,
    }
    if found and found.severity is not None and found.label in (*MARKED, TYPICAL):
        se = found.se or 0.0
        entry["severity"] = plain(found.severity)
        entry["severity_lo80"] = plain(found.severity - Z80 * se)
        entry["severity_hi80"] = plain(found.severity + Z80 * se)
    return entry
