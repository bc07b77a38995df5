"""Reading ratings out of a CSV file: every fault names its row, its column and what is wrong.

Rows are counted as a spreadsheet counts them: the heading is row 1.
"""

import csv
import math
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import NoReturn

from calibration.judgement import Judgement
from calibration.severity.ratings import BadRatings, Rating

Row = dict[str, str]
Key = tuple[str, ...]


def read_ratings(path: Path) -> list[Rating]:
    """Columns candidate, interviewer, dimension, value; card, round and level where they are there.

    Without a card, one interviewer's ratings of one candidate in one round are one scorecard, and
    without a round either may be a second interview: only with one of them is a rating given twice.
    """
    needed = ("candidate", "interviewer", "dimension", "value")
    rows: list[Rating] = []
    seen: dict[Key, int] = {}
    for number, row in _rows(path, needed):
        card = "\x1f".join([row.get("card") or "", row.get("round") or ""])
        rating = Rating(
            candidate=row["candidate"],
            interviewer=row["interviewer"],
            dimension=row["dimension"],
            value=_number(path, number, row["value"]),
            card=card,
            level=row.get("level") or "",
        )
        if known := [name for name in ("card", "round") if row.get(name)]:
            key = (rating.candidate, rating.interviewer, card, rating.dimension)
            _once(path, number, seen, key, known[0])
        rows.append(rating)
    return rows


def read_judgements(path: Path) -> list[Judgement]:
    """Columns unit, rater, value; a rater has one value for a unit."""
    rows: list[Judgement] = []
    seen: dict[Key, int] = {}
    for number, row in _rows(path, ("unit", "rater", "value")):
        value = _number(path, number, row["value"])
        _once(path, number, seen, (row["unit"], row["rater"]), "rater")
        rows.append(Judgement(row["unit"], row["rater"], value))
    return rows


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    """Every row that holds a value, with its number. The needed columns are never empty.

    A row without a value says that something was not rated: it is passed over.
    """
    reader = csv.reader(StringIO(_text(path), newline=""), strict=True)
    found = False
    try:
        heading = [name.strip().lower() for name in next(reader, [])]
        _check_heading(path, heading, needed)
        for number, fields in enumerate(reader, start=2):
            if not any(field.strip() for field in fields):
                continue
            if len(fields) != len(heading):
                _fail(path, f"row {number} has {len(fields)} fields, the heading {len(heading)}")
            row = dict(zip(heading, (field.strip() for field in fields), strict=True))
            if not row["value"]:
                continue
            _check_filled(path, number, row, needed)
            found = True
            yield number, row
    except csv.Error as fault:
        _fail(path, f"row {reader.line_num}: {fault}")
    if not found:
        _fail(path, "there is no rating under the heading")


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as fault:
        _fail(path, fault.strerror or "cannot be read")
    if not data.strip():
        _fail(path, "is empty; its first row has to name the columns")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        row = data.count(b"\n", 0, fault.start) + 1
        _fail(path, f"row {row} is not UTF-8; save the file as CSV in UTF-8")


def _check_heading(path: Path, heading: list[str], needed: tuple[str, ...]) -> None:
    missing = [name for name in needed if name not in heading]
    if missing:
        have = ", ".join(filter(None, heading)) or "none"
        _fail(path, f"row 1: no column {', '.join(missing)}; the columns are {have}")
    twice = next((name for name in heading if name and heading.count(name) > 1), None)
    if twice:
        _fail(path, f"row 1: column {twice} stands there twice")


def _check_filled(path: Path, number: int, row: Row, needed: tuple[str, ...]) -> None:
    empty = next((name for name in needed if not row[name]), None)
    if empty:
        _fail(path, f"row {number}, column {empty}: is empty")


def _number(path: Path, number: int, text: str) -> float:
    try:
        value = math.nan if "_" in text else float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or abs(value) > 1e12:
        _fail(path, f"row {number}, column value: {text[:40]!r} is not a number")
    return value


def _once(path: Path, number: int, seen: dict[Key, int], key: Key, column: str) -> None:
    """The second rating of one thing by one person on one card would count twice."""
    first = seen.setdefault(key, number)
    if first != number:
        _fail(path, f"row {number}, column {column}: rates what row {first} has rated already")


def _fail(path: Path, what: str) -> NoReturn:
    raise BadRatings(f"{path}: {what}")
