"""A severity in words: points beside colleagues, the likely range, and what it rests on."""

from packets.page.labels import count


def points_in_words(severity: float, likely: tuple[float, float], rests_on: tuple[int, int]) -> str:
    """`rests_on` counts cards and candidates.

    >>> points_in_words(-0.31, (-0.5, -0.1), (14, 12))
    '0.3 of a point lower than colleagues, likely 0.5 lower to 0.1 lower; 14 cards, 12 candidates'
    """
    cards, candidates = count(rests_on[0], "card"), count(rests_on[1], "candidate")
    size = f"{abs(severity):.1f} of a point"
    way = "higher" if severity > 0 else "lower"
    low, high = (_side(each) for each in likely)
    return f"{size} {way} than colleagues, likely {low} to {high}; {cards}, {candidates}"


def _side(points: float) -> str:
    """
    >>> _side(-0.52), _side(0.04)
    ('0.5 lower', 'the same')
    """
    size = f"{abs(points):.1f}"
    if size == "0.0":
        return "the same"
    return f"{size} {'higher' if points > 0 else 'lower'}"
