"""The rating page: every form on it, and the operations that a posted page asks for.

The page carries, for each thing that can be edited, the revision and a digest of the content it
was made with. So a stale page changes only what was touched on it, and where that was changed
elsewhere too, both are shown and nothing is overwritten.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict
from django.template.loader import get_template

from accounts.query_params import number
from rubric.content import Dimension, Signal
from scorecard import content
from scorecard.findings import Finding
from scorecard.forms.fields import plain
from scorecard.forms.rating import Citable, FlagForm, RatingForm, VerdictForm
from scorecard.models import Flag, Note, Rating, Scorecard
from scorecard.readable import GLYPHS, ReadableNote, readable_note, round_of
from scorecard.submission import NOTE_FIELDS
from scorecard.supported_ratings import ADAPTABILITY
from scorecard.sync.advice import is_citable

VERDICT = ("recommendation", "correctness", "summary", "follow_up")
NO_RATING: dict[str, Any] = {
    "value": None,
    "not_observed": False,
    "not_observed_reason": "",
    "rationale": "",
    "notes": [],
}
Content = dict[str, Any] | str


@dataclass
class Entity:
    """One thing that is saved, and may collide, by itself: a rating, a flag, a verdict field."""

    kind: str  # rating, flag, card
    name: str  # dimension, flag id, field
    form: RatingForm | FlagForm | VerdictForm
    revision: int  # as stored now
    stored: Content
    posted_base: str = ""  # what the posted page was made with
    conflict: Content | None = None  # what was saved elsewhere meanwhile
    refusal: str = ""
    findings: tuple[Finding, ...] = ()  # what the last check said of it

    @property
    def anchor(self) -> str:
        prefix = {"rating": "dimension", "flag": "flag"}.get(self.kind, "card")
        return f"{prefix}-{self.name}"

    @property
    def place(self) -> str:
        """Where the checks say that it is."""
        if isinstance(self.form, FlagForm):
            return f"flag-{self.form.signal_id}"
        return self.name if self.kind == "card" else self.anchor

    @property
    def base(self) -> str:
        """What the page carries along, to know later what it was made with.

        A page that comes back with an error still is what it was made as; one that shows a
        conflict was made with both sides in view.
        """
        if self.form.is_bound and self.posted_base and self.conflict is None:
            return self.posted_base
        return self.fresh_base

    @property
    def fresh_base(self) -> str:
        return f"{self.revision}:{_digest(self.stored)}"

    @property
    def posted(self) -> Content:
        if isinstance(self.form, VerdictForm):
            return str(self.form.cleaned_data[self.name])
        return self.form.content()

    def show(self, result: dict[str, Any]) -> None:
        """Remember why `sync` did not save it."""
        if result["status"] == "stale":
            self.conflict = self.stored
        else:
            error = result["error"]
            self.refusal = f"Not saved: {error['field'].replace('_', ' ')} {error['message']}."

    def operation(self, data: QueryDict) -> dict[str, Any] | None:
        """The change that the posted page asks for, as `sync` reads it; None if untouched."""
        if not self.form.is_bound or not self.posted_base:
            return None
        posted = self.posted
        revision, _, digest = self.posted_base.partition(":")
        keep_stored = data.get(f"{self.anchor}-take") == "saved"
        if keep_stored or _digest(posted) in (digest, _digest(self.stored)):
            return None
        gone = self.kind == "flag" and not posted
        return {
            "id": str(uuid4()),
            "kind": f"{self.kind}.{'delete' if gone else 'put'}",
            "entity": self.name,
            "base_revision": number(revision) or 0,
            "value": posted,
        }


@dataclass
class Section:
    """A dimension on the page: its rating, and how much was noted of it."""

    dimension: Dimension
    entity: Entity
    counts: Counter[str]
    cannot_be_rated: bool = False  # adaptability, while nothing was put in the candidate's way

    @property
    def tallies(self) -> list[tuple[str, str, str, int]]:
        """Class and glyph, word, and number of the dimension's notes."""
        return [(*glyph, word, self.counts[word]) for word, glyph in GLYPHS.items() if word]


