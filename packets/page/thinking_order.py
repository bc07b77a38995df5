"""Part 7: when objective, data, model and trade-offs first came up in each round."""

from dataclasses import dataclass

from packets import charts
from packets.content.card_sections import OrderOfThinking
from packets.content.document import PacketContent
from packets.page.labels import CardLabel, Labels, moment
from scorecard.readable import clock


@dataclass(frozen=True)
class RoundThinking:
    where: CardLabel
    times: list[tuple[str, str]]  # of the four, each with a link to its note
    objective_first: str
    data_first: str


@dataclass(frozen=True)
class ThinkingOrder:
    chart: str  # SVG
    rows: list[RoundThinking]
    says: str


def thinking_order(content: PacketContent, labels: Labels) -> ThinkingOrder:
    rows = content["order_of_thinking"]
    lines = [_line(row, content, labels) for row in rows]
    return ThinkingOrder(
        chart=charts.timeline(lines) if rows else "",
        rows=[_thinking(row, labels) for row in rows],
        says=_says(rows),
    )


def _marks(row: OrderOfThinking, who: str) -> list[charts.Mark | None]:
    """The first mention of each of the four; None of what did not come up."""
    seconds = {
        "objective": row["objective_s"],
        "data": row["data_s"],
        "model": row["model_s"],
        "tradeoffs": row["tradeoffs_s"],
    }
    notes = row.get("first_notes", {})  # packets of before had none
    hrefs = {stage: f"#n-{notes[stage]}" if notes.get(stage) else "" for stage in seconds}
    return [
        None if at is None else charts.Mark(stage[0].upper(), at, hrefs[stage], f"{stage}, {who}")
        for stage, at in seconds.items()
    ]


def _line(row: OrderOfThinking, content: PacketContent, labels: Labels) -> charts.InterviewLine:
    where = labels.where(row)
    marks = [mark for mark in _marks(row, where.person.name) if mark]
    seconds = _seconds(row, content)
    return charts.InterviewLine(where.person.name, where.round, marks, seconds)


def _seconds(row: OrderOfThinking, content: PacketContent) -> int:
    """How long the interview was to last; 0 where its file did not say."""
    for card in content["scorecards"]:
        if (card["interview"], card["interviewer"]) == (row["interview"], row["interviewer"]):
            start, end = moment(card["starts_at"]), moment(card["ends_at"])
            return int((end - start).total_seconds()) if start and end else 0
    return 0


def _thinking(row: OrderOfThinking, labels: Labels) -> RoundThinking:
    yes_no = {True: "yes", False: "no", None: ""}
    return RoundThinking(
        where=labels.where(row),
        times=[(clock(mark.at), mark.href) if mark else ("", "") for mark in _marks(row, "")],
        objective_first=yes_no[row["objective_before_model"]],
        data_first=yes_no[row["data_before_model"]],
    )


def _says(rows: list[OrderOfThinking]) -> str:
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
