"""Many packets in the database with little in them but ratings, and the truth known."""

from uuid import uuid4

import numpy as np
from django.utils import timezone

from accounts.models import User
from interviews.models import Candidate, Loop, Opening
from packets.models import Packet

DIMENSIONS = ("problem-framing", "data-assumptions", "tradeoffs", "depth")


def many_packets(people: list[User], candidates: int = 60, seed: int = 3) -> list[Packet]:
    """`candidates` packets of four cards each, at least; the first of the people is strict.

    They are written straight into their table and no committee decided: tests that need many
    say themselves that these are closed.
    """
    chance = np.random.default_rng(seed)
    opening, _ = Opening.objects.get_or_create(title="Closed", defaults={"level": "senior"})
    names = [f"Closed {at}" for at in range(candidates)]
    met = Candidate.objects.bulk_create(
        Candidate(name=name, email=f"{uuid4()}@mailbox.example") for name in names
    )
    loops = Loop.objects.bulk_create(Loop(opening=opening, candidate=each) for each in met)
    return Packet.objects.bulk_create(
        Packet(
            loop=loop,
            version=1,
            content=_content(people, chance),
            digest=f"sha256:{at}",
            built_at=timezone.now(),
        )
        for at, loop in enumerate(loops)
    )


def _content(people: list[User], chance: np.random.Generator) -> dict:
    cells = 2.6 + chance.normal(0, 0.5) + chance.normal(0, 0.3, len(DIMENSIONS))
    dimensions: dict[str, list] = {id: [] for id in DIMENSIONS}
    for seat, who in enumerate(chance.choice(len(people), 4, replace=False)):
        card = chance.normal(0, 0.3) - (0.8 if who == 0 else 0.0)
        for at, id in enumerate(DIMENSIONS):
            value = int(np.clip(round(cells[at] + card + chance.normal(0, 0.5)), 1, 4))
            where = {"interviewer": people[who].email, "interview": f"i{seat}", "round": "x"}
            dimensions[id].append({**where, "rating": value, "supported": True})
    dimensions["depth"].append(
        {"interviewer": people[0].email, "interview": "i9", "rating": 1, "supported": False}
    )
    rows = [{"id": id, "ratings": ratings} for id, ratings in dimensions.items()]
    return {"opening": {"level": "senior"}, "dimensions": rows, "flags": [], "cards": []}
