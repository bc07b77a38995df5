"""The one header that a packet opens under, in words, and the rules behind it."""

from dataclasses import dataclass

from packets.content.document import PacketContent, RuleEntry
from packets.content.flags import is_open_stop
from packets.page.wording import in_words

# header: what the box says in large, and what it means
HEADERS = {
    "WAITING": (
        "Not everything is in",
        "Read this as unfinished. A new version is built when the rest is handed in.",
    ),
    "RESOLVE_FIRST": (
        "",  # counted: how many flags are open
        "No decision can be recorded until a named person resolves it with a reason."
        " Upheld does not mean rejected.",
    ),
    "READ_NEGATIVES_FIRST": (
        "Read the risks first",
        "Read what stands against the candidate, and what stands against that, before any number.",
    ),
    "DISCUSS_SPLIT": ("The panel is split", "Read both sides' notes before either side speaks."),
    "CONSISTENT": (
        "The panel reads the same way",
        "No rule asks for anything to be read first. The evidence is still what is read.",
    ),
    "BORDERLINE": ("Close to the bar", "One must of the level is too close to call."),
    "READ_IN_ORDER": ("Read in order", "No rule asks for anything to be read first."),
}
ASKS_NOTHING = ("CONSISTENT", "READ_IN_ORDER")
RULES = {"TIE_BREAK": "Tie-break", "AGGREGATES_LAST": "Numbers last"}  # others as they are called

ShownRule = tuple[str, str, str]  # its name, why it fired, and when it does


@dataclass(frozen=True)
class Verdict:
    """`asks` when something is to be done first."""

    header: str
    title: str
    says: str
    asks: bool
    fired: list[ShownRule]
    silent: list[ShownRule]


def verdict(content: PacketContent) -> Verdict:
    found = content["reading_order"]
    header = found["header"]
    title, says = HEADERS.get(header, (header, found["because"]))
    return Verdict(
        header=header,
        title=title or _open_flags(content),
        says=says,
        asks=header not in ASKS_NOTHING,
        fired=[_rule(rule) for rule in found["rules"] if rule["fired"]],
        silent=[_rule(rule) for rule in found["rules"] if not rule["fired"]],
    )


def _rule(rule: RuleEntry) -> ShownRule:
    name = RULES.get(rule["rule"]) or in_words(rule["rule"])
    return name, rule["because"], rule["condition"]


def _open_flags(content: PacketContent) -> str:
    stops = sum(map(is_open_stop, content["flags"]))
    if stops == 1:
        return "One disqualifying flag is open"
    return f"{stops} disqualifying flags are open"
