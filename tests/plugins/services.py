"""Loaded by pytest's `-p` (pyproject.toml): PostgreSQL and Redis run before the settings are read.

Tests have a folder of their own (var-test), so that they never meet the data of `make run`. Where
pytest runs in several processes at once (`-n`), they share both servers; each has a database of its
own in PostgreSQL, by pytest-django, and in Redis, by what stands here.
"""

import os
import re
from pathlib import Path

import pytest

from config.services import ServiceError, ensure

PROJECT = Path(__file__).resolve().parents[2]


def start_services() -> None:
    os.environ.setdefault("SCORECARD_VAR", str(PROJECT / "var-test"))
    os.environ.setdefault("SCORECARD_DB_ROLE", "owner")  # test databases are made, then dropped
    ensure()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    try:
        start_services()
    except ServiceError as error:
        raise pytest.UsageError(str(error)) from None
    os.environ["REDIS_URL"] = own_queue(os.environ["REDIS_URL"])


def own_queue(redis_url: str) -> str:
    """The address with this process's own database: no other's worker takes its tasks."""
    process = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return re.sub(r"(?<=[/=])\d+$", str(int(process) % 15 + 1), redis_url)


def pytest_report_header() -> str:
    return f"services: {os.environ['DATABASE_OWNER_URL']}"
