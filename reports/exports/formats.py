"""CSV, XLSX, JSON and JSON lines: each takes one row at a time and keeps none."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from reports.exports.sheet import Refused, Value

LONGEST_CELL = 32_767  # characters: what Excel holds
LONGEST_SHEET = 1_048_575  # rows under the heading
CUT = " … (cut: a cell holds no more)"


class Writer(Protocol):
    def row(self, values: list[Value]) -> None: ...
    def close(self) -> None: ...


# A cell that begins with one of these signs may be run as a formula where the file is opened, the
# full-width ones too in some languages.
SIGNS = "=+-@＝＋－＠"
BLANKS = "\t\r\n"
# What a program may skip before it looks for a sign: blanks, marks of direction, zero widths.
_UNSEEN = r"[\s\ufeff\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f]*"
_RISKY = re.compile(f"{_UNSEEN}[{BLANKS}{re.escape(SIGNS)}]")


def no_formula(text: str) -> str:
    """The text for a cell: behind a quote, which Excel does not show, where it could be run."""
    if text[:1].isalnum():  # as nearly every text does
        return text
    return f"'{text}" if _RISKY.match(text) else text


# Values as a spreadsheet may hold them: no list, no yes-or-no of its own, no formula.
_AS_CELL: dict[type, Callable[[Any], str]] = {
    str: no_formula,
    bool: lambda value: "yes" if value else "no",
    list: lambda value: no_formula("; ".join(value)),
}


def _cell(value: Value) -> str | int | float | None:
    make = _AS_CELL.get(type(value))
    return make(value) if make else value  # type: ignore[return-value]


class Csv:
    """UTF-8 with a byte-order mark, without which Excel takes it for another encoding."""

    def __init__(self, path: Path, columns: list[str]) -> None:
        self.file = path.open("w", encoding="utf-8-sig", newline="")
        self.writer = csv.writer(self.file)
        self.row([*columns])

    def row(self, values: list[Value]) -> None:
        self.writer.writerow([_cell(value) for value in values])

    def close(self) -> None:
        self.file.close()


class Xlsx:
    """Every text is a text: nothing becomes a formula or a link."""

    def __init__(self, path: Path, columns: list[str]) -> None:
        import xlsxwriter  # takes longer to load than a small file to make

        as_text = {"strings_to_formulas": False, "strings_to_urls": False}
        small = {"constant_memory": True, "tmpdir": str(path.parent)}
        self.book = xlsxwriter.Workbook(path, {**as_text, **small})
        self.sheet = self.book.add_worksheet("Export")
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_column(0, len(columns) - 1, 18)
        self.at = 0
        self.row([*columns])

    def row(self, values: list[Value]) -> None:
        if self.at > LONGEST_SHEET:
            raise Refused(f"A sheet holds {LONGEST_SHEET:,} rows. Ask for CSV or JSON lines.")
        for column, value in enumerate(values):
            cell = _cell(value)
            if isinstance(cell, str):
                self.sheet.write_string(self.at, column, _short(cell))
            elif cell is not None:
                self.sheet.write_number(self.at, column, cell)
        self.at += 1

    def close(self) -> None:
        self.book.close()


def _short(text: str) -> str:
    """Excel counts UTF-16 units, of which an emoji takes two."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    kept = units[: 2 * (LONGEST_CELL - len(CUT))].decode("utf-16-le", errors="ignore")
    return kept + CUT


class JsonLines:
    """One object a line, the texts as they were written."""

    def __init__(self, path: Path, columns: list[str]) -> None:
        self.file = path.open("w", encoding="utf-8", newline="\n")
        self.columns = columns

    def row(self, values: list[Value]) -> None:
        self.file.write(self._object(values) + "\n")

    def _object(self, values: list[Value]) -> str:
        return json.dumps(dict(zip(self.columns, values, strict=True)), ensure_ascii=False)

    def close(self) -> None:
        self.file.close()


class Json(JsonLines):
    """A list of objects, one a line."""

    def __init__(self, path: Path, columns: list[str]) -> None:
        super().__init__(path, columns)
        self.before = "["

    def row(self, values: list[Value]) -> None:
        self.file.write(f"{self.before}\n{self._object(values)}")
        self.before = ","

    def close(self) -> None:
        self.file.write("[]\n" if self.before == "[" else "\n]\n")
        super().close()


WRITERS: dict[str, Callable[[Path, list[str]], Writer]] = {
    "csv": Csv,
    "xlsx": Xlsx,
    "json": Json,
    "jsonl": JsonLines,
}
