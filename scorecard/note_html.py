"""Notes as the live page's list items, drawn by the template once for each set of tags.

A template takes a tenth of a millisecond, and a page has sixty notes; what differs between notes
of the same tags is their id, time and words, which are put into its holes.
"""

from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from rubric.models import rubric_of
from scorecard.models import Note
from scorecard.readable import GLYPHS, clock

HOLE = "\ufdd0"  # no character, says Unicode, and so in no rubric
TAGS = attrgetter("kind", "polarity", "signal", "dimension", "stage", "probe")

# The class of a sign's colours, the sign and its word, where the polarity has none.
ASKED = ("q", "?", "asked")
UNKNOWN = ("", "", "no polarity")


def as_html(notes: Iterable[Note], rubric_version: int) -> SafeString:
    """The items one after the other."""
    items: list[str] = []
    for note in notes:
        before, after_id, after_time, after_text = _frame(rubric_version, *TAGS(note))
        items += before, str(note.pk), after_id, clock(note.at_seconds)
        items += after_time, escape(note.text), after_text
    return mark_safe("".join(items))  # noqa: S308  the template's own, and escaped words


@lru_cache(maxsize=2048)
def _frame(
    version: int, kind: str, polarity: str, signal: str, dimension: str, stage: str, probe: str
) -> list[str]:
    rubric = rubric_of(version)
    without = ASKED if kind == Note.Kind.PROBE else UNKNOWN
    tone, glyph, word = (*GLYPHS[polarity], polarity) if polarity else without
    shown = {
        "kind": kind,
        "glyph": glyph,
        "pol_class": tone,
        "polarity_name": word,
        "signal": rubric.signals.get(signal),
        "dimension": rubric.dimensions.get(dimension),
        "under": rubric.probes.get(probe) or rubric.stages.get(stage),
    }
    return render_to_string("scorecard/live_note.html", {"shown": shown, "hole": HOLE}).split(HOLE)
