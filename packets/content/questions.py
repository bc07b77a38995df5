"""Questions for the committee, generated from the parts above: what, and who could answer it.

A question never says what the answer means; each names the people who were there.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from packets.content.cards import LATE_HOURS
from packets.content.levels import is_met
from packets.content.panel import NOT_OBSERVED, Panel
from packets.content.values import clock
from packets.reading_order import is_open

Content = dict[str, Any]


def questions(panel: Panel, content: Content) -> list[dict[str, Any]]:
    """In the order of the parts they arise from; `content` holds parts 1 to 5."""
    found = _Questions(panel, content)
    parts = (found.cards(), found.flags(), found.consistency(), found.coverage(), found.bar())
    return [
        {"part": part, **question}
        for part, questions in enumerate(parts, start=1)
        for question in questions
    ]


def derived_questions(content: Content) -> list[dict[str, Any]]:
    """Those of parts 2 and 5, which depend on what is resolved, out of a packet's content."""
    found = _Derived(_Sources(content), content)
    flags = [{"part": 2, **question} for question in found.flags()]
    return flags + [{"part": 5, **question} for question in found.bar()]


class _Rated(NamedTuple):
    by: str


class _Sources:
    """Who is who and who rated what, as `Panel` says it, out of a packet's content."""

    def __init__(self, content: Content):
        self.content = content

    def name(self, person: str) -> str:
        return self.content["people"].get(person) or person

    @property
    def people(self) -> list[str]:
        counted = [card for card in self.content["scorecards"] if card["status"] == "counted"]
        return list(dict.fromkeys(card["interviewer"] for card in counted))

    def supported(self, dimension: str) -> list[_Rated]:
        found = next(each for each in self.content["dimensions"] if each["id"] == dimension)
        return [_Rated(each["interviewer"]) for each in found["ratings"] if each["supported"]]


class _Derived:
    """Questions about flags and the bar."""

    panel: Panel | _Sources

    def __init__(self, panel: Panel | _Sources, content: Content):
        self.panel, self.content = panel, content
        self.titles = content["titles"]

    def ask(self, text: str, ask: Iterable[str], about: str = "") -> dict[str, Any]:
        """One question, and each of those who could answer it, once."""
        return {"text": text, "ask": list(dict.fromkeys(ask)), "about": about}

    def names(self, people: Iterable[str]) -> str:
        names = [self.panel.name(person) for person in dict.fromkeys(people)]
        return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))

    def dimension(self, id: str) -> str:
        return self.titles["dimensions"].get(id, id)

    def signal(self, id: str) -> str:
        return self.titles["signals"].get(id, id)

    def round(self, id: str) -> str:
        return self.titles["rounds"].get(id, id)

    def flags(self) -> Iterator[dict[str, Any]]:
        """Part 2: flags that are open, then patterns that not everybody flagged."""
        for flag in filter(is_open, self.content["flags"]):
            yield from self.flag(flag)
        for pattern in self.content["patterns"]:
            silent = [each for each in pattern["seen_by"] if each not in pattern["flagged_by"]]
            if silent:
                text = (
                    f"{self.names(pattern['seen_by'])} saw {self.signal(pattern['signal'])};"
                    f" {self.names(silent)} did not flag it. Is it the same thing, and how grave?"
                )
                yield self.ask(text, silent, pattern["signal"])

    def flag(self, flag: dict[str, Any]) -> Iterator[dict[str, Any]]:
        signal = self.signal(flag["signal"])
        raisers = [raised["by"] for raised in flag["raised"]]
        for raised in flag["raised"]:
            who = self.panel.name(raised["by"])
            if not raised["notes"]:
                text = f"{who} raised {signal} without a note. What was seen or heard, and when?"
                yield self.ask(text, [raised["by"]], flag["signal"])
            for note in raised["setting"]:
                if note["probe"]:  # the kit's own question, not an instruction of theirs
                    continue
                text = (
                    f"At {clock(note['at_seconds'])} {who} said: {_short(note['text'])}"
                    f" Did that bring about what was flagged as {signal}?"
                )
                yield self.ask(text, [raised["by"]], flag["signal"])
        against = [each for each in flag["contradicted_by"] if each not in raisers]
        if against:
            text = (
                f"{self.names(raisers)} saw {signal}; {self.names(against)} saw the opposite."
                " What differed between the rounds?"
            )
            yield self.ask(text, [*raisers, *against], flag["signal"])
        elif flag["untested_by"] and not flag["corroborated_by"]:
            text = f"Only {self.names(raisers)} saw {signal}. Did nobody else test for it?"
            yield self.ask(text, flag["untested_by"], flag["signal"])

    def bar(self) -> Iterator[dict[str, Any]]:
        """Part 5: what reads below, musts first, and what the level expects and nobody noted."""
        bar = self.content["bar"]
        for row in bar["rows"]:
            if row["reading"] == "below":
                raters = [each.by for each in self.panel.supported(row["dimension"])]
                must = ", a must of the level," if row["must"] else ""
                text = (
                    f"{self.dimension(row['dimension'])}{must} reads {row['lower_median']}, and the"
                    f" {bar['level']} bar asks for {row['needs']}. What would settle it?"
                )
                yield self.ask(text, raters, row["dimension"])
        for row in bar["signals"]:
            if not row["met"]:
                text = (
                    f"{self.signal(row['signal'])} was seen by {len(row['seen_by'])} of"
                    f" {row['needs']} that the {bar['level']} bar expects. Seen and not tagged?"
                )
                yield self.ask(text, self.panel.people, row["signal"])
        four = bar["any_supported_4"]
        if four and four["reading"] in ("below", "unknown"):
            listed = ", ".join(self.dimension(id) for id in four["dimensions"])
            text = (
                f"None of {listed} carries a 4 with evidence, and the bar asks for one. Is there?"
            )
            yield self.ask(text, self.panel.people)
        yield from self.level()

    def level(self) -> Iterator[dict[str, Any]]:
        """Offered where the level's own bar is not met and that of the next level down is."""
        bar, lower = self.content["bar"], self.content.get("levels_below", [])
        if is_met(bar) or not lower or not lower[0]["is_met"]:
            return
        titles = self.titles["levels"]
        short = [row["dimension"] for row in bar["rows"] if row["reading"] != "met"]
        raters = [each.by for id in short for each in self.panel.supported(id)]
        text = (
            f"The {bar['level']} bar is not met, and every dimension meets the bar of"
            f" {titles[lower[0]['level']].lower()}, the next level down. Is this a hire at that"
            " level?"
        )
        yield self.ask(text, raters or self.panel.people)


