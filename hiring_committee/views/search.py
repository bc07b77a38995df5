"""The box in the top bar."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import PersonsRequest
from accounts.asked import asked
from hiring_committee import search


def search_page(request: PersonsRequest) -> HttpResponse:
    text = asked(request.GET, "q")
    results = search.search(text, request.user) if text else None
    return render(request, "hiring_committee/search.html", {"q": text, "results": results})
