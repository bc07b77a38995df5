"""A packet's content with its flags resolved: what people found, laid over what cards say.

Pure, and over the content alone. The content and its digest hold no resolution, so that both stay
what they were; what follows from a resolution is worked out anew here: the bar of the flag's
dimension, the order to read in, the questions of parts 2 and 5. Without a resolution nothing
changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from packets.content import bar
from packets.content.anchors import note_words
from packets.content.card_sections import FlagSection, NoteEntry, ResolutionEntry
from packets.content.document import DimensionSection, PacketContent
from packets.content.fingerprint import fingerprint
from packets.content.flags import is_open_stop
from packets.content.levels import reread_levels
from packets.content.questions import DERIVED, derived_questions
from packets.content.reading_order import reading_order
from packets.content.values import stamp


@dataclass(frozen=True)
class Resolution:
    """One resolution: what a named person found of a flag as it stood in packet `version`."""

    signal: str
    fingerprint: str
    outcome: str
    reason: str
    by: str
    name: str
    at: datetime
    version: int
    cited: tuple[NoteEntry, ...] = ()  # as that packet showed them


Places = dict[tuple[str | int, ...], str]  # where each note stands in this packet, by its words


def resolved(content: PacketContent, resolutions: Sequence[Resolution]) -> PacketContent:
    """The content under these resolutions, the latest of each flag the last of its kind."""
    known = {flag["signal"] for flag in content["flags"]}
    about = [each for each in resolutions if each.signal in known]
    if not about:
        return content
    places = {note_words(note): note["ref"] for card in content["cards"] for note in card["notes"]}
    flags = [_flag(flag, about, places) for flag in content["flags"]]
    stops = {flag["dimension"] for flag in flags if is_open_stop(flag)}
    dimensions = [_dimension(each, each["id"] in stops) for each in content["dimensions"]]
    found: PacketContent = {
        **content,
        "flags": flags,
        "people": dict(
            sorted(({each.by: each.name for each in about} | content["people"]).items())
        ),
        "dimensions": dimensions,
        "bar": {**content["bar"], **bar.reread(content["bar"], dimensions)},
        "levels_below": reread_levels(content.get("levels_below", []), dimensions),
    }
    if tie := content["tie_breaker"]:
        reads = next(each["bar"] for each in dimensions if each["id"] == tie["dimension"])
        found["tie_breaker"] = {**tie, "bar": reads}
    found["reading_order"] = reading_order(found)
    kept = [each for each in content["questions"] if each["part"] not in DERIVED]
    found["questions"] = sorted(
        [*kept, *derived_questions(found)], key=lambda question: question["part"]
    )
    return found


def _flag(flag: FlagSection, about: list[Resolution], places: Places) -> FlagSection:
    """The flag with the last word on it, and under `former` what was said before, if anything."""
    mine = [each for each in about if each.signal == flag["signal"]]
    if not mine:
        return flag
    raised = fingerprint(flag)
    last = next((each for each in reversed(mine) if each.fingerprint == raised), None)
    found: FlagSection = {**flag, "resolution": _entry(last, places) if last else None}
    former = [each for each in mine if each is not last]
    if former:
        found["former"] = [
            {**_entry(each, places), "same": each.fingerprint == raised} for each in former
        ]
    return found


def _entry(each: Resolution, places: Places) -> ResolutionEntry:
    return {
        "outcome": each.outcome,
        "reason": each.reason,
        "by": each.by,
        "at": stamp(each.at),
        "evidence": [{**note, "ref": places.get(note_words(note))} for note in each.cited],
        "version": each.version,
    }


def _dimension(dimension: DimensionSection, is_open: bool) -> DimensionSection:
    reads = bar.reading(dimension["lower_median"], dimension["needs"], is_open)
    return {**dimension, "bar": reads}
