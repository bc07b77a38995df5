"""The lines of a notes file: what is read, and how each fault is named."""

import pytest

from scorecard.management.commands.suggest_signals import NoteLine, parse_line


def test_a_note_is_read_with_and_without_a_round() -> None:
    assert parse_line(b'{"id": "n1", "text": "hm"}') == NoteLine("n1", "hm")
    assert parse_line(b'{"id": 7, "text": "", "round": "new", "x": 1}') == NoteLine(7, "")
    line = b'\xef\xbb\xbf{"id": "n1", "text": "hm", "round": null}'
    assert parse_line(line) == NoteLine("n1", "hm")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b'{"id": "n1", "text"', "not JSON: Expecting ':' delimiter at character 20"),
        (b'{"id": "n1", "text": "\xff"}', "not UTF-8: byte 23 is 0xff"),
        (b'["n1", "text"]', "a JSON object is expected, this is a list"),
        (b'{"text": "hm"}', "id is missing"),
        (b'{"id": null, "text": "hm"}', "id must be text or a whole number, this is null"),
        (b'{"id": true, "text": "hm"}', "id must be text or a whole number, this is true or false"),
        (b'{"id": 1.5, "text": "hm"}', "id must be text or a whole number, this is a fraction"),
        (b'{"id": "n1"}', "text is missing"),
        (b'{"id": "n1", "text": 5}', "text must be text, this is a number"),
        (b'{"id": "n1", "text": {}}', "text must be text, this is an object"),
        (b'{"id": "n1", "text": "hm", "round": 3}', "round must be text, this is a number"),
        (b"[" * 100_000, "not readable JSON: nested too deep or a number too long"),
    ],
)
def test_a_fault_is_named(line: bytes, fault: str) -> None:
    with pytest.raises(ValueError, match="^" + fault.replace(".", r"\.") + "$"):
        parse_line(line)
