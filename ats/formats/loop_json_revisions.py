"""Changes after submission in a loop.json file: the scorecard as it was before each of them.

The file holds the latest values and, per change, the field with its value before and after. Going
back from the newest change to the oldest gives the card as it was first handed in.
"""

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ats.formats.documents import CardDocument, PersonDocument, RevisionDocument
from ats.formats.faults import Log, Place, printable
from ats.formats.json_reader import SHORT_TEXT, Node, kind_of
from ats.formats.loop_json_cards import read_card
from ats.formats.vocabulary import Vocabulary

CARD_KEYS = (
    "recommendation",
    "correctness",
    "summary",
    "follow_up",
    "notes",
    "ratings",
    "flags",
)
ALIASES = {
    "rating": "ratings",
    "note": "notes",
    "flag": "flags",
    "overall_recommendation": "recommendation",
    "follow-up": "follow_up",
}
State = dict[str, Any]  # the raw JSON of a card
SEPARATORS = re.compile(r"[./:>\s\[\]]+")


class Unreadable(Exception):
    """The field of a change does not lead to a value of this scorecard; says why."""


@dataclass(frozen=True)
class Change:
    field: str
    before: Any
    after: Any
    place: Place


@dataclass(frozen=True)
class Revision:
    at: datetime
    by: PersonDocument
    changes: tuple[Change, ...]
    place: Place


def read_revisions(
    node: Node, round: str, latest: CardDocument, submitted_at: datetime | None
) -> tuple[CardDocument, tuple[RevisionDocument, ...]]:
    """The card as first handed in, and each change with the card after it, oldest first."""
    inside = f"{node.place.pointer}/"
    sound = not any(fault.place.pointer.startswith(inside) for fault in node.log.faults)
    revisions = [each for entry in node.nodes("revisions") if (each := _revision(entry))]
    revisions.sort(key=lambda each: each.at)
    for revision in revisions:
        if submitted_at and revision.at < submitted_at:
            node.log.fault(revision.place / "at", "lies before the scorecard was submitted")
    if not sound:  # going back from a card with faults would only repeat them
        return latest, ()
    state = {key: node.value[key] for key in CARD_KEYS if node.value.get(key) is not None}
    return _go_back(copy.deepcopy(state), revisions, round, latest, node)


def _go_back(
    state: State, revisions: list[Revision], round: str, card: CardDocument, node: Node
) -> tuple[CardDocument, tuple[RevisionDocument, ...]]:
    """Undo from the newest on; stops at a state that cannot be read."""
    found = []
    for revision in reversed(revisions):
        fields = tuple(change.field for change in revision.changes)
        found.append(RevisionDocument(revision.at, revision.by, fields, card))
        for change in reversed(revision.changes):
            _undo(change, state, node.words, node.log)
        log = Log()
        card = read_card(Node(state, Place(""), log, node.words), round)
        for fault in log.faults:
            what = f"taken back, leave {fault.place.pointer or 'a card'} wrong: it {fault.what}"
            node.log.fault(revision.place / "changes", what)
        if log.faults:
            break
    return card, tuple(reversed(found))


def _revision(entry: Node) -> Revision | None:
    at = entry.time("at", required=True)
    by = entry.node("by").as_person()
    changes = []
    for each in entry.nodes("changes", required=True):
        field = each.text("field", longest=SHORT_TEXT, required=True)
        field = each.one_line("field", field)
        changes.append(Change(field, each.take("from"), each.take("to"), each.place))
        each.finish()
    if entry.value.get("changes") == []:
        entry.fault("changes", "is empty")
    entry.finish()
    return Revision(at, by, tuple(changes), entry.place) if at else None


def _undo(change: Change, state: State, words: Vocabulary, log: Log) -> None:
    if not change.field:
        return  # named already
    try:
        root, *steps = _steps(change.field, words)
        undo = UNDO.get(root)
        if undo and steps:
            undo(state, steps, change)
        elif steps:
            raise Unreadable(f"{root} has no parts")
        else:
            _compare(state.get(root), change, log)
            _put(state, root, change.before)
    except Unreadable as reason:
        log.fault(change.place / "field", f"{printable(change.field)}: {reason}")


def _compare(now: Any, change: Change, log: Log) -> None:
    if change.after != now and (change.after or now):
        log.check(change.place / "to", "differs from the value that the interview holds")


