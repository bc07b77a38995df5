"""Part 10: the dimension that decides between candidates who are level in everything else."""

from dataclasses import dataclass

from packets.content.document import PacketContent
from packets.page.labels import Labels


@dataclass(frozen=True)
class ShownTieBreaker:
    title: str
    anchor: str
    ratings: str
    lower_median: str
    because: str
    decides: bool


def tie_breaker(content: PacketContent, labels: Labels) -> ShownTieBreaker | None:
    found = content["tie_breaker"]
    if found is None:
        return None
    return ShownTieBreaker(
        title=labels.title("dimensions", found["dimension"]),
        anchor=f"ev-{found['dimension']}",
        ratings=", ".join(map(str, found["supported"])),
        lower_median="" if found["lower_median"] is None else str(found["lower_median"]),
        because=found["because"],
        decides=found["decides"],
    )
