"""A packet's content with its flags resolved: what people found, laid over what cards say.

Pure, and over the content alone. The content and its digest hold no resolution, so that both stay
what they were; what follows from a resolution is worked out anew here: the bar of the flag's
dimension, the order to read in, the questions of parts 2 and 5. Without a resolution nothing
changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from packets import reading_order
from packets.content import bar
from packets.content.fingerprint import fingerprint
from packets.content.levels import reread_levels
from packets.content.questions import derived_questions
from packets.content.values import stamp

Content = dict[str, Any]


@dataclass(frozen=True)
class Resolved:
    """One resolution: what a named person found of a flag as it stood in packet `version`."""

    signal: str
    fingerprint: str
    outcome: str
    reason: str
    by: str
    name: str
    at: datetime
    version: int
    cited: tuple[dict[str, Any], ...] = ()  # notes, as that packet showed them


def resolved(content: Content, resolutions: Sequence[Resolved]) -> Content:
    """The content under these resolutions, the latest of each flag the last of its kind."""
    known = {flag["signal"] for flag in content["flags"]}
    about = [each for each in resolutions if each.signal in known]
    if not about:
        return content
    places = _places(content)
    flags = [_flag(flag, about, places) for flag in content["flags"]]
    stops = {flag["dimension"] for flag in flags if reading_order.is_open_stop(flag)}
    found = {**content, "flags": flags, "people": _people(content, about)}
    found["dimensions"] = [_dimension(each, stops) for each in content["dimensions"]]
    found["bar"] = bar.reread(content["bar"], found["dimensions"])
    lower = content.get("levels_below", [])  # packets of before had none
    found["levels_below"] = reread_levels(lower, found["dimensions"])
    if content["tie_breaker"]:
        read = {each["id"]: each["bar"] for each in found["dimensions"]}
        tie = content["tie_breaker"]
        found["tie_breaker"] = {**tie, "bar": read[tie["dimension"]]}
    found["reading_order"] = reading_order.reading_order(found)
    kept = [each for each in content["questions"] if each["part"] not in (2, 5)]
    found["questions"] = sorted(
        [*kept, *derived_questions(found)], key=lambda question: question["part"]
    )
    return found


def _flag(flag: Content, about: list[Resolved], places: dict[str, str]) -> Content:
    """The flag with the last word on it, and under `former` what was said before, if anything."""
    mine = [each for each in about if each.signal == flag["signal"]]
    if not mine:
        return flag
    raised = fingerprint(flag)
    same = [each for each in mine if each.fingerprint == raised]
    former = [each for each in mine if not same or each is not same[-1]]
    found = {**flag, "resolution": _shown(same[-1], places) if same else None}
    if former:
        found["former"] = [
            {**_shown(each, places), "same": each.fingerprint == raised} for each in former
        ]
    return found


def _shown(each: Resolved, places: dict[str, str]) -> dict[str, Any]:
    cited = [{**note, "ref": places.get(_words(note))} for note in each.cited]
    return {
        "outcome": each.outcome,
        "reason": each.reason,
        "by": each.by,
        "at": stamp(each.at),
        "evidence": cited,
        "version": each.version,
    }


def _places(content: Content) -> dict[str, str]:
    """Where each note stands in this packet, by what it says."""
    return {_words(note): note["ref"] for card in content["cards"] for note in card["notes"]}


def _words(note: dict[str, Any]) -> str:
    """A note in its interview, wherever a packet puts it."""
    return repr([note[key] for key in ("by", "interview", "at_seconds", "kind", "text")])


def _people(content: Content, about: list[Resolved]) -> dict[str, str]:
    return dict(sorted({**{each.by: each.name for each in about}, **content["people"]}.items()))


def _dimension(dimension: Content, stops: set[str]) -> Content:
    is_open = dimension["id"] in stops
    reads = bar.reading(dimension["lower_median"], dimension["needs"], is_open)
    return {**dimension, "bar": reads}
