"""What a packet calls its people, dimensions, signals and rounds; an id where it has no word."""

from collections.abc import Iterable

from packets.content.card_sections import ScorecardEntry
from packets.content.document import PacketHead, PacketReadings


class Titles:
    def __init__(self, content: PacketHead) -> None:
        self.titles, self.people = content["titles"], content["people"]

    def name(self, person: str) -> str:
        return self.people.get(person) or person

    def names(self, people: Iterable[str]) -> str:
        return ", ".join(map(self.name, people))

    def dimension(self, id: str) -> str:
        return self.titles["dimensions"].get(id, id)

    def signal(self, id: str) -> str:
        return self.titles["signals"].get(id, id)

    def round(self, id: str) -> str:
        return self.titles["rounds"].get(id, id)


class TitledReadings(Titles):
    """What rules and questions are worked out from, and the words for it."""

    def __init__(self, content: PacketReadings) -> None:
        super().__init__(content)
        self.content = content

    @property
    def counted(self) -> list[ScorecardEntry]:
        return [card for card in self.content["scorecards"] if card["status"] == "counted"]
