"""What an opening asks instead of its level's bar: as a form, and as the data that it becomes."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms

from accounts.forms import offer
from rubric.content import LevelBar, Rubric
from rubric.entries import RubricError
from rubric.parsing import check_bar, parse_bar

POINTS = [(str(n), str(n)) for n in range(1, 5)]
MOST_PEOPLE = 9  # who may be asked to have seen one signal; a loop has no more interviewers


class DimensionBar(NamedTuple):
    """What a bar asks of one dimension."""

    needs: int
    must: bool
    four: bool


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
        looks = {forms.ChoiceField: "form-select", forms.BooleanField: "form-check-input"}
        for field in self.fields.values():  # the cells of a table have no visible label
            look = looks.get(type(field), "form-control")
            field.widget.attrs |= {"class": look, "aria-label": str(field.label)}

    def _add_dimension(self, id: str, title: str) -> None:
        now = _of_dimension(self.now, id)
        self.fields[f"needs_{id}"] = forms.ChoiceField(
            label=f"{title}: needs", choices=POINTS, initial=str(now.needs)
        )
        for name, label in (("must", "a must"), ("four", "a 4 here would do")):
            self.fields[f"{name}_{id}"] = forms.BooleanField(
                label=f"{title}: {label}", required=False, initial=getattr(now, name)
            )

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
        return one.signals == other.signals and all(
            _of_dimension(one, id) == _of_dimension(other, id) for id in self.rubric.dimensions
        )

    def dimension_rows(self) -> Iterator[dict[str, object]]:
        """The fields of each dimension, with what the level asks by default."""
        for id, dimension in self.rubric.dimensions.items():
            level = _of_dimension(self.default, id)
            fields = {name: self[f"{name}_{id}"] for name in DimensionBar._fields}
            is_edited = level != _of_dimension(self.now, id)
            yield {"title": dimension.title, "level": level, "is_edited": is_edited, **fields}

    def signal_rows(self) -> Iterator[dict[str, object]]:
        """The same of each signal that the level or the opening asks for; 0 people: of nobody."""
        for id in self.signals:
            title, level = self.rubric.signals[id].title, self.default.signals.get(id, 0)
            yield {"title": title, "people": self[f"signal_{id}"], "level_people": level}


def _of_dimension(bar: LevelBar, id: str) -> DimensionBar:
    return DimensionBar(bar.for_dimension(id), id in bar.musts, id in bar.any_supported_4)
