"""What the live page shows: the kit of the round, the notes so far, and what they cover."""

from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts import audit
from accounts.models import User
from interviews.locks import lock_loop, loop_stream
from interviews.models import Seat
from rubric.content import Dimension, Probe, Round, Stage
from rubric.models import RubricVersion
from scorecard import prepared
from scorecard.models import Note, Scorecard
from scorecard.models.card import ScorecardQuerySet
from scorecard.note_html import as_html
from scorecard.readable import clock
from scorecard.sync.state import page_state


class NoKit(Exception):
    """The interview's round is not one of the rubric, so there is nothing to note it against."""


def kit_of(seat: Seat) -> tuple[RubricVersion, Round]:
    """What a new scorecard of the seat is written by: the opening's rubric. Raises NoKit."""
    opening = seat.interview.loop.opening
    version = opening.rubric_version or RubricVersion.objects.current()
    if seat.interview.round not in version.rubric.rounds:
        raise NoKit(f"The rubric has no round “{seat.interview.round}”.")
    return version, version.rubric.rounds[seat.interview.round]


@transaction.atomic
def begin(seat: Seat) -> Scorecard:
    """The seat's scorecard: as it is, or a new one. Raises NoKit."""
    lock_loop(seat.interview.loop)  # before the rows, as whoever changes the interview
    existing = Scorecard.objects.filter(seat=seat).first()
    if existing:
        return existing
    version, _ = kit_of(seat)
    card = Scorecard.objects.create(seat=seat, rubric_version=version)
    audit.record(seat.person, "scorecard.begun", card, stream=loop_stream(seat.interview.loop))
    return card


@dataclass(frozen=True)
class DimensionCoverage:
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
class LivePage:
    card: Scorecard  # with what OPENED adds
    round: Round
    stages: list[tuple[Stage, str, str]]  # stage, key after s, time heard
    notes: SafeString  # list items
    coverage: list[DimensionCoverage]
    config: dict[str, Any]  # for the scripts

    # The template asks for these once a process, for a round of a rubric version.
    @property
    def probes(self) -> list[Probe]:
        return [self.card.rubric.probes[each] for each in self.round.probes]

    @property
    def rubric(self) -> dict[str, Any]:
        return _rubric(self.card, self.round)

    @property
    def modules(self) -> list[str]:
        return MODULES


# What the page's script imports, named up front: over a slow link they come all at once.
STATIC = settings.BASE_DIR / "static"
MODULES = sorted(
    str(path.relative_to(STATIC))
    for path in (STATIC / "scorecard").rglob("*.js")
    if path.name != "main.js" and path.parent.name != "rating"
)

# What the page says about the interview, as attributes of the card.
PLACE = "seat__interview__"
OPENED = {
    "candidate_name": F(f"{PLACE}loop__candidate__name"),
    "opening_title": F(f"{PLACE}loop__opening__title"),
    "round_id": F(f"{PLACE}round"),
    "starts_at": F(f"{PLACE}starts_at"),
    "ends_at": F(f"{PLACE}ends_at"),
}
IN_TIME = "scorecard_id = %s ORDER BY at_seconds, position, id"


def _opened(cards: ScorecardQuerySet) -> ScorecardQuerySet:
    return cards.annotate(**OPENED)


def read_page(pk: UUID, user: User) -> LivePage:
    """Two queries. Raises Scorecard.DoesNotExist where the card is not theirs, and NoKit."""
    with prepared.cursor() as cursor:
        card = prepared.own_card(cursor, pk, user, _opened)
        notes = prepared.notes(cursor, IN_TIME, [pk])
    rubric = card.rubric
    this_round = rubric.rounds.get(card.round_id)
    if this_round is None:
        raise NoKit(f"The rubric has no round “{card.round_id}”.")
    keys = stage_keys(list(rubric.stages.values()))
    return LivePage(
        card=card,
        round=this_round,
        stages=[
            (stage, keys[stage.id], _heard(card, notes, stage.id))
            for stage in rubric.stages.values()
        ],
        notes=as_html(notes, card.rubric_version_id),
        coverage=[_coverage(notes, rubric.dimensions[each]) for each in this_round.focus],
        config=_config(card, notes, this_round),
    )


def _heard(card: Scorecard, notes: list[Note], stage: str) -> str:
    """When the stage was first ticked or noted; empty where it was not heard."""
    times = [note.at_seconds for note in notes if note.stage == stage and note.kind != "probe"]
    if f"stage.{stage}" in card.kit:
        times.append(card.kit[f"stage.{stage}"])
    return clock(min(times)) if times else ""


def _coverage(notes: list[Note], dimension: Dimension) -> DimensionCoverage:
    mine = [note for note in notes if note.dimension == dimension.id and note.polarity]
    counts = {p: sum(n.polarity == p for n in mine) for p in ("strength", "risk", "noise")}
    last = clock(max(note.at_seconds for note in mine)) if mine else ""
    return DimensionCoverage(dimension, last=last, **counts)


def stage_keys(stages: list[Stage]) -> dict[str, str]:
    """A letter for each stage: the first of its title, else another of it, else any."""
    keys: dict[str, str] = {}
    for length in (1, None):  # first letters before others: no stage loses its own to a neighbour
        for stage in stages:
            letters = stage.title.lower()[:length] + ("" if length else ascii_lowercase)
            free = [c for c in letters if c in ascii_lowercase and c not in keys.values()]
            if free:
                keys.setdefault(stage.id, free[0])
    return {stage.id: keys.get(stage.id, "") for stage in stages}


def _config(card: Any, notes: list[Note], this_round: Round) -> dict[str, Any]:
    return {
        "card": str(card.pk),
        "sync": reverse("sync", args=[card.pk]),
        "signIn": f"{reverse('account_login')}?next={reverse('live', args=[card.pk])}",
        "now": _ms(timezone.now()),
        "starts": _ms(card.starts_at),
        "ends": _ms(card.ends_at),
        "minutes": this_round.minutes,
        "state": page_state(card, notes),
    }


def _ms(moment: Any) -> int | None:
    return int(moment.timestamp() * 1000) if moment else None


def _rubric(card: Scorecard, this_round: Round) -> dict[str, Any]:
    rubric = card.rubric
    keys = stage_keys(list(rubric.stages.values()))
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
