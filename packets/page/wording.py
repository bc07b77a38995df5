"""Counts, waits and severities in words, wherever a page says them."""

from collections.abc import Iterable

from packets.content.document import Sources


def count(n: int, one: str, many: str = "") -> str:
    """
    >>> count(1, "note"), count(2, "person", "people")
    ('1 note', '2 people')
    """
    return f"{n} {one if n == 1 else many or one + 's'}"


def in_words(key: str) -> str:
    """
    >>> in_words("not_covered"), in_words("STOP_SIGNAL")
    ('Not covered', 'Stop signal')
    """
    return key.replace("_", " ").capitalize()


def joined(words: Iterable[str]) -> str:
    """
    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    *first, last = list(words) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def sources(found: Sources) -> str:
    """What a figure rests on.

    >>> sources({"n": 3, "people": 2, "rounds": 1})
    '3 ratings, 2 people, 1 round'
    """
    ratings, people = count(found["n"], "rating"), count(found["people"], "person", "people")
    return f"{ratings}, {people}, {count(found['rounds'], 'round')}"


def hours(value: float | None) -> str:
    """A wait in the words of a calendar: `35 min`, `17 h 40`, `3 days`; empty where unknown."""
    if value is None:
        return ""
    minutes = round(abs(value) * 60)
    if minutes < 60:
        said = f"{minutes} min"
    elif minutes < 48 * 60:
        said = f"{minutes // 60} h" + (f" {minutes % 60:02}" if minutes % 60 else "")
    else:
        said = f"{minutes // 1440} days"
    return f"{said} before the end" if value < 0 else said


def points_in_words(severity: float, likely: tuple[float, float], rests_on: tuple[int, int]) -> str:
    """A severity beside colleagues, its likely range, and the cards and candidates under it.

    >>> points_in_words(-0.31, (-0.5, -0.1), (14, 12))
    '0.3 of a point lower than colleagues, likely 0.5 lower to 0.1 lower; 14 cards, 12 candidates'
    """
    cards, candidates = count(rests_on[0], "card"), count(rests_on[1], "candidate")
    way = "higher" if severity > 0 else "lower"
    low, high = (_side(each) for each in likely)
    said = f"{abs(severity):.1f} of a point {way} than colleagues, likely {low} to {high}"
    return f"{said}; {cards}, {candidates}"


def _side(points: float) -> str:
    """
    >>> _side(-0.52), _side(0.04)
    ('0.5 lower', 'the same')
    """
    size = f"{abs(points):.1f}"
    return "the same" if size == "0.0" else f"{size} {'higher' if points > 0 else 'lower'}"
