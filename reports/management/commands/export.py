"""Write an export in this process: to a file, or to standard output."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from reports.exports import files
from reports.exports.formats import WRITERS
from reports.exports.jobs import write_for_operator
from reports.exports.sheet import Refused
from reports.models import ExportKind


class Command(BaseCommand):
    help = (
        "Exports every row there is, or with --as what one person may read. The audit trail keeps "
        "a line of it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "kind", metavar="KIND", choices=ExportKind.values, help=", ".join(ExportKind)
        )
        parser.add_argument("--format", choices=list(WRITERS), help="else as --out ends, or csv")
        parser.add_argument("--out", metavar="FILE", help="written whole or not at all")
        parser.add_argument("--as", dest="asker", metavar="EMAIL", help="what this person may read")

    def handle(self, *args: Any, **options: Any) -> None:
        asker, out = _person(options["asker"]), options["out"]
        format = options["format"] or _format_of(out)
        if not out and format == "xlsx" and self._is_read_by_a_person():
            raise CommandError("XLSX is no text to read. Name a file with --out, or use a pipe.")
        try:
            with tempfile.TemporaryDirectory(prefix=".export-", dir=_beside(out)) as name:
                made = Path(name) / f"export.{format}"
                rows = write_for_operator(options["kind"], format, made, asker)
                self._hand_over(made, out)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as error:
            raise CommandError(f"Cannot write {out or 'the file'}: {error.strerror}.") from None
        if out:
            self.stderr.write(f"{rows} rows in {out}")

    def _is_read_by_a_person(self) -> bool:
        return getattr(self.stdout, "isatty", lambda: False)()

    def _hand_over(self, made: Path, out: str | None) -> None:
        if out:
            files.keep(made, Path(out))
            return
        binary = getattr(self.stdout._out, "buffer", None)
        with made.open("rb") as file:
            if binary:
                shutil.copyfileobj(file, binary)
                binary.flush()
            else:
                self.stdout.write(file.read().decode("utf-8"), ending="")


def _beside(out: str | None) -> Path | None:
    """The folder that the file will stand in, so that it can be renamed into its place."""
    return Path(out).absolute().parent if out else None


def _format_of(out: str | None) -> str:
    ending = Path(out or "").suffix.removeprefix(".").lower()
    return ending if ending in WRITERS else "csv"


def _person(email: str | None) -> User | None:
    if email is None:
        return None
    try:
        return User.objects.get_by_natural_key(email)
    except User.DoesNotExist:
        raise CommandError(f"There is nobody with the e-mail {email}.") from None
