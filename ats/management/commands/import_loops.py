"""Import interview loops from loop.json files and from the five files of a Greenhouse export."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ats.formats.files import FORMATS, NOT_YET
from ats.importing.run import import_paths
from config.text import counted
from rubric.models import RubricVersion


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or folder")
        parser.add_argument(
            "--format", choices=[*FORMATS, *NOT_YET], default="", help="found out where not given"
        )
        parser.add_argument("--dry-run", action="store_true", help="report, and store nothing")

    def handle(self, *, paths: list[Path], format: str, dry_run: bool, **options: Any) -> None:
        if format in NOT_YET:
            known = " and ".join(FORMATS)
            raise CommandError(f"Files of {NOT_YET[format]} are not read yet, only {known}.")
        try:
            report = import_paths(paths, format=format, dry_run=dry_run)
        except RubricVersion.DoesNotExist:
            raise CommandError("No rubric is published yet: run publish_rubric first.") from None
        for line in report.lines:
            self.stdout.write(line)
        if dry_run:
            self.stdout.write("Dry run: nothing was stored.")
        if not report.ok:
            faults = counted("fault", len(report.faults))
            raise CommandError(f"{faults}, named above. A file with faults is not imported at all.")
