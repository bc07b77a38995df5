"""Lists of words in the YAML files beside this module, made into patterns.

In a list a line is one alternative, an indented line goes on with the one above, and {name} stands
for another list. Repetitions are bounded, so that a search takes time in proportion to the text.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from rubric.pack import LOADER


def read(name: str) -> dict[str, Any]:
    """The lists of one file."""
    path = Path(__file__).parent / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, LOADER)  # noqa: S506  a safe one, though in C
    return content


def any_of(lines: str, known: Mapping[str, str]) -> str:
    """The pattern of a list; `known` are those of the lists that it may name."""
    alternatives = re.sub(r"\n +", "", lines).strip("\n").split("\n")
    return filled(f"(?:{'|'.join(alternatives)})", known)


def filled(pattern: str, known: Mapping[str, str]) -> str:
    """The pattern with each {name} replaced; a quantifier such as {1,3} stays."""
    return re.sub(r"\{([a-z_]+)\}", lambda hole: known[hole[1]], pattern)


def compiled(pattern: str) -> re.Pattern[str]:
    """Upper and lower case are the same, but where the pattern says otherwise."""
    return re.compile(pattern, re.IGNORECASE)
