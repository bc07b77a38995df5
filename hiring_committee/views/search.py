"""The box in the top bar."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import PersonsRequest
from hiring_committee import search

LONGEST = 200


def search_page(request: PersonsRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    results = search.search(text, request.user) if text else None
    return render(request, "hiring_committee/search.html", {"q": text, "results": results})
