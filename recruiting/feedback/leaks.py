"""What must not reach a candidate, looked for in a letter that people have edited. Pure.

The draft cannot leak, since it holds no text of the packet; an edit can. Each finding quotes the
place and says what to do; while one is left the letter cannot be released.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from packets.content.document import PacketContent
from rubric.content import Rubric

QUOTE_WORDS = 6  # so many of a note's words in a row are that note
LEAST_NAME = 3  # letters of a first name; shorter ones are words of every letter

SCORES = re.compile(
    r"\b(?:[1-4]|one|two|three|four)\s*(?:/|out of|of)\s*(?:4|four)\b"
    r"|\b(?:strong|definite)\s+(?:no|yes)\b|\b(?:rating|rated|scorecard|lower median)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")

SAY = {
    "person": (
        "The letter names {what}, who interviewed or decided."
        " Leave the name out: the company answers."
    ),
    "candidate": "The letter names {what}, who is another candidate. Leave the name out.",
    "score": "“{what}” tells a rating or a recommendation. Say what was seen instead.",
    "flag": "“{what}” is the wording of a risk signal. Say what would have shown more instead.",
    "quote": "“{what}” stands in an interviewer's notes. Say it in words of your own.",
    "untested": "The letter speaks of {what}, which nobody tested with evidence. Leave it out.",
}


@dataclass(frozen=True)
class Leak:
    """One thing to take out: `kind` is a key of SAY, `what` the words in question."""

    kind: str
    what: str

    @property
    def message(self) -> str:
        return SAY[self.kind].format(what=self.what)


@dataclass(frozen=True)
class Secrets:
    """What a letter must not hold, as plain text."""

    people: tuple[str, ...]  # full names of interviewers and committee
    candidates: tuple[str, ...]  # of everybody else who is in a loop
    risks: tuple[str, ...]  # titles of risk signals
    texts: tuple[str, ...]  # whatever interviewers wrote
    untested: tuple[str, ...]  # titles of dimensions without supported rating


def secrets(
    document: PacketContent, rubric: Rubric, *, people: Iterable[str], candidates: Iterable[str]
) -> Secrets:
    """The packet's secrets, with the names of whoever else must not be named."""
    tested = {row["id"] for row in document["dimensions"] if row["supported"]}
    every = rubric.dimensions.values()
    return Secrets(
        people=tuple(sorted({*document["people"].values(), *people})),
        candidates=tuple(sorted(set(candidates) - {document["candidate"]["name"]})),
        risks=tuple(each.title for each in rubric.signals.values() if each.polarity == "risk"),
        texts=tuple(_texts(document)),
        untested=tuple(each.title for each in every if each.id not in tested),
    )


def leaks(letter: str, hidden: Secrets, *, known: str) -> list[Leak]:
    """Everything in the letter that must not be there, each once.

    `known` is text that is nobody's secret (the draft, the rubric's words): a note that happens to
    say the same gives nothing away. The candidate's own name is theirs, whoever else bears it.
    """
    found = [
        *(Leak("person", name) for name in hidden.people if _named(name, letter, known)),
        *(Leak("candidate", name) for name in hidden.candidates if _whole(name, letter, known)),
        *(Leak("score", each.group()) for each in SCORES.finditer(letter)),
        *(Leak("flag", title) for title in hidden.risks if _whole(title, letter, known)),
        *(Leak("untested", title) for title in hidden.untested if _whole(title, letter, known)),
        *(Leak("quote", run) for run in _quotes(letter, hidden.texts, known)),
    ]
    return list(dict.fromkeys(found))


def _texts(document: PacketContent) -> Iterator[str]:
    for card in (*document["cards"], *document["shadows"], *document["apart"]):
        yield from (card["summary"], card["follow_up"])
        yield from (note["text"] for note in card["notes"])
        yield from (flag["explanation"] for flag in card["flags"])
        yield from (rating["rationale"] for rating in card["ratings"])


def _plain(text: str) -> str:
    """Composed, one kind of apostrophe, no marks that cannot be seen: look-alikes are alike."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'")
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


def _words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(_plain(text))]


def _whole(name: str, letter: str, known: str) -> bool:
    """Do the name's words stand in the letter, in a row, and not in what is known?"""
    wanted = f" {' '.join(_words(name))} "
    inside, before = (f" {' '.join(_words(text))} " for text in (letter, known))
    return len(wanted) > LEAST_NAME and wanted in inside and wanted not in before


def _named(name: str, letter: str, known: str) -> bool:
    """The whole name, or the first name as it is written: `Will` is a name, `will` a word."""
    if _whole(name, letter, known):
        return True
    first = _plain(name).split()[0] if name.split() else ""
    pattern = rf"(?<!\w){re.escape(first)}(?!\w)"
    return (
        len(first) >= LEAST_NAME
        and bool(re.search(pattern, _plain(letter)))
        and not re.search(pattern, _plain(known))
    )


def _quotes(letter: str, texts: Iterable[str], known: str) -> Iterator[str]:
    """Runs of a note's words in the letter, each as long as it goes."""
    words, own = _words(letter), set(_runs(_words(known)))
    secret = {run for text in texts for run in _runs(_words(text))} - own
    at = 0
    while at <= len(words) - QUOTE_WORDS:
        end = at
        while tuple(words[end : end + QUOTE_WORDS]) in secret:
            end += 1
        if end > at:
            yield " ".join(words[at : end + QUOTE_WORDS - 1])
            at = end + QUOTE_WORDS - 1
        at += 1


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + QUOTE_WORDS]) for at in range(len(words) - QUOTE_WORDS + 1))
