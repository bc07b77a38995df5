"""What a packet calls its people, dimensions, signals and rounds; an id where it has no word."""

from collections.abc import Iterable

from packets.content.document import PacketHead


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
