"""How far raters agree over a season, for recruiters and committees, of what each may read."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from calibration.models import CalibrationSnapshot
from interviews.rounds import dimension_titles
from reports.agreement import report as season_agreement
from reports.agreement.page import FORMS, ON_A_CARD, of_one_card, sections
from reports.forms import SeasonForm

for_readers = for_roles(Role.RECRUITER, Role.COMMITTEE)


@for_readers
def agreement(request: PersonsRequest) -> HttpResponse:
    """The season lives in the address: see `SeasonForm`. A POST asks again for what failed."""
    me, season = request.user, SeasonForm(request.GET).season()
    packets = season_agreement.packets_of(me, season)
    again = request.method == "POST"
    report = season_agreement.report_on(me, packets, again=again) if packets else None
    if again:
        return redirect(request.get_full_path())
    found = report.result if report else None
    context = {
        "season": season,
        "openings": season_agreement.openings_of(me),
        "loops": len(packets),
        "report": report,
        "sections": sections(found, dimension_titles()) if found else [],
        "forms": FORMS,
        "one_card": _one_card() if found else None,
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/agreement.html", context)


def _one_card() -> dict[str, Any] | None:
    """What the last published calibration says of one scorecard, if it says anything."""
    snapshot = CalibrationSnapshot.objects.published().order_by("-made_at").first()
    share = of_one_card(snapshot.components) if snapshot else ""
    return {"share": share, "dimensions": ON_A_CARD, "snapshot": snapshot} if share else None


@for_readers
@require_safe
def agreement_state(request: PersonsRequest) -> JsonResponse:
    """How far the report of the same address is; `changed` where it is of other packets by now."""
    packets = season_agreement.packets_of(request.user, SeasonForm(request.GET).season())
    report = season_agreement.state_of(packets)
    if report is None:
        return JsonResponse({"state": "changed", "says": "", "progress": 0})
    says = {"says": report.get_state_display(), "progress": report.progress}
    return JsonResponse({"state": report.state, **says})
