"""The scorecard inside an interview of a loop.json file."""

from ats.formats.documents import (
    LATEST_SECOND,
    NOTE_KINDS,
    OUTCOMES,
    RECOMMENDATIONS,
    SEVERITIES,
    CardDocument,
    FlagDocument,
    NoteDocument,
    RatingDocument,
)
from ats.formats.json_reader import Node


def read_card(node: Node, round: str) -> CardDocument:
    """The scorecard as the interview's object holds it; faults go to the node's log."""
    notes = tuple(_note(each) for each in node.nodes("notes"))
    count = len(notes) if isinstance(node.value.get("notes"), list | None) else None
    return CardDocument(
        recommendation=node.choice("recommendation", RECOMMENDATIONS),
        correctness=_correctness(node, round),
        summary=node.text("summary"),
        follow_up=node.text("follow_up"),
        notes=notes,
        ratings=tuple(_ratings(node, count)),
        flags=tuple(_flags(node, count)),
    )


def _correctness(node: Node, round: str) -> str:
    outcome = node.choice("correctness", OUTCOMES)
    if outcome and round and round not in node.words.exercise_rounds:
        rounds = ", ".join(node.words.exercise_rounds)
        node.fault("correctness", f"is for rounds with an exercise only: {rounds}")
    return outcome


def _note(node: Node) -> NoteDocument:
    signal = node.known("signal", "signal")
    dimension = node.known("dimension", "dimension")
    word = node.words.rubric.signals.get(signal)
    if word and dimension and dimension != word.dimension:
        node.fault("dimension", f"is {dimension}, but {signal} is a signal of {word.dimension}")
    note = NoteDocument(
        at_seconds=node.whole("at_seconds", 0, LATEST_SECOND) or 0,
        kind=node.choice("kind", NOTE_KINDS, required=True),
        text=node.text("text", required=True),
        stage=node.known("stage", "stage"),
        probe=node.known("probe", "probe"),
        dimension=word.dimension if word else dimension,
        signal=signal,
        polarity=word.polarity if word else "",
    )
    node.finish()
    return note


def _ratings(node: Node, notes: int | None) -> list[RatingDocument]:
    found = []
    for dimension, entry in node.entries("ratings"):
        if not node.words.knows("dimension", dimension):
            node.log.fault(entry.place, node.words.unknown("dimension", dimension))
        found.append(
            RatingDocument(
                dimension=dimension,
                value=entry.whole("rating", 1, 4, optional=True),
                rationale=entry.text("rationale"),
                notes=entry.positions("note_indices", notes),
            )
        )
        entry.finish()
    return found


def _flags(node: Node, notes: int | None) -> list[FlagDocument]:
    found: dict[str, FlagDocument] = {}
    for entry in node.nodes("flags"):
        signal = entry.known("signal", "signal", required=True)
        flag = FlagDocument(
            signal=signal,
            severity=entry.choice("severity", SEVERITIES, required=True),
            explanation=entry.text("explanation"),
            notes=entry.positions("note_indices", notes),
        )
        if signal and (wrong := entry.words.not_flaggable(signal)):
            entry.fault("signal", wrong)
        if signal in found:
            entry.fault("signal", f"{signal} is flagged twice: put the notes in one flag")
        if signal:
            found[signal] = flag
        entry.finish()
    return list(found.values())
