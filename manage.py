#!/usr/bin/env python
"""Django's command line. What a command needs to run is started for it."""

import os
import sys

from config.services import ServiceError, ensure
from config.services.client import export
from config.services.first_use import prepare_once

# These say something about the program or about files, and ask no database.
NEED_NOTHING = {
    *("suggest_signals", "calibrate", "agreement"),
    *("help", "version", "--help", "-h", "--version", "startapp", "startproject"),
    *("makemessages", "compilemessages", "findstatic", "collectstatic", "diffsettings"),
}
# These change the schema; everything else connects as the role that owns nothing.
NEED_OWNER = {
    *("migrate", "makemigrations", "squashmigrations", "optimizemigration", "sqlmigrate"),
    *("showmigrations", "flush", "sqlflush", "createcachetable", "dbshell", "inspectdb"),
    *("test", "testserver"),
}
# These read no rows, and so want no schema.
NEED_NO_SCHEMA = {"check", "shell"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command in NEED_OWNER:
        os.environ.setdefault("SCORECARD_DB_ROLE", "owner")
    try:
        if command in NEED_NOTHING or {"-h", "--help"} & set(sys.argv[2:]):
            export()
        else:
            services = ensure()
            if command not in NEED_OWNER | NEED_NO_SCHEMA:
                prepare_once(services)
    except ServiceError as error:
        sys.exit(f"Scorecard: {error}")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Scorecard: Django is not installed here: run make setup, then .venv/bin/python.")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
