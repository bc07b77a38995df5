"""The parts of the rating page: one form a dimension, one a flag, one for the verdict.

Nothing is required here: what is missing is said by `checks`, so that a half-filled page saves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import Field
from django import forms

from accounts.forms import offer
from rubric.content import Dimension, Round, Rubric, Signal
from scorecard.forms.fields import text
from scorecard.forms.layout import Partial, part_of_page

NOT_OBSERVED = "none"


@dataclass(frozen=True)
class Citable:
    """A note offered as a citation: its id, its drawing, and the dimension that it is about.

    One with a remark that nobody has answered yet (`challenged`) cannot be cited.
    """

    id: str
    html: str
    dimension: str
    challenged: bool = False


@dataclass(frozen=True)
class Option:
    """One box or button of a group, as the templates draw it."""

    value: str
    id: str
    checked: bool
    title: str = ""
    description: str = ""
    html: str = ""
    disabled: bool = False


class CitingForm(forms.Form):
    """A form with cited notes; the nearest notes are shown, others wait behind a summary."""

    def __init__(self, *args: Any, citable: Sequence[Citable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.citable = citable
        field = self.fields["notes"] = forms.MultipleChoiceField(
            label="Notes that show it", required=False, choices=[(n.id, n.id) for n in citable]
        )
        field.error_messages["invalid_choice"] = "A cited note was deleted meanwhile: cite anew."

    @property
    def about(self) -> str | None:
        """The dimension whose notes are shown first."""
        return None

    @property
    def near_notes(self) -> list[Option]:
        return [self._option(note) for note in self.citable if self._is_near(note)]

    @property
    def other_notes(self) -> list[Option]:
        return [self._option(note) for note in self.citable if not self._is_near(note)]

    def _is_near(self, note: Citable) -> bool:
        return note.dimension == self.about or note.id in self.cited

    @property
    def cited(self) -> list[str]:
        return self["notes"].value() or []

    def _option(self, note: Citable) -> Option:
        return Option(
            note.id,
            f"{self['notes'].auto_id}-{note.id}",
            note.id in self.cited,
            html=note.html,
            disabled=note.challenged and note.id not in self.cited,
        )


class RatingForm(CitingForm):
    """One dimension: a point of the scale or "not observed", and what it rests on."""

    value = forms.ChoiceField(label="Rating", required=False, widget=forms.RadioSelect)
    not_observed_reason = text("If not observed, why", rows=1)
    rationale = text("Rationale", help_text="What makes it this point and not the next one?")

    def __init__(self, *args: Any, dimension: Dimension, rubric: Rubric, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"dimension-{dimension.id}", **kwargs)
        self.dimension, self.rubric = dimension, rubric
        points = [(str(n), term.title) for n, term in rubric.ratings.items()]
        offer(self, "value", [*points, (NOT_OBSERVED, rubric.not_observed.title)])
        self.helper = part_of_page(
            Partial("scorecard/partials/anchors.html", "value", "not_observed_reason"),
            Partial("scorecard/partials/citable.html", "notes"),
            Field("rationale"),
        )

    @property
    def about(self) -> str:
        return self.dimension.id

    @property
    def points(self) -> list[Option]:
        """The four points with this dimension's anchors."""
        return [
            self._point(str(number), term.title, self.dimension.anchors[number])
            for number, term in self.rubric.ratings.items()
        ]

    @property
    def not_observed(self) -> Option:
        term = self.rubric.not_observed
        return self._point(NOT_OBSERVED, term.title, term.description)

    def _point(self, value: str, title: str, description: str) -> Option:
        chosen = self["value"].value() == value
        return Option(value, f"{self['value'].auto_id}-{value}", chosen, title, description)

    def content(self) -> dict[str, Any]:
        """What a rating row keeps, as `rating.put` takes it."""
        chosen = self.cleaned_data["value"]
        return {
            "value": int(chosen) if chosen.isdigit() else None,
            "not_observed": chosen == NOT_OBSERVED,
            "not_observed_reason": self.cleaned_data["not_observed_reason"],
            "rationale": self.cleaned_data["rationale"],
            "notes": sorted(self.cleaned_data["notes"]),
        }

    @staticmethod
    def initial_of(content: dict[str, Any]) -> dict[str, Any]:
        chosen = NOT_OBSERVED if content["not_observed"] else str(content["value"] or "")
        return {**content, "value": chosen}


