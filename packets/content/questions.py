"""Questions for the committee, generated from the parts above: what, and who could answer it.

A question never says what the answer means; each names the people who were there.
"""

from collections.abc import Iterable, Iterator

from packets.content.card_sections import FlagSection, RatingEntry
from packets.content.cards import LATE_HOURS
from packets.content.document import LateEdit, PacketReadings, Question
from packets.content.flags import is_open
from packets.content.levels import level_to_ask_about
from packets.content.panel import NOT_OBSERVED
from packets.content.titles import TitledReadings
from packets.content.values import clock
from rubric.content import Rubric

CARDS, FLAGS, CONSISTENCY, COVERAGE, BAR = range(1, 6)  # the parts that questions arise from
DERIVED = (FLAGS, BAR)  # of these parts they depend on what is resolved


def questions(
    content: PacketReadings, late_edits: list[LateEdit], rubric: Rubric
) -> list[Question]:
    """In the order of the parts they arise from."""
    own = _Questions(content)
    return [
        *own.cards(late_edits),
        *own.flags(),
        *own.consistency(),
        *own.coverage(rubric),
        *own.bar(),
    ]


def derived_questions(content: PacketReadings) -> list[Question]:
    """Those of the parts `DERIVED`, out of a packet's content."""
    own = _Questions(content)
    return [*own.flags(), *own.bar()]


