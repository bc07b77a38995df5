"""What the live page shows: the kit of the round, the notes so far, and what they cover."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts import audit
from interviews.models import Seat
from scorecard.models import Note, RubricVersion, Scorecard
from scorecard.rubric.model import Dimension, Probe, Round, Signal, Stage
from scorecard.sync.state import page_state


class NoKit(Exception):
    """The interview's round is not one of the rubric, so there is nothing to note it against."""


def begin(seat: Seat) -> Scorecard:
    """The seat's scorecard: as it is, or a new one on the opening's rubric. Raises NoKit."""
    existing = Scorecard.objects.filter(seat=seat).first()
    if existing:
        return existing
    version = RubricVersion.objects.for_opening(seat.interview.loop.opening)
    if seat.interview.round not in version.rubric.rounds:
        raise NoKit(f"The rubric has no round “{seat.interview.round}”.")
    card, created = Scorecard.objects.get_or_create(seat=seat, defaults={"rubric_version": version})
    if created:
        loop = seat.interview.loop_id
        audit.record(seat.person, "scorecard.begun", card, stream=f"loop:{loop}")
    return card


@dataclass(frozen=True)
class ShownNote:
    """A note with the rubric's names for what it is tagged with."""

    note: Note
    signal: Signal | None
    dimension: Dimension | None
    stage: Stage | None
    probe: Probe | None

    @property
    def time(self) -> str:
        return clock(self.note.at_seconds)

    @property
    def _sign(self) -> tuple[str, str, str]:
        return SIGNS[self.note.polarity or ("asked" if self.note.kind == "probe" else "")]

    @property
    def glyph(self) -> str:
        return self._sign[0]

    @property
    def pol_class(self) -> str:
        return self._sign[1]

    @property
    def polarity_name(self) -> str:
        return self._sign[2]


@dataclass(frozen=True)
class Covered:
    """The evidence for one focus dimension so far."""

    dimension: Dimension
    strength: int
    risk: int
    noise: int
    last: str

    @property
    def is_gap(self) -> bool:
        return not (self.strength or self.risk or self.noise)

    @property
    def counts(self) -> tuple[int, int, int]:
        return self.strength, self.risk, self.noise


@dataclass(frozen=True)
class Page:
    round: Round
    probes: list[Probe]
    stages: list[tuple[Stage, str, str]]  # stage, key after s, time heard
    notes: list[ShownNote]
    coverage: list[Covered]
    config: dict[str, Any]  # for the scripts

    @property
    def modules(self) -> list[str]:
        return [f"js/live/{name}.js" for name in MODULES]


# What the page's script imports, named up front: over a slow link they come all at once.
MODULES = (
    "actions",
    "clock",
    "composer",
    "coverage",
    "dom",
    "extras",
    "keys",
    "kit",
    "notes",
    "palette",
    "prefixes",
    "rules",
    "sender",
    "state",
    "status",
    "store",
    "unsent",
)

# Polarity: its sign, the class of its colours, its word. The scripts have the same (dom.js).
SIGNS = {
    "strength": ("+", "s", "strength"),
    "risk": ("−", "r", "risk"),
    "noise": ("~", "n", "noise"),
    "asked": ("?", "q", "asked"),
    "": ("", "", "no polarity"),
}


def clock(seconds: int) -> str:
    """mm:ss, the minutes going on past sixty."""
    return f"{seconds // 60}:{seconds % 60:02}"


def read_page(card: Scorecard) -> Page:
    """Two queries besides the card's own. Raises NoKit."""
    rubric = card.rubric
    this_round = rubric.rounds.get(card.seat.interview.round)
    if this_round is None:
        raise NoKit(f"The rubric has no round “{card.seat.interview.round}”.")
    notes = sorted(card.notes.all(), key=lambda note: (note.at_seconds, note.position))
    keys = stage_keys(list(rubric.stages.values()))
    return Page(
        round=this_round,
        probes=[rubric.probes[each] for each in this_round.probes],
        stages=[
            (stage, keys[stage.id], _heard(card, notes, stage.id))
            for stage in rubric.stages.values()
        ],
        notes=[_shown(card, note) for note in notes],
        coverage=[_covered(notes, rubric.dimensions[each]) for each in this_round.focus],
        config=_config(card, this_round, keys),
    )


def _shown(card: Scorecard, note: Note) -> ShownNote:
    rubric = card.rubric
    return ShownNote(
        note,
        rubric.signals.get(note.signal),
        rubric.dimensions.get(note.dimension),
        rubric.stages.get(note.stage),
        rubric.probes.get(note.probe),
    )


def _heard(card: Scorecard, notes: list[Note], stage: str) -> str:
    """When the stage was first ticked or noted; empty where it was not heard."""
    times = [note.at_seconds for note in notes if note.stage == stage and note.kind != "probe"]
    if f"stage.{stage}" in card.kit:
        times.append(card.kit[f"stage.{stage}"])
    return clock(min(times)) if times else ""


def _covered(notes: list[Note], dimension: Dimension) -> Covered:
    mine = [note for note in notes if note.dimension == dimension.id and note.polarity]
    counts = {p: sum(n.polarity == p for n in mine) for p in ("strength", "risk", "noise")}
    last = clock(max(note.at_seconds for note in mine)) if mine else ""
    return Covered(dimension, last=last, **counts)


def stage_keys(stages: list[Stage]) -> dict[str, str]:
    """A letter for each stage: the first of its title that no earlier stage took."""
    taken: dict[str, str] = {}
    for stage in stages:
        letters = [c for c in stage.title.lower() if c.isascii() and c.isalpha()]
        free = [c for c in letters if c not in taken.values()]
        taken[stage.id] = free[0] if free else ""
    return taken


def _config(card: Scorecard, this_round: Round, keys: dict[str, str]) -> dict[str, Any]:
    interview = card.seat.interview
    return {
        "card": str(card.pk),
        "sync": reverse("sync", args=[card.pk]),
        "signIn": f"{reverse('account_login')}?next={reverse('live', args=[card.pk])}",
        "now": _ms(timezone.now()),
        "starts": _ms(interview.starts_at),
        "ends": _ms(interview.ends_at),
        "minutes": this_round.minutes,
        "state": page_state(card),
        "rubric": _rubric(card, this_round, keys),
    }


def _ms(moment: Any) -> int | None:
    return int(moment.timestamp() * 1000) if moment else None


def _rubric(card: Scorecard, this_round: Round, keys: dict[str, str]) -> dict[str, Any]:
    rubric = card.rubric
    return {
        "focus": this_round.focus,
        "dimensions": [{"id": d.id, "title": d.title} for d in rubric.dimensions.values()],
        "signals": [
            {"id": s.id, "title": s.title, "polarity": s.polarity, "dimension": s.dimension}
            for s in rubric.signals.values()
        ],
        "stages": [
            {"id": s.id, "title": s.title, "key": keys[s.id]} for s in rubric.stages.values()
        ],
        "kit": this_round.probes,
        "probes": [
            {
                "id": p.id,
                "title": p.title,
                "key": p.key,
                "constraint": p.is_constraint,
                "draws": p.draws,
                "wordings": p.wordings,
            }
            for p in rubric.probes.values()
        ],
        "prompts": [{"id": p.id, "title": p.title, "text": p.text} for p in this_round.prompts],
    }
