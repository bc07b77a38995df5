"""The words of the mails that Scorecard sends: read, changed, previewed, reset."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from accounts.query_params import number
from mail import texts
from mail.forms import MailTextForm
from mail.kinds import MailKind, Words, mail_kinds
from mail.models import MailText

recruiters_only = for_roles(Role.RECRUITER)
VERSIONS = 20  # shown below the form, newest first


@require_safe
@recruiters_only
def mail_texts(request: PersonsRequest) -> HttpResponse:
    rows = MailText.objects.select_related("by").order_by("kind", "-number").distinct("kind")
    newest = {text.kind: text for text in rows}
    kinds = [
        (kind, texts.words_of(newest.get(name), name), newest.get(name))
        for name, kind in mail_kinds().items()
    ]
    return render(request, "mail/mail_texts.html", {"kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
@recruiters_only
def edit_mail_text(request: PersonsRequest, kind: str) -> HttpResponse:
    """The form, and beside it what its words make of invented values."""
    known = _kind(kind)
    newest = texts.newest(kind)
    words = texts.words_of(newest, kind)
    seen = newest.number if newest else 0
    start = {"subject": words.subject, "body": words.body, "seen": seen}
    form = MailTextForm(request.POST or None, kind=known, initial=start)
    if request.method == "POST" and form.is_valid():
        words = form.words
        if "preview" not in request.POST and _is_saved(request, form):
            return redirect("edit_mail_text", kind)
    return render(request, "mail/mail_text.html", _page(known, form, words, newest))


def _is_saved(request: PersonsRequest, form: MailTextForm) -> bool:
    seen = form.cleaned_data["seen"]
    try:
        made = texts.save(request.user, form.kind.name, form.words, seen=seen)
    except texts.Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    if made:
        messages.success(request, "Saved. Mails are sent with these words from now on.")
    else:
        messages.info(request, "Nothing was changed.")
    return True


def _page(
    kind: MailKind, form: MailTextForm, words: Words, newest: MailText | None
) -> dict[str, Any]:
    return {
        "kind": kind,
        "form": form,
        "placeholders": kind.placeholders.items(),
        "preview": kind.preview(words),
        "newest": newest,
        "versions": MailText.objects.filter(kind=kind.name).select_related("by")[:VERSIONS],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@recruiters_only
def reset_mail_text(request: PersonsRequest, kind: str) -> HttpResponse:
    known = _kind(kind)
    if request.method == "POST":
        seen = number(request.POST.get("seen", ""))
        try:
            texts.reset(request.user, kind, seen=-1 if seen is None else seen)
        except texts.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "The built-in text holds again.")
        return redirect("edit_mail_text", kind)
    context = {"kind": known, "newest": texts.newest(kind), "words": known.words}
    return render(request, "mail/mail_text_reset.html", context)


def _kind(name: str) -> MailKind:
    try:
        return mail_kinds()[name]
    except KeyError:
        raise Http404 from None
