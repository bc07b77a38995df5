"""`manage.py agreement FILE.csv`: Krippendorff's alpha and intraclass correlations."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from calibration.agreement import Agreement, agreement
from calibration.ratings_file import read_judgements
from calibration.severity.ratings import BadRatings

PLACES = 6


class Command(BaseCommand):
    help = "Measure how far raters agree in any file of ratings: columns unit, rater, value."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.csv", type=Path)
        parser.add_argument("--json", action="store_true", help="print JSON, as docs/statistics.md")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = agreement(read_judgements(options["file"]))
        except BadRatings as fault:
            raise CommandError(str(fault)) from None
        if options["json"]:
            self.stdout.write(json.dumps(document(found), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(text(found)))


def document(found: Agreement) -> dict[str, Any]:
    """What --json prints; what is not defined is null, and `why` says why."""
    return {
        "units": found.units,
        "raters": found.raters,
        "alpha": _plain(found.alpha),
        "icc": _plain(found.icc),
        "alpha_range": found.alpha_range and [round(each, PLACES) for each in found.alpha_range],
        "why": found.why,
        "pairable_units": found.pairable,
        "caution": found.caution or None,
    }


def _plain(values: dict[str, float | None]) -> dict[str, float | None]:
    return {name: None if v is None else round(v, PLACES) for name, v in values.items()}


def text(found: Agreement) -> Iterator[str]:
    yield f"{found.units} units, {found.raters} raters; {found.pairable} units have two or more."
    if found.caution:
        yield f"With caution: {found.caution}"
    yield "Krippendorff's alpha (1 agreement, 0 what chance would give)"
    yield from _lines(found.alpha, found.why)
    if found.alpha_range:
        low, high = found.alpha_range
        yield f"  ordinal lies between {low:.3f} and {high:.3f} in 95 of 100 draws of these units"
    yield "Intraclass correlation"
    yield from _lines(found.icc, found.why)


def _lines(values: dict[str, float | None], why: dict[str, str]) -> Iterator[str]:
    for name, value in values.items():
        yield f"  {name:<10}" + (why[name] if value is None else f"{value:.3f}")
