"""What is wrong with a scorecard before it is handed in. Pure: content in, findings out.

A hard finding is put right before the card can be submitted. A soft one is put right or stood by:
the reason given goes into the record as an `Answer`. Challenged remarks are hard until somebody
says how they bear on the work, since a word list cannot know.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from rubric.content import Round, Rubric
from scorecard.content import CardContent, FlagContent, NoteContent, RatingContent
from scorecard.findings import HARD, REMARK, SOFT, Finding
from scorecard.supported_ratings import NO_CONSTRAINT, unsupported_reason
from scorecard.wording.remarks import remarks
from scorecard.wording.vague import vague

SHORT_RATIONALE = 30  # characters: less than one plain sentence
POSITIVE = ("yes", "strong_yes")


def check(
    card: CardContent, rubric: Rubric, round: Round, *, in_company: bool = False
) -> list[Finding]:
    """Every finding, hard ones first, otherwise in the order of the rating page.

    `in_company`: a colleague held this interview too, and may have put what this card rests on.
    """
    subject = _Subject(card, rubric, round, in_company)
    found: dict[tuple[str, str], Finding] = {}
    for finding in _all(subject):
        found.setdefault(finding.key, finding)
    return sorted(found.values(), key=lambda each: each.level != HARD)


@dataclass(frozen=True)
class _Subject:
    """The card with what the rules look up in it."""

    card: CardContent
    rubric: Rubric
    round: Round
    in_company: bool = False

    @cached_property
    def notes(self) -> dict[str, NoteContent]:
        return {note.id: note for note in self.card.notes}

    @cached_property
    def ratings(self) -> dict[str, RatingContent]:
        return {rating.dimension: rating for rating in self.card.ratings}

    @cached_property
    def evidence_ids(self) -> set[str]:
        """Notes that a reader will take as evidence: cited, or tagged to a dimension."""
        rows: list[RatingContent | FlagContent] = [*self.card.ratings, *self.card.flags]
        cited = {id for each in rows for id in each.notes}
        return cited | {note.id for note in self.card.notes if note.dimension}

    def cited(self, row: RatingContent | FlagContent) -> list[NoteContent]:
        return [self.notes[id] for id in row.notes if id in self.notes]

    def observed(self, dimension: str) -> list[NoteContent]:
        """Notes that say something about the dimension, for or against."""
        return [
            note
            for note in self.card.notes
            if note.dimension == dimension and note.polarity in ("strength", "risk")
        ]

    def title(self, dimension: str) -> str:
        known = self.rubric.dimensions.get(dimension)
        return known.title if known else dimension

    def signal_title(self, flag: FlagContent) -> str:
        known = self.rubric.signals.get(flag.signal)
        return known.title if known else flag.signal

    def flags_on(self, dimension: str) -> list[FlagContent]:
        signals = self.rubric.signals
        return [
            flag
            for flag in self.card.flags
            if flag.signal in signals and signals[flag.signal].dimension == dimension
        ]


def _all(subject: _Subject) -> Iterator[Finding]:
    for dimension in dict.fromkeys((*subject.round.focus, *subject.ratings)):
        if dimension in subject.ratings:
            yield from _rating(subject, subject.ratings[dimension])
        else:
            yield _not_rated(subject, dimension)
    yield from _seen_not_rated(subject)
    for flag in subject.card.flags:
        yield from _flag(subject, flag)
    yield from _verdict(subject)
    yield from _late_notes(subject)
    yield from _remarks(subject)


# --- Ratings -----------------------------------------------------------------------------------


def _not_rated(subject: _Subject, dimension: str) -> Finding:
    title, seen = subject.title(dimension), len(subject.observed(dimension))
    tagged = f", though {_count(seen, 'note')} of yours {'is' if seen == 1 else 'are'} about it"
    return Finding(
        "not-rated",
        HARD,
        f"dimension-{dimension}",
        f"{title} is not rated{tagged if seen else ''}.",
        "Rate it against the anchors, or say “not observed” and why.",
    )


def _rating(subject: _Subject, rating: RatingContent) -> Iterator[Finding]:
    if rating.value is None:
        yield from _not_observed(subject, rating)
        return
    yield from _support(subject, rating)
    yield from _balance(subject, rating)
    yield from _rationale(subject, rating)


def _not_observed(subject: _Subject, rating: RatingContent) -> Iterator[Finding]:
    where, title = f"dimension-{rating.dimension}", subject.title(rating.dimension)
    if not rating.not_observed_reason.strip():
        yield Finding(
            "no-reason",
            HARD,
            where,
            f"{title} is marked “not observed” without a reason.",
            "Say in a few words why: time ran out, or the round gave no occasion.",
        )
    seen = len(subject.observed(rating.dimension))
    if seen:
        yield Finding(
            "observed-after-all",
            SOFT,
            where,
            f"{title} is marked “not observed”, yet {_count(seen, 'note')} of yours "
            f"{'shows' if seen == 1 else 'show'} a strength or a risk in it.",
            "Rate it, move the note to where it belongs, or say why it is not enough.",
        )


def _support(subject: _Subject, rating: RatingContent) -> Iterator[Finding]:
    title = subject.title(rating.dimension)
    reason = unsupported_reason(rating, subject.card, subject.rubric)
    told = {
        "no-evidence": (
            f"{title} is rated {rating.value}, and no note is cited for it.",
            "Tick the notes that made you choose this rating. A rating without one counts nowhere.",
        ),
        "noise-only": (
            f"{title} is rated {rating.value} on nothing but noise.",
            "Noise is no evidence either way. Cite a note with a strength or a risk, "
            "or choose “not observed”.",
        ),
        "no-constraint": (
            f"{title} is rated {rating.value}, but nothing was put in the candidate’s way.",
            "It shows under a constraint or pushback only. If you put one, note it on the live "
            "page as asked, with its probe; if not, choose “not observed”.",
        ),
    }
    where = f"dimension-{rating.dimension}"
    if reason == NO_CONSTRAINT and subject.in_company:
        yield Finding(
            reason,
            SOFT,
            where,
            f"{title} is rated {rating.value}, and your card has no constraint or pushback.",
            "If your colleague put one, say which and when: the rating counts where their card has "
            "it too. If nobody did, choose “not observed”.",
        )
    elif reason:
        yield Finding(reason, HARD, where, *told[reason])


def _balance(subject: _Subject, rating: RatingContent) -> Iterator[Finding]:
    where, title = f"dimension-{rating.dimension}", subject.title(rating.dimension)
    flags = subject.flags_on(rating.dimension)
    if rating.value == 4 and flags:
        names = ", ".join(subject.signal_title(flag) for flag in flags)
        yield Finding(
            "four-beside-flag",
            SOFT,
            where,
            f"{title} is rated 4 while a flag stands on the same dimension: {names}.",
            "Look at both again, or say how both are true.",
        )
    cited = subject.cited(rating)
    polarities = {note.polarity for note in cited if note.polarity != "noise"}
    against = {"strength": (1, 2), "risk": (3, 4)}
    for polarity, values in against.items():
        if polarities == {polarity} and rating.value in values:
            yield Finding(
                "against-evidence",
                SOFT,
                where,
                f"{title} is rated {rating.value}, yet every note cited for it shows a {polarity}.",
                "Cite what speaks for the rating as well, or say what the notes leave out.",
            )
    if cited and all(note.kind == "probe" for note in cited):
        yield Finding(
            "only-questions",
            SOFT,
            where,
            f"{title} rests on what you asked, not on what was answered.",
            "Cite the answer too, or say why the question alone shows it.",
        )


def _rationale(subject: _Subject, rating: RatingContent) -> Iterator[Finding]:
    where, title = f"dimension-{rating.dimension}", subject.title(rating.dimension)
    if rating.value in (1, 4) and len(rating.rationale.strip()) < SHORT_RATIONALE:
        yield Finding(
            "short-rationale",
            SOFT,
            where,
            f"{title} is rated {rating.value}, at the end of the scale, with hardly a word why.",
            "Say what was done or said that makes it a "
            f"{rating.value} and not a {2 if rating.value == 1 else 3}.",
        )
    texts = [rating.rationale, *(n.text for n in subject.cited(rating) if n.kind == "observation")]
    yield from _vague(texts, where, f"The evidence for {title.lower()}")


def _vague(texts: Iterable[str], where: str, what: str) -> Iterator[Finding]:
    words = list(dict.fromkeys(found.text for text in texts for found in vague(text)))
    if words:
        quoted = ", ".join(f"“{word}”" for word in words[:3])
        yield Finding(
            "vague",
            SOFT,
            where,
            f"{what} says {quoted}: an impression, which nobody else can weigh.",
            "Say what the candidate did or said that gave you the impression.",
        )


def _seen_not_rated(subject: _Subject) -> Iterator[Finding]:
    noted = dict.fromkeys(note.dimension for note in subject.card.notes if note.signal)
    for dimension in noted:
        seen = len(subject.observed(dimension))
        rated = dimension in subject.ratings or dimension in subject.round.focus
        if rated or not seen:
            continue
        title = subject.title(dimension)
        yield Finding(
            "seen-not-rated",
            SOFT,
            f"dimension-{dimension}",
            f"{_count(seen, 'note').capitalize()} of yours {'is' if seen == 1 else 'are'} about "
            f"{title.lower()}, which you did not rate.",
            "Rate it under “Also seen”, or say why it is not enough for a rating.",
        )


# --- Flags -------------------------------------------------------------------------------------


def _flag(subject: _Subject, flag: FlagContent) -> Iterator[Finding]:
    where, title = f"flag-{flag.signal}", subject.signal_title(flag)
    cited = subject.cited(flag)
    if not cited:
        yield Finding(
            "flag-no-note",
            HARD,
            where,
            f"The flag “{title}” names no note that shows it.",
            "Tick the notes in which it was seen or heard, or withdraw the flag.",
        )
    elif all(note.polarity == "noise" for note in cited):
        yield Finding(
            "flag-noise-only",
            HARD,
            where,
            f"The flag “{title}” rests on nothing but noise.",
            "Name a note that shows the risk itself, or withdraw the flag.",
        )
    if not flag.explanation.strip():
        yield Finding(
            "flag-no-explanation",
            HARD,
            where,
            f"The flag “{title}” is not explained.",
            "Say what happened and what it would mean at work: the committee must resolve it.",
        )
    yield from _vague([flag.explanation], where, f"The flag “{title}”")


# --- The card as a whole -----------------------------------------------------------------------


def _verdict(subject: _Subject) -> Iterator[Finding]:
    card = subject.card
    if subject.round.correctness and not card.correctness:
        yield Finding(
            "no-correctness",
            HARD,
            "correctness",
            "How far the exercise got is not recorded.",
            "Choose not solved, partly solved or solved. It stands apart from the thinking.",
        )
    if not card.recommendation:
        yield Finding(
            "no-recommendation",
            HARD,
            "recommendation",
            "There is no recommendation yet.",
            "Choose one of the four, from this round alone. There is no middle, on purpose.",
        )
    grave = [flag for flag in card.flags if flag.severity == "disqualifying"]
    if grave and card.recommendation in POSITIVE:
        names = ", ".join(subject.signal_title(flag) for flag in grave)
        yield Finding(
            "yes-over-disqualifying",
            SOFT,
            "recommendation",
            f"You recommend yes, and hold a disqualifying flag against it: {names}.",
            "Look at the severity or the recommendation again, or say why you would hire all "
            "the same.",
        )
    yield from _vague([card.summary], "summary", "The summary")


def _late_notes(subject: _Subject) -> Iterator[Finding]:
    notes, half = subject.card.notes, subject.round.minutes // 2
    if notes and all(note.at_seconds < half * 60 for note in notes):
        last = max(note.at_seconds for note in notes) // 60
        yield Finding(
            "no-late-notes",
            SOFT,
            "notes",
            f"Your last note is from minute {last}, and the round has {subject.round.minutes}.",
            "Add what you still remember of the second half, or say what happened in it.",
        )


def _remarks(subject: _Subject) -> Iterator[Finding]:
    for note in subject.card.notes:
        if note.job_related.strip():
            continue  # answered when it was noted
        level = HARD if note.id in subject.evidence_ids else SOFT
        yield from _remark(note.text, f"note-{note.id}", level, "A note")
    for rating in subject.card.ratings:
        title, where = subject.title(rating.dimension), f"dimension-{rating.dimension}"
        text = f"{rating.rationale}\n{rating.not_observed_reason}"
        yield from _remark(text, where, HARD, f"The rationale for {title.lower()}")
    for flag in subject.card.flags:
        what = f"The flag “{subject.signal_title(flag)}”"
        yield from _remark(flag.explanation, f"flag-{flag.signal}", HARD, what)
    for field in ("summary", "follow_up"):
        text, what = getattr(subject.card, field), f"The {field.replace('_', '-')}"
        yield from _remark(text, field, HARD, what)


def _remark(text: str, where: str, level: str, what: str) -> Iterator[Finding]:
    found = remarks(text)
    if found:
        quoted = ", ".join(f"“{each.text}”" for each in found[:3])
        yield Finding(
            REMARK,
            level,
            where,
            f"{what} says {quoted}, which may be about the person and not the work.",
            f"{found[0].advice} Or say how it bears on the job.",
        )


def _count(n: int, what: str) -> str:
    return f"one {what}" if n == 1 else f"{n} {what}s"
