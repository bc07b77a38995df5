"""The audit trail, for administrators, newest first."""

from datetime import datetime

from django import forms
from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import PersonsRequest, for_roles
from accounts.audit.chain import BrokenLink, broken_links
from accounts.audit.detail import shown
from accounts.models import AuditEvent, Role, User
from hiring_committee.audit_lines import lines_for

PER_PAGE = 50
CHECKED_FOR = 300  # seconds that a verdict on the chain is shown before it is found anew


class AuditFilter(forms.Form):
    """As the address has it: `person` is an id; `before` is the line that a page ends before."""

    person = forms.UUIDField(required=False)
    action = forms.CharField(required=False)
    subject = forms.CharField(required=False)
    before = forms.IntegerField(required=False)

    def applied_to(self, lines: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        """Newest first. A filter that cannot be read fits no line; `before` is then left out."""
        if self.errors.keys() - {"before"}:
            return lines.none()
        chosen = self.cleaned_data
        if chosen["person"]:
            lines = lines.filter(actor=chosen["person"])
        if chosen["action"]:
            lines = lines.filter(action=chosen["action"])
        if chosen["subject"]:
            lines = lines.filter(Q(subject=chosen["subject"]) | Q(stream=chosen["subject"]))
        if chosen.get("before") is not None:
            lines = lines.filter(seq__lt=chosen["before"])
        return lines.order_by("-seq")


@for_roles(Role.ADMINISTRATOR)
def trail(request: PersonsRequest) -> HttpResponse:
    known, form = lines_for(request.user), AuditFilter(request.GET)
    lines = list(form.applied_to(known)[: PER_PAGE + 1])
    chosen = {name: request.GET.get(name, "") for name in ("person", "action", "subject")}
    checked_at, broken = _chain(anew="check" in request.GET)
    context = {
        "lines": [(line, _short(line), shown(line)) for line in lines[:PER_PAGE]],
        "older": lines[PER_PAGE - 1].seq if len(lines) > PER_PAGE else None,
        "paged": "before" in request.GET,
        "chosen": chosen,
        "filtered": any(chosen.values()),
        "people": User.objects.all(),
        "actions": known.order_by("action").values_list("action", flat=True).distinct(),
        "checked_at": checked_at,
        "broken": broken,
    }
    return render(request, "hiring_committee/audit.html", context)


def _short(line: AuditEvent) -> str:
    """The subject by its kind and the beginning of its id, which tells neighbours apart."""
    kind, _, id = line.subject.partition(":")
    return f"{kind} {id[:8]}"


def _chain(*, anew: bool) -> tuple[datetime, list[BrokenLink]]:
    """When the trail was last verified, and what was broken then."""
    found = None if anew else cache.get("audit-chain")
    if found is None:
        found = (timezone.now(), broken_links())
        cache.set("audit-chain", found, CHECKED_FOR)
    return found
