"""Lints migrations, so that a site that runs survives each of them and can go back.

`python -m tests.plugins.migrations` (make lint runs it). Nothing is migrated: PostgreSQL is asked
only how to write the operations as SQL. What is forgiven stands in pyproject.toml, with a reason.
"""

import os

import django
from django.core.management import call_command
from django_migration_linter.management.commands.lintmigrations import Command

from tests.plugins.services import start_services


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("LOG_LEVEL", "WARNING")  # else each migration is announced
    start_services()
    django.setup()
    call_command(Command(), no_cache=True)


if __name__ == "__main__":
    main()
