"""Parts 8 to 10: numbers after everything else, interviewers, and the tie-breaker."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from packets import charts
from packets.page.adjusted import Adjusted, adjusted
from packets.page.labels import NOT_ENOUGH, Document, Person, Words, author_of, count, hours, joined
from packets.page.points import points_in_words

SAID = ("strong_no", "no", "yes", "strong_yes")


@dataclass(frozen=True)
class Tally:
    """How many say the same, who they are, and where on the page what they say stands."""

    n: int
    by: str
    anchor: str


@dataclass(frozen=True)
class Figures:
    """One dimension's raw figures. What is not defined is said in words, with the reason."""

    anchor: str
    title: str
    counts: list[Tally]  # of 1, 2, 3, 4
    sources: str
    median: str
    range: str
    deviation: str
    disagree: bool
    reason: str


@dataclass(frozen=True)
class Pair:
    people: list[Person]
    rounds: list[str]
    says: str


@dataclass(frozen=True)
class Numbers:
    chart: str  # SVG
    rows: list[Figures]
    usual: list[str]  # of dimensions that nobody assessed, where enough is known of others
    recommendations: list[tuple[str, Tally]]
    same_side: str
    pairs: list[Pair]
    totals: str
    adjusted: Adjusted | None
    unknown: list[tuple[str, str]]  # what is not computed here, and why


@dataclass(frozen=True)
class Interviewer:
    person: Person
    rounds: str
    says: str
    after: str
    late: bool
    anchor: str  # where their scorecards stand; empty where none is in
    cited: str
    supported: str
    severity: str
    severity_says: str  # in points, with its range and what it rests on; or why nothing is said


@dataclass(frozen=True)
class TieBreaker:
    title: str
    anchor: str
    ratings: str
    lower_median: str
    bar: str
    because: str
    decides: bool


def numbers(document: Document, words: Words) -> Numbers:
    found = document["statistics"]
    said = found["recommendations"]
    reasons = found["reasons"]
    unknown = {
        "adjusted": "Adjusted estimates",
        "reliability": "Reliability of the panel",
        "disagreement_ratio": "Disagreement beside other panels",
    }
    totals = found["totals"]
    return Numbers(
        chart=charts.dots([_dot_row(each, words) for each in document["dimensions"]]),
        rows=[
            _figures(each, found["dimensions"][each["id"]], words)
            for each in document["dimensions"]
        ],
        usual=[
            usually(words.title("dimensions", each["id"]), counts)
            for each in document["dimensions"]
            if (counts := found["dimensions"][each["id"]].get("base_rate"))
        ],
        recommendations=[
            (words.title("recommendations", each), _recommended(each, document, words))
            for each in SAID
        ],
        same_side=f"{said['same_side']} of {said['of']} on the same side" if said["of"] else "",
        pairs=[_pair(each, words) for each in found["pair_gaps"]],
        totals=(
            f"{count(totals['ratings'], 'rating')} with evidence, by"
            f" {count(totals['people'], 'person', 'people')} in {count(totals['rounds'], 'round')}"
        ),
        adjusted=adjusted(document, words),
        unknown=[
            (title, reasons.get(key, NOT_ENOUGH))
            for key, title in unknown.items()
            if found.get(key) is None
        ],
    )


def _dot_row(each: dict[str, Any], words: Words) -> charts.DotRow:
    dots = [
        charts.Dot(
            value=rating["rating"],
            label=f"{words.person(rating['interviewer']).name}: {rating['rating']}",
            href=f"#ev-{each['id']}-{words.ref(rating)}",
        )
        for rating in each["ratings"]
        if rating["supported"]
    ]
    return charts.DotRow(words.title("dimensions", each["id"]), dots, each["needs"])


def _figures(each: dict[str, Any], found: dict[str, Any], words: Words) -> Figures:
    reasons = found["reasons"]
    people = count(found["people"], "person", "people")
    return Figures(
        anchor=f"ev-{each['id']}",
        title=words.title("dimensions", each["id"]),
        counts=[_rated(value, each, words) for value in range(1, 5)],
        sources=f"{count(found['n'], 'rating')}, {people}, {count(found['rounds'], 'round')}",
        median=_number(found["median"]),
        range=_number(found["range"]),
        deviation=_number(found["ad_median"]),
        disagree=bool(found["disagree"]),
        reason=" ".join(dict.fromkeys(reasons.values())),
    )


