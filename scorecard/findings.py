"""What the checks find: a fault, its remedy and its place, and what still is in the way. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from scorecard.content import Answer

HARD, SOFT = "hard", "soft"
REMARK = "remark"


@dataclass(frozen=True)
class Finding:
    """One fault and its remedy; `where` is the id of the place to go to.

    Places: `recommendation`, `correctness`, `summary`, `follow_up`, `dimension-<id>`,
    `flag-<signal>` on the rating page; `notes`, `note-<uuid>` on the live page.
    """

    code: str
    level: str  # HARD or SOFT
    where: str
    message: str
    remedy: str

    @property
    def answerable(self) -> bool:
        """Whether a reason is enough to go on in spite of it."""
        return self.level == SOFT or self.code == REMARK

    @property
    def on_live_page(self) -> bool:
        """Whether the place is among the notes, which only the live page changes."""
        return self.where.startswith("note")

    @property
    def key(self) -> tuple[str, str]:
        """What an Answer refers to; no two findings of a card share it."""
        return self.code, self.where


def in_the_way(findings: Iterable[Finding], answers: Iterable[Answer]) -> list[Finding]:
    """Those that still keep the card from being handed in, given these answers."""
    given = {(each.code, each.where) for each in answers if each.reason.strip()}
    return [each for each in findings if not (each.answerable and each.key in given)]
