"""The form for a note on a card's evidence."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from hiring_committee.evidence_notes import MAX_TEXT
from hiring_committee.forms.job_related import JobRelatedForm
from scorecard.forms.layout import part_of_page
from scorecard.models import Scorecard


class CardField(forms.ModelChoiceField):
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
