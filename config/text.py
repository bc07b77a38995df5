"""Words that every room needs."""

PLURALS = {"person": "people"}  # where adding an s is wrong


def counted(thing: str, number: int) -> str:
    """`1 loop`, `3 people`."""
    return f"{number} {thing if number == 1 else PLURALS.get(thing, f'{thing}s')}"
