"""What may be said of one interviewer's severity, and when."""

LEAST_CANDIDATES = 3  # of an interviewer who met fewer nothing is said
LEAST_CARDS = 10
LEAST_POINTS, LEAST_ERRORS = 0.20, 1.645

STRICTER, LENIENT, TYPICAL = "tends stricter", "tends more lenient", "typical"
NO_HISTORY, NOTHING, NOT_COMPARABLE = "not enough history", "not enough to say", "not comparable"
MARKED = (STRICTER, LENIENT)


def in_points(severity: float) -> str:
    """How an interviewer differs from colleagues, and never how far they are from the truth.

    >>> in_points(-0.31)
    'usually rates about 0.3 of a point lower than colleagues on the same people'
    """
    side = "higher" if severity > 0 else "lower"
    size = f"{abs(severity):.1f}"
    points = f"{size} of a point" if abs(severity) < 0.95 else f"{size} points"
    return f"usually rates about {points} {side} than colleagues on the same people"


def label(severity: float, se: float, cards: int, candidates: int, comparable: bool) -> str:
    """The words for a severity in points, above 0 is lenient.

    >>> label(-0.3, 0.1, 12, 12, comparable=True)
    'tends stricter'
    >>> label(-0.3, 0.1, 9, 9, comparable=True)
    'not enough history'
    """
    if candidates < LEAST_CANDIDATES:
        return NOTHING
    if not comparable:
        return NOT_COMPARABLE
    if cards < LEAST_CARDS:
        return NO_HISTORY
    if abs(severity) < LEAST_POINTS or abs(severity) < LEAST_ERRORS * se:
        return TYPICAL
    return LENIENT if severity > 0 else STRICTER
