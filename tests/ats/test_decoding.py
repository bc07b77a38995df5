"""Bytes that are no sound JSON are refused with the place where they stop being it."""

import json
import subprocess
import sys

import pytest

from ats.formats import decoding
from tests.ats.files import LOOP, PROJECT, as_bytes, decoded, faults, read

CUT = json.dumps(LOOP, indent=1).encode()


def test_a_byte_order_mark_is_passed_over():
    assert decoded(b'\xef\xbb\xbf{"a": 1}') == ({"a": 1}, [])


@pytest.mark.parametrize("data", [b"", b"  \n\t ", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said_to_be_empty(data: bytes):
    assert decoded(data)[1] == [": is empty"]


def test_bytes_that_are_not_utf8_are_named_by_offset():
    assert decoded('{"a": "Falcão"}'.encode("latin-1"))[1] == [
        ": is not UTF-8: the byte at offset 11 (0xe3)"
    ]
    marked = b"\xef\xbb\xbf" + b'"\xff"'
    assert decoded(marked)[1] == [": is not UTF-8: the byte at offset 4 (0xff)"]


def test_utf16_is_not_utf8():
    assert "is not UTF-8" in decoded('{"a": 1}'.encode("utf-16"))[1][0]


@pytest.mark.parametrize("length", [1, 40, 200, len(CUT) - 1])
def test_a_truncated_file_is_said_to_be_cut_off_with_line_and_column(length: int):
    [what] = decoded(CUT[:length])[1]
    assert "is it cut off?" in what
    assert "line " in what
    assert "column " in what


def test_the_line_and_column_of_a_cut_are_those_of_the_file():
    assert decoded(b'{\n "a": 1,\n "b": ')[1] == [
        ": ends in the middle of a value (line 3, column 7): is it cut off?"
    ]


def test_what_is_no_json_is_named_by_line_and_column():
    assert decoded(b'{"a": 1,\n "b" 2}')[1] == [
        ": is not JSON: expecting ':' delimiter (line 2, column 6)"
    ]


@pytest.mark.parametrize("depth", [33, 1000, 200_000])
@pytest.mark.parametrize("bracket", [b"[", b'{"a":'])
def test_a_nesting_bomb_is_refused_before_it_is_parsed(bracket: bytes, depth: int):
    [what] = decoded(bracket * depth)[1]
    assert what.startswith(": is nested deeper than 32 levels (line 1, column ")


def test_brackets_inside_texts_are_no_nesting():
    assert decoded(as_bytes({"a": "[" * 100 + '"' + "{" * 100}))[1] == []


def test_32_levels_are_allowed():
    assert decoded(b"[" * 32 + b"]" * 32)[1] == []


def test_a_file_over_the_limit_is_not_parsed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(decoding, "MAX_BYTES", 2 * 1024 * 1024)
    assert decoded(b"[" + b" " * 2 * 1024 * 1024)[1] == [
        ": is larger than 2 MB: import it in parts"
    ]


def test_keys_given_twice_are_refused_each_at_its_place():
    assert decoded(b'{"a": {"b": 1, "b": 1}, "c/d": [{"x": 1, "x": 2, "x": 3}], "a": 0}')[1] == [
        "/a: is given more than once in the same object",
        "/c~1d/0/x: is given more than once in the same object",
    ]


def test_many_keys_given_twice_are_each_found():
    data = b"{" + b",".join(b'"k%d": 1' % (i // 2) for i in range(200_000)) + b"}"
    assert len(decoded(data)[1]) == 100_000


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 19, "1" * 5000])
def test_numbers_that_cannot_be_stored_are_named(number: str):
    [what] = decoded(b'{"a": [%s]}' % number.encode())[1]
    assert what.startswith("/a/0: is a number that cannot be stored: ")
    assert len(what) < 80


def test_nul_and_half_surrogates_are_named_in_texts_and_in_keys():
    assert decoded(rb'{"a": "x\u0000", "b": "\ud83d", "c\u0000": 1, "d": "\ud83d\ude00"}')[1] == [
        "/a: holds a NUL character (at character 1)",
        "/b: holds half of a surrogate pair (at character 0)",
        r"/c\x00: the key holds a NUL character (at character 1)",
    ]


def test_a_message_never_carries_control_characters_or_a_whole_text():
    data = as_bytes({"format": "\x1b[31m" + "x" * 150})
    assert faults(data)["/format"].startswith(r"\x1b[31mxxx")
    assert all(fault.what.isprintable() for fault in read(data)[1].faults)
    assert all(len(fault.what) < 300 for fault in read(data)[1].faults)


@pytest.mark.parametrize("value", ["null", "[]", '"loop"', "3", "true"])
def test_a_file_that_holds_no_object_is_refused(value: str):
    assert set(faults(value.encode())) == {""}
    assert "must be an object" in faults(value.encode())[""]


def test_the_readers_need_no_django():
    code = "import sys, ats.formats.files; sys.exit('django' in sys.modules)"
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, cwd=PROJECT).returncode == 0  # noqa: S603  nothing from outside
