"""One Greenhouse scorecard: attributes as ratings, questions as notes, flags and the rest."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from ats.formats.documents import (
    LATEST_SECOND,
    SEVERITIES,
    CardDocument,
    FlagDocument,
    NoteDocument,
    PersonDocument,
    RatingDocument,
    SubmissionDocument,
)
from ats.formats.faults import Place, printable
from ats.formats.greenhouse_lists import id_of
from ats.formats.json_reader import Node
from ats.formats.markup import to_lines, to_text

ATTRIBUTES = {
    "problem framing": "problem-framing",
    "data & assumptions": "data-assumptions",
    "decomposition": "decomposition",
    "hypotheses & validation": "hypothesis-validation",
    "trade-offs": "tradeoffs",
    "technical depth": "depth",
    "production ownership": "production-ownership",
    "responsible ml": "responsible-ml",
    "adaptability": "adaptability",
    "communication": "communication",
}
RATINGS = {
    "definitely_not": 1,
    "no": 2,
    "mixed": 2,
    "yes": 3,
    "strong_yes": 4,
    "no_decision": None,
}
RECOMMENDATIONS = {
    "definitely_not": "strong_no",
    "no": "no",
    "yes": "yes",
    "strong_yes": "strong_yes",
    "no_decision": "",
    "mixed": "",  # an older copy of the documentation lists it; it has no counterpart here
}
OUTCOMES = {"solved": "solved", "partly solved": "partly_solved", "not solved": "not_solved"}
TAKE_AWAYS, PRIVATE_NOTES = "key take-aways", "private notes"
RED_FLAGS = "red flags: what did you see or hear, and when?"
FOLLOW_UP = "what should the debrief or another interviewer check?"
OUTCOME, ROLE = "exercise outcome", "your role in this interview"
QUESTIONS = (TAKE_AWAYS, PRIVATE_NOTES, RED_FLAGS, FOLLOW_UP, OUTCOME, ROLE)
NOTHING = {"", "-", "none", "no", "n/a", "nothing", "no flags", "none seen"}

CLOCK = r"(?:(\d{1,2}):)?(\d{1,4}):([0-5]\d)"
NOTE = re.compile(rf"\[{CLOCK}\]\s*(?:\((quote|asked)\)\s*)?(.*)", re.DOTALL | re.IGNORECASE)
KINDS = {"quote": "quote", "asked": "probe"}
FLAG = re.compile(
    r"(?:[-•*]\s*)?(?P<signal>[\w-]+)\s*\((?P<severity>\w+)\)"
    r"(?:\s+at\s+(?P<times>\d[\d:]*(?:\s*,\s*\d[\d:]*)*))?\s*:(?!\d)\s*(?P<why>.*)",
    re.DOTALL,
)


class Answer(NamedTuple):
    text: str
    place: Place


def seconds(hours: str | None, minutes: str, rest: str) -> int:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(rest)


class GreenhouseCard:
    def __init__(self, node: Node, round: str) -> None:
        self.node, self.round, self.log = node, round, node.log
        self.interviewer_id = id_of(node.node("interviewer"))
        self.application_id = id_of(node, "application_id")
        self._answers = self._questions()
        self.role = self._role()
        self._card = self._read()
        self._submitted_at = node.time("submitted_at")
        self._updated_at = node.time("updated_at")
        node.take("submitted_by")

    def submission(self, people: Mapping[str, PersonDocument]) -> SubmissionDocument | None:
        """The card as it was handed in; None when Greenhouse holds it as a draft."""
        if not self._submitted_at:
            self.log.leave_out("scorecard not handed in yet: it has no submitted_at")
            return None
        return SubmissionDocument(
            card=self._card,
            submitted_at=self._submitted_at,
            updated_at=max(self._updated_at or self._submitted_at, self._submitted_at),
            entered_by=self._entered_by(people),
        )

    def _entered_by(self, people: Mapping[str, PersonDocument]) -> PersonDocument | None:
        if not self.node.has("submitted_by"):
            return None
        node = self.node.node("submitted_by")
        id = id_of(node)
        if not id or id == self.interviewer_id:
            return None
        known = people.get(id)
        if not known:
            what = "typed this in, but the export has no e-mail address of them"
            self.log.check(node.place, what)
        return PersonDocument(node.name("name"), known.email if known else "", node.place)

    # --- questions --------------------------------------------------------------------------
    def _questions(self) -> dict[str, Answer]:
        """Answers as they are written, by their question in lower case."""
        found: dict[str, Answer] = {}
        for each in self.node.nodes("questions"):
            question, answer = each.text("question", required=True), each.text("answer")
            each.finish(["id"])
            key = " ".join(question.casefold().split())
            if key not in QUESTIONS:
                if answer.strip():
                    self.log.leave_out(f"answers to the question “{printable(question)}”")
            elif key in found:
                each.fault("question", f"“{question}” is answered already in this scorecard")
            else:
                found[key] = Answer(answer, each.place / "answer")
        return found

    def _answer(self, question: str) -> Answer:
        return self._answers.get(question, Answer("", self.node.place / "questions"))

    def _role(self) -> str:
        answer = self._answer(ROLE)
        role = to_text(answer.text).casefold()
        if role not in ("", "interviewer", "shadow"):
            what = f"must be Interviewer or Shadow, not {printable(answer.text)}"
            self.log.fault(answer.place, what)
        return "shadow" if role == "shadow" else "lead"

    def _read(self) -> CardDocument:
        overall = self.node.choice("overall_recommendation", RECOMMENDATIONS)
        if overall == "mixed":
            self.log.check(self.node.place / "overall_recommendation", "mixed has no counterpart")
        notes = self._notes()
        return CardDocument(
            recommendation=RECOMMENDATIONS.get(overall, ""),
            correctness=self._outcome(),
            summary=to_text(self._answer(TAKE_AWAYS).text),
            follow_up=to_text(self._answer(FOLLOW_UP).text),
            notes=tuple(notes),
            ratings=tuple(self._ratings()),
            flags=tuple(self._flags(notes)),
        )

    def _outcome(self) -> str:
        answer = self._answer(OUTCOME)
        text = " ".join(to_text(answer.text).casefold().split())
        if text and text not in OUTCOMES:
            what = f"must be Solved, Partly solved or Not solved, not {printable(answer.text)}"
            self.log.fault(answer.place, what)
        elif text and self.round not in self.node.words.exercise_rounds:
            self.log.leave_out("outcome of an exercise in a round that has none")
            return ""
        return OUTCOMES.get(text, "")

    # --- ratings ----------------------------------------------------------------------------
    def _ratings(self) -> list[RatingDocument]:
        found: dict[str, RatingDocument] = {}
        for each in self.node.nodes("attributes"):
            name = each.text("name", required=True)
            rating = each.choice("rating", RATINGS, absent="no_decision")
            why = to_text(each.text("note"))
            each.finish(["type"])
            dimension = ATTRIBUTES.get(" ".join(name.casefold().split()))
            if not dimension:
                if name and (rating != "no_decision" or why):
                    self.log.leave_out(f"attribute “{printable(name)}” is no dimension")
            elif dimension in found:
                each.fault("name", f"{printable(name)} is rated already in this scorecard")
            else:
                found[dimension] = RatingDocument(dimension, RATINGS[rating], why)
        return [each for each in found.values() if each.value or each.rationale]

    # --- notes ------------------------------------------------------------------------------
    def _notes(self) -> list[NoteDocument]:
        notes: list[NoteDocument] = []
        answer = self._answer(PRIVATE_NOTES)
        for line in to_lines(answer.text):
            match = NOTE.fullmatch(line)
            if match and match[5]:
                at = min(seconds(match[1], match[2], match[3]), LATEST_SECOND)
                kind = KINDS.get((match[4] or "").casefold(), "observation")
                notes.append(NoteDocument(at, kind, match[5]))
            else:
                at = notes[-1].at_seconds if notes else 0
                notes.append(NoteDocument(at, "observation", line))
                what = f"no [mm:ss] before “{printable(line)}”: put at {at} s"
                self.log.check(answer.place, what)
        return notes

    # --- flags ------------------------------------------------------------------------------
    def _flags(self, notes: list[NoteDocument]) -> list[FlagDocument]:
        answer = self._answer(RED_FLAGS)
        found: dict[str, FlagDocument] = {}
        last = ""
        lines = [part.strip() for line in to_lines(answer.text) for part in line.splitlines()]
        for line in filter(None, lines):
            match = FLAG.fullmatch(line)
            if match and (flag := self._flag(match, notes, answer.place)):
                last = flag.signal
                found[last] = _merged(found[last], flag) if last in found else flag
            elif not match and last:
                found[last] = _merged(found[last], FlagDocument(last, "concern", line))
            elif not match and line.casefold().rstrip(".!") not in NOTHING:
                what = "is not of the form “signal (severity) at mm:ss, mm:ss: explanation”"
                self.log.fault(answer.place, f"{what}: {printable(line)}")
        return list(found.values())

    def _flag(
        self, match: re.Match[str], notes: list[NoteDocument], place: Place
    ) -> FlagDocument | None:
        signal, severity = match["signal"].casefold(), match["severity"].casefold()
        words = self.node.words
        if not words.knows("signal", signal):
            wrong = f"{printable(signal)} {words.unknown('signal', signal)}"
        elif severity not in SEVERITIES:
            wrong = f"{printable(severity)} is not one of {', '.join(SEVERITIES)}"
        else:
            wrong = words.not_flaggable(signal)
        if wrong:
            self.log.fault(place, wrong)
            return None
        times = [seconds(*each) for each in re.findall(CLOCK, match["times"] or "")]
        cited = tuple(i for at in times for i in self._noted_at(at, notes, place))
        return FlagDocument(signal, severity, match["why"], tuple(dict.fromkeys(cited)))

    def _noted_at(self, at: int, notes: list[NoteDocument], place: Place) -> list[int]:
        """Positions of the notes of that second: what was seen, or else what was asked."""
        same = [i for i, note in enumerate(notes) if note.at_seconds == at]
        if not same:
            self.log.check(place, f"there is no note at {at // 60:02d}:{at % 60:02d}")
        return [i for i in same if notes[i].kind != "probe"] or same


def _merged(known: FlagDocument, more: FlagDocument) -> FlagDocument:
    """One flag a signal: all notes and words, the graver severity."""
    severity = max(known.severity, more.severity, key=SEVERITIES.index)
    explanation = "\n".join(filter(None, (known.explanation, more.explanation)))
    notes = tuple(dict.fromkeys(known.notes + more.notes))
    return FlagDocument(known.signal, severity, explanation, notes)