def _steps(field: str, words: Vocabulary) -> list[str]:
    """The way to a value, however it is written: ratings.depth.rating, /notes/3/text, depth."""
    steps = [step for step in SEPARATORS.split(field) if step]
    if steps[:1] == ["interviews"]:
        steps = steps[2:]
    if not steps:
        raise Unreadable("names no field")
    steps[0] = ALIASES.get(steps[0], steps[0])
    if words.knows("dimension", steps[0]):
        steps.insert(0, "ratings")
    if steps[0] not in CARD_KEYS:
        raise Unreadable(f"is no field of a scorecard ({', '.join(CARD_KEYS)})")
    if steps[0] == "ratings" and len(steps) > 1 and not words.knows("dimension", steps[1]):
        raise Unreadable(f"{printable(steps[1])} {words.unknown('dimension', steps[1])}")
    return steps


def _put(container: State, key: str, value: Any) -> None:
    """Set a value; what was null before was not there."""
    if value is None:
        container.pop(key, None)
    else:
        container[key] = copy.deepcopy(value)


def _part(state: State, key: str, empty: Any) -> Any:
    """The list or object under a key, made where it is absent."""
    part = state.setdefault(key, empty)
    if not isinstance(part, type(empty)):
        raise Unreadable(f"{key} is {kind_of(part)} by then")
    return part


def _undo_rating(state: State, steps: list[str], change: Change) -> None:
    ratings = _part(state, "ratings", {})
    dimension, *rest = steps
    if not rest and (isinstance(change.before, dict) or isinstance(change.after, dict)):
        _put(ratings, dimension, change.before)
        return
    rating = _part(ratings, dimension, {"rating": None})
    part, *further = rest or ["rating"]
    if part not in ("rating", "rationale", "note_indices") or further:
        raise Unreadable("a rating has rating, rationale and note_indices")
    rating[part] = copy.deepcopy(change.before)


def _undo_note(state: State, steps: list[str], change: Change) -> None:
    notes = _part(state, "notes", [])
    position = _position(steps[0], notes, "note", change)
    if len(steps) > 1:
        _undo_part(notes[position], steps[1:], change)
        return
    _undo_element(notes, position, change)
    if change.before is None:
        _renumber(state, lambda n: None if n == position else n - (n > position))
    elif change.after is None:
        _renumber(state, lambda n: n + (n >= position))


def _undo_flag(state: State, steps: list[str], change: Change) -> None:
    flags = _part(state, "flags", [])
    signals = [flag.get("signal") if isinstance(flag, dict) else None for flag in flags]
    step, *rest = steps
    if not rest and isinstance(change.before, str):  # told by its severity alone
        if step in signals:
            rest = ["severity"]
        else:
            change = replace(change, before={"signal": step, "severity": change.before})
    if step in signals:
        step = str(signals.index(step))
    elif change.after is None and not rest and not step.isdigit():
        step = str(len(flags))
    position = _position(step, flags, "flag", change)
    if rest:
        _undo_part(flags[position], rest, change)
    else:
        _undo_element(flags, position, change)


def _undo_element(elements: list[Any], position: int, change: Change) -> None:
    """A note or flag that was added, taken away or replaced as a whole."""
    if change.before is None:
        del elements[position]
    elif change.after is None:
        elements.insert(position, copy.deepcopy(change.before))
    else:
        elements[position] = copy.deepcopy(change.before)


def _undo_part(element: Any, steps: list[str], change: Change) -> None:
    if len(steps) > 1 or not isinstance(element, dict):
        raise Unreadable("leads further in than a scorecard goes")
    _put(element, steps[0], change.before)


def _position(step: str, elements: list[Any], what: str, change: Change) -> int:
    """The element that a step names; one past the end only where one is to be put back."""
    put_back = change.after is None and change.before is not None
    if re.fullmatch(r"[0-9]{1,6}", step) and int(step) < len(elements) + put_back:
        return int(step)
    raise Unreadable(f"there is no {what} {printable(step)}")


def _renumber(state: State, renumber: Callable[[int], int | None]) -> None:
    """Let ratings and flags go on citing the same notes after one moved in or out."""
    holders = [*_part(state, "ratings", {}).values(), *_part(state, "flags", [])]
    for holder in holders:
        cited = holder.get("note_indices") if isinstance(holder, dict) else None
        if isinstance(cited, list):
            moved = [renumber(index) for index in cited if isinstance(index, int)]
            holder["note_indices"] = [index for index in moved if index is not None]


UNDO = {"ratings": _undo_rating, "notes": _undo_note, "flags": _undo_flag}
