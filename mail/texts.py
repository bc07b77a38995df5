"""The words of each kind of mail, and the placeholders that they may hold. Pure.

No placeholder stands for anything out of an evaluation. A candidate's letter is the one text that
says something about their interviews; it was released by a person, to that candidate.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

LONGEST = 60  # characters of a name in a subject
LONGEST_SUBJECT = 200
# Line breaks that would begin another header, and marks that turn the direction of what follows.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u206f]+")
_PLACEHOLDER = re.compile(r"\{([^{}\n]{0,40})\}")


@dataclass(frozen=True)
class Words:
    """A subject and a body, with placeholders or filled in."""

    subject: str
    body: str


@dataclass(frozen=True)
class Kind:
    """`placeholders` by name: what each stands for, and an invented value for the preview."""

    words: Words
    placeholders: Mapping[str, tuple[str, str]]
    needed: str = ""  # the placeholder without which the body says nothing


_CANDIDATE = {"candidate": ("the candidate’s name", "Robin Sample")}
_ROUND = {
    **_CANDIDATE,
    "opening": ("the opening’s title", "Invented ML Engineer"),
    "round": ("the round’s title", "ML system design"),
    "when": (
        "when it takes or took place, by the reader’s clock",
        "Monday 4 May, 10:00 to 11:00 (Europe/Berlin)",
    ),
    "link": ("where the mail leads", "https://scorecard.example/a/page/"),
}
_READER = {"reader": ("the name of who reads it", "Sam Nobody")}

KINDS: dict[str, Kind] = {
    "reminder": Kind(
        Words(
            "Your scorecard is due: {candidate}",
            "Your scorecard for {round} with {candidate} is still to be handed in. The interview"
            " was on {when}.\n\nHand it in here: {link}",
        ),
        _ROUND | _READER,
    ),
    "escalation": Kind(
        Words(
            "Scorecard missing: {candidate}",
            "{interviewer} was reminded and has not handed in the scorecard for {round} with"
            " {candidate}. The interview was on {when}.\n\n{link}",
        ),
        _ROUND | _READER | {"interviewer": ("whose scorecard is missing", "Kim Placeholder")},
    ),
    "invitation": Kind(
        Words(
            "{news}: {round} with {candidate}",
            "{news}: {round} with {candidate} for {opening}.\n\n{when}\n\nYour kit and scorecard:"
            " {link}",
        ),
        _ROUND | _READER | {"news": ("“Interview” or “Interview moved”", "Interview")},
    ),
    "cancellation": Kind(
        Words(
            "Interview cancelled: {round} with {candidate}",
            "You no longer interview: {round} with {candidate} for {opening}.\n\nIt was to be on"
            " {when}.",
        ),
        {name: _ROUND[name] for name in ("candidate", "opening", "round", "when")} | _READER,
    ),
    "feedback": Kind(
        Words("Feedback on your interviews for {opening}", "{letter}"),
        {
            **_CANDIDATE,
            "opening": _ROUND["opening"],
            "letter": (
                "the letter as it was released",
                "Dear Robin Sample,\n\n(Here stands the letter as it was released.)",
            ),
        },
        needed="letter",
    ),
    "export": Kind(
        Words(
            "Your export is ready",
            "Your export is ready: {file}\n\nFetch it within {days} days: {link}",
        ),
        {
            "file": ("the file’s name", "scorecard-season-2026-05-04.csv"),
            "days": ("how long it is kept", "3"),
            "link": _ROUND["link"],
        }
        | _READER,
    ),
}


def plain(text: str, longest: int = LONGEST) -> str:
    """One line without control signs; cut where it is longer."""
    line = " ".join(_UNSAFE.sub(" ", text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def faults(kind: str, text: str, *, is_body: bool) -> list[str]:
    """What is wrong with a subject or a body of this kind, as sentences."""
    known = KINDS[kind].placeholders
    found = [
        _unknown(name, list(known)) for name in _PLACEHOLDER.findall(text) if name not in known
    ]
    needed = KINDS[kind].needed
    if is_body and needed and f"{{{needed}}}" not in text:
        found.append(f"Without {{{needed}}} the mail would not say what it is sent for. Put it in.")
    if not is_body and needed and f"{{{needed}}}" in text:
        found.append(f"{{{needed}}} is too long for a subject. Put it into the text.")
    return list(dict.fromkeys(found))


def _unknown(name: str, known: list[str]) -> str:
    near = get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    instead = f"Did you mean {{{near[0]}}}?" if near else "Take one out of the list."
    return f"There is no {{{name}}} in this mail. {instead}"


def fill(words: Words, values: Mapping[str, str]) -> Words:
    """Put the values in, once: braces within a value are its own. A letter keeps its lines."""
    lines = {
        name: value if name == "letter" else plain(value, 300) for name, value in values.items()
    }
    subject = _put(words.subject, {name: plain(value) for name, value in values.items()})
    return Words(plain(subject, LONGEST_SUBJECT), _put(words.body, lines).strip() + "\n")


def _put(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda hit: values.get(hit[1], hit[0]), text)


def invented(kind: str) -> dict[str, str]:
    """Values for a preview, which nobody can take for a real person's."""
    return {name: value for name, (_, value) in KINDS[kind].placeholders.items()}
