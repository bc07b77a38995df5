"""Loaded by pytest's `-p` (pyproject.toml): PostgreSQL and Redis run before the settings are read.

Tests have a folder of their own (var-test), so that they never meet the data of `make run`.
"""

import os
from pathlib import Path

import pytest

from config.services import ServiceError, ensure

PROJECT = Path(__file__).resolve().parents[2]


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    os.environ.setdefault("SCORECARD_VAR", str(PROJECT / "var-test"))
    os.environ.setdefault("SCORECARD_DB_ROLE", "owner")  # test databases are made, then dropped
    try:
        ensure()
    except ServiceError as error:
        raise pytest.UsageError(str(error)) from None


def pytest_report_header() -> str:
    return f"services: {os.environ['DATABASE_OWNER_URL']}"