class FlagForm(CitingForm):
    """One risk raised to the committee. `signal` left empty: no flag is meant."""

    signal = forms.ChoiceField(label="Risk", required=False)
    severity = forms.ChoiceField(
        label="Severity", required=False, widget=forms.RadioSelect, help_text=""
    )
    explanation = text("Explanation", help_text="What happened, and what would it mean at work?")
    withdraw = forms.BooleanField(label="Withdraw this flag", required=False)

    def __init__(self, *args: Any, id: str, rubric: Rubric, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"flag-{id}", **kwargs)
        self.id, self.rubric, self.new = id, rubric, new
        offer(self, "signal", [("", "Choose a risk"), *_risks(rubric)])
        severities = [(each.id, each.title) for each in rubric.severities.values()]
        as_usual = [("", "As the rubric has it")] if new else []
        self.offered_severities = [*as_usual, *severities]
        offer(self, "severity", self.offered_severities)
        self.helper = part_of_page(
            Field("signal"),
            Partial("scorecard/partials/severity.html", "severity"),
            Partial("scorecard/partials/citable.html", "notes"),
            Field("explanation"),
            *([] if new else [Field("withdraw")]),
        )
        if new:
            del self.fields["withdraw"]

    @property
    def signal_id(self) -> str:
        return self["signal"].value() or ""

    @property
    def signal_object(self) -> Signal | None:
        return self.rubric.signals.get(self.signal_id)

    @property
    def title(self) -> str:
        return self.signal_object.title if self.signal_object else self.signal_id

    @property
    def severities(self) -> list[Option]:
        """The choices, with what the rubric says of each."""
        chosen, known = self["severity"].value() or "", self.rubric.severities
        return [
            Option(
                value,
                f"{self['severity'].auto_id}-{value or 'default'}",
                value == chosen,
                title,
                known[value].description if value in known else self._usual,
            )
            for value, title in self.offered_severities
        ]

    @property
    def _usual(self) -> str:
        usual = self.signal_object and self.signal_object.default_severity
        return f"For this risk: {self.rubric.severities[usual].title.lower()}." if usual else ""

    @property
    def about(self) -> str | None:
        return self.signal_object.dimension if self.signal_object else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = self.rubric.signals.get(cleaned.get("signal", ""))
        if chosen and not cleaned.get("severity"):
            cleaned["severity"] = chosen.default_severity
        said_something = cleaned.get("explanation") or cleaned.get("notes")
        if not chosen and said_something and not cleaned.get("withdraw"):
            self.add_error("signal", "Choose the risk that this flag raises.")
        return cleaned

    @property
    def is_meant(self) -> bool:
        return bool(self.cleaned_data.get("signal")) and not self.cleaned_data.get("withdraw")

    def content(self) -> dict[str, Any]:
        """What a flag row keeps, as `flag.put` takes it; empty where no flag is meant."""
        if not self.is_meant:
            return {}
        kept = {name: self.cleaned_data[name] for name in ("signal", "severity", "explanation")}
        return {**kept, "notes": sorted(self.cleaned_data["notes"])}


def _risks(rubric: Rubric) -> list[tuple[str, list[tuple[str, str]]]]:
    """The risks under the titles of their dimensions."""
    groups = (
        (dimension.title, [(each.id, each.title) for each in rubric.signals_of(id, "risk")])
        for id, dimension in rubric.dimensions.items()
    )
    return [(title, risks) for title, risks in groups if risks]


class VerdictForm(forms.Form):
    """The card as a whole. Each field is kept, and may collide, by itself."""

    prefix = "card"

    recommendation = forms.ChoiceField(
        label="Recommendation", required=False, widget=forms.RadioSelect
    )
    correctness = forms.ChoiceField(
        label="How far the exercise got", required=False, widget=forms.RadioSelect
    )
    summary = text("Summary", rows=3, help_text="What should somebody know who reads nothing else?")
    follow_up = text(
        "Follow-up", rows=2, help_text="What should the debrief or another round still find out?"
    )

    def __init__(self, *args: Any, rubric: Rubric, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = {"recommendation": rubric.recommendations, "correctness": rubric.correctness}
        for name, terms in self.terms.items():
            offer(self, name, [(each.id, each.title) for each in terms.values()])
        if not round.correctness:
            del self.fields["correctness"]
        self.helper = part_of_page(
            Partial("scorecard/partials/verdict.html", *self.fields),
        )

    def options(self, name: str) -> list[Option]:
        return [
            Option(
                each.id,
                f"{self[name].auto_id}-{each.id}",
                self[name].value() == each.id,
                each.title,
                each.description,
            )
            for each in self.terms[name].values()
        ]

    @property
    def recommendations(self) -> list[Option]:
        return self.options("recommendation")

    @property
    def outcomes(self) -> list[Option]:
        return self.options("correctness") if "correctness" in self.fields else []
