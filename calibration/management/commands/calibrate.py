"""`manage.py calibrate --ratings FILE.csv`: severities and candidates without them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from calibration.ratings_file import read_ratings
from calibration.severity.fit import COMPONENTS, Estimate, Fit, fit
from calibration.severity.ratings import BadRatings

Z80, Z95 = 1.2816, 1.9600  # of a normal distribution: 80% and 95% lie within so many errors
PLACES = 6
TITLES = {
    "candidate": "candidates",
    "candidate_dimension": "a candidate's dimensions",
    "card": "scorecards",
    "interviewer": "interviewers",
    "residual": "what is left",
}


class Command(BaseCommand):
    help = (
        "Fit the severity of interviewers to any file of ratings: columns candidate, interviewer,"
        " dimension, value; card, round and level where they are known. Stores nothing."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ratings", metavar="FILE.csv", required=True, type=Path)
        parser.add_argument("--json", action="store_true", help="print JSON, as docs/statistics.md")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = fit(read_ratings(options["ratings"]))
        except BadRatings as fault:
            raise CommandError(str(fault)) from None
        if options["json"]:
            self.stdout.write(json.dumps(document(found), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(text(found)))


def document(found: Fit) -> dict[str, Any]:
    """What --json prints. Estimates stand on the scale of the file and are not clipped to it."""
    return {
        "components": {name: _plain(found.components[name]) for name in COMPONENTS},
        "interviewers": [
            {**vars(each), "severity": _plain(each.severity), "se": _plain(each.se)}
            for each in found.severities
        ],
        "cells": [
            {"candidate": each.candidate, "dimension": each.dimension, **_interval(each)}
            for each in found.cells
        ],
        "candidates": [{"candidate": each.candidate, **_interval(each)} for each in found.overall],
        "connected": found.connected,
        "ratings": found.ratings,
        "converged": found.converged,
        "why": found.why,
    }


def _interval(each: Estimate) -> dict[str, float | None]:
    errors = {"lo80": -Z80, "hi80": Z80, "lo95": -Z95, "hi95": Z95}
    limits = {
        name: None if each.se is None else each.value + z * each.se for name, z in errors.items()
    }
    return {name: _plain(value) for name, value in {"estimate": each.value, **limits}.items()}


def _plain(value: float | None) -> float | None:
    return None if value is None else round(value, PLACES)


def text(found: Fit) -> Iterator[str]:
    """For people: variances, then interviewers by name. Nobody is sorted by a number."""
    yield f"{found.ratings} ratings of {found.candidates} candidates."
    if found.connected > 1:
        yield f"{found.connected} groups of interviewers share no candidate and are not compared."
    if not found.converged:
        yield "The fit did not settle; read nothing off it."
    yield "Variance between"
    for name in COMPONENTS:
        value = found.components[name]
        yield f"  {TITLES[name]:<26}" + (found.why[name] if value is None else f"{value:.3f}")
    yield "Interviewers: points above (lenient) or below (strict) colleagues on the same people"
    for each in sorted(found.severities, key=lambda each: each.interviewer):
        cards = f"{each.cards} card{'' if each.cards == 1 else 's'}"
        if each.severity is None or each.se is None:
            yield f"  {each.interviewer:<26}{each.label} ({cards})"
        else:
            low, high = each.severity - Z80 * each.se, each.severity + Z80 * each.se
            likely = f"likely {low:+.1f} to {high:+.1f}"
            yield f"  {each.interviewer:<26}{each.severity:+.1f}, {likely}: {each.label} ({cards})"
    yield "Candidates' estimates are in the JSON, by name and with their ranges: --json."
