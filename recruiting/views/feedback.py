"""Feedback to a candidate: for recruiters, and for whoever is asked to check a letter."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import PersonsRequest, for_roles
from accounts.models import Role
from accounts.query_params import number
from interviews.locks import loop_stream
from recruiting.feedback import letter
from recruiting.forms.feedback import AnswerForm, AskForm, LetterForm
from recruiting.models import Feedback, FeedbackCheck, FeedbackText
from scorecard.access import loops_read_by

recruiters_only = for_roles(Role.RECRUITER)


@require_safe
@recruiters_only
def loop_feedback(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """The letter of the loop's standing decision; without one, what it waits for."""
    loop = get_object_or_404(loops_read_by(request.user).select_related("candidate"), pk=pk)
    every = Feedback.objects.visible_to(request.user).filter(loop=loop)
    current = every.filter(decision__superseded_at=None).first()
    if current:
        return redirect("feedback", current.pk)
    context = {
        "loop": loop,
        "refusal": letter.refusal(loop),
        "earlier": every.select_related("decision"),
    }
    return render(request, "recruiting/feedback_start.html", context)


@require_POST
@recruiters_only
def draft_feedback(request: PersonsRequest, pk: UUID) -> HttpResponse:
    loop = get_object_or_404(loops_read_by(request.user), pk=pk)
    try:
        feedback = letter.begin(request.user, loop)
    except letter.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("loop_feedback", loop.pk)
    return redirect("feedback", feedback.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@recruiters_only
def feedback(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """The letter: to edit while it is not released, and to read afterwards."""
    shown = get_object_or_404(_feedback(request), pk=pk)
    text = letter.newest(shown)
    form = LetterForm(request.POST or None, initial={"text": text.text, "seen": text.number})
    if request.method == "POST" and form.is_valid():
        try:
            saved = letter.rewrite(request.user, shown, **form.cleaned_data)
        except letter.Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            if saved.number > text.number:
                messages.success(request, f"Text {saved.number} is kept.")
            then = request.POST.get("then")
            if then == "ask":
                _ask(request, shown, saved)
            return redirect("release_feedback" if then == "release" else "feedback", shown.pk)
    _record_reading(request, shown, text)
    return render(request, "recruiting/feedback.html", _page(request, shown, text, form))


def _page(
    request: PersonsRequest, shown: Feedback, text: FeedbackText, form: LetterForm
) -> dict[str, Any]:
    texts = list(shown.texts.select_related("by").order_by("-number"))
    checks = FeedbackCheck.objects.filter(text__feedback=shown)
    context = {
        "feedback": shown,
        "form": form,
        "loop": shown.loop,
        "text": text,
        "earlier": texts[1:],
        "checks": checks.select_related("asked_of", "asked_by", "text"),
        "release": getattr(shown, "release", None),
        "stays_here": settings.LOCAL_MAILBOX,
    }
    if not shown.is_released:
        people = letter.may_check(shown, request.user)
        context["ask"] = AskForm(people=people, initial={"of": request.POST.get("of")})
        context["in_the_way"] = letter.in_the_way(shown, text)
    return context


def _ask(request: PersonsRequest, shown: Feedback, text: FeedbackText) -> None:
    """Ask whoever was chosen beside the letter to check this text of it."""
    form = AskForm(request.POST, people=letter.may_check(shown, request.user))
    person = form.cleaned_data["of"] if form.is_valid() else None
    if person is None:
        messages.error(request, "Choose who should check the letter.")
        return
    try:
        check = letter.ask(request.user, shown, of=person, seen=text.number)
    except letter.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{check.asked_of} is asked to check text {text.number}.")


@require_http_methods(["GET", "HEAD", "POST"])
def check_feedback(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """The letter as one was asked to check it, and the answer."""
    mine = FeedbackCheck.objects.filter(
        asked_of=request.user, text__feedback__in=_feedback(request)
    )
    check = get_object_or_404(
        mine.select_related("text__feedback__loop__candidate", "asked_by"), pk=pk
    )
    shown = check.text.feedback
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            letter.answer(request.user, check, **form.cleaned_data)
        except letter.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your answer is with the recruiter.")
            return redirect("home")
    _record_reading(request, shown, check.text)
    is_newest = letter.newest(shown) == check.text
    context = {"check": check, "loop": shown.loop, "form": form, "is_newest": is_newest}
    return render(request, "recruiting/feedback_check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@recruiters_only
def release_feedback(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """The letter as it will be sent, and to whom; sending it cannot be undone."""
    shown = get_object_or_404(_feedback(request), pk=pk)
    text = letter.newest(shown)
    refused = ""
    if request.method == "POST":
        seen = number(request.POST.get("seen", "")) or 0
        try:
            letter.release(request.user, shown, seen=seen)
        except letter.Refused as refusal:
            refused = str(refusal)
        else:
            return redirect("feedback", shown.pk)
    if shown.is_released:
        return redirect("feedback", shown.pk)
    context = {
        "feedback": shown,
        "loop": shown.loop,
        "text": text,
        "refused": refused,
        "in_the_way": letter.in_the_way(shown, text),
    }
    return render(request, "recruiting/feedback_release.html", context)


def _feedback(request: PersonsRequest) -> QuerySet[Feedback]:
    return Feedback.objects.visible_to(request.user).select_related(
        "loop__candidate",
        "loop__opening",
        "decision",
        "packet",
        "release__by",
        "release__text",
        "release__mail",
    )


def _record_reading(request: PersonsRequest, shown: Feedback, text: FeedbackText) -> None:
    stream = loop_stream(shown.loop)
    audit.record(request.user, "feedback.read", shown, stream=stream, text=text.number)
