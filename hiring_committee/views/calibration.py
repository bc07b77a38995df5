"""An interviewer's own calibration, and the notes on evidence that committees send them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.access import PersonsRequest
from hiring_committee import charts, evidence_notes, own_record
from hiring_committee.calibration.labels import MARKED, TYPICAL
from hiring_committee.forms.evidence_notes import EvidenceNoteForm
from hiring_committee.models import EvidenceNote, InterviewerSeverity
from hiring_committee.own_record import Kept
from hiring_committee.packet.adjusted import WHY_NO_SEVERITY, Z80
from hiring_committee.packet_page.points import points_in_words
from hiring_committee.rounds import round_choices

PER_PAGE, NIGHTS = 25, 12
LONGEST = 72.0  # hours; a card that came later is drawn at the edge, and told in the table


@require_safe
@never_cache
def my_calibration(request: PersonsRequest) -> HttpResponse:
    """Everybody's own and nobody else's: the address names nobody."""
    me = request.user
    page = Paginator(own_record.own_cards(me), PER_PAGE).get_page(request.GET.get("page"))
    record = own_record.kept(list(page.object_list))
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
    return render(request, "hiring_committee/my_calibration.html", context)


def _in_words(each: InterviewerSeverity) -> str:
    if each.label not in (*MARKED, TYPICAL) or each.severity is None or each.se is None:
        return WHY_NO_SEVERITY.get(each.label, "").partition(": ")[2]
    likely = each.severity - Z80 * each.se, each.severity + Z80 * each.se
    return points_in_words(each.severity, likely, (each.cards, each.candidates))


def _charts(record: list[Kept]) -> list[str]:
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


@require_POST
def read_evidence_note(request: PersonsRequest, pk: UUID) -> HttpResponse:
    received = EvidenceNote.objects.received_by(request.user)
    note = get_object_or_404(received.select_related("card__seat__interview__loop"), pk=pk)
    evidence_notes.mark_read(request.user, note)
    return redirect("my_calibration")


@never_cache
def write_evidence_note(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """For the loop's committee: a note to one of its interviewers, and those sent so far."""
    me, rounds = request.user, dict(round_choices())
    loops = evidence_notes.loops_of(me).select_related("candidate", "opening")
    loop = get_object_or_404(loops, pk=pk)
    cards = evidence_notes.cards_of(loop, me)
    form = EvidenceNoteForm(request.POST or None, cards=cards, rounds=rounds)
    if request.method == "POST" and form.is_valid():
        try:
            evidence_notes.send(me, **form.cleaned_data)
        except evidence_notes.CannotSend as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Sent. They find it under My calibration.")
            return redirect("write_evidence_note", loop.pk)
    sent = EvidenceNote.objects.visible_to(me).filter(sender=me, card__seat__interview__loop=loop)
    context = {
        "loop": loop,
        "form": form,
        "has_cards": cards.exists(),
        "sent": sent.select_related("card__seat__person", "card__seat__interview"),
    }
    return render(request, "hiring_committee/write_evidence_note.html", context)