class _Questions(_Derived):
    """And those that only the scorecards themselves raise."""

    panel: Panel

    def cards(self) -> Iterator[dict[str, Any]]:
        """Part 1: what is missing, late, or written by another hand."""
        for card in self.content["scorecards"]:
            who, round = card["interviewer"], self.round(card["round"])
            name = self.panel.name(who)
            if card["status"] == "missing":
                yield self.ask(f"{round} has no scorecard yet. What did {name} see?", [who])
            if card["status"] != "counted":
                continue
            if card["late"]:
                hours = round_hours(card["hours_after"])
                text = (
                    f"{name} handed in {round} {hours} hours after it ended, more than"
                    f" {LATE_HOURS}. What was written down at the time, and what since?"
                )
                yield self.ask(text, [who])
            if card["entered_by"]:
                typist = self.panel.name(card["entered_by"])
                text = f"{typist} entered the {round} scorecard. Does it say what {name} meant?"
                yield self.ask(text, [who, card["entered_by"]])
        amended = [
            (card["interview"], card["interviewer"])
            for card in self.content["scorecards"]
            if card["amended"]
        ]
        for edit in self.content["late_edits"]:
            if (edit["interview"], edit["interviewer"]) not in amended:
                continue
            name, round = self.panel.name(edit["interviewer"]), self.round(edit["round"])
            text = f"{name} amended {round} after the first packet. What changed their mind?"
            yield self.ask(text, [edit["interviewer"]])

    def consistency(self) -> Iterator[dict[str, Any]]:
        """Part 3: disagreement spots, and ratings that count for nothing."""
        for spot in self.content["disagreements"]:
            low, high = spot["low"], spot["high"]
            text = (
                f"{self.dimension(spot['dimension'])}: {_rated(self, low)}, {_rated(self, high)}."
                " What did each see that the other did not?"
            )
            people = [each["interviewer"] for each in (*low, *high)]
            yield self.ask(text, people, spot["dimension"])
        for card in self.panel.counted:
            bare = [r for r in card.ratings if r.reason and r.reason != NOT_OBSERVED]
            if bare:
                listed = ", ".join(f"{self.dimension(r.dimension)} {r.value}" for r in bare)
                reasons = " ".join(dict.fromkeys(r.reason for r in bare))
                text = (
                    f"{self.panel.name(card.by)} rated {listed}, which counts for nothing."
                    f" {reasons} Is there evidence that was not written down?"
                )
                yield self.ask(text, [card.by], bare[0].dimension if len(bare) == 1 else "")

    def coverage(self) -> Iterator[dict[str, Any]]:
        """Part 4: gaps in what was to be tested, and where the loop left its plan."""
        for gap in self.content["coverage"]["gaps"]:
            title = self.dimension(gap["dimension"])
            rests = (
                "was tested by nobody"
                if gap["coverage"] == "not_covered"
                else "rests on one rating"
            )
            yield self.ask(f"{title} {rests}. Ask in a follow-up?", gap["ask"], gap["dimension"])
        plan = self.content["coverage"]["plan"]
        for round in plan["not_held"]:
            lost = ", ".join(self.dimension(id) for id in self.panel.focus(round))
            instead = ", ".join(self.round(each) for each in plan["added"])
            text = f"{self.round(round)} was planned and not held"
            text += f"; {instead} was held instead." if instead else "."
            text += f" Who can speak to {lost}?" if lost else ""
            people = [c.by for c in self.panel.counted if c.seat.round in plan["added"]]
            yield self.ask(text, people or self.panel.people)


def round_hours(hours: float | None) -> str:
    return f"{hours or 0:.0f}"


def _rated(on: _Questions, side: list[dict[str, Any]]) -> str:
    return ", ".join(f"{on.panel.name(each['interviewer'])} {each['rating']}" for each in side)


def _short(text: str, limit: int = 160) -> str:
    """The beginning of a long note, in quotation marks, ending where a word ends."""
    kept = text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"
    return f"“{kept.strip()}”."
