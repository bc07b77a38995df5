"""What an opening asks instead of its level's bar: as a form, and as the data that it becomes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms

from accounts.forms import offer
from rubric.content import LevelBar, Rubric
from rubric.parsing import RubricError, check_bar, parse_bar

POINTS = [(str(n), str(n)) for n in range(1, 5)]
MOST_PEOPLE = 9  # who may be asked to have seen one signal; a loop has no more interviewers


class Asked(NamedTuple):
    """What a bar asks of one dimension."""

    needs: int
    must: bool
    four: bool


def _asked_by(bar: LevelBar, id: str) -> Asked:
    return Asked(bar.for_dimension(id), id in bar.musts, id in bar.any_supported_4)


@dataclass(frozen=True)
class DimensionRow:
    """One dimension of the form, with what the level asks by default."""

    title: str
    needs: forms.BoundField
    must: forms.BoundField
    four: forms.BoundField
    level: Asked
    is_edited: bool


@dataclass(frozen=True)
class SignalRow:
    """One signal that the level or the opening asks for; 0 people: it is not asked for."""

    title: str
    people: forms.BoundField
    level_people: int


class BarForm(forms.Form):
    """The whole bar. `edited` is what the opening asks now, {} where that is the level's bar."""

    new_signal = forms.ChoiceField(label="A further signal", required=False)
    new_people = forms.IntegerField(
        label="Seen by how many people", min_value=1, max_value=MOST_PEOPLE, required=False
    )

    def __init__(
        self, *args: Any, rubric: Rubric, level: str, edited: dict[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rubric, self.default = rubric, rubric.bar(level)
        self.now = parse_bar(edited) if edited else self.default
        for id, dimension in rubric.dimensions.items():
            self._add_dimension(id, dimension.title)
        self.signals = [
            id for id in {**self.default.signals, **self.now.signals} if id in rubric.signals
        ]
        for id in self.signals:
            self.fields[f"signal_{id}"] = forms.IntegerField(
                label=f"{rubric.signals[id].title}: seen by how many people",
                min_value=0,
                max_value=MOST_PEOPLE,
                initial=self.now.signals.get(id, 0),
            )
        others = [(s.id, s.title) for s in rubric.signals.values() if s.id not in self.signals]
        offer(self, "new_signal", [("", "none"), *others])
        for field in self.fields.values():
            self._dress(field)

    def _add_dimension(self, id: str, title: str) -> None:
        self.fields[f"needs_{id}"] = forms.ChoiceField(
            label=f"{title}: needs", choices=POINTS, initial=str(self.now.for_dimension(id))
        )
        self.fields[f"must_{id}"] = forms.BooleanField(
            label=f"{title}: a must", required=False, initial=id in self.now.musts
        )
        self.fields[f"four_{id}"] = forms.BooleanField(
            label=f"{title}: a 4 here would do",
            required=False,
            initial=id in self.now.any_supported_4,
        )

    @staticmethod
    def _dress(field: forms.Field) -> None:
        """The cells of a table have no visible label of their own."""
        kind = type(field)
        name = {forms.ChoiceField: "form-select", forms.BooleanField: "form-check-input"}
        field.widget.attrs |= {
            "class": name.get(kind, "form-control"),
            "aria-label": str(field.label),
        }

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if bool(data.get("new_signal")) != bool(data.get("new_people")):
            if not self.errors:
                self.add_error(
                    "new_signal", "Choose the signal and say how many must have seen it."
                )
        elif not self.errors:
            try:
                check_bar(parse_bar(self._raw()), self.rubric)
            except RubricError as fault:
                self.add_error(None, str(fault))
        return data

    def bar(self) -> dict[str, Any]:
        """The bar as an opening stores it; {} where it asks just what the level does."""
        raw = self._raw()
        return {} if self._same(parse_bar(raw), self.default) else raw

    def _raw(self) -> dict[str, Any]:
        data, dimensions = self.cleaned_data, list(self.rubric.dimensions)
        needs = {id: int(data[f"needs_{id}"]) for id in dimensions}
        signals = {id: data[f"signal_{id}"] for id in self.signals if data[f"signal_{id}"]}
        if data.get("new_signal"):
            signals[data["new_signal"]] = data["new_people"]
        everywhere = self.default.everywhere
        return {
            "all": everywhere,
            **{id: n for id, n in needs.items() if n != everywhere},
            "musts": [id for id in dimensions if data[f"must_{id}"]],
            "any_supported_4": [id for id in dimensions if data[f"four_{id}"]],
            "signals": signals,
        }

    def _same(self, one: LevelBar, other: LevelBar) -> bool:
        return (
            all(one.for_dimension(d) == other.for_dimension(d) for d in self.rubric.dimensions)
            and set(one.musts) == set(other.musts)
            and set(one.any_supported_4) == set(other.any_supported_4)
            and one.signals == other.signals
        )

    def dimension_rows(self) -> Iterator[DimensionRow]:
        for id, dimension in self.rubric.dimensions.items():
            yield DimensionRow(
                title=dimension.title,
                needs=self[f"needs_{id}"],
                must=self[f"must_{id}"],
                four=self[f"four_{id}"],
                level=_asked_by(self.default, id),
                is_edited=_asked_by(self.default, id) != _asked_by(self.now, id),
            )

    def signal_rows(self) -> Iterator[SignalRow]:
        for id in self.signals:
            title = self.rubric.signals[id].title
            yield SignalRow(title, self[f"signal_{id}"], self.default.signals.get(id, 0))
