"""Every address of the product. Each name has a row in tests/config/access_rows.py."""

from django.urls import include, path

from config import health

ROOMS = (
    "accounts",
    "rubric",
    "interviews",
    "scorecard",
    "mail",
    "ats",
    "packets",
    "hiring_committee",
    "reports",
    "recruiting",
)

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    *(path("", include(f"{room}.urls")) for room in ROOMS),
]
