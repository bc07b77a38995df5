"""The kinds of mail. A room brings its own, with their built-in words, in its `mail_kinds.yaml`.

No placeholder stands for anything out of an evaluation. A candidate's letter is the one text that
says something about their interviews; it was released by a person, to that candidate.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import yaml
from django.apps import apps

FILE = "mail_kinds.yaml"
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
class MailKind:
    """One kind, with its built-in words.

    `placeholders` by name: what each stands for, and an invented value for the preview. `needed` is
    the one without which the body says nothing; its value alone keeps its lines.
    """

    name: str
    title: str
    subject: str
    body: str
    placeholders: Mapping[str, Sequence[str]]
    needed: str = ""

    @property
    def words(self) -> Words:
        return Words(self.subject, self.body.strip())

    def fill(self, words: Words, values: Mapping[str, str]) -> Words:
        """Put the values in, once: braces within a value are its own."""
        lines = {
            name: value if name == self.needed else plain(value, 300)
            for name, value in values.items()
        }
        subject = _put(words.subject, {name: plain(value) for name, value in values.items()})
        return Words(plain(subject, LONGEST_SUBJECT), _put(words.body, lines).strip() + "\n")

    def preview(self, words: Words) -> Words:
        """With invented values, which nobody can take for a real person's."""
        return self.fill(words, {name: value for name, (_, value) in self.placeholders.items()})

    def faults(self, text: str, *, is_body: bool) -> list[str]:
        """What is wrong with a subject or a body of this kind, as sentences."""
        names = _PLACEHOLDER.findall(text)
        found = [self._unknown(name) for name in names if name not in self.placeholders]
        needed = f"{{{self.needed}}}"
        if self.needed and is_body and needed not in text:
            found.append(f"Without {needed} the mail would not say what it is sent for. Put it in.")
        if self.needed and not is_body and needed in text:
            found.append(f"{needed} is too long for a subject. Put it into the text.")
        return list(dict.fromkeys(found))

    def _unknown(self, name: str) -> str:
        near = get_close_matches(name.lower(), self.placeholders, n=1, cutoff=0.6)
        instead = f"Did you mean {{{near[0]}}}?" if near else "Take one out of the list."
        return f"There is no {{{name}}} in this mail. {instead}"


@cache
def mail_kinds() -> dict[str, MailKind]:
    """Every kind by its name, in the order of the rooms and of their files."""
    files = [Path(room.path, FILE) for room in apps.get_app_configs()]
    found = [yaml.safe_load(file.read_text("utf-8")) for file in files if file.exists()]
    kinds = [kind for file in found for kind in file["kinds"].items()]
    return {name: MailKind(name, **about) for name, about in kinds}


def plain(text: str, longest: int = LONGEST) -> str:
    """One line without control signs; cut where it is longer."""
    line = " ".join(_UNSAFE.sub(" ", text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _put(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda hit: values.get(hit[1], hit[0]), text)
