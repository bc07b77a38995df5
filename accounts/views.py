"""Signing in, one's own profile, and people for administrators."""

from typing import Any
from uuid import UUID

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts import people
from accounts.access import PersonsRequest, for_roles
from accounts.forms import PersonForm, ProfileForm
from accounts.models import Role, User
from accounts.name_search import containing
from accounts.query_params import asked

PER_PAGE = 50
FRESH_LINK = "fresh_password_link"  # session key: shown on the next page, then forgotten

administrators_only = for_roles(Role.ADMINISTRATOR)


class SignIn(LoginView):
    template_name = "account/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demo = User.objects.filter(is_demo=True, is_active=True).order_by("date_joined")
        return {
            **super().get_context_data(**kwargs),
            "demo_people": demo if settings.DEMO else (),
            "demo_password": settings.DEMO_PASSWORD,
        }


def profile(request: PersonsRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        me = User.objects.get(pk=request.user.pk)
        if people.change_person(request.user, me, **form.cleaned_data):
            messages.success(request, "Saved.")
        else:
            messages.info(request, "Nothing was changed.")
        return redirect("profile")
    return render(request, "accounts/profile.html", {"form": form})


@administrators_only
def people_list(request: PersonsRequest) -> HttpResponse:
    """Everybody, active first; `q` searches names and e-mails."""
    words = asked(request.GET, "q")
    found = User.objects.order_by("-is_active", "name", "email")
    if words:
        found = containing(found, words, "name", "email")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"page": page, "words": words})


@administrators_only
def add_person(request: PersonsRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = people.add_person(request.user, **form.cleaned_data)
        _hand_out_link(request, made)
        return redirect("person", made.pk)
    return render(request, "accounts/add_person.html", {"form": form})


@administrators_only
def person(request: PersonsRequest, pk: UUID) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk)
    form = PersonForm(request.POST or None, instance=User.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            people.change_person(request.user, shown, **form.cleaned_data)
        except people.LastAdministrator as refusal:
            form.add_error("roles", str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect("person", pk)
    link = request.session.get(FRESH_LINK, {})
    if link.get("person") == str(pk):
        del request.session[FRESH_LINK]
    context = {"person": shown, "form": form, "link": link.get("url", "")}
    return render(request, "accounts/person.html", context)


@administrators_only
def deactivate_person(request: PersonsRequest, pk: UUID) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk)
    if request.method == "POST":
        try:
            people.deactivate(request.user, shown)
        except people.LastAdministrator as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{shown.name} can no longer sign in.")
        return redirect("person", pk)
    return render(request, "accounts/deactivate_person.html", {"person": shown})


@require_POST
@administrators_only
def reactivate_person(request: PersonsRequest, pk: UUID) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk)
    people.reactivate(request.user, shown)
    messages.success(request, f"{shown.name} can sign in again.")
    return redirect("person", pk)


@require_POST
@administrators_only
def password_link(request: PersonsRequest, pk: UUID) -> HttpResponse:
    _hand_out_link(request, get_object_or_404(User, pk=pk, is_active=True))
    return redirect("person", pk)


def _hand_out_link(request: PersonsRequest, to: User) -> None:
    """Mail a set-password link; where no mail leaves, keep it for one look at the person's page.

    Whoever has it can sign in as that person: nobody sees it who need not hand it over.
    """
    url = request.build_absolute_uri(people.set_password_path(request.user, to))
    is_mailed = people.mail_link(to, url)
    if settings.LOCAL_MAILBOX or not is_mailed:
        request.session[FRESH_LINK] = {"person": str(to.pk), "url": url}
        messages.warning(request, "No mail left this machine. Hand the link below over yourself.")
    else:
        messages.success(request, f"A link to set a password went to {to.email}.")
