"""Part 4: dimensions that nobody tested, thin ones, and where the loop departed from its plan."""

from dataclasses import dataclass

from packets.content.document import PacketContent
from packets.page.labels import Labels, Person


@dataclass(frozen=True)
class Gap:
    title: str
    in_focus: bool
    raters: list[Person]
    href: str


@dataclass(frozen=True)
class ShownCoverage:
    not_covered: list[Gap]
    thin: list[Gap]
    departures: list[tuple[str, str]]  # how the loop left its plan: label, rounds
    planned: str


def coverage(content: PacketContent, labels: Labels) -> ShownCoverage:
    found, plan = content["coverage"], content["coverage"]["plan"]
    departures = {
        "Planned, not held": plan["not_held"],
        "Held, not planned": plan["added"],
        "Cancelled": plan["cancelled"],
        "Scorecard awaited": plan["awaited"],
    }
    return ShownCoverage(
        not_covered=_gaps(found["not_covered"], content, labels),
        thin=_gaps(found["thin"], content, labels),
        departures=[
            (label, ", ".join(labels.titled("rounds", rounds)))
            for label, rounds in departures.items()
            if rounds
        ],
        planned=", ".join(labels.titled("rounds", plan["planned"])),
    )


def _gaps(ids: list[str], content: PacketContent, labels: Labels) -> list[Gap]:
    raters = {
        each["id"]: dict.fromkeys(r["interviewer"] for r in each["ratings"] if r["supported"])
        for each in content["dimensions"]
    }
    return [
        Gap(
            title=labels.title("dimensions", id),
            in_focus=id in content["coverage"]["focus"],
            raters=labels.people(raters[id]),
            href=f"ev-{id}",
        )
        for id in ids
    ]
