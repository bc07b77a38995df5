"""Bring database, rubric and static files up to date, in one process because each costs a start.

`python -m config.services.prepare` after an installation; `make run` asks for people as well:
`--demo` for the demo cast and its loops, `--first-administrator` for an empty house.
"""

import argparse
import hashlib
import os
import sys
from pathlib import Path

from config.services import ServiceError, ensure
from config.services.var import Var


def prepare(people: str | None = None) -> None:
    """Migrate, publish the rubric, collect static files; `people` is a command that makes them.

    Raises ServiceError with the reason why one of them refused.
    """
    import django

    django.setup()
    from django.core.management import CommandError, call_command
    from django.db import OperationalError

    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("publish_rubric", stdout=sys.stderr)
        collect_static()
        if people:
            call_command(people)
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise ServiceError(f"The database does not do as asked: {reason}") from None
    except CommandError as error:
        raise ServiceError(str(error)) from None


def collect_static() -> None:
    """Run collectstatic unless the very same files have been collected already."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Var.from_environment().prepared
    wanted = _static_digest()
    made = stamp.read_text() if stamp.exists() else ""
    if made == wanted and Path(settings.STATIC_ROOT).is_dir():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)


def _static_digest() -> str:
    """Names every static file with its size and time, and where they are collected."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = os.stat(storage.path(name))
            digest.update(f"{storage.path(name)}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", action="store_const", const="load_demo", dest="people")
    parser.add_argument(
        "--first-administrator", action="store_const", const="first_administrator", dest="people"
    )
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["SCORECARD_DB_ROLE"] = "owner"
    if options.people == "load_demo":
        os.environ["DEMO"] = "1"
    try:
        ensure()
        prepare(options.people)
    except ServiceError as error:
        print(f"Scorecard: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
