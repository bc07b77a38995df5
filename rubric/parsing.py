"""From a rubric's content (JSON-able) to its objects, refusing the first fault by its place."""

from collections.abc import Callable, Collection
from typing import Any

from rubric.content import (
    Dimension,
    Facet,
    Lens,
    Level,
    LevelBar,
    Probe,
    Prompt,
    Round,
    Rubric,
    Signal,
    Stage,
    Term,
    nearest_ids,
)
from rubric.entries import Entry, RubricError, entries

RATINGS = (1, 2, 3, 4)
POLARITIES = ("strength", "risk", "noise")
SEVERITIES = ("concern", "disqualifying")
PROBE_KINDS = ("question", "constraint")


def parse(content: dict[str, Any], number: int) -> Rubric:
    """Build version `number` of the rubric from its content.

    Raises RubricError, with the place of the first fault, where something is missing, unknown,
    of the wrong type, repeated, or names an id that the content does not have.
    """
    root = Entry(content, "rubric")
    ratings = _terms(root, "ratings")
    rubric = Rubric(
        number=number,
        ratings={point: ratings[str(point)] for point in _rating_points(ratings)},
        not_observed=_term(Entry(root.value("not_observed"), "not_observed")),
        recommendations=_terms(root, "recommendations"),
        correctness=_terms(root, "correctness"),
        severities=_exactly(_terms(root, "severities"), SEVERITIES, "severities"),
        polarities=_exactly(_terms(root, "polarities"), POLARITIES, "polarities"),
        dimensions=_by_id(root, "dimensions", _dimension),
        signals=_by_id(root, "signals", _signal),
        stages=_by_id(root, "stages", _stage),
        probes=_by_id(root, "probes", _probe),
        rounds=_by_id(root, "rounds", _round),
        levels=_by_id(root, "levels", _level),
        lenses=_by_id(root, "lenses", _lens),
    )
    root.finish()
    _check_references(rubric)
    _check_unique(rubric)
    _check_adaptability(rubric)
    return rubric


def parse_bar(raw: dict[str, Any], place: str = "bar") -> LevelBar:
    """Build a bar from its content, as the pack or an opening's own bar has it.

    `{"all": 3, "depth": 2, "musts": [...], "any_supported_4": [...], "signals": {id: people}}`;
    any further key is a dimension. Ids are not looked up here: see `check_bar`.
    """
    entry = Entry(raw, place)
    everywhere = entry.whole("all", 1, 4)
    musts = entry.ids("musts", required=False)
    any_supported_4 = entry.ids("any_supported_4", required=False)
    signals = Entry(entry.value("signals", {}), f"{place}/signals")
    wanted = {name: signals.whole(name, 1, 99) for name in signals.names()}
    exceptions = {name: entry.whole(name, 1, 4) for name in entry.names()}
    return LevelBar(everywhere, exceptions, musts, any_supported_4, wanted)


def check_bar(bar: LevelBar, rubric: Rubric, place: str = "bar") -> None:
    """Raise RubricError where the bar names a dimension or signal that the rubric lacks."""
    _need_known(bar.exceptions, rubric.dimensions, place)
    _need_known(bar.musts, rubric.dimensions, f"{place}/musts")
    _need_known(bar.any_supported_4, rubric.dimensions, f"{place}/any_supported_4")
    _need_known(bar.signals, rubric.signals, f"{place}/signals")


def _by_id(root: Entry, name: str, build: Callable[[Entry], Any]) -> dict[str, Any]:
    """The list under `name` as a mapping from id to object, in its order."""
    found = {}
    for entry in entries(root.value(name), name):
        each = build(entry)
        if each.id in found:
            raise RubricError(entry.place, "appears twice")
        entry.finish()
        found[each.id] = each
    return found


def _terms(root: Entry, name: str) -> dict[str, Term]:
    return _by_id(root, name, _term)


def _exactly(found: dict[str, Term], expected: tuple[str, ...], place: str) -> dict[str, Term]:
    """Ids that the code itself knows by name must all be there, and no others."""
    if tuple(found) != expected:
        raise RubricError(place, f"must be {', '.join(expected)}, in this order")
    return found


def _rating_points(ratings: dict[str, Term]) -> tuple[int, ...]:
    _exactly(ratings, tuple(map(str, RATINGS)), "ratings")
    return RATINGS


def _term(entry: Entry) -> Term:
    return Term(entry.id(), entry.text("title"), entry.text("description"))


def _dimension(entry: Entry) -> Dimension:
    wordings = entry.texts("anchors")
    if len(wordings) != len(RATINGS):
        raise RubricError(f"{entry.place}/anchors", "must be four, from 1 to 4")
    if len(set(wordings)) != len(wordings):
        raise RubricError(f"{entry.place}/anchors", "must differ from each other")
    return Dimension(
        id=entry.id(),
        title=entry.text("title"),
        definition=entry.text("definition"),
        anchors=dict(zip(RATINGS, wordings, strict=True)),
        growth=entry.text("growth"),
        tie_breaker=entry.flag("tie_breaker"),
    )


