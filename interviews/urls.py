"""Nothing of its own: a page belongs to the highest app whose data it shows (hiring_committee)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
