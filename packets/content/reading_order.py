"""In which order a packet is read: which rules fire, and the one header that the page opens under.

The rules themselves stand in reading_rules.py.
"""

from packets.content.document import PacketContent, PacketReadings, ReadingOrder, RuleEntry
from packets.content.flags import is_open
from packets.content.reading_rules import AFTER_CONSISTENT, BEFORE_CONSISTENT, Findings, Rule

HEADERS = (
    "WAITING",
    "RESOLVE_FIRST",
    "READ_NEGATIVES_FIRST",
    "DISCUSS_SPLIT",
    "CONSISTENT",
    "BORDERLINE",
    "READ_IN_ORDER",
)
CONSISTENT_ROUNDS = 3
NO_SIDES = {"strong_no", "no"}


def reading_order(content: PacketReadings) -> ReadingOrder:
    """The header, why, and every rule in the order of the table."""
    findings = Findings(content)
    before = [_entry(rule, findings) for rule in BEFORE_CONSISTENT]
    after = [_entry(rule, findings) for rule in AFTER_CONSISTENT]
    rules = [*before, _consistent(findings, before), *after]
    by_header = {rule["header"]: rule for rule in reversed(rules) if rule["fired"]}
    first = next((header for header in HEADERS if header in by_header), None)
    return {
        "header": first or "READ_IN_ORDER",
        "because": by_header[first]["because"]
        if first
        else "No rule asks for anything to be read first.",
        "rules": rules,
    }


def _entry(rule: Rule, findings: Findings) -> RuleEntry:
    found = rule.finds(findings)
    return {
        "rule": rule.name,
        "fired": bool(found),
        "condition": rule.condition,
        "because": " ".join(found),
        "header": rule.header,
    }


def _consistent(findings: Findings, before: list[RuleEntry]) -> RuleEntry:
    """Three rounds or more, all in, each with a recommendation, all on one side, nothing above."""
    cards = findings.counted
    said = [card["recommendation"] for card in cards]
    sides = {each in NO_SIDES for each in said}
    rounds = len({card["interview"] for card in cards})
    agree = rounds >= CONSISTENT_ROUNDS and len(sides) == 1 and all(said)
    holds = agree and not any(rule["fired"] for rule in before)
    side = "no" if True in sides else "yes"
    concerns = sum(map(is_open, findings.content["flags"]))
    signals = f"{concerns} concern open" if concerns else "no open signals"
    return {
        "rule": "CONSISTENT",
        "fired": holds,
        "condition": "Three or more rounds, all scorecards in, one side, and none of the rules"
        " above.",
        "because": f"{rounds} rounds, same side ({side}), {signals}." if holds else "",
        "header": "CONSISTENT",
    }


def is_tie(one: PacketContent, other: PacketContent) -> bool:
    """TIE_BREAK: only then is communication opened first, and said to decide.

    Two packets of one opening and level, neither with a rule from INCOMPLETE to SPLIT, and the
    same reading of the bar on every dimension but the tie-breaker's.
    """
    job, other_job = one["opening"], other["opening"]
    same_job = job["id"] == other_job["id"] and job["level"] == other_job["level"]
    undisputed = not any(map(_is_disputed, (one, other)))
    return same_job and undisputed and _bar_readings(one) == _bar_readings(other)


def _is_disputed(content: PacketContent) -> bool:
    """Did a rule from INCOMPLETE to SPLIT fire?"""
    names = {rule.name for rule in BEFORE_CONSISTENT}
    return any(
        rule["fired"] and rule["rule"] in names for rule in content["reading_order"]["rules"]
    )


def _bar_readings(content: PacketContent) -> dict[str, str]:
    return {each["id"]: each["bar"] for each in content["dimensions"] if not each["tie_breaker"]}
