"""Text that the fonts can show. What they cannot is written as its code point, never left out.

A PDF for screen readers (PDF/UA) may hold no glyph that is missing, so that one emoji in one note
would otherwise cost the whole document.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import typst

from packets.pdf.fonts import FAMILIES, fonts

SURE = frozenset(map(chr, range(0x20, 0x7F))) | {"\n"}
DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # turn what follows
ISOLATES = frozenset("\u2068\u2069")
UNBROKEN = re.compile(r"\S{40}(?=\S)")  # longer than a line may be
RIGHT_TO_LEFT = ("R", "AL")
MISSES = 3  # in one row of 256 characters, before the rest of the row counts as missing too
PROBE = (
    '#set document(title: "x")\n'
    f'#set text(font: ({", ".join(map(json.dumps, FAMILIES))}), lang: "en")\n'
    "#for c in json(bytes(sys.inputs.chars)) { par(c) }"
).encode()

_shown: dict[str, bool] = dict.fromkeys(SURE, True) | dict.fromkeys(DIRECTION, False)


def legible(value: Any) -> Any:
    """The same lists and dictionaries with every text in them fit to be set."""
    learn(char for text in _texts(value) for char in set(text))
    return _legible(value)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value.keys()
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def parts(value: Any) -> list[str]:
    """What the letters in it are drawn of that one glyph does not draw: letters, and marks on them.

    Marks below a line and second marks have glyphs of their own; so has what isolates a line, which
    a font draws with the comma or the stop beside it.
    """
    said = {char for words in _texts(value) for char in set(words)}
    marks = {char for char in said if unicodedata.combining(char)}
    drawn = marks | {char for char in said if "\u1e00" <= char <= "\u1eff"}
    if marks:  # on which letters they stand is not asked: a few too many do no harm
        drawn |= {char for char in said if char.isalpha() and ord(char) < 0x250}
    if ISOLATES & said:
        drawn |= said & set(",.;:) ")
    return sorted({part for char in drawn for part in (char, *unicodedata.normalize("NFD", char))})


def _legible(value: Any) -> Any:
    if isinstance(value, str):
        return text(value)
    if isinstance(value, dict):
        return {text(key): _legible(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_legible(each) for each in value]
    return value


def text(words: str) -> str:
    """Shown as it is, with places to break what is too long for a line."""
    shown = "".join(char if _shown[char] else f"[U+{ord(char):04X}]" for char in words)
    return UNBROKEN.sub("\\g<0>\u200b", shown)


def isolated(words: str) -> str:
    """Text from right to left, kept from turning what stands beside it; each line by itself."""
    return "\n".join(f"\u2068{line}\u2069" if _turns(line) else line for line in words.split("\n"))


def _turns(line: str) -> bool:
    return any(unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in line)


def learn(chars: Iterable[str]) -> None:
    """Find out by the typesetter itself which of these it can show; each is asked about once."""
    unknown = sorted(set(chars) - _shown.keys())
    if _can_show(unknown):
        _shown.update(dict.fromkeys(unknown, True))
        return
    for _, row in groupby(unknown, key=lambda char: ord(char) >> 8):
        _learn_row(list(row))


def _learn_row(row: list[str]) -> None:
    if _can_show(row):
        _shown.update(dict.fromkeys(row, True))
        return
    missed = 0
    for char in row:
        _shown[char] = missed < MISSES and _can_show([char])
        missed += not _shown[char]


def _can_show(chars: list[str]) -> bool:
    words = [f"o{char}" if unicodedata.combining(char) else char for char in chars]
    inputs = {"chars": json.dumps(words)}
    try:
        typst.compile(
            PROBE,
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards=["ua-1"],
        )
    except typst.TypstError:
        return False
    return True