class _Questions(TitledReadings):
    @property
    def interviewers(self) -> list[str]:
        return [card["interviewer"] for card in self.counted]

    def joined(self, people: Iterable[str]) -> str:
        names = [self.name(person) for person in dict.fromkeys(people)]
        return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))

    def raters(self, dimension: str) -> list[str]:
        """Whose ratings of it are supported."""
        found = next(each for each in self.content["dimensions"] if each["id"] == dimension)
        return [each["interviewer"] for each in found["ratings"] if each["supported"]]

    def cards(self, late_edits: list[LateEdit]) -> Iterator[Question]:
        """What is missing, late, or written by another hand."""
        for card in self.content["scorecards"]:
            who, round = card["interviewer"], self.round(card["round"])
            name = self.name(who)
            if card["status"] == "missing":
                yield _ask(CARDS, f"{round} has no scorecard yet. What did {name} see?", [who])
            if card["status"] != "counted":
                continue
            if card["late"]:
                text = (
                    f"{name} handed in {round} {card['hours_after'] or 0:.0f} hours after it ended,"
                    f" more than {LATE_HOURS}. What was written down at the time, and what since?"
                )
                yield _ask(CARDS, text, [who])
            if card["entered_by"]:
                typist = self.name(card["entered_by"])
                text = f"{typist} entered the {round} scorecard. Does it say what {name} meant?"
                yield _ask(CARDS, text, [who, card["entered_by"]])
        amended = [
            (card["interview"], card["interviewer"])
            for card in self.content["scorecards"]
            if card["amended"]
        ]
        for edit in late_edits:
            who = edit["interviewer"]
            if (edit["interview"], who) in amended:
                text = f"{self.name(who)} amended {self.round(edit['round'])} after the first"
                yield _ask(CARDS, f"{text} packet. What changed their mind?", [who])

    def flags(self) -> Iterator[Question]:
        """Flags that are open, then patterns that not everybody flagged."""
        for flag in filter(is_open, self.content["flags"]):
            yield from self.evidence_of(flag)
            yield from self.sides_of(flag)
        for pattern in self.content["patterns"]:
            silent = [each for each in pattern["seen_by"] if each not in pattern["flagged_by"]]
            if silent:
                text = (
                    f"{self.joined(pattern['seen_by'])} saw {self.signal(pattern['signal'])};"
                    f" {self.joined(silent)} did not flag it. Is it the same thing, and how grave?"
                )
                yield _ask(FLAGS, text, silent, pattern["signal"])

    def evidence_of(self, flag: FlagSection) -> Iterator[Question]:
        signal = self.signal(flag["signal"])
        for raised in flag["raised"]:
            who = self.name(raised["by"])
            if not raised["notes"]:
                text = f"{who} raised {signal} without a note. What was seen or heard, and when?"
                yield _ask(FLAGS, text, [raised["by"]], flag["signal"])
            for note in raised["setting"]:
                if note["probe"]:  # the kit's own question, not an instruction of theirs
                    continue
                text = (
                    f"At {clock(note['at_seconds'])} {who} said: {_short(note['text'])}"
                    f" Did that bring about what was flagged as {signal}?"
                )
                yield _ask(FLAGS, text, [raised["by"]], flag["signal"])

    def sides_of(self, flag: FlagSection) -> Iterator[Question]:
        signal = self.signal(flag["signal"])
        raisers = [raised["by"] for raised in flag["raised"]]
        against = [each for each in flag["contradicted_by"] if each not in raisers]
        if against:
            text = (
                f"{self.joined(raisers)} saw {signal}; {self.joined(against)} saw the opposite."
                " What differed between the rounds?"
            )
            yield _ask(FLAGS, text, [*raisers, *against], flag["signal"])
        elif flag["untested_by"] and not flag["corroborated_by"]:
            text = f"Only {self.joined(raisers)} saw {signal}. Did nobody else test for it?"
            yield _ask(FLAGS, text, flag["untested_by"], flag["signal"])

    def consistency(self) -> Iterator[Question]:
        """Disagreement spots, and ratings that count for nothing."""
        for spot in self.content["disagreements"]:
            low, high = spot["low"], spot["high"]
            text = (
                f"{self.dimension(spot['dimension'])}: {self.rated(low)}, {self.rated(high)}."
                " What did each see that the other did not?"
            )
            people = [each["interviewer"] for each in (*low, *high)]
            yield _ask(CONSISTENCY, text, people, spot["dimension"])
        for card in self.content["cards"]:
            bare = [r for r in card["ratings"] if r["reason"] not in ("", NOT_OBSERVED)]
            if bare:
                listed = ", ".join(f"{self.dimension(r['dimension'])} {r['rating']}" for r in bare)
                reasons = " ".join(dict.fromkeys(r["reason"] for r in bare))
                text = (
                    f"{self.name(card['interviewer'])} rated {listed}, which counts for nothing."
                    f" {reasons} Is there evidence that was not written down?"
                )
                about = bare[0]["dimension"] if len(bare) == 1 else ""
                yield _ask(CONSISTENCY, text, [card["interviewer"]], about)

    def rated(self, side: list[RatingEntry]) -> str:
        return ", ".join(f"{self.name(each['interviewer'])} {each['rating']}" for each in side)

    def coverage(self, rubric: Rubric) -> Iterator[Question]:
        """Gaps in what was to be tested, and where the loop left its plan."""
        rests = {"not_covered": "was tested by nobody", "thin": "rests on one rating"}
        for gap in self.content["coverage"]["gaps"]:
            title = self.dimension(gap["dimension"])
            text = f"{title} {rests[gap['coverage']]}. Ask in a follow-up?"
            yield _ask(COVERAGE, text, gap["ask"], gap["dimension"])
        plan = self.content["coverage"]["plan"]
        for round in plan["not_held"]:
            kit = rubric.rounds.get(round)
            lost = ", ".join(self.dimension(id) for id in (kit.focus if kit else ()))
            instead = ", ".join(self.round(each) for each in plan["added"])
            text = f"{self.round(round)} was planned and not held"
            text += f"; {instead} was held instead." if instead else "."
            text += f" Who can speak to {lost}?" if lost else ""
            people = [c["interviewer"] for c in self.counted if c["round"] in plan["added"]]
            yield _ask(COVERAGE, text, people or self.interviewers)

    def bar(self) -> Iterator[Question]:
        """What reads below, musts first, and what the level expects and nobody noted."""
        bar = self.content["bar"]
        for row in bar["rows"]:
            if row["reading"] == "below":
                must = ", a must of the level," if row["must"] else ""
                text = (
                    f"{self.dimension(row['dimension'])}{must} reads {row['lower_median']}, and the"
                    f" {bar['level']} bar asks for {row['needs']}. What would settle it?"
                )
                yield _ask(BAR, text, self.raters(row["dimension"]), row["dimension"])
        for expected in bar["signals"]:
            if not expected["met"]:
                seen = len(expected["seen_by"])
                text = (
                    f"{self.signal(expected['signal'])} was seen by {seen} of {expected['needs']}"
                    f" that the {bar['level']} bar expects. Seen and not tagged?"
                )
                yield _ask(BAR, text, self.interviewers, expected["signal"])
        four = bar["any_supported_4"]
        if four and four["reading"] in ("below", "unknown"):
            listed = ", ".join(self.dimension(id) for id in four["dimensions"])
            text = f"None of {listed} carries a 4 with evidence, and the bar asks for one."
            yield _ask(BAR, f"{text} Is there?", self.interviewers)
        yield from self.level()

    def level(self) -> Iterator[Question]:
        """Offered where the level's own bar is not met and that of the next level down is."""
        bar, lower = self.content["bar"], level_to_ask_about(self.content)
        if lower:
            short = [row["dimension"] for row in bar["rows"] if row["reading"] != "met"]
            raters = [person for id in short for person in self.raters(id)]
            text = (
                f"The {bar['level']} bar is not met, and every dimension meets the bar of"
                f" {self.titles['levels'][lower].lower()}, the next level down. Is this a hire at"
                " that level?"
            )
            yield _ask(BAR, text, raters or self.interviewers)


def _ask(part: int, text: str, ask: Iterable[str], about: str = "") -> Question:
    """One question, and each of those who could answer it, once."""
    return {"part": part, "text": text, "ask": list(dict.fromkeys(ask)), "about": about}


def _short(text: str, limit: int = 160) -> str:
    """The beginning of a long note, in quotation marks, ending where a word ends."""
    kept = text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"
    return f"“{kept.strip()}”."
