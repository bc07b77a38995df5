"""Part 11: what the committee is to ask, whom, and which part it arises from."""

from dataclasses import dataclass

from packets.content.anchors import question_anchor
from packets.content.document import PacketContent
from packets.page.labels import Labels, Person

PARTS = {1: "top", 2: "flags", 3: "consistency", 4: "coverage", 5: "bar"}


@dataclass(frozen=True)
class ShownQuestion:
    text: str
    ask: list[Person]
    part: str  # the anchor of the part it arises from
    anchor: str
    name: str  # by which people speak of it (content/anchors.py)


def questions(content: PacketContent, labels: Labels) -> list[ShownQuestion]:
    return [
        ShownQuestion(
            text=each["text"],
            ask=labels.people(each["ask"]),
            part=PARTS.get(each["part"], ""),
            anchor=f"q-{number}",
            name=question_anchor(each),
        )
        for number, each in enumerate(content["questions"], start=1)
    ]
