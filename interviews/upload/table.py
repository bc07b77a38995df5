"""A CSV or XLSX file as text cells, or the reason why the file as a whole cannot be used."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from interviews.refusals import Refused

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 2000
MAX_COLUMNS = 40
MAX_CELL = 1000  # characters
MAX_UNPACKED = 20 * 1024 * 1024  # of an XLSX, all parts together
MAX_RATIO = 200  # unpacked to packed; sheets of real people stay under 30
MAX_PARTS = 500

SPLIT = f"Split the file into parts of at most {MAX_ROWS:,} rows, and upload one after the other."
SAVE_AGAIN = "Open it in your spreadsheet program and save it as CSV UTF-8 or as XLSX."


@dataclass(frozen=True)
class Table:
    """Rows of text under their header, each with the number that the spreadsheet shows.

    `notes` says what a reader should know of how the file was understood.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[str, ...] = ()


def read(data: bytes) -> Table:
    """What the file is, is told by its content and not by its name. Raises Refused."""
    if len(data) > MAX_BYTES:
        raise Refused(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. {SPLIT}")
    if data.startswith(b"PK\x03\x04"):
        return _table(_xlsx_rows(data), ())
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(f"This is an XLS file, or one with a password. {SAVE_AGAIN}")
    text, notes = _decoded(data)
    return _table(_csv_rows(text), notes)


def _table(lines: Iterable[tuple[str, ...]], notes: tuple[str, ...]) -> Table:
    """The first line that is not empty is the header; empty ones below it are left out."""
    header: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in enumerate(lines, start=1):
        if not any(cells):
            continue
        if len(cells) > MAX_COLUMNS:
            raise Refused(f"Row {number} has more than {MAX_COLUMNS} columns.")
        if any(len(cell) > MAX_CELL for cell in cells):
            raise Refused(f"Row {number} has a cell of more than {MAX_CELL:,} characters.")
        if not header:
            header = cells
        elif len(rows) == MAX_ROWS:
            raise Refused(f"The file has more than {MAX_ROWS:,} rows. {SPLIT}")
        else:
            rows.append((number, cells))
    if not rows:
        raise Refused("The file has no rows under a header. The template shows what is needed.")
    return Table(header, tuple(rows), notes)


# --- CSV -------------------------------------------------------------------------------------
def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """UTF-8 with or without its mark, UTF-16 by its mark, else Windows-1252, and said so."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        told = (
            "The file is not UTF-8 and was read as Windows-1252. Look at the accents in the names"
            " below; if they are wrong, save the file as CSV UTF-8 and upload it again.",
        )
        return text, told if encoding == "cp1252" else ()
    raise Refused(f"This is neither text in UTF-8 nor in Windows-1252, nor XLSX. {SAVE_AGAIN}")


def _csv_rows(text: str) -> Iterator[tuple[str, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for cells in reader:
            yield _trimmed(cells)
    except csv.Error as fault:
        raise Refused(
            f"Line {reader.line_num} cannot be read ({fault}). Is a quotation mark left open?"
        ) from None


def _delimiter(text: str) -> str:
    """Whichever of comma, semicolon and tab the first line has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


# --- XLSX ------------------------------------------------------------------------------------
def _xlsx_rows(data: bytes) -> Iterator[tuple[str, ...]]:
    """Rows of the first sheet. Nothing is unpacked before its size was looked at."""
    _refuse_bombs(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        # One row and one column more than allowed, so that too many are met and refused.
        rows = sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True)
        for row in islice(rows, 2 * MAX_ROWS):
            yield _trimmed(_as_text(value) for value in row)
        if next(iter(rows), None) is not None:
            raise Refused(f"The sheet goes on below row {2 * MAX_ROWS:,}. {SPLIT}")
    except Refused:
        raise
    except Exception as fault:  # openpyxl raises whatever a damaged part makes it raise
        raise Refused(
            f"The XLSX file is damaged or not a workbook ({type(fault).__name__}). {SAVE_AGAIN}"
        ) from None


def _refuse_bombs(data: bytes) -> None:
    """By the sizes that the archive declares; reading stops at the declared size of each part."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile:
        raise Refused(f"The XLSX file is damaged. {SAVE_AGAIN}") from None
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * len(data):
        raise Refused(
            f"Unpacked, the XLSX file would have {unpacked / 1024 / 1024:,.0f} MB, far more than"
            " a list of interviews has. Copy the cells into a new workbook, or save it as CSV."
        )


def _as_text(value: Any) -> str:
    """A cell as a person would type it. A formula stays its own text and is never worked out."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (value + timedelta(milliseconds=500)).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, time | date):
        return value.isoformat("minutes") if isinstance(value, time) else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _trimmed(cells: Iterable[str]) -> tuple[str, ...]:
    """Without empty cells at the end, which spreadsheets leave behind."""
    found = [cell.replace("\0", "").strip() for cell in cells]
    while found and not found[-1]:
        found.pop()
    return tuple(found)
