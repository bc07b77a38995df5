"""What the address of a list or of the search asks for."""

from typing import Any

from django import forms

from hiring_committee.models import Decision
from recruiting.packet_status import PacketState
from scorecard.progress import STAGES

LONGEST = 200  # characters; no name is longer
PACKETS = {
    PacketState.CURRENT: "current",
    PacketState.SUPERSEDED: "superseded",
    PacketState.BUILDING: "being built",
    PacketState.FAILED: "failed",
    PacketState.NONE: "none yet",
}
FLAGS = {"open": "some open", "none": "none open"}
DECISIONS = {"none": "not decided", **dict(Decision.Kind.choices)}
SORTS = {"added": "newest first", "name": "by name", "last": "by last interview"}


def _one_of(known: dict[Any, str]) -> forms.ChoiceField:
    return forms.ChoiceField(choices=list(known.items()), required=False)


class SearchForm(forms.Form):
    q = forms.CharField(required=False)

    def clean_q(self) -> str:
        return str(self.cleaned_data["q"])[:LONGEST]

    @property
    def chosen(self) -> dict[str, Any]:
        """By name, without what was left empty or cannot be read."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class LoopsForm(SearchForm):
    opening = forms.UUIDField(required=False)
    state = _one_of(STAGES)


class BoardForm(SearchForm):
    stage = _one_of(STAGES)
    late = forms.BooleanField(required=False)
    interviewer = forms.UUIDField(required=False)
    packet = _one_of(PACKETS)
    flags = _one_of(FLAGS)
    decision = _one_of(DECISIONS)
    sort = _one_of(SORTS)
