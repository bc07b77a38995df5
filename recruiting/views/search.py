"""The box in the top bar."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import PersonsRequest
from accounts.query_params import asked
from recruiting import search


def search_page(request: PersonsRequest) -> HttpResponse:
    text = asked(request.GET, "q")
    results = search.search(text, request.user) if text else None
    return render(request, "recruiting/search.html", {"q": text, "results": results})
