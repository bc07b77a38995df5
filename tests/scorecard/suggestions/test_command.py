"""`manage.py suggest_signals` as another program would call it: a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]


def run(lines: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "manage.py", "suggest_signals"],
        input=lines,
        capture_output=True,
        cwd=PROJECT,
        env=os.environ,
        timeout=60,
        check=False,
    )


def test_each_note_is_answered_in_its_order() -> None:
    notes = [
        {"id": "a", "text": "typed for ten minutes without a word", "round": "ml-coding"},
        {"id": 2, "text": "she has two small kids, so maybe no on-call", "round": "no-such-round"},
        {"id": "c", "text": "call dropped, dialled in again"},
    ]
    done = run("\n".join(map(json.dumps, notes)).encode() + b"\n\n")
    assert (done.returncode, done.stderr) == (0, b"")
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert [first["id"], second["id"], third["id"]] == ["a", 2, "c"]
    assert first["suggestions"][0]["signal"] == "silent-or-unstructured"
    assert set(first["suggestions"][0]) == {"signal", "score"}
    assert [first["bias"], second["bias"], third["bias"]] == [False, True, False]
    assert third["suggestions"] == []


def test_bad_lines_are_named_and_the_good_ones_still_answered() -> None:
    done = run(b'{"id": "a", "text": "hm"}\nnonsense\n{"id": "b"}\n{"id": "c", "text": "ok"}\n')
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "line 2: not JSON: Expecting value at character 1",
        "line 3: text is missing",
    ]
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "c"]


def test_no_notes_are_no_fault() -> None:
    done = run(b"")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
