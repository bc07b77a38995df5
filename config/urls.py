"""Every address of the product. Each name has a row in tests/access_rows.py."""

from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("accounts.urls")),
    path("", include("interviews.urls")),
    path("", include("scorecard.urls")),
    path("", include("hiring_committee.urls")),
]
