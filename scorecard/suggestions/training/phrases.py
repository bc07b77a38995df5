"""Read the training phrases: files of notes under `# signal` headings, `[a|b]` for alternatives."""

import re
from pathlib import Path

FOLDER = Path(__file__).with_name("phrases")
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_MAX_VARIANTS = 3


def read(folder: Path = FOLDER) -> dict[str, list[str]]:
    """Class -> its phrases in file order. ValueError: one before any heading."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.txt")):
        signal = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.startswith("# "):
                signal = line[2:].strip()
            elif line.strip():
                if not signal:
                    raise ValueError(
                        f"{path.name}:{number}: a phrase before any `# signal` heading"
                    )
                found.setdefault(signal, []).append(line.strip())
    return found


def variants(phrase: str) -> list[str]:
    """The phrase with its alternatives chosen; each one of a short list occurs at least once."""
    widest = max((m.group(1).count("|") + 1 for m in _CHOICE.finditer(phrase)), default=1)
    return [_choose(phrase, turn) for turn in range(min(widest, _MAX_VARIANTS))]


def _choose(phrase: str, turn: int) -> str:
    def pick(match: re.Match[str]) -> str:
        options = match.group(1).split("|")
        return options[turn % len(options)]

    return _CHOICE.sub(pick, phrase)
