"""A packet as readable text, for a terminal: the parts in their order, numbers last."""

from collections.abc import Iterator
from typing import Any

from packets.content.values import clock

Document = dict[str, Any]


def summary(document: Document) -> str:
    """What a committee reads first, without the whole cards; `--json` has everything."""
    parts = (_head, _flags, _consistency, _coverage, _order, _numbers, _questions)
    return "\n\n".join("\n".join(part(_Words(document), document)) for part in parts)


class _Words:
    """Names and titles instead of e-mails and ids."""

    def __init__(self, document: Document):
        self.titles, self.people = document["titles"], document["people"]

    def name(self, email: str) -> str:
        return self.people.get(email) or email

    def names(self, emails: list[str]) -> str:
        return ", ".join(self.name(each) for each in emails) or "nobody"

    def title(self, kind: str, id: str | None) -> str:
        return self.titles[kind].get(id, id) if id else "none"


def _head(words: _Words, document: Document) -> Iterator[str]:
    packet, opening, order = document["packet"], document["opening"], document["reading_order"]
    state = "superseded" if packet["superseded"] else "current"
    yield f"{document['candidate']['name']}: {opening['title']}, level {opening['level']}"
    yield f"Packet {packet['version']}, {state}, {packet['digest']}"
    yield f"{order['header']}: {order['because']}"
    for rule in order["rules"]:
        if rule["fired"] and rule["rule"] != "AGGREGATES_LAST":
            yield f"  {rule['rule']}: {rule['because']}"
    yield "Scorecards"
    for card in document["scorecards"]:
        said = words.title("recommendations", card["recommendation"])
        late = ", late" if card["late"] else ""
        round = words.title("rounds", card["round"])
        yield f"  {round}, {words.name(card['interviewer'])}: {card['status']}, {said}{late}"


def _flags(words: _Words, document: Document) -> Iterator[str]:
    yield "Flags" if document["flags"] else "No flag."
    for flag in document["flags"]:
        title = words.title("signals", flag["signal"])
        yield f"  {title}: {flag['severity']}, {_resolution(words, flag['resolution'])}"
        for raised in flag["raised"]:
            yield f"    raised by {words.name(raised['by'])}: {raised['explanation']}"
            for note in raised["setting"]:
                yield f"      setting {clock(note['at_seconds'])} {note['text']}"
            for note in raised["notes"]:
                yield f"      {clock(note['at_seconds'])} {note['text']}"
        yield f"    corroborated by {words.names(flag['corroborated_by'])}"
        yield f"    contradicted by {words.names(flag['contradicted_by'])}"
        yield f"    untested by {words.names(flag['untested_by'])}"
    yield "Patterns" if document["patterns"] else "No pattern."
    for pattern in document["patterns"]:
        signal, seen = words.title("signals", pattern["signal"]), words.names(pattern["seen_by"])
        yield f"  {signal}: seen by {seen}; flagged by {words.names(pattern['flagged_by'])}"


def _resolution(words: _Words, found: dict[str, Any] | None) -> str:
    if found is None:
        return "open"
    outcome = found["outcome"].replace("_", " ")
    return f"{outcome} by {words.name(found['by'])}: {found['reason']}"


def _consistency(words: _Words, document: Document) -> Iterator[str]:
    yield "Dimensions: ratings with evidence, lower median, coverage, the level's bar"
    for each in document["dimensions"]:
        values = " ".join(map(str, each["supported"])) or "none"
        median = each["lower_median"] or "-"
        marks = " must" if each["must"] else ""
        marks += ", split" if each["disagreement"] else ""
        title = words.title("dimensions", each["id"])
        yield (
            f"  {title:<28} {values:<14} {median}"
            f"  {each['coverage'].replace('_', ' ')}, {each['bar']}{marks}"
        )
        for rating in each["ratings"]:
            if not rating["supported"]:
                value = rating["rating"] or "not observed"
                yield f"    {words.name(rating['interviewer'])} {value}: {rating['reason']}"


def _coverage(words: _Words, document: Document) -> Iterator[str]:
    plan = document["coverage"]["plan"]
    rounds = {key: ", ".join(words.title("rounds", r) for r in plan[key]) for key in plan}
    yield f"Rounds held: {rounds['held'] or 'none'}"
    for key, said in (
        ("awaited", "Awaited"),
        ("not_held", "Planned and not held"),
        ("added", "Held and not planned"),
        ("cancelled", "Cancelled"),
    ):
        if rounds[key]:
            yield f"{said}: {rounds[key]}"


def _order(words: _Words, document: Document) -> Iterator[str]:
    yield "Order of thinking: first mention of objective, data, model, trade-offs"
    for row in document["order_of_thinking"]:
        keys = ("objective_s", "data_s", "model_s", "tradeoffs_s")
        times = "  ".join("-" if row[key] is None else clock(row[key]) for key in keys)
        yield f"  {words.title('rounds', row['round'])}, {words.name(row['interviewer'])}: {times}"


def _numbers(words: _Words, document: Document) -> Iterator[str]:
    numbers = document["statistics"]
    totals, said = numbers["totals"], numbers["recommendations"]
    yield (
        f"{totals['ratings']} ratings with evidence by {totals['people']} people in"
        f" {totals['rounds']} rounds; there is no overall score."
    )
    yield f"Recommendations: {said['same_side']} of {said['of']} on the same side."


def _questions(words: _Words, document: Document) -> Iterator[str]:
    yield "Questions" if document["questions"] else "No question."
    for each in document["questions"]:
        yield f"  {each['text']} Ask {words.names(each['ask'])}."
