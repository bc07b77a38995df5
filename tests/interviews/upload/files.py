"""Tables as recruiters upload them, made in memory."""

import io
import zipfile

from openpyxl import Workbook

HEADER = ("Candidate", "E-mail", "Round", "Starts", "Ends", "Time zone", "Interviewer", "Shadow")
LEAD = "a.stranger@lumenta.example"


def row(name: str = "Ada", email: str = "ada@mailbox.example", **cells: str) -> list[str]:
    """An interview on 1 December in New York, but for what is said otherwise."""
    usual = {
        "round": "ml-coding",
        "starts": "2026-12-01 09:30",
        "ends": "2026-12-01 10:30",
        "zone": "America/New_York",
        "lead": LEAD,
        "shadow": "",
    }
    return [name, email, *(usual | cells).values()]


def csv_of(*rows: list[str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    lines = [delimiter.join(f'"{c}"' for c in cells) for cells in (list(HEADER), *rows)]
    return "\r\n".join(lines).encode(encoding)


def xlsx_of(*rows: list) -> bytes:
    book = Workbook()
    for cells in (list(HEADER), *rows):
        book.active.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_with(data: bytes, part: str, text: bytes) -> bytes:
    """The workbook with one part of it replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return out.getvalue()
