"""The rubric as a handbook to read."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import PersonsRequest
from rubric.content import Round, Rubric
from rubric.models import RubricVersion


@require_safe
def rubric(request: PersonsRequest) -> HttpResponse:
    """The handbook as it stands now."""
    return _handbook(request, RubricVersion.objects.order_by("-number").first())


@require_safe
def rubric_version(request: PersonsRequest, number: int) -> HttpResponse:
    """The handbook that a scorecard of that version was written by."""
    return _handbook(request, get_object_or_404(RubricVersion, number=number))


def _handbook(request: PersonsRequest, version: RubricVersion | None) -> HttpResponse:
    numbers = RubricVersion.objects.values_list("number", flat=True)
    context: dict[str, Any] = {"version": version, "numbers": list(numbers)}
    if version:
        context |= {"rubric": version.rubric, "chapters": _chapters(version.rubric)}
        context["rounds"] = [_kit(each, version.rubric) for each in version.rubric.rounds.values()]
    return render(request, "rubric/rubric.html", context)


def _chapters(rubric: Rubric) -> list[dict[str, Any]]:
    """Each dimension with its anchors beside the points, and its signals by polarity."""
    return [
        {
            "dimension": dimension,
            "anchors": [(rubric.ratings[n], text) for n, text in dimension.anchors.items()],
            "signals": [
                (polarity, rubric.signals_of(id, polarity.id))
                for polarity in rubric.polarities.values()
            ],
        }
        for id, dimension in rubric.dimensions.items()
    ]


def _kit(round: Round, rubric: Rubric) -> dict[str, Any]:
    return {
        "round": round,
        "focus": [rubric.dimensions[id] for id in round.focus],
        "probes": [rubric.probes[id] for id in round.probes],
    }