class RatingPage:
    """All forms of one card, filled from its rows, or from what was posted."""

    def __init__(self, card: Scorecard, data: QueryDict | None = None, raising: str = "") -> None:
        self.card, self.data, self.raising = card, data, raising
        self.rubric = card.rubric
        self.round = round_of(self.rubric, card.seat.interview.round)
        self.rows = sorted(card.notes.all(), key=lambda note: (note.at_seconds, note.position))
        self._ratings = {r.dimension: r for r in card.ratings.prefetch_related("notes")}
        self._flags = {str(f.pk): f for f in card.flags.prefetch_related("notes")}

    # --- What is on it -------------------------------------------------------------------------
    @cached_property
    def notes(self) -> list[ReadableNote]:
        return [readable_note(_content_of(row), self.rubric) for row in self.rows]

    @cached_property
    def citable(self) -> list[Citable]:
        """Each note drawn once, however often it is offered."""
        template = get_template("scorecard/partials/note.html")
        offered = []
        for note, row in zip(self.notes, self.rows, strict=True):
            challenged = not is_citable(row)
            html = template.render({"note": note, "challenged": challenged})
            offered.append(Citable(note.id, html, row.dimension, challenged))
        return offered

    @cached_property
    def focus(self) -> list[Section]:
        return [self._section(id) for id in self.round.focus]

    @cached_property
    def also_seen(self) -> list[Section]:
        """Dimensions beyond the round's focus that were noted or rated."""
        seen = {row.dimension for row in self.rows} | set(self._ratings)
        seen |= {id for id in self.rubric.dimensions if f"dimension-{id}-base" in self._posted}
        beyond = (id for id in self.rubric.dimensions if id not in self.round.focus)
        return [self._section(id) for id in beyond if id in seen]

    @cached_property
    def flags(self) -> list[Entity]:
        return [self._flag(id, flag) for id, flag in self._flags.items()]

    @cached_property
    def new_flags(self) -> list[Entity]:
        """Flags not stored yet: as posted, or one empty form with an id made for it."""
        posted = [id for id in self._posted_ids if id not in self._flags]
        return [self._flag(id, None) for id in posted or ([] if self.data else [str(uuid4())])]

    @cached_property
    def verdict(self) -> VerdictForm:
        initial = {name: getattr(self.card, name) for name in VERDICT}
        return VerdictForm(self.data, initial=initial, rubric=self.rubric, round=self.round)

    @cached_property
    def verdict_entities(self) -> dict[str, Entity]:
        revisions = self.card.field_revisions
        return {
            name: Entity(
                "card",
                name,
                self.verdict,
                revisions.get(name, 0),
                plain(getattr(self.card, name)),
                self._posted.get(f"card-{name}-base", ""),
            )
            for name in self.verdict.fields
        }

    @cached_property
    def unraised(self) -> list[tuple[Signal, int]]:
        """Risks that were noted and not flagged, and how often."""
        raised = {flag.signal for flag in self._flags.values()}
        noted = Counter(row.signal for row in self.rows if row.polarity == "risk" and row.signal)
        known = self.rubric.signals
        return [(known[id], n) for id, n in noted.items() if id in known and id not in raised]

    @property
    def default_severities(self) -> dict[str, str | None]:
        """Where a flag starts, for the script that saves as one types."""
        return {each.id: each.default_severity for each in self.rubric.signals.values()}

    @property
    def entities(self) -> Iterator[Entity]:
        yield from (section.entity for section in (*self.focus, *self.also_seen))
        yield from (*self.flags, *self.new_flags, *self.verdict_entities.values())

    @property
    def conflicts(self) -> list[Entity]:
        return [each for each in self.entities if each.conflict is not None]

    def mark(self, findings: Iterable[Finding]) -> None:
        """Show each finding beside the thing that it is about."""
        found = list(findings)
        for each in self.entities:
            each.findings = tuple(finding for finding in found if finding.where == each.place)

    # --- What was posted -----------------------------------------------------------------------
    def is_valid(self) -> bool:
        """Every form is looked at, so that every error is shown at once."""
        forms = {id(each.form): each.form for each in self.entities if each.form.is_bound}
        valid = [form.is_valid() for form in forms.values()]
        return all(valid)

    def operations(self) -> list[dict[str, Any]]:
        """One batch for `sync`; empty where the page says nothing new."""
        found = (entity.operation(self._posted) for entity in self.entities)
        return [each for each in found if each]

    def without_saved(self, unsaved: list[dict[str, Any]]) -> "RatingPage":
        """The page after `sync` left some operations undone.

        What was not saved stays as posted, beside what was saved elsewhere; the rest is shown as
        stored, so that a second post cannot put back what this page had of it.
        """
        results, left = {each["entity"]: each for each in unsaved}, self._posted.copy()
        for each in self.entities:
            if each.name in results:
                continue
            if each.kind == "card":
                left[f"card-{each.name}"] = str(each.stored)
                left[f"{each.anchor}-base"] = each.fresh_base
            else:
                left.pop(f"{each.anchor}-base", None)
        page = RatingPage(self.card, left)
        page.is_valid()
        for each in page.entities:
            if each.name in results:
                each.show(results[each.name])
        return page

    @property
    def _posted(self) -> QueryDict:
        return self.data if self.data is not None else QueryDict()

    def _posted_for(self, anchor: str) -> QueryDict | None:
        """What was posted, or None for what is there only since the page was made."""
        return self.data if f"{anchor}-base" in self._posted else None

    @property
    def _posted_ids(self) -> list[str]:
        if self.data is None:
            return []
        return list(dict.fromkeys(filter(_is_uuid, self.data.getlist("flags"))))[:100]

    # --- Making --------------------------------------------------------------------------------
    def _section(self, id: str) -> Section:
        row = self._ratings.get(id)
        stored = rating_content(row) if row else NO_RATING
        form = RatingForm(
            self._posted_for(f"dimension-{id}"),
            initial=RatingForm.initial_of(stored),
            citable=self.citable,
            dimension=self.rubric.dimensions[id],
            rubric=self.rubric,
        )
        base = self._posted.get(f"dimension-{id}-base", "")
        entity = Entity("rating", id, form, row.revision if row else 0, stored, base)
        counts = Counter(note.polarity for note in self.rows if note.dimension == id)
        blocked = id == ADAPTABILITY and not self._constraint_put
        return Section(self.rubric.dimensions[id], entity, counts, blocked)

    @property
    def _constraint_put(self) -> bool:
        probes = self.rubric.constraint_probes
        return any(row.kind == Note.Kind.PROBE and row.probe in probes for row in self.rows)

    def _flag(self, id: str, row: Flag | None) -> Entity:
        form = FlagForm(
            self._posted_for(f"flag-{id}"),
            initial=flag_content(row) if row else self._initial_flag,
            citable=self.citable,
            rubric=self.rubric,
            id=id,
            new=row is None,
        )
        base = self._posted.get(f"flag-{id}-base", "")
        return Entity("flag", id, form, row.revision if row else 0, flag_content(row), base)

    @property
    def _initial_flag(self) -> dict[str, Any]:
        showing = [str(row.pk) for row in self.rows if row.signal == self.raising]
        return {"signal": self.raising, "notes": showing} if self.raising else {}


def rating_content(row: Rating) -> dict[str, Any]:
    return {
        "value": row.value,
        "not_observed": row.not_observed,
        "not_observed_reason": plain(row.not_observed_reason),
        "rationale": plain(row.rationale),
        "notes": sorted(str(note.pk) for note in row.notes.all()),
    }


def flag_content(row: Flag | None) -> dict[str, Any]:
    """Empty where there is no flag, as a form that raises none has it."""
    if row is None:
        return {}
    return {
        "signal": row.signal,
        "severity": row.severity,
        "explanation": plain(row.explanation),
        "notes": sorted(str(note.pk) for note in row.notes.all()),
    }


def _content_of(row: Note) -> content.NoteContent:
    fields = {name: getattr(row, name) for name in NOTE_FIELDS}
    return content.NoteContent(id=str(row.pk), **fields)


def _digest(stored: Content) -> str:
    return content.digest(stored).removeprefix("sha256:")[:16]


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
