"""The public loops as packet inputs, straight out of their files: pure, and fast."""

import json
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from packets.content.build import build
from packets.content.packet_input import (
    OpeningInput,
    PacketInput,
    SeatInput,
    VersionInput,
)
from rubric.content import Rubric
from rubric.pack import read_pack
from rubric.parsing import parse
from scorecard.content import CardContent, FlagContent, NoteContent, RatingContent

FOLDER = Path(__file__).parents[3] / "demo" / "loops"
AMARA, HANNAH, JULIAN = "amara-lindqvist", "hannah-strand", "julian-okafor-reyes"
LEILA, MARCUS, VIKTOR = "leila-antoun", "marcus-teale", "viktor-desrosiers"
LOOPS = (AMARA, HANNAH, JULIAN, LEILA, MARCUS, VIKTOR)


@cache
def rubric() -> Rubric:
    return parse(read_pack(), 1)


@cache
def source_of(slug: str) -> PacketInput:
    data = json.loads((FOLDER / slug / "loop.json").read_text(encoding="utf-8"))
    opening, candidate = data["opening"], data["candidate"]
    return PacketInput(
        candidate={
            "id": candidate["id"],
            "name": candidate["name"],
            "current_title": candidate.get("current_title") or "",
            "current_company": candidate.get("current_company") or "",
        },
        opening=OpeningInput(
            opening["id"], opening["title"], opening["level"], tuple(opening["rounds"])
        ),
        rubric=rubric(),
        seats=tuple(_seat(interview) for interview in data["interviews"]),
        names=_names(data["interviews"]),
    )


@cache
def packet_of(slug: str) -> dict[str, Any]:
    """The packet of one public loop. Tests read it and never change it."""
    return build(source_of(slug))


def _names(interviews: list[dict]) -> dict[str, str]:
    people = [i["interviewer"] for i in interviews]
    people += [i["submitted_by"] for i in interviews if i.get("submitted_by")]
    return {person["email"]: person["name"] for person in people}


def _seat(interview: dict[str, Any]) -> SeatInput:
    person = interview["interviewer"]
    return SeatInput(
        interview=interview["id"],
        round=interview["round"],
        person=person["email"],
        role="shadow" if person.get("role") == "shadow" else "lead",
        starts_at=_time(interview["starts_at"]),
        ends_at=_time(interview["ends_at"]),
        versions=(_version(interview),) if interview["status"] == "complete" else (),
    )


def _version(interview: dict[str, Any]) -> VersionInput:
    by = interview.get("submitted_by") or interview["interviewer"]
    return VersionInput(1, _card(interview), _time(interview["submitted_at"]), by["email"])


def _card(interview: dict[str, Any]) -> CardContent:
    notes = [_note(interview["id"], at, note) for at, note in enumerate(interview["notes"])]
    return CardContent(
        recommendation=interview.get("recommendation") or "",
        correctness=interview.get("correctness") or "",
        summary=interview.get("summary") or "",
        follow_up=interview.get("follow_up") or "",
        notes=tuple(notes),
        ratings=tuple(
            RatingContent(
                dimension,
                rating["rating"],
                rating["rationale"],
                notes=tuple(notes[at].id for at in rating["note_indices"]),
            )
            for dimension, rating in interview["ratings"].items()
        ),
        flags=tuple(
            FlagContent(
                flag["signal"],
                flag["severity"],
                flag["explanation"],
                tuple(notes[at].id for at in flag["note_indices"]),
            )
            for flag in interview["flags"]
        ),
    )


def _note(interview: str, position: int, note: dict[str, Any]) -> NoteContent:
    signal = note.get("signal") or ""
    return NoteContent(
        id=str(uuid5(NAMESPACE_URL, f"{interview}/{position}")),
        at_seconds=note["at_seconds"],
        kind=note["kind"],
        text=note["text"],
        stage=note.get("stage") or "",
        probe=note.get("probe") or "",
        dimension=note.get("dimension") or "",
        signal=signal,
        polarity=rubric().signals[signal].polarity if signal else "",
    )


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


# --- Changing a loop -----------------------------------------------------------------------------


def with_card(source: PacketInput, person: str, **fields: Any) -> PacketInput:
    """The loop with some fields of one person's newest card replaced."""
    seats = tuple(
        replace(seat, versions=(*seat.versions[:-1], _changed(seat.versions[-1], fields)))
        if seat.versions and seat.person.startswith(person)
        else seat
        for seat in source.seats
    )
    return replace(source, seats=seats)


def _changed(version: VersionInput, fields: dict[str, Any]) -> VersionInput:
    return replace(version, card=replace(version.card, **fields))


# --- Reading a packet -----------------------------------------------------------------------------


def dimension(packet: dict[str, Any], id: str) -> dict[str, Any]:
    return next(each for each in packet["dimensions"] if each["id"] == id)


def flag(packet: dict[str, Any], signal: str) -> dict[str, Any]:
    return next(each for each in packet["flags"] if each["signal"] == signal)


def fired(packet: dict[str, Any]) -> list[str]:
    return [rule["rule"] for rule in packet["reading_order"]["rules"] if rule["fired"]]


def people(emails: list[str]) -> list[str]:
    """First names, to read a test by."""
    return [email.split(".")[0] for email in emails]