def _rated(value: int, each: dict[str, Any], words: Words) -> Tally:
    rows = [row for row in each["ratings"] if row["supported"] and row["rating"] == value]
    several = f"ev-{each['id']}"
    return _tally(rows, [f"{several}-{words.ref(row)}" for row in rows], several, words)


def _recommended(choice: str, document: Document, words: Words) -> Tally:
    rows = [card for card in document["cards"] if card["recommendation"] == choice]
    return _tally(rows, [f"card-{card['ref']}" for card in rows], "people", words)


def _tally(rows: list[dict[str, Any]], anchors: list[str], several: str, words: Words) -> Tally:
    """`several` is where they all stand; one alone is led to, and nobody to nothing."""
    by = joined(words.person(author_of(row)).name for row in rows)
    return Tally(len(rows), by, several if len(rows) > 1 else "".join(anchors))


def usually(title: str, counts: list[int]) -> str:
    """
    >>> usually("Depth", [3, 20, 33, 8])
    'Depth: of 64 ratings of others at this level 3 were a 1, 20 a 2, 33 a 3, 8 a 4.'
    """
    first, *rest = [f"{count} a {point}" for point, count in enumerate(counts, start=1)]
    each = ", ".join([first.replace(" a ", " were a "), *rest])
    return f"{title}: of {sum(counts)} ratings of others at this level {each}."


def _number(value: float | None) -> str:
    """At most one decimal; what is undefined is said."""
    if value is None:
        return NOT_ENOUGH
    rounded = Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(rounded).removesuffix(".0")


def _pair(each: dict[str, Any], words: Words) -> Pair:
    gap = each["gap"]
    shared = count(each["shared"], "shared dimension")
    says = each["reason"] if gap is None else f"{_number(gap)} apart on average, {shared}"
    return Pair(words.people(each["interviewers"]), words.titled("rounds", each["rounds"]), says)


def interviewers(document: Document, words: Words) -> list[Interviewer]:
    cards: dict[str, list[dict[str, Any]]] = {}
    for card in document["cards"]:
        cards.setdefault(author_of(card), []).append(card)
    return [
        _interviewer(each, cards.get(each["interviewer"], []), words)
        for each in document["interviewers"]
    ]


def _interviewer(each: dict[str, Any], cards: list[dict[str, Any]], words: Words) -> Interviewer:
    said = [
        words.title("recommendations", card["recommendation"]) or "No recommendation"
        for card in cards
    ]
    waits = [hours(value) or "under a minute" for value in each["hours_after"]]
    owed = [f"{count(each['owed'], 'scorecard')} missing"] if each["owed"] else []
    label = each["severity_label"]
    return Interviewer(
        person=words.person(each["interviewer"]),
        rounds=", ".join(words.titled("rounds", each["rounds"])),
        says=", ".join([*said, *owed]),
        after=", ".join(waits) or "not known",
        late=bool(each["late"]),
        anchor=f"card-{cards[0]['ref']}" if len(cards) == 1 else "cards" if cards else "",
        cited=f"{each['cited']} of {each['notes']} cited" if each["notes"] else "no notes",
        supported=(
            f"{each['supported']} of {each['ratings']} ratings" if each["ratings"] else "no ratings"
        ),
        severity=label[:1].upper() + label[1:],
        severity_says=_severity(each),
    )


def _severity(each: dict[str, Any]) -> str:
    """In points with its range and what it rests on, or why nothing is said."""
    if each["severity"] is None:
        return str(each["reasons"].get("severity", "")).partition(": ")[2]
    limits = each["severity_lo80"], each["severity_hi80"]
    rests_on = each["severity_cards"], each["severity_candidates"]
    return points_in_words(each["severity"], limits, rests_on)


def tie_breaker(document: Document, words: Words) -> TieBreaker | None:
    found = document["tie_breaker"]
    if found is None:
        return None
    values = found.get("supported") or []
    return TieBreaker(
        title=words.title("dimensions", found["dimension"]),
        anchor=f"ev-{found['dimension']}",
        ratings=", ".join(str(value) for value in values),
        lower_median="" if found["lower_median"] is None else str(found["lower_median"]),
        bar=found["bar"],
        because=found["because"],
        decides=found["decides"],
    )
