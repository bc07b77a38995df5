"""Rating one's own scorecard, handing it in, and amending it afterwards."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import PersonsRequest
from accounts.models import Role, User
from interviews.models import CommitteeSeat
from scorecard import submission
from scorecard.content import CardContent
from scorecard.findings import Finding
from scorecard.forms.rating_page import RatingPage
from scorecard.forms.submit import AmendmentReasonForm, SubmitForm
from scorecard.models import Scorecard, ScorecardVersion
from scorecard.readable import round_of
from scorecard.submission import NotReady, WrongState, findings, hand_in
from scorecard.sync import sync

CONFLICT, UNPROCESSABLE = 409, 422


def _own_card(request: PersonsRequest, pk: UUID) -> Scorecard:
    cards = Scorecard.objects.editable_by(request.user).with_context()
    return get_object_or_404(cards.select_related("rubric_version"), pk=pk)


# --- Rating ------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """The rating page. A post is a batch of the same operations that the live page sends."""
    card = _own_card(request, pk)
    if request.method == "POST":
        return _save(request, card)
    if card.is_locked:
        messages.info(request, "This scorecard is submitted. Amend it to change it.")
        return redirect("scorecard", card.pk)
    page = RatingPage(card, raising=request.GET.get("flag", ""))
    if "checked" in request.GET:  # from the submit page: what it found stands beside each thing
        page.mark(findings(card, submission.read_content(card)))
    return _rating_page(request, page)


def _save(request: PersonsRequest, card: Scorecard) -> HttpResponse:
    page = RatingPage(card, request.POST)
    if card.is_locked:
        return _rating_page(request, page, CONFLICT)
    if not page.is_valid():
        return _rating_page(request, page, UNPROCESSABLE)
    outcome = sync(card.pk, request.user, {"operations": page.operations()})
    unsaved = [each for each in outcome.results if each["status"] in ("stale", "refused")]
    if not unsaved:
        return _after_saving(request, card)
    newest = RatingPage(_own_card(request, card.pk), request.POST)
    return _rating_page(request, newest.without_saved(unsaved), CONFLICT)


def _after_saving(request: PersonsRequest, card: Scorecard) -> HttpResponse:
    if "check" in request.POST:
        return redirect("submit_scorecard", card.pk)
    url = reverse("rate", args=[card.pk])
    if signal := request.POST.get("raise"):
        return redirect(f"{url}?flag={signal}#new-flag" if signal.isprintable() else url)
    messages.success(request, "Saved.")
    return redirect(url)


def _rating_page(request: PersonsRequest, page: RatingPage, status: int = 200) -> HttpResponse:
    context = {"page": page, "card": page.card, "round": page.round, "last": _last(page.card)}
    return render(request, "scorecard/rate.html", context, status=status)


def _last(card: Scorecard) -> ScorecardVersion | None:
    """The version that readers see while the card is amended."""
    if card.state != Scorecard.State.AMENDING:
        return None
    return card.versions.order_by("-number").first()


# --- Submitting --------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def submit_scorecard(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """What the checks say, who will read it, and the button."""
    card = _own_card(request, pk)
    if card.is_locked and request.method != "POST":
        messages.info(request, "This scorecard is submitted already.")
        return redirect("scorecard", card.pk)
    with transaction.atomic():
        content = submission.read_content(card)
    found = findings(card, content)
    last = _last(card)
    given = last.card.answers if last else ()
    posted = request.POST if request.method == "POST" else None
    form = SubmitForm(
        posted,
        findings=found,
        given=given,
        links={
            "rate": reverse("rate", args=[card.pk]) + "?checked",
            "live": reverse("live", args=[card.pk]),
        },
        initial={"seen": content.digest()},
    )
    reason = AmendmentReasonForm(posted) if last else None
    if posted is not None and form.is_valid() and (reason is None or reason.is_valid()):
        refusal = _hand_in(request, card, form, reason)
        if not refusal:
            return redirect("scorecard", card.pk)
        form.data = {**request.POST.dict(), "seen": content.digest()}
        return _submit_page(request, card, form, reason, content, refusal)
    return _submit_page(request, card, form, reason, content)


def _hand_in(
    request: PersonsRequest, card: Scorecard, form: SubmitForm, reason: AmendmentReasonForm | None
) -> str:
    """Hand in; the sentence that says why not, or nothing."""
    why = reason.cleaned_data["reason"] if reason else ""
    seen = form.cleaned_data["seen"]
    try:
        hand_in(card, request.user, seen=seen, answers=form.answers, reason=why)
    except NotReady as stop:
        return _not_ready(stop.findings)
    except WrongState as stop:
        return str(stop)
    messages.success(request, "Submitted. It is final; you can amend it with a reason.")
    return ""


def _not_ready(left: list[Finding]) -> str:
    hard = sum(not each.answerable for each in left)
    if hard:
        return (
            f"Not submitted: {hard} {'thing has' if hard == 1 else 'things have'} to be put right."
        )
    return "Not submitted: put the rest right, or say why you stand by it."


def _submit_page(
    request: PersonsRequest,
    card: Scorecard,
    form: SubmitForm,
    reason: AmendmentReasonForm | None,
    content: CardContent,
    refusal: str = "",
) -> HttpResponse:
    context = {
        "card": card,
        "round": round_of(card.rubric, card.seat.interview.round),
        "form": form,
        "reason": reason,
        "content": content,
        "refusal": refusal,
        "readers": _readers(card),
    }
    return render(request, "scorecard/submit.html", context, status=CONFLICT if refusal else 200)


def _readers(card: Scorecard) -> dict[str, list[str]]:
    """Who will read the card once it is in. Names only: nothing of what they wrote or owe."""
    seats = CommitteeSeat.objects.filter(loop=card.loop)
    recruiters = User.objects.filter(roles__contains=[Role.RECRUITER], is_active=True)
    return {
        "committee": sorted(seats.sitting().values_list("person__name", flat=True)),
        "recruiters": sorted(
            recruiters.exclude(committee_seats__in=seats.recused()).values_list("name", flat=True)
        ),
    }


# --- Amending ----------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """Says what amending means; the post opens the working copy again."""
    card = _own_card(request, pk)
    if card.state == Scorecard.State.AMENDING:
        return redirect("rate", card.pk)
    if card.state == Scorecard.State.DRAFT:
        messages.info(request, "This scorecard is not submitted yet: just edit it.")
        return redirect("rate", card.pk)
    if request.method != "POST":
        return render(request, "scorecard/amend.html", {"card": card})
    try:
        submission.begin_amendment(card, request.user)
    except WrongState as stop:
        messages.error(request, str(stop))
        return redirect("scorecard", card.pk)
    return redirect("rate", card.pk)


@require_POST
def discard_amendment(request: PersonsRequest, pk: UUID) -> HttpResponse:
    """Back to the last version, as if it had not been opened."""
    card = _own_card(request, pk)
    try:
        submission.discard_amendment(card, request.user)
    except WrongState as stop:
        messages.error(request, str(stop))
    else:
        messages.success(request, "The amendment is discarded. Nothing changed.")
    return redirect("scorecard", card.pk)
