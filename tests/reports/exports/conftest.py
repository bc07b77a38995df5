"""A folder of its own for every test's files, hints that go nowhere, and readers of the formats."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from accounts.models import User
from config.celery import app
from reports.exports import files, jobs
from reports.models import Export


@pytest.fixture(autouse=True)
def exports_folder(settings, tmp_path) -> Path:
    settings.EXPORTS_FOLDER = tmp_path / "exports"
    return settings.EXPORTS_FOLDER


@pytest.fixture(autouse=True)
def hints(monkeypatch) -> list[str]:
    sent: list[str] = []
    monkeypatch.setattr(app, "send_task", lambda name, args, **how: sent.append(args[-1]))
    return sent


def made(asker: User, kind: str = "scorecards", format: str = "jsonl") -> Export:
    export = jobs.EXPORTS.run(jobs.request_export(asker, kind, format).pk)
    assert export is not None
    return export


def read(export: Export) -> list[dict[str, Any]]:
    return rows(files.path_of(export))


def rows(path: Path) -> list[dict[str, Any]]:
    """Every row of a file, by column, as the format's own readers see it."""
    if path.suffix == ".xlsx":
        heading, *lines = openpyxl.load_workbook(path).active.values
        return [dict(zip(heading, line, strict=True)) for line in lines]
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".csv":
        return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    return json.loads(text) if path.suffix == ".json" else list(map(json.loads, text.splitlines()))
