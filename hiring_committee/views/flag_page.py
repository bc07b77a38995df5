"""Resolving a flag: both sides' notes, the form, and a last look before it is kept."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import PersonsRequest
from hiring_committee.flag_resolutions import last_word, resolve, why_not
from hiring_committee.forms import OUTCOMES, ResolutionForm
from hiring_committee.models import Outcome
from hiring_committee.packet_document import document_of
from hiring_committee.steps import Refused, record
from hiring_committee.views.members import members_packet
from packets.content.card_sections import FlagSection, NoteEntry
from packets.content.document import PacketDocument
from packets.models import Packet
from packets.page.flags_and_patterns import ShownFlag, flags
from packets.page.labels import Labels
from scorecard.readable import clock

LONG = 160  # characters of a note beside its box


def resolve_flag(request: PersonsRequest, pk: UUID, signal: str) -> HttpResponse:
    """The flag beside its form; a valid form is shown once more, and kept when confirmed."""
    packet = members_packet(request, pk)
    document = document_of(packet)
    flag = next((each for each in document["flags"] if each["signal"] == signal), None)
    if flag is None:
        raise Http404
    last = last_word(packet, packet.flags.get(signal=signal))
    form = ResolutionForm(
        request.POST or None,
        notes=_evidence(document, flag),
        initial={"after": last.pk if last else None},
    )
    context: dict[str, Any] = {
        "packet": packet,
        "loop": packet.loop,
        "flag": _shown(document, signal),
        "form": form,
        "why_not": why_not(request.user, packet),
    }
    if request.method == "POST" and not context["why_not"] and form.is_valid():
        if "confirmed" in request.POST:
            return _resolve(request, packet, signal, form, context)
        if "again" not in request.POST:
            return render(request, "hiring_committee/flag_confirm.html", _summary(context))
    record(request.user, "flag.read", packet)
    return render(request, "hiring_committee/flag.html", context)


def _resolve(
    request: PersonsRequest,
    packet: Packet,
    signal: str,
    form: ResolutionForm,
    context: dict[str, Any],
) -> HttpResponse:
    try:
        resolve(request.user, packet, signal, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "hiring_committee/flag.html", context)
    messages.success(request, f"{context['flag'].title}: kept under your name.")
    return redirect(reverse("packet", args=[packet.pk], fragment=f"flag-{signal}"))


def _shown(document: PacketDocument, signal: str) -> ShownFlag:
    found = flags(document, Labels(document))
    return next(flag for flag in found if flag.anchor == f"flag-{signal}")


def _summary(context: dict[str, Any]) -> dict[str, Any]:
    """What will be kept, in words."""
    form = context["form"]
    chosen = form.cleaned_data
    offered = dict(form.fields["evidence"].choices)
    mitigates = chosen["outcome"] == Outcome.MITIGATED
    return {
        **context,
        "says": OUTCOMES[Outcome(chosen["outcome"])],
        "cited": [offered[ref] for ref in chosen["evidence"]] if mitigates else [],
    }


def _evidence(document: PacketDocument, flag: FlagSection) -> list[tuple[str, str]]:
    """Notes that may mitigate: of those who saw otherwise, then any of the flag's dimension."""
    against = [note for side in flag["contradiction"] for note in side["notes"]]
    rest = [
        note
        for card in document["cards"]
        for note in card["notes"]
        if note["dimension"] == flag["dimension"]
    ]
    names = document["people"]
    return list({note["ref"]: _offered(note, names) for note in (*against, *rest)}.items())


def _offered(note: NoteEntry, names: dict[str, str]) -> str:
    text = note["text"] if len(note["text"]) <= LONG else note["text"][:LONG].rstrip() + " …"
    return f"{names.get(note['by'], note['by'])}, {clock(note['at_seconds'])}: {text}"
