"""What a spreadsheet could run is made text; what anybody wrote comes out as they wrote it."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.exports import formats
from reports.exports.formats import WRITERS, no_formula
from reports.exports.sheet import Refused
from tests.reports.exports.conftest import rows

DANGEROUS = "=+-@\t\r\n＝＋－＠"
NAMES = ["Jürgen Öztürk", "李小龍", "محمد", "אבי", "नेहा", "🙂🙂", "O'Neill", 'a "b", c; d', "Ἀθηνᾶ"]


def write(format: str, folder: Path, *values: list, columns: tuple[str, ...] = ("a",)) -> Path:
    path = folder / f"x.{format}"
    writer = WRITERS[format](path, list(columns))
    for each in values:
        writer.row(each)
    writer.close()
    return path


@pytest.mark.parametrize("sign", DANGEROUS)
@pytest.mark.parametrize("before", ["", " ", "\u200b", "\ufeff", "\u202e", "\u00a0"])
def test_what_begins_like_a_formula_is_quoted(sign: str, before: str) -> None:
    text = f"{before}{sign}1+1"
    assert no_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "1-2", "2026-03-02", "'=1", "–5", *NAMES])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert no_formula(text) == text


@given(st.text())
def test_no_cell_begins_with_a_sign_and_nothing_is_lost(text: str) -> None:
    safe = no_formula(text)
    assert safe.lstrip()[:1] not in tuple("=+-@＝＋－＠")
    assert safe[:1] not in tuple("\t\r\n")
    assert safe in (text, f"'{text}")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)))
def test_csv_gives_back_every_text_no_formula(tmp_path_factory, texts: list[str]) -> None:
    path = write("csv", tmp_path_factory.mktemp("csv"), *[[text, "end"] for text in texts],
                 columns=("a", "b"))  # fmt: skip
    back = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    assert back == [["a", "b"], *[[no_formula(text), "end"] for text in texts]]


@pytest.mark.parametrize("format", WRITERS)
def test_names_in_any_script_are_intact(tmp_path: Path, format: str) -> None:
    assert [row["a"] for row in rows(write(format, tmp_path, *[[name] for name in NAMES]))] == NAMES


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_json_is_unaltered_and_keeps_its_kinds(tmp_path: Path, format: str) -> None:
    values = ["=1+1", 3, 2.5, True, None, ["-a", "b"]]
    (row,) = rows(write(format, tmp_path, values, columns=tuple("abcdef")))
    assert list(row.values()) == values


@pytest.mark.parametrize("format", WRITERS)
def test_no_rows_are_a_whole_file(tmp_path: Path, format: str) -> None:
    assert rows(write(format, tmp_path)) == []


def test_csv_is_marked_as_utf_8_and_joins_lists(tmp_path: Path) -> None:
    path = write("csv", tmp_path, [["-a", "b"], True, None, -1], columns=tuple("abcd"))
    assert path.read_bytes() == b"\xef\xbb\xbfa,b,c,d\r\n'-a; b,yes,,-1\r\n"


def test_xlsx_has_texts_and_numbers_and_nothing_that_runs(tmp_path: Path) -> None:
    hostile = ["=cmd|' /C calc'!A0", "＝1", "https://evil.example", "mailto:a@b.example", "{=1}"]
    path = write("xlsx", tmp_path, *[[text, 7, False] for text in hostile], columns=tuple("abc"))
    sheet = openpyxl.load_workbook(path).active
    for line, text in enumerate(hostile, start=2):
        assert [sheet.cell(line, c).data_type for c in (1, 2, 3)] == ["s", "n", "s"]
        assert sheet.cell(line, 1).value == no_formula(text)
        assert not sheet.cell(line, 1).hyperlink
        assert sheet.cell(line, 3).value == "no"


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    long = "🙂" * 20_000
    (row,) = rows(write("xlsx", tmp_path, [long]))
    assert row["a"].endswith(formats.CUT)
    assert len(row["a"].encode("utf-16-le")) <= 2 * 32_767
    assert rows(write("csv", tmp_path, [long]))[0]["a"] == long


def test_a_sheet_that_is_full_is_refused_with_the_remedy(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(formats, "LONGEST_SHEET", 1)
    with pytest.raises(Refused, match="Ask for CSV"):
        write("xlsx", tmp_path, ["one"], ["two"])
