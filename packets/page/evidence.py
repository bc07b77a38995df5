"""Parts 6 and 7: each dimension's ratings and notes, and the order in which thinking went."""

from dataclasses import dataclass
from typing import Any

from packets import charts
from packets.page.labels import Document, Where, Words, author_of, by_time, moment, notes_by_card
from scorecard.readable import ReadableNote, clock

MARKS = (("objective", "O"), ("data", "D"), ("model", "M"), ("tradeoffs", "T"))


@dataclass(frozen=True)
class Group:
    """What one card holds on one dimension: its rating, and the notes it rests on or tagged."""

    anchor: str
    where: Where
    value: int | None
    says: str  # where there is no rating that counts, why
    rationale: str
    notes: list[ReadableNote]


@dataclass(frozen=True)
class DimensionEvidence:
    id: str
    title: str
    strengths: int
    risks: int
    noise: int
    groups: list[Group]
    ignored: list[tuple[Where, list[ReadableNote]]]  # noise


@dataclass(frozen=True)
class Thinking:
    """When each stage first came up in one round, as clock readings."""

    where: Where
    times: list[tuple[str, str]]  # objective, data, model, trade-offs; each with its note's ref
    objective_first: str
    data_first: str


@dataclass(frozen=True)
class Order:
    chart: str  # SVG
    rows: list[Thinking]
    says: str


def evidence(document: Document, words: Words) -> list[DimensionEvidence]:
    ratings = {each["id"]: each["ratings"] for each in document["dimensions"]}
    return [_dimension(each, ratings[each["dimension"]], words) for each in document["evidence"]]


def _dimension(
    shelves: dict[str, Any], ratings: list[dict[str, Any]], words: Words
) -> DimensionEvidence:
    id = shelves["dimension"]
    by_card: dict[str, list[dict[str, Any]]] = {}
    tagged = [*shelves["strengths"], *shelves["risks"], *shelves["other"]]
    for row in (*ratings, *tagged):
        by_card.setdefault(words.ref(row), []).append(row)
    groups = [_group(id, rows, words) for _, rows in sorted(by_card.items(), key=_card_order)]
    ignored = _noise(shelves["noise"], ratings)
    return DimensionEvidence(
        id=id,
        title=words.title("dimensions", id),
        strengths=len(shelves["strengths"]),
        risks=len(shelves["risks"]),
        noise=len(ignored),
        groups=groups,
        ignored=notes_by_card(ignored, words),
    )


def _noise(tagged: list[dict[str, Any]], ratings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Noise on the dimension, and what its ratings cite in vain, wherever that was tagged."""
    cited = [note for rating in ratings for note in rating["notes"]]
    noise = [*tagged, *(note for note in cited if note["polarity"] == "noise")]
    return list({note["ref"]: note for note in noise}.values())


def _card_order(item: tuple[str, list]) -> int:
    return int(item[0])


def _group(dimension: str, rows: list[dict[str, Any]], words: Words) -> Group:
    """`rows` are one card's rating of the dimension, if it has one, and its tagged notes."""
    where = words.where(rows[0])
    rating = next((row for row in rows if "rating" in row), None)
    notes = [row for row in rows if "rating" not in row]
    cited = [n for n in rating["notes"] if n["polarity"] != "noise"] if rating else []
    return Group(
        anchor=f"ev-{dimension}-{where.ref}",
        where=where,
        value=rating["rating"] if rating else None,
        says=rating["reason"] if rating else "Did not rate it.",
        rationale=rating["rationale"] if rating else "",
        notes=words.notes(by_time(cited, notes)),
    )


def order(document: Document, words: Words) -> Order:
    rows = document["order_of_thinking"]
    return Order(
        chart=charts.timeline([_line(row, document, words) for row in rows]) if rows else "",
        rows=[_thinking(row, words) for row in rows],
        says=_says(rows),
    )


def _line(row: dict[str, Any], document: Document, words: Words) -> charts.Line:
    where = words.where(row)
    marks = [
        charts.Mark(letter, row[f"{key}_s"], _note_of(row, key), f"{key}, {where.person.name}")
        for key, letter in MARKS
        if row[f"{key}_s"] is not None
    ]
    return charts.Line(where.person.name, where.round, marks, _seconds(row, document))


def _note_of(row: dict[str, Any], key: str) -> str:
    """Where the note stands in its scorecard; empty in a packet from before this was kept."""
    ref = row.get("first_notes", {}).get(key)
    return f"#n-{ref}" if ref else ""


def _seconds(row: dict[str, Any], document: Document) -> int:
    """How long the interview was to last; 0 where its file did not say."""
    for card in document["scorecards"]:
        if (card["interview"], card["interviewer"]) == (row["interview"], author_of(row)):
            start, end = moment(card["starts_at"]), moment(card["ends_at"])
            return int((end - start).total_seconds()) if start and end else 0
    return 0


def _thinking(row: dict[str, Any], words: Words) -> Thinking:
    return Thinking(
        where=words.where(row),
        times=[_time(row, key) for key, _ in MARKS],
        objective_first=_yes_no(row["objective_before_model"]),
        data_first=_yes_no(row["data_before_model"]),
    )


def _time(row: dict[str, Any], key: str) -> tuple[str, str]:
    at = row[f"{key}_s"]
    return (clock(at), _note_of(row, key)) if at is not None else ("", "")


def _yes_no(value: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[value]


def _says(rows: list[dict[str, Any]]) -> str:
    """One sentence over the rounds in which a model was chosen and the question arises."""
    asked = [row for row in rows if row["objective_before_model"] is not None]
    if not asked:
        return "In no round did both an objective and a model come up."
    both = [row for row in asked if row["objective_before_model"] and row["data_before_model"]]
    if len(asked) == 1:
        did = "came" if both else "did not both come"
        return f"In the one round with an objective and a model, objective and data {did} first."
    of = {0: "none", len(asked): "each"}.get(len(both), str(len(both)))
    many = f"{of} of the {len(asked)} rounds with an objective and a model"
    return f"In {many}, objective and data came first."
