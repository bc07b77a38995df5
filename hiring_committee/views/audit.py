"""The audit trail, for administrators, newest first."""

from datetime import datetime
from uuid import UUID

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import PersonsRequest, for_roles
from accounts.audit import BrokenLink, broken_links
from accounts.models import AuditEvent, Role, User
from accounts.query_params import asked, number
from hiring_committee.audit_lines import lines_for, shown

PER_PAGE = 50
CHECKED_FOR = 300  # seconds that a verdict on the chain is shown before it is found anew


@for_roles(Role.ADMINISTRATOR)
def trail(request: PersonsRequest) -> HttpResponse:
    """Filters live in the address: `person` (id), `action`, `subject`; `before` is a line."""
    chosen = {name: asked(request.GET, name) for name in ("person", "action", "subject")}
    known = lines_for(request.user)
    lines = list(_lines(known, request, chosen)[: PER_PAGE + 1])
    checked_at, broken = _chain(anew="check" in request.GET)
    context = {
        "lines": [(line, _short(line), shown(line)) for line in lines[:PER_PAGE]],
        "older": lines[PER_PAGE - 1].seq if len(lines) > PER_PAGE else None,
        "paged": "before" in request.GET,
        "chosen": chosen,
        "filtered": any(chosen.values()),
        "people": User.objects.all(),
        "actions": _actions(known),
        "checked_at": checked_at,
        "broken": broken,
    }
    return render(request, "hiring_committee/audit.html", context)


def _actions(lines: QuerySet[AuditEvent]) -> QuerySet:
    return lines.order_by("action").values_list("action", flat=True).distinct()


def _lines(
    lines: QuerySet[AuditEvent], request: PersonsRequest, chosen: dict[str, str]
) -> QuerySet[AuditEvent]:
    if chosen["person"]:
        lines = lines.filter(actor__in=_known(chosen["person"]))
    if chosen["action"]:
        lines = lines.filter(action=chosen["action"])
    if chosen["subject"]:
        lines = lines.filter(Q(subject=chosen["subject"]) | Q(stream=chosen["subject"]))
    before = number(request.GET.get("before", ""))
    if before is not None:
        lines = lines.filter(seq__lt=before)
    return lines.order_by("-seq")


def _known(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []


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
