"""From which probability on one candidate is said to be ahead of another."""

from statistics import NormalDist
from typing import Any

import pytest

from packets.page.comparison import separation
from tests.packets.content.loops import AMARA, HANNAH, packet_of


def packets(ahead: float) -> list[dict[str, Any]]:
    """Two packets; the first is ahead in trade-offs with this probability."""
    apart = NormalDist().inv_cdf(ahead)
    found = []
    for slug, estimate in ((AMARA, 2 + apart), (HANNAH, 2.0)):
        adjusted = {"tradeoffs": {"estimate": estimate, "se": 0.5**0.5}}
        packet = packet_of(slug)
        statistics = packet["statistics"] | {"adjusted": adjusted}
        found.append({**packet, "calibration": {"snapshot": "s"}, "statistics": statistics})
    return found


@pytest.mark.parametrize(
    ("probability", "words"),
    [(0.799, ""), (0.801, "likely"), (0.949, "likely"), (0.951, "very likely")],
)
def test_eight_in_ten_are_ahead_and_less_is_too_close(probability: float, words: str) -> None:
    for order in (1, -1):
        told = separation(packets(probability)[::order], ["tradeoffs"])
        assert told is not None
        [row] = told.rows
        assert [said for _, said, _ in row.ahead] == ([words] if words else [])
        assert [names[0] for names in row.ahead] == ["Amara Lindqvist"] * bool(words)
        assert len(row.close) == (not words)