def _signal(entry: Entry) -> Signal:
    polarity = entry.one_of("polarity", POLARITIES)
    severity = entry.one_of(
        "default_severity", SEVERITIES, "concern" if polarity == "risk" else None
    )
    if severity and polarity != "risk":
        raise RubricError(f"{entry.place}/default_severity", "only a risk can be flagged")
    told = entry.text("told") if "told" in entry.names() else ""  # versions before it stay valid
    if told and polarity != "strength":
        raise RubricError(f"{entry.place}/told", "only a strength is told to candidates")
    return Signal(
        id=entry.id(),
        polarity=polarity,
        dimension=entry.text("dimension"),
        title=entry.text("title"),
        definition=entry.text("definition"),
        in_the_room=entry.text("in_the_room"),
        mistaken_for=entry.text("mistaken_for"),
        cues=entry.texts("cues"),
        levels=entry.ids("levels", required=False),
        default_severity=severity,
        told=told,
    )


def _stage(entry: Entry) -> Stage:
    return Stage(entry.id(), entry.text("title"), entry.text("description"))


def _probe(entry: Entry) -> Probe:
    key = entry.text("key")
    if not (len(key) == 1 and "a" <= key <= "z"):
        raise RubricError(f"{entry.place}/key", "must be one lower-case letter")
    return Probe(
        id=entry.id(),
        title=entry.text("title"),
        kind=entry.one_of("kind", PROBE_KINDS, "question"),
        draws=entry.ids("draws"),
        wordings=entry.texts("wordings"),
        purpose=entry.text("purpose"),
        key=key,
    )


def _round(entry: Entry) -> Round:
    return Round(
        id=entry.id(),
        title=entry.text("title"),
        purpose=entry.text("purpose"),
        minutes=entry.whole("minutes", 1, 480),
        focus=entry.ids("focus"),
        probes=entry.ids("probes"),
        prompts=tuple(_prompt(each) for each in entry.children("prompts")),
        opening=entry.text("opening"),
        pitfalls=entry.texts("pitfalls"),
        correctness=entry.flag("correctness"),
    )


def _prompt(entry: Entry) -> Prompt:
    prompt = Prompt(entry.id(), entry.text("title"), entry.text("text"))
    entry.finish()
    return prompt


def _level(entry: Entry) -> Level:
    bar = parse_bar(entry.value("bar"), f"{entry.place}/bar")
    return Level(entry.id(), entry.text("title"), entry.text("description"), bar)


def _lens(entry: Entry) -> Lens:
    facets = tuple(_facet(each) for each in entry.children("facets"))
    return Lens(entry.id(), entry.text("title"), entry.text("description"), facets)


def _facet(entry: Entry) -> Facet:
    facet = Facet(
        id=entry.id(),
        title=entry.text("title"),
        dimensions=entry.ids("dimensions", required=False),
        derived=entry.flag("derived"),
    )
    entry.finish()
    if bool(facet.dimensions) == facet.derived:
        raise RubricError(entry.place, "must have dimensions, or be derived")
    return facet


def _check_references(rubric: Rubric) -> None:
    """Every id that one part of the rubric gives for another must be there."""
    for signal in rubric.signals.values():
        place = f"signals/{signal.id}"
        _need_known([signal.dimension], rubric.dimensions, f"{place}/dimension")
        _need_known(signal.levels, rubric.levels, f"{place}/levels")
    for probe in rubric.probes.values():
        _need_known(probe.draws, rubric.dimensions, f"probes/{probe.id}/draws")
    for each in rubric.rounds.values():
        _need_known(each.focus, rubric.dimensions, f"rounds/{each.id}/focus")
        _need_known(each.probes, rubric.probes, f"rounds/{each.id}/probes")
    for level in rubric.levels.values():
        check_bar(level.bar, rubric, f"levels/{level.id}/bar")
    for lens in rubric.lenses.values():
        for facet in lens.facets:
            place = f"lenses/{lens.id}/facets/{facet.id}/dimensions"
            _need_known(facet.dimensions, rubric.dimensions, place)


def _need_known(wanted: Collection[str], known: Collection[str], place: str) -> None:
    """Raise RubricError at the first wanted id that is not known, with the nearest that are."""
    for each in wanted:
        if each not in known:
            near = ", ".join(nearest_ids(each, known)) or "nothing near"
            raise RubricError(place, f"no such id: {each} (known: {near})")


def _check_unique(rubric: Rubric) -> None:
    """Keys of probes and ids of prompts are unique in the rubric, ids of facets in their lens."""
    keys = [(probe.key, f"probes/{probe.id}/key") for probe in rubric.probes.values()]
    prompts = [
        (prompt.id, f"rounds/{each.id}/prompts/{prompt.id}")
        for each in rubric.rounds.values()
        for prompt in each.prompts
    ]
    facets = [
        ((lens.id, facet.id), f"lenses/{lens.id}/facets/{facet.id}")
        for lens in rubric.lenses.values()
        for facet in lens.facets
    ]
    for named in (keys, prompts, facets):
        seen = set()
        for name, place in named:
            if name in seen:
                raise RubricError(place, "is taken already")
            seen.add(name)


def _check_adaptability(rubric: Rubric) -> None:
    """A round that rates adaptability needs a constraint at hand: without one it is unratable."""
    for each in rubric.rounds.values():
        if "adaptability" in each.focus and not rubric.constraint_probes & set(each.probes):
            raise RubricError(f"rounds/{each.id}/probes", "needs one of kind constraint")
