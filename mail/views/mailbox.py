"""The mailbox of a machine without a mail server: what was sent, as its reader got it."""

import re
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.access import PersonsRequest
from interviews.locks import loop_stream
from mail.models import LocalMail

PER_PAGE = 50


@require_safe
def mailbox(request: PersonsRequest) -> HttpResponse:
    _only_where_mail_stays()
    mails = LocalMail.objects.visible_to(request.user).defer("text", "attachments")
    page = Paginator(mails, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "mail/mailbox.html", {"page": page})


@require_safe
def mail(request: PersonsRequest, pk: UUID) -> HttpResponse:
    _only_where_mail_stays()
    shown = get_object_or_404(LocalMail.objects.visible_to(request.user), pk=pk)
    if shown.loop and shown.person_id != request.user.pk:
        audit.record(request.user, "mail.read", shown, stream=loop_stream(shown.loop))
    context = {"mail": shown, "paths": _own_paths(shown.text)}
    return render(request, "mail/mail.html", context)


def _own_paths(text: str) -> list[str]:
    """Where its links to this very site lead. No other link becomes one: a name may hold it."""
    found = re.findall(rf"(?:^|\s){re.escape(settings.SITE_URL)}(/[\w./-]*)", text)
    return list(dict.fromkeys(path for path in found if not path.startswith("//")))


def _only_where_mail_stays() -> None:
    if not settings.LOCAL_MAILBOX:
        raise Http404
