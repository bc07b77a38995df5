"""Files as they come: what is read, what is said of it, and what is refused with a remedy."""

from datetime import datetime

import pytest

from interviews.refusals import Refused
from interviews.upload import table
from interviews.upload.table import read
from tests.interviews.upload.files import HEADER, csv_of, row, xlsx_of, xlsx_with

SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_files_are_read_without_a_word(encoding: str) -> None:
    found = read(csv_of(row("Łucja 王"), encoding=encoding))
    assert (found.header, found.rows[0][1][0], found.notes) == (HEADER, "Łucja 王", ())


def test_windows_1252_is_read_and_said_so() -> None:
    found = read(csv_of(row("José Müller"), encoding="cp1252"))
    assert found.rows[0][1][0] == "José Müller"
    assert "read as Windows-1252" in found.notes[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_delimiter_is_known_by_the_header(delimiter: str) -> None:
    found = read(csv_of(row("Mora, Ana; PhD"), delimiter=delimiter))
    assert found.rows == ((2, ("Mora, Ana; PhD", *row()[1:-1])),)


def test_rows_keep_the_number_that_the_spreadsheet_shows() -> None:
    found = read(b"Candidate,E-mail\n\nAda,ada@x.example\n\n\nBo,bo@x.example\n")
    assert [number for number, _ in found.rows] == [3, 6]


def test_an_xlsx_gives_dates_as_text_and_formulas_as_they_stand() -> None:
    starts = datetime.fromisoformat("2026-12-01 09:30")
    found = read(xlsx_of(["=1+1", "ada@x.example", "ml-coding", starts, 45, "", "", ""]))
    assert found.rows[0][1] == ("=1+1", "ada@x.example", "ml-coding", "2026-12-01 09:30", "45")


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as raised:
        read(data)
    return str(raised.value)


def test_too_many_rows_are_refused_with_the_way_out() -> None:
    line = b"Ada,ada@x.example\n"
    said = refusal(b"Candidate,E-mail\n" + line * 100_000)
    assert "more than 2,000 rows" in said
    assert "Split the file" in said
    assert "more than 2,000 rows" in refusal(xlsx_of(*[row()] * 2001))
    assert len(read(b"Candidate,E-mail\n" + line * 2000).rows) == 2000


def test_a_bomb_is_refused_by_its_declared_size() -> None:
    bomb = xlsx_with(xlsx_of(row()), SHEET, b"<worksheet>" + b" " * 30_000_000 + b"</worksheet>")
    assert len(bomb) < 60_000
    assert "far more than" in refusal(bomb)


def test_a_dense_small_bomb_is_refused_by_its_ratio() -> None:
    bomb = xlsx_with(xlsx_of(row()), SHEET, b" " * 8_000_000)
    assert table.MAX_UNPACKED > 8_000_000
    assert "far more than" in refusal(bomb)


def test_entities_are_not_expanded(tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("quokka")
    evil = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}"><!ENTITY b "aaaa">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;&b;</t></is></c></row></sheetData>'
        "</worksheet>"
    )
    said = refusal(xlsx_with(xlsx_of(row()), SHEET, evil.encode()))
    assert "damaged" in said
    assert "quokka" not in said


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no rows under a header"),
        (b"Candidate,E-mail\n", "no rows under a header"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "XLS file, or one with a password"),
        (b"PK\x03\x04" + b"x" * 100, "damaged"),
        (b"Candidate\0,E-mail\n", "neither text in UTF-8"),
        (b"\x81\x8d\x8f\x90\x9d", "neither text in UTF-8"),
        (b'Candidate,E-mail\n"Ada,ada@x.example\n', "quotation mark"),
        (b"a," * 60 + b"a\nx,y\n", "more than 40 columns"),
        (b"Candidate,E-mail\n" + b"x" * 2000 + b",a@x.example\n", "Row 2 has a cell of more"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_remedy(data: bytes, says: str) -> None:
    assert says in refusal(data)
