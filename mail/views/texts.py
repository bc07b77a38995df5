"""The words of the mails that Scorecard sends: read, changed, previewed, reset."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from accounts.query_params import number
from mail import editing
from mail.forms import MailTextForm
from mail.models import MailKind, MailText
from mail.texts import KINDS, Words, fill, invented

recruiters_only = for_roles(Role.RECRUITER)
VERSIONS = 20  # shown below the form, newest first


@require_safe
@recruiters_only
def mail_texts(request: PersonsRequest) -> HttpResponse:
    texts = MailText.objects.select_related("by").order_by("kind", "-number").distinct("kind")
    newest = {text.kind: text for text in texts}
    kinds = [
        (kind, editing.words_of(newest.get(kind), kind), newest.get(kind)) for kind in MailKind
    ]
    return render(request, "mail/mail_texts.html", {"kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
@recruiters_only
def edit_mail_text(request: PersonsRequest, kind: str) -> HttpResponse:
    """The form, and beside it what its words make of invented values."""
    known = _kind(kind)
    newest = editing.newest(known)
    words = editing.words_of(newest, known)
    seen = newest.number if newest else 0
    start = {"subject": words.subject, "body": words.body, "seen": seen}
    form = MailTextForm(request.POST or None, kind=known, initial=start)
    if request.method == "POST" and form.is_valid():
        words = form.words
        if "preview" not in request.POST and _is_saved(request, known, form):
            return redirect("edit_mail_text", known)
    return render(request, "mail/mail_text.html", _page(known, form, words, newest))


def _is_saved(request: PersonsRequest, kind: MailKind, form: MailTextForm) -> bool:
    try:
        made = editing.save(request.user, kind, form.words, seen=form.cleaned_data["seen"])
    except editing.CannotSave as refusal:
        form.add_error(None, str(refusal))
        return False
    if made:
        messages.success(request, "Saved. Mails are sent with these words from now on.")
    else:
        messages.info(request, "Nothing was changed.")
    return True


def _page(kind: MailKind, form: MailTextForm, words: Words, newest: MailText | None) -> dict:
    return {
        "kind": kind,
        "form": form,
        "placeholders": KINDS[kind].placeholders.items(),
        "preview": fill(words, invented(kind)),
        "newest": newest,
        "versions": MailText.objects.filter(kind=kind).select_related("by")[:VERSIONS],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@recruiters_only
def reset_mail_text(request: PersonsRequest, kind: str) -> HttpResponse:
    known = _kind(kind)
    newest = editing.newest(known)
    if request.method == "POST":
        seen = number(request.POST.get("seen", ""))
        try:
            editing.reset(request.user, known, seen=-1 if seen is None else seen)
        except editing.CannotSave as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "The built-in text holds again.")
        return redirect("edit_mail_text", known)
    context = {"kind": known, "newest": newest, "words": KINDS[known].words}
    return render(request, "mail/mail_text_reset.html", context)


def _kind(name: str) -> MailKind:
    if name not in MailKind.values:
        raise Http404
    return MailKind(name)
