"""A small loop file that holds one of everything, and short ways to read and import files."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from accounts.models import User
from ats.formats.decoding import decode
from ats.formats.documents import LoopDocument
from ats.formats.faults import Log
from ats.formats.files import SourceFile, Unit, group, read_unit
from ats.formats.greenhouse import FILES
from ats.formats.vocabulary import Vocabulary
from ats.importing.report import Report
from ats.importing.run import import_unit, try_units
from rubric import pack
from rubric.models import RubricVersion
from rubric.parsing import parse

PROJECT = Path(__file__).resolve().parents[2]
DEMO = PROJECT / "demo" / "loops"
EXPORT = PROJECT / "tests" / "ats" / "data" / "greenhouse"

DESIGN: dict[str, Any] = {
    "id": "901",
    "round": "ml-system-design",
    "status": "complete",
    "interviewer": {"name": "Ada Okoro", "email": "ada.okoro@lumenta.example"},
    "starts_at": "2026-05-12T15:00:00+02:00",
    "ends_at": "2026-05-12T14:00:00Z",
    "submitted_at": "2026-05-12T15:24:00Z",
    "updated_at": "2026-05-12T15:24:00Z",
    "notes": [
        {"at_seconds": 40, "kind": "probe", "text": "Halve the latency.", "probe": "pushback"},
        {
            "at_seconds": 90,
            "kind": "quote",
            "text": "A graph network, first of all.",
            "stage": "model-choice",
            "dimension": "tradeoffs",
            "signal": "premature-complexity",
        },
        {
            "at_seconds": 60,
            "kind": "observation",
            "text": "Weighed recall against the budget.",
            "probe": "pushback",
            "dimension": "tradeoffs",
            "signal": "explicit-tradeoffs",
        },
    ],
    "ratings": {
        "tradeoffs": {"rating": 3, "rationale": "weighed it aloud", "note_indices": [2, 0]},
        "depth": {"rating": None, "rationale": "never got there", "note_indices": []},
    },
    "flags": [
        {
            "signal": "premature-complexity",
            "severity": "concern",
            "note_indices": [1],
            "explanation": "no baseline",
        }
    ],
    "recommendation": "yes",
    "summary": "Good.",
    "follow_up": "Ask about drift.",
}
SHADOW = DESIGN | {
    "id": "901-shadow",
    "interviewer": {"name": "Ben Li", "email": "ben.li@lumenta.example", "role": "shadow"},
    "recommendation": "strong_no",
    "flags": [],
}
CODING = {
    "id": "902",
    "round": "ml-coding",
    "status": "awaiting_scorecard",
    "interviewer": {"name": "Zoë Ng", "email": "zoe.ng@lumenta.example"},
    "starts_at": "2026-05-13T08:00:00Z",
    "ends_at": "2026-05-13T08:45:00Z",
    "submitted_at": None,
    "updated_at": None,
    "notes": [],
    "ratings": {},
    "flags": [],
    "recommendation": None,
    "summary": None,
}
LOOP = {
    "format": "interview-loop",
    "version": 1,
    "opening": {
        "id": "15",
        "title": "ML Engineer",
        "level": "mid",
        "rounds": ["ml-system-design", "ml-coding"],
    },
    "candidate": {"id": "310", "name": "Noor Example", "email": "noor@mailbox.example"},
    "interviews": [DESIGN, SHADOW, CODING],
}


def a_loop() -> Any:
    """A copy to be changed at will."""
    return json.loads(json.dumps(LOOP))


def demo_loop(slug: str) -> Any:
    return json.loads((DEMO / slug / "loop.json").read_text("utf-8"))


def an_export() -> dict[str, Any]:
    """The five files of the Greenhouse export, parsed, to be changed at will."""
    return {name: json.loads((EXPORT / name).read_text("utf-8")) for name in FILES}


def export_of(candidate: int) -> dict[str, Any]:
    """The part of the Greenhouse export that is about one candidate."""
    values = an_export()
    for name, key in (("candidates.json", "id"), ("applications.json", "candidate_id")):
        values[name] = [each for each in values[name] if each[key] == candidate]
    applications = [each["id"] for each in values["applications.json"]]
    for name in ("scheduled_interviews.json", "scorecards.json"):
        values[name] = [each for each in values[name] if each["application_id"] in applications]
    return values


@lru_cache
def words() -> Vocabulary:
    return Vocabulary(parse(pack.read_pack(), 1), 200_000)


def as_bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()


def source(name: str, value: Any) -> SourceFile:
    return SourceFile(name, lambda: as_bytes(value))


def read(value: Any) -> tuple[tuple[LoopDocument, ...], Log]:
    """A loop file, given as bytes or as what it holds, read without a database."""
    log = Log()
    unit = Unit("loop.json", "neutral", (source("loop.json", value),))
    return tuple(read_unit(unit, words(), log)), log


def read_export(values: Mapping[str, Any]) -> tuple[tuple[LoopDocument, ...], Log]:
    files = tuple(source(name, value) for name, value in values.items())
    log = Log()
    return tuple(read_unit(Unit("export", "greenhouse", files), words(), log)), log


def faults(value: Any) -> dict[str, str]:
    """What is wrong with a loop file, by pointer."""
    return {fault.place.pointer: fault.what for fault in read(value)[1].faults}


def export_faults(values: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with an export, by file and pointer."""
    found = read_export(values)[1].faults
    return {f"{fault.place.file}:{fault.place.pointer}": fault.what for fault in found}


def import_files(
    files: Sequence[SourceFile], *, dry_run: bool = False, by: User | None = None
) -> Report:
    units, version = group(files), RubricVersion.objects.current()
    if dry_run:
        return Report(try_units(units, version, by))
    return Report([import_unit(unit, version, by) for unit in units])


def import_loop_file(value: Any, name: str = "loop.json", **how: Any) -> Report:
    return import_files([source(name, value)], **how)


def import_export(values: Mapping[str, Any], **how: Any) -> Report:
    return import_files([source(name, value) for name, value in values.items()], **how)


def changes_anything(report: Report) -> bool:
    return any(each.changed for each in report.files if not each.faults)


def decoded(data: bytes) -> tuple[Any, list[str]]:
    log = Log()
    return decode(data, "f", log), [f"{each.place.pointer}: {each.what}" for each in log.faults]
