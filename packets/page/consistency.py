"""Part 3: every rating side by side in one table, and the disagreement spots."""

from dataclasses import dataclass

from packets.content.card_sections import RatingEntry
from packets.content.document import DimensionSection, DisagreementSection, PacketContent
from packets.page.labels import NOT_ENOUGH, CardLabel, Labels, ShownRating
from packets.page.wording import count, in_words


@dataclass(frozen=True)
class HeatCell:
    """One card's rating of one dimension. `state` is rated, unsup, nobs or out."""

    state: str
    value: int | None = None
    apart: bool = False  # part of a disagreement
    says: str = ""  # for those who do not see the cell
    href: str = ""


@dataclass(frozen=True)
class HeatRow:
    id: str
    title: str
    must: bool
    tie_breaker: bool
    cells: list[HeatCell]
    supported: str  # the ratings with evidence, as they are
    range: str
    apart: bool
    lower_median: str
    coverage: str
    thin: bool
    bar: str  # met, below, open, unknown
    bar_title: str
    needs: int


@dataclass(frozen=True)
class HeatTable:
    columns: list[CardLabel]
    rows: list[HeatRow]
    unsupported: list[ShownRating]


@dataclass(frozen=True)
class DisagreementSpot:
    """Two people's supported ratings, two or more apart, with the notes of both sides."""

    anchor: str
    title: str
    gap: str
    flag: str  # the anchor of a flag on the same dimension
    sides: list[tuple[str, list[ShownRating]]]


def heat(content: PacketContent, labels: Labels) -> HeatTable:
    columns = [labels.where(card) for card in content["cards"]]
    apart = {
        (spot["dimension"], labels.ref(rating))
        for spot in content["disagreements"]
        for rating in (*spot["low"], *spot["high"])
    }
    return HeatTable(
        columns=columns,
        rows=[_row(each, columns, apart, labels) for each in content["dimensions"]],
        unsupported=[
            labels.rating(each["id"], rating)
            for each in content["dimensions"]
            for rating in each["ratings"]
            if rating["rating"] is not None and not rating["supported"]
        ],
    )


def _row(
    each: DimensionSection, columns: list[CardLabel], apart: set[tuple[str, str]], labels: Labels
) -> HeatRow:
    id = each["id"]
    ratings = {labels.ref(rating): rating for rating in each["ratings"]}
    alone = each["coverage"] == "covered" and each["single_source"]
    median = each["lower_median"]
    return HeatRow(
        id=id,
        title=labels.title("dimensions", id),
        must=each["must"],
        tie_breaker=each["tie_breaker"],
        cells=[
            _cell(ratings.get(column.ref), f"ev-{id}-{column.ref}", (id, column.ref) in apart)
            for column in columns
        ],
        supported=", ".join(map(str, each["supported"])),
        range=NOT_ENOUGH if each["range"] is None else str(each["range"]),
        apart=each["disagreement"],
        lower_median="Not assessed" if median is None else str(median),
        # Two ratings by one person cover a dimension and are still one person's.
        coverage="One person" if alone else in_words(each["coverage"]),
        thin=alone or each["coverage"] != "covered",
        bar=each["bar"],
        bar_title=in_words(each["bar"]),
        needs=each["needs"],
    )


def _cell(rating: RatingEntry | None, href: str, apart: bool) -> HeatCell:
    if rating is None:
        return HeatCell("out", says="not in this round")
    value = rating["rating"]
    if value is None:
        return HeatCell("nobs", says="not observed", href=href)
    if not rating["supported"]:
        says = f"of 4, counts for nothing: {rating['reason']}"
        return HeatCell("unsup", value, says=says, href=href)
    says = f"of 4, {count(len(rating['notes']), 'note')}"
    if apart:
        says += ", part of a disagreement"
    return HeatCell("rated", value, apart, says, href)


def spots(content: PacketContent, labels: Labels) -> list[DisagreementSpot]:
    flagged = {flag["dimension"]: f"flag-{flag['signal']}" for flag in content["flags"][::-1]}
    return [_spot(each, flagged, labels) for each in content["disagreements"]]


def _spot(each: DisagreementSection, flagged: dict[str, str], labels: Labels) -> DisagreementSpot:
    id = each["dimension"]
    return DisagreementSpot(
        anchor=f"spot-{id}",
        title=labels.title("dimensions", id),
        gap=count(each["gap"], "point"),
        flag=flagged.get(id, ""),
        sides=[
            ("Lower", [labels.rating(id, rating) for rating in each["low"]]),
            ("Higher", [labels.rating(id, rating) for rating in each["high"]]),
        ],
    )
