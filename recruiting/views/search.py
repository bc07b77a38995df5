"""The box in the top bar."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import PersonsRequest
from recruiting import search
from recruiting.forms.filters import SearchForm


def search_page(request: PersonsRequest) -> HttpResponse:
    text = SearchForm(request.GET).chosen.get("q", "")
    results = search.search(text, request.user) if text else None
    return render(request, "recruiting/search.html", {"q": text, "results": results})
