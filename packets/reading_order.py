"""In which order a packet is read: the rules, and the one header that the page opens under.

Pure, and over the packet's own content: whoever has the JSON can work every rule out again. No
rule decides anything; a header says what to read first.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from calibration.severity.labels import MARKED, in_points

HEADERS = (
    "WAITING",
    "RESOLVE_FIRST",
    "READ_NEGATIVES_FIRST",
    "DISCUSS_SPLIT",
    "CONSISTENT",
    "BORDERLINE",
    "READ_IN_ORDER",
)
TOO_CLOSE = "too close to call"
MOVED = 0.25  # points
LOAD_FLAGS, LOAD_ROUNDS = 3, 2
CONSISTENT_ROUNDS = 3
NO_SIDES = {"strong_no", "no"}

Content = dict[str, Any]


@dataclass(frozen=True)
class Rule:
    """One rule: did it fire, on which condition, and because of what in this packet."""

    rule: str
    fired: bool
    condition: str
    because: str
    header: str | None = None


def reading_order(content: Content) -> dict[str, Any]:
    """The header, why, and every rule in the order of the table.

    `content` needs the packet's scorecards, flags, patterns, dimensions, disagreements, coverage,
    statistics (recommendations), titles and people.
    """
    above = [_rule(content, *each) for each in ABOVE]
    below = [_rule(content, *each) for each in BELOW]
    rules = [*above, _consistent(content, above), *below]
    fired = [rule for rule in rules if rule.fired and rule.header]
    first = min(fired, key=lambda rule: HEADERS.index(rule.header or ""), default=None)
    return {
        "header": first.header if first else "READ_IN_ORDER",
        "because": first.because if first else "No rule asks for anything to be read first.",
        "rules": [asdict(rule) for rule in rules],
    }


def fired(content: Content) -> set[str]:
    """The names of the rules that fired in a whole packet."""
    return {rule["rule"] for rule in content["reading_order"]["rules"] if rule["fired"]}


def _rule(
    content: Content,
    name: str,
    condition: str,
    finds: Callable[[Content], list[str]],
    header: str | None,
) -> Rule:
    found = finds(content)
    return Rule(name, bool(found), condition, " ".join(found), header)


def _incomplete(content: Content) -> list[str]:
    missing = [
        f"{_name(content, card['interviewer'])} has not handed in {_round(content, card['round'])}."
        for card in content["scorecards"]
        if card["status"] == "missing"
    ]
    bare = [
        f"{_name(content, raised['by'])} flagged {_signal(content, flag['signal'])} without a note."
        for flag in content["flags"]
        for raised in flag["raised"]
        if not raised["notes"]
    ]
    return missing + bare


def is_open(flag: dict[str, Any]) -> bool:
    """Not settled: nobody resolved it, or it waits for another interview.

    Upheld is settled, and is no rejection.
    """
    return flag["resolution"] is None or flag["resolution"]["outcome"] == "needs_interview"


def is_open_stop(flag: dict[str, Any]) -> bool:
    """An open disqualifying flag."""
    return bool(flag["disqualifying"]) and is_open(flag)


def _stop_signal(content: Content) -> list[str]:
    return [
        f"{_signal(content, flag['signal'])}, raised by"
        f" {_names(content, [raised['by'] for raised in flag['raised']])},"
        f" {'waits for another interview' if flag['resolution'] else 'is open'}."
        for flag in content["flags"]
        if is_open_stop(flag)
    ]


def _corroborated(content: Content) -> list[str]:
    return [
        f"{_signal(content, pattern['signal'])} was seen by"
        f" {_names(content, pattern['seen_by'])}, in {pattern['rooms']} rounds."
        for pattern in content["patterns"]
        if pattern["rooms"] > 1
    ]


def _load(content: Content) -> list[str]:
    concerns = [
        raised
        for flag in content["flags"]
        for raised in flag["raised"]
        if raised["severity"] == "concern"
    ]
    rounds = len({raised["interview"] for raised in concerns})
    if len(concerns) < LOAD_FLAGS or rounds < LOAD_ROUNDS:
        return []
    return [f"{len(concerns)} concerns over {rounds} rounds."]


def _contested(content: Content) -> list[str]:
    return [
        f"{_signal(content, flag['signal'])}: "
        + ", ".join(
            f"{side['rating']} from {_name(content, side['by'])}"
            for side in flag["contradiction"]
            if side["rating"]
        )
        + "."
        for flag in content["flags"]
        if flag["contested"]
    ]


def _strong_negative(content: Content) -> list[str]:
    ones = [
        f"{_name(content, rating['interviewer'])} rated a must,"
        f" {_dimension(content, each['id'])}, 1."
        for each in content["dimensions"]
        if each["must"]
        for rating in each["ratings"]
        if rating["supported"] and rating["rating"] == 1
    ]
    return ones + [
        f"{_name(content, card['interviewer'])} says strong no."
        for card in _counted(content)
        if card["recommendation"] == "strong_no"
    ]


def _split(content: Content) -> list[str]:
    found = [
        f"{_dimension(content, spot['dimension'])}: {spot['gap']} points apart."
        for spot in content["disagreements"]
    ]
    counts = content["statistics"]["recommendations"]["counts"]
    sides = content["statistics"]["recommendations"]["sides"]
    if counts["strong_no"] and counts["strong_yes"]:
        found.append("Polarised: strong no and strong yes.")
    elif sides["no"] and sides["yes"]:
        found.append(f"Recommendations on both sides: {sides['no']} no, {sides['yes']} yes.")
    return found


def _coverage(content: Content) -> list[str]:
    words = {"not_covered": "not covered", "thin": "thin"}
    found = [
        f"{_dimension(content, each['dimension'])} is {words[each['coverage']]}."
        for each in content["coverage"]["gaps"]
    ]
    known = content["statistics"]["reliability"]
    if found and known:
        more, now = known["one_more_round"], known["value"]
        found.append(f"One more round would take reliability from {now:.2f} to {more:.2f}.")
    return found


def _borderline(content: Content) -> list[str]:
    """Musts of which nobody could say whether they meet the bar; none without a calibration."""
    adjusted = content["statistics"]["adjusted"] or {}
    return [
        f"{_dimension(content, each['id'])} is {TOO_CLOSE}."
        for each in content["dimensions"]
        if each["must"] and adjusted.get(each["id"], {}).get("says") == TOO_CLOSE
    ]


def _severity(content: Content) -> list[str]:
    """One neutral sentence on each labelled interviewer, where it matters for this packet."""
    adjusted = content["statistics"]["adjusted"] or {}
    moved = [
        _dimension(content, id)
        for id, each in adjusted.items()
        if each["estimate"] is not None
        and abs(each["estimate"] - each["without_severity"]) >= MOVED
    ]
    labelled = [each for each in content["interviewers"] if each["severity_label"] in MARKED]
    if not moved or not labelled:
        return []
    people = [
        f"{_name(content, each['interviewer'])} {in_points(each['severity'])}" for each in labelled
    ]
    return [f"{'; '.join(people)}. It moves {', '.join(moved)}."]


def _consistent(content: Content, above: list[Rule]) -> Rule:
    """Three rounds or more, all in, each with a recommendation, all on one side, nothing above."""
    cards = _counted(content)
    sides = {None if not (r := card["recommendation"]) else r in NO_SIDES for card in cards}
    rounds = len({card["interview"] for card in cards})
    agree = rounds >= CONSISTENT_ROUNDS and len(sides) == 1 and None not in sides
    holds = agree and not any(rule.fired for rule in above)
    side = "no" if True in sides else "yes"
    concerns = sum(map(is_open, content["flags"]))
    signals = f"{concerns} concern open" if concerns else "no open signals"
    return Rule(
        rule="CONSISTENT",
        fired=holds,
        condition="Three or more rounds, all scorecards in, one side, and none of the rules above.",
        because=f"{rounds} rounds, same side ({side}), {signals}." if holds else "",
        header="CONSISTENT",
    )


Row = tuple[str, str, Callable[[Content], list[str]], str | None]

ABOVE: tuple[Row, ...] = (  # CONSISTENT asks for none of these to fire
    (
        "INCOMPLETE",
        "A counted interview has no submitted scorecard, or a flag has no note.",
        _incomplete,
        "WAITING",
    ),
    ("STOP_SIGNAL", "A disqualifying flag is open.", _stop_signal, "RESOLVE_FIRST"),
    (
        "CORROBORATED",
        "The same risk from two or more people in two or more rounds.",
        _corroborated,
        "READ_NEGATIVES_FIRST",
    ),
    (
        "LOAD",
        "Three or more concern flags over two or more rounds.",
        _load,
        "READ_NEGATIVES_FIRST",
    ),
    (
        "CONTESTED",
        "A flagged risk's dimension has a supported 3 or 4 by another person in another round.",
        _contested,
        None,
    ),
    (
        "STRONG_NEGATIVE",
        "A supported 1 on a must of the level, or any strong no.",
        _strong_negative,
        "READ_NEGATIVES_FIRST",
    ),
    (
        "SPLIT",
        "A disagreement spot, or recommendations on both sides.",
        _split,
        "DISCUSS_SPLIT",
    ),
)

BELOW: tuple[Row, ...] = (
    (
        "BORDERLINE",
        "A must of the level is too close to call, by a calibration of many panels.",
        _borderline,
        "BORDERLINE",
    ),
    ("COVERAGE", "A focus dimension is not covered or thin.", _coverage, None),
    (
        "TIE_BREAK",
        "Two candidates of one opening and level are level in everything but communication.",
        lambda content: [],  # two packets are compared, by `is_tie`
        None,
    ),
    (
        "SEVERITY",
        "An interviewer tends to be stricter or more lenient, and leaving that out would move an"
        " adjusted score by a quarter of a point.",
        _severity,
        None,
    ),
    (
        "AGGREGATES_LAST",
        "Always.",
        lambda content: ["Numbers come after all of the above; there is no overall score."],
        None,
    ),
)


def is_tie(one: Content, other: Content) -> bool:
    """TIE_BREAK: only then is communication opened first, and said to decide.

    Two packets of one opening and level, neither with a rule from INCOMPLETE to SPLIT, and the
    same reading of the bar on every dimension but the tie-breaker's.
    """
    open_rules = {name for name, *_ in ABOVE}
    same_job = all(one["opening"][key] == other["opening"][key] for key in ("id", "level"))
    return (
        same_job
        and not open_rules & (fired(one) | fired(other))
        and _bar_readings(one) == _bar_readings(other)
    )


def _bar_readings(content: Content) -> dict[str, str]:
    return {each["id"]: each["bar"] for each in content["dimensions"] if not each["tie_breaker"]}


def _counted(content: Content) -> list[dict[str, Any]]:
    return [card for card in content["scorecards"] if card["status"] == "counted"]


def _name(content: Content, person: str) -> str:
    return content["people"].get(person) or person


def _names(content: Content, people: list[str]) -> str:
    return ", ".join(_name(content, person) for person in people)


def _signal(content: Content, id: str) -> str:
    return content["titles"]["signals"].get(id, id)


def _dimension(content: Content, id: str) -> str:
    return content["titles"]["dimensions"].get(id, id)


def _round(content: Content, id: str) -> str:
    return content["titles"]["rounds"].get(id, id)
