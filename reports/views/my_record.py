"""An interviewer's own record: notes on their evidence, severity, lateness, evidence over time."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.access import PersonsRequest
from calibration.models import InterviewerSeverity
from calibration.severity.labels import MARKED, TYPICAL
from hiring_committee.models import EvidenceNote
from packets import charts
from packets.content.adjusted import WHY_NO_SEVERITY, Z80
from packets.page.wording import points_in_words
from reports.interviewer_record import CardRecord, own_cards, records_of

PER_PAGE, NIGHTS = 25, 12
LONGEST = 72.0  # hours; a card that came later is drawn at the edge, and told in the table


@require_safe
def my_record(request: PersonsRequest) -> HttpResponse:
    """Everybody's own and nobody else's: the address names nobody."""
    me = request.user
    page = Paginator(own_cards(me), PER_PAGE).get_page(request.GET.get("page"))
    record = records_of(list(page.object_list))
    severities = InterviewerSeverity.objects.visible_to(me).select_related("snapshot")
    nights = list(severities.order_by("-snapshot__made_at")[:NIGHTS])
    notes = EvidenceNote.objects.received_by(me).select_related(
        "sender", "card__seat__interview__loop__candidate"
    )
    audit.record(me, "calibration.read", me)
    context = {
        "page": page,
        "record": record,
        "charts": _charts(record[::-1]),
        "severity": nights[0] if nights else None,
        "nights": [(each, _in_words(each)) for each in nights],
        "notes": notes,
    }
    return render(request, "reports/my_record.html", context)


def _in_words(each: InterviewerSeverity) -> str:
    if each.label not in (*MARKED, TYPICAL) or each.severity is None or each.se is None:
        return WHY_NO_SEVERITY.get(each.label, "").partition(": ")[2]
    likely = each.severity - Z80 * each.se, each.severity + Z80 * each.se
    return points_in_words(each.severity, likely, (each.cards, each.candidates))


def _charts(record: list[CardRecord]) -> list[str]:
    """Oldest first; none of a single card, which is no course of things."""
    if len(record) < 2:
        return []
    hours = [None if each.hours is None else min(each.hours, LONGEST) for each in record]
    return [
        charts.course(
            "Handed in after", "Hours from the interview's end; the line is 24.", hours, LONGEST, 24
        ),
        charts.course(
            "Ratings with evidence",
            "The share of each card's ratings that rest on a note.",
            [each.share for each in record],
            1.0,
        ),
    ]
