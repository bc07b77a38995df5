"""Notes of a committee to an interviewer on the evidence of a card."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import PersonsRequest
from hiring_committee import evidence_notes
from hiring_committee.forms import EvidenceNoteForm
from hiring_committee.models import EvidenceNote
from hiring_committee.steps import Refused
from interviews.rounds import round_choices


@require_POST
def read_evidence_note(request: PersonsRequest, pk: UUID) -> HttpResponse:
    received = EvidenceNote.objects.received_by(request.user)
    note = get_object_or_404(received.select_related("card__seat__interview__loop"), pk=pk)
    evidence_notes.mark_read(request.user, note)
    return redirect("my_record")


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
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Sent. They find it under My record.")
            return redirect("write_evidence_note", loop.pk)
    sent = EvidenceNote.objects.visible_to(me).filter(sender=me, card__seat__interview__loop=loop)
    context = {
        "loop": loop,
        "form": form,
        "has_cards": cards.exists(),
        "sent": sent.select_related("card__seat__person", "card__seat__interview"),
    }
    return render(request, "hiring_committee/write_evidence_note.html", context)
