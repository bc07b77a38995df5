"""A packet as readable text, for a terminal: the parts in their order, numbers last."""

from collections.abc import Iterator

from packets.content.card_sections import ResolutionEntry
from packets.content.document import PacketDocument
from packets.content.titles import Titles
from packets.content.values import clock


def summary(document: PacketDocument) -> str:
    """What a committee reads first, without the whole cards; `--json` has everything."""
    titles = Titles(document)
    parts = (_head, _flags, _consistency, _coverage, _order, _numbers, _questions)
    return "\n\n".join("\n".join(part(titles, document)) for part in parts)


def _names(titles: Titles, people: list[str]) -> str:
    return titles.names(people) or "nobody"


def _head(titles: Titles, document: PacketDocument) -> Iterator[str]:
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
        said = titles.titles["recommendations"].get(card["recommendation"] or "", "none")
        late = ", late" if card["late"] else ""
        who, round = titles.name(card["interviewer"]), titles.round(card["round"])
        yield f"  {round}, {who}: {card['status']}, {said}{late}"


def _flags(titles: Titles, document: PacketDocument) -> Iterator[str]:
    yield "Flags" if document["flags"] else "No flag."
    for flag in document["flags"]:
        resolution = _resolution(titles, flag["resolution"])
        yield f"  {titles.signal(flag['signal'])}: {flag['severity']}, {resolution}"
        for raised in flag["raised"]:
            yield f"    raised by {titles.name(raised['by'])}: {raised['explanation']}"
            for note in raised["setting"]:
                yield f"      setting {clock(note['at_seconds'])} {note['text']}"
            for note in raised["notes"]:
                yield f"      {clock(note['at_seconds'])} {note['text']}"
        yield f"    corroborated by {_names(titles, flag['corroborated_by'])}"
        yield f"    contradicted by {_names(titles, flag['contradicted_by'])}"
        yield f"    untested by {_names(titles, flag['untested_by'])}"
    yield "Patterns" if document["patterns"] else "No pattern."
    for pattern in document["patterns"]:
        signal, seen = titles.signal(pattern["signal"]), _names(titles, pattern["seen_by"])
        yield f"  {signal}: seen by {seen}; flagged by {_names(titles, pattern['flagged_by'])}"


def _resolution(titles: Titles, found: ResolutionEntry | None) -> str:
    if found is None:
        return "open"
    outcome = found["outcome"].replace("_", " ")
    return f"{outcome} by {titles.name(found['by'])}: {found['reason']}"


def _consistency(titles: Titles, document: PacketDocument) -> Iterator[str]:
    yield "Dimensions: ratings with evidence, lower median, coverage, the level's bar"
    for each in document["dimensions"]:
        values = " ".join(map(str, each["supported"])) or "none"
        median = each["lower_median"] or "-"
        marks = (" must" if each["must"] else "") + (", split" if each["disagreement"] else "")
        yield (
            f"  {titles.dimension(each['id']):<28} {values:<14} {median}"
            f"  {each['coverage'].replace('_', ' ')}, {each['bar']}{marks}"
        )
        for rating in each["ratings"]:
            if not rating["supported"]:
                value = rating["rating"] or "not observed"
                yield f"    {titles.name(rating['interviewer'])} {value}: {rating['reason']}"


def _coverage(titles: Titles, document: PacketDocument) -> Iterator[str]:
    plan = document["coverage"]["plan"]
    yield f"Rounds held: {', '.join(map(titles.round, plan['held'])) or 'none'}"
    for said, rounds in (
        ("Awaited", plan["awaited"]),
        ("Planned and not held", plan["not_held"]),
        ("Held and not planned", plan["added"]),
        ("Cancelled", plan["cancelled"]),
    ):
        if rounds:
            yield f"{said}: {', '.join(map(titles.round, rounds))}"


def _order(titles: Titles, document: PacketDocument) -> Iterator[str]:
    yield "Order of thinking: first mention of objective, data, model, trade-offs"
    for row in document["order_of_thinking"]:
        seconds = (row["objective_s"], row["data_s"], row["model_s"], row["tradeoffs_s"])
        times = "  ".join("-" if each is None else clock(each) for each in seconds)
        yield f"  {titles.round(row['round'])}, {titles.name(row['interviewer'])}: {times}"


def _numbers(titles: Titles, document: PacketDocument) -> Iterator[str]:
    numbers = document["statistics"]
    totals, said = numbers["totals"], numbers["recommendations"]
    yield (
        f"{totals['ratings']} ratings with evidence by {totals['people']} people in"
        f" {totals['rounds']} rounds; there is no overall score."
    )
    yield f"Recommendations: {said['same_side']} of {said['of']} on the same side."


def _questions(titles: Titles, document: PacketDocument) -> Iterator[str]:
    yield "Questions" if document["questions"] else "No question."
    for each in document["questions"]:
        yield f"  {each['text']} Ask {_names(titles, each['ask'])}."
