"""The rules of the reading order, and what each finds in a packet.

Pure, and over the packet's own content: whoever has the JSON can work every rule out again. No
rule decides anything; a header says what to read first.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from calibration.severity.labels import MARKED, in_points
from packets.content.adjusted import TOO_CLOSE
from packets.content.document import DimensionSection, Estimate
from packets.content.flags import is_open_stop
from packets.content.titles import TitledReadings

MOVED = 0.25  # points
LOAD_FLAGS, LOAD_ROUNDS = 3, 2


class Findings(TitledReadings):
    """Because of what a rule fires: a sentence each, and none where it does not."""

    @property
    def estimates(self) -> Iterator[tuple[DimensionSection, Estimate]]:
        """Of each dimension that has one, in the rubric's order; none without a calibration."""
        adjusted = self.content["statistics"]["adjusted"] or {}
        for dimension in self.content["dimensions"]:
            found = adjusted.get(dimension["id"])
            if found and found["estimate"] is not None:
                yield dimension, found

    def incomplete(self) -> list[str]:
        missing = [
            f"{self.name(card['interviewer'])} has not handed in {self.round(card['round'])}."
            for card in self.content["scorecards"]
            if card["status"] == "missing"
        ]
        bare = [
            f"{self.name(raised['by'])} flagged {self.signal(flag['signal'])} without a note."
            for flag in self.content["flags"]
            for raised in flag["raised"]
            if not raised["notes"]
        ]
        return missing + bare

    def stop_signal(self) -> list[str]:
        return [
            f"{self.signal(flag['signal'])}, raised by"
            f" {self.names(raised['by'] for raised in flag['raised'])},"
            f" {'waits for another interview' if flag['resolution'] else 'is open'}."
            for flag in self.content["flags"]
            if is_open_stop(flag)
        ]

    def corroborated(self) -> list[str]:
        return [
            f"{self.signal(pattern['signal'])} was seen by"
            f" {self.names(pattern['seen_by'])}, in {pattern['rooms']} rounds."
            for pattern in self.content["patterns"]
            if pattern["rooms"] > 1
        ]

    def load(self) -> list[str]:
        raised = [each for flag in self.content["flags"] for each in flag["raised"]]
        concerns = [each["interview"] for each in raised if each["severity"] == "concern"]
        rounds = len(set(concerns))
        if len(concerns) < LOAD_FLAGS or rounds < LOAD_ROUNDS:
            return []
        return [f"{len(concerns)} concerns over {rounds} rounds."]

    def contested(self) -> list[str]:
        found = []
        for flag in self.content["flags"]:
            if flag["contested"]:
                rated = [side for side in flag["contradiction"] if side["rating"]]
                against = [f"{side['rating']} from {self.name(side['by'])}" for side in rated]
                found.append(f"{self.signal(flag['signal'])}: {', '.join(against)}.")
        return found

    def strong_negative(self) -> list[str]:
        ones = [
            f"{self.name(rating['interviewer'])} rated a must, {self.dimension(each['id'])}, 1."
            for each in self.content["dimensions"]
            if each["must"]
            for rating in each["ratings"]
            if rating["supported"] and rating["rating"] == 1
        ]
        return ones + [
            f"{self.name(card['interviewer'])} says strong no."
            for card in self.counted
            if card["recommendation"] == "strong_no"
        ]

    def split(self) -> list[str]:
        found = [
            f"{self.dimension(spot['dimension'])}: {spot['gap']} points apart."
            for spot in self.content["disagreements"]
        ]
        said = self.content["statistics"]["recommendations"]
        counts, sides = said["counts"], said["sides"]
        if counts["strong_no"] and counts["strong_yes"]:
            found.append("Polarised: strong no and strong yes.")
        elif sides["no"] and sides["yes"]:
            found.append(f"Recommendations on both sides: {sides['no']} no, {sides['yes']} yes.")
        return found

    def borderline(self) -> list[str]:
        """Musts of which nobody could say whether they meet the bar."""
        return [
            f"{self.dimension(each['id'])} is {TOO_CLOSE}."
            for each, found in self.estimates
            if each["must"] and found["says"] == TOO_CLOSE
        ]

    def coverage(self) -> list[str]:
        found = [
            f"{self.dimension(each['dimension'])} is {each['coverage'].replace('_', ' ')}."
            for each in self.content["coverage"]["gaps"]
        ]
        known = self.content["statistics"]["reliability"]
        if found and known:
            more, now = known["one_more_round"], known["value"]
            found.append(f"One more round would take reliability from {now:.2f} to {more:.2f}.")
        return found

    def severity(self) -> list[str]:
        """One neutral sentence on each labelled interviewer, where it matters for this packet."""
        moved = [
            self.dimension(each["id"])
            for each, found in self.estimates
            if abs(found["estimate"] - found["without_severity"]) >= MOVED
        ]
        people = [
            f"{self.name(each['interviewer'])} {in_points(each['severity'])}"
            for each in self.content["interviewers"]
            if each["severity"] is not None and each["severity_label"] in MARKED
        ]
        return [f"{'; '.join(people)}. It moves {', '.join(moved)}."] if moved and people else []


class Rule(NamedTuple):
    name: str
    condition: str
    finds: Callable[[Findings], list[str]]
    header: str | None = None


BEFORE_CONSISTENT = (  # CONSISTENT asks for none of these to fire
    Rule(
        "INCOMPLETE",
        "A counted interview has no submitted scorecard, or a flag has no note.",
        Findings.incomplete,
        "WAITING",
    ),
    Rule("STOP_SIGNAL", "A disqualifying flag is open.", Findings.stop_signal, "RESOLVE_FIRST"),
    Rule(
        "CORROBORATED",
        "The same risk from two or more people in two or more rounds.",
        Findings.corroborated,
        "READ_NEGATIVES_FIRST",
    ),
    Rule(
        "LOAD",
        "Three or more concern flags over two or more rounds.",
        Findings.load,
        "READ_NEGATIVES_FIRST",
    ),
    Rule(
        "CONTESTED",
        "A flagged risk's dimension has a supported 3 or 4 by another person in another round.",
        Findings.contested,
    ),
    Rule(
        "STRONG_NEGATIVE",
        "A supported 1 on a must of the level, or any strong no.",
        Findings.strong_negative,
        "READ_NEGATIVES_FIRST",
    ),
    Rule(
        "SPLIT",
        "A disagreement spot, or recommendations on both sides.",
        Findings.split,
        "DISCUSS_SPLIT",
    ),
)

AFTER_CONSISTENT = (
    Rule(
        "BORDERLINE",
        "A must of the level is too close to call, by a calibration of many panels.",
        Findings.borderline,
        "BORDERLINE",
    ),
    Rule("COVERAGE", "A focus dimension is not covered or thin.", Findings.coverage),
    Rule(
        "TIE_BREAK",
        "Two candidates of one opening and level are level in everything but communication.",
        lambda _: [],  # two packets are compared, by `reading_order.is_tie`
    ),
    Rule(
        "SEVERITY",
        "An interviewer tends to be stricter or more lenient, and leaving that out would move an"
        " adjusted score by a quarter of a point.",
        Findings.severity,
    ),
    Rule(
        "AGGREGATES_LAST",
        "Always.",
        lambda _: ["Numbers come after all of the above; there is no overall score."],
    ),
)
