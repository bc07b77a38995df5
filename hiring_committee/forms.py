"""Forms of the committee: votes and decisions, flags, comments, notes on evidence, tasks."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.bootstrap import InlineRadios
from django import forms
from django.db.models import QuerySet

from accounts.forms import offer
from hiring_committee.decisions import Kind
from hiring_committee.evidence_notes import MAX_TEXT
from hiring_committee.models import Outcome, Vote
from interviews.models import Level
from scorecard.forms.fields import PlainText, text
from scorecard.forms.layout import part_of_page
from scorecard.models import Scorecard
from scorecard.models.card import Recommendation
from scorecard.wording.remarks import remarks

LONGEST = 10_000  # characters of a reason


class JobRelatedForm(forms.Form):
    """A form whose `said` names a text field: remarks in it need a reason, or other words.

    They are challenged where they are not about the work, as those in notes are.
    """

    said: str
    answer = text("How it bears on the job, if you stand by it", rows=2)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        found = remarks(cleaned.get(self.said) or "")
        if not found:
            cleaned["answer"] = ""
        elif not cleaned.get("answer", "").strip():
            for remark in found[:3]:
                self.add_error(self.said, f"“{remark.text}”: {remark.advice}")
        return cleaned

    @property
    def said_fields(self) -> list[str]:
        """The text; and the reason for it, which is asked for only where a remark is challenged."""
        said = self.data.get(self.add_prefix(self.said), "") if self.is_bound else ""
        return [self.said, "answer"] if remarks(said) else [self.said]

    def stood_by(self) -> list[tuple[str, str]]:
        """Of a valid form: why a remark stays, for a summary."""
        answer = self.cleaned_data["answer"]
        return [("Kept, since it is about the job", answer)] if answer else []


# --- Votes and decisions --------------------------------------------------------------------------


def reason(label: str = "Reason", rows: int = 4, **more: Any) -> PlainText:
    """Words that must be there, kept as they were typed."""
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return PlainText(label=label, max_length=LONGEST, strip=False, widget=widget, **more)


class VoteForm(JobRelatedForm):
    said = "reason"
    ballot = forms.ChoiceField(choices=Vote.Ballot.choices, widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        label="Your vote",
        choices=Recommendation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the four. There is no middle."},
    )
    reason = reason(
        help_text="In writing, before you know what others think. Name the evidence.",
        error_messages={"required": "Say why. A vote without a reason cannot be discussed."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = part_of_page("ballot", InlineRadios("choice"), *self.said_fields)

    def summary(self) -> list[tuple[str, str]]:
        """What is about to be given, in words."""
        data = self.cleaned_data
        return [
            (Vote.Ballot(data["ballot"]).label, Recommendation(data["choice"]).label),
            ("Reason", data["reason"]),
            *self.stood_by(),
        ]


class OpenEarlyForm(forms.Form):
    reason = reason(
        "Why do you not wait?", rows=3, help_text="Everybody who reads the votes reads it."
    )


class ConflictForm(forms.Form):
    reason = forms.CharField(
        label="What is it?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text="Kept in the record; only recruiters read it.",
    )


class DecisionForm(JobRelatedForm):
    """`kinds` are those that the flags leave open; `own` is the opening's level."""

    said = "reason"
    kind = forms.ChoiceField(
        label="Decision",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the committee decided."},
    )
    level = forms.ChoiceField(label="At which level", required=False)
    reason = reason(error_messages={"required": "Say why, for whoever reads it in a year."})
    instead_of = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: Sequence[Kind], own: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", [(kind.value, kind.label) for kind in kinds])
        if Kind.OTHER_LEVEL in kinds:
            others = [(value, label) for value, label in Level.choices if value != own]
            offer(self, "level", [("", "choose, for “Hire at another level” only"), *others])
        else:
            del self.fields["level"]
        named = [name for name in ("kind", "level") if name in self.fields]
        self.helper = part_of_page(*named, *self.said_fields, "instead_of")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("kind") != Kind.OTHER_LEVEL:
            data["level"] = ""  # chosen before another kind was; the page no longer shows it
        elif not data.setdefault("level", ""):
            self.add_error("level", "Name the level.")
        return data

    def summary(self) -> list[tuple[str, str]]:
        """What is about to be recorded, in words."""
        data = self.cleaned_data
        level = [("Level", Level(data["level"]).label)] if data["level"] else []
        kind = ("Decision", Kind(data["kind"]).label)
        return [kind, *level, ("Reason", data["reason"]), *self.stood_by()]


# --- Flags, comments, notes, tasks ----------------------------------------------------------------

OUTCOMES = {
    Outcome.UPHELD: "Upheld: the risk is real. It does not mean rejected.",
    Outcome.MITIGATED: "Mitigated: other evidence outweighs it.",
    Outcome.NOT_SUPPORTED: "Not supported: the notes do not show it.",
    Outcome.NEEDS_INTERVIEW: "Needs another interview: the recruiter is asked for one.",
}


class ResolutionForm(JobRelatedForm):
    """`notes` are those offered as evidence: ref and words. `after` is what was read before."""

    said = "reason"
    outcome = forms.ChoiceField(
        label="What did you find?", choices=OUTCOMES.items(), widget=forms.RadioSelect
    )
    evidence = forms.MultipleChoiceField(
        label="By which notes? One at least",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = text("Why?", rows=4, help_text="Kept under your name, for everybody who reads it.")
    after = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, notes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        offer(self, "evidence", notes)
        self.helper = part_of_page("outcome", "evidence", *self.said_fields, "after")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("outcome") == Outcome.MITIGATED and not cleaned.get("evidence"):
            self.add_error("evidence", "Choose the notes by which it is mitigated, at least one.")
        return cleaned


class CommentForm(JobRelatedForm):
    said = "words"
    words = text("Your comment", rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = True
        self.helper = part_of_page(*self.said_fields)


class CardField(forms.ModelChoiceField):  # type: ignore[type-arg]  # has none as it runs
    def __init__(self, *args: Any, rounds: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = rounds

    def label_from_instance(self, card: Scorecard) -> str:
        round = card.seat.interview.round
        return f"{card.author}, {self.rounds.get(round, round)}"


class EvidenceNoteForm(JobRelatedForm):
    said = "text"
    text = forms.CharField(
        label="Note",
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text="On the evidence and not on the person: what would have helped you to decide?",
        error_messages={"required": "The note is empty. Write what would have helped."},
    )

    def __init__(
        self, *args: Any, cards: QuerySet[Scorecard], rounds: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["card"] = CardField(
            queryset=cards, rounds=rounds, label="Whose scorecard", empty_label="choose"
        )
        self.helper = part_of_page("card", *self.said_fields)


class TaskDoneForm(forms.Form):
    reason = text(
        "How was it done, or why is it not needed?",
        rows=2,
        help_text="The committee reads it. It is done by itself once a round that tests the"
        " dimension is scheduled.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
