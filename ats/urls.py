"""Importing loops from files."""

from django.urls import path

from ats import views

urlpatterns = [
    path("import/", views.import_page, name="import"),
    path("import/earlier/", views.import_runs, name="import_runs"),
    path("import/<uuid:pk>/", views.import_upload, name="import_upload"),
    path("import/<uuid:pk>/state/", views.import_state, name="import_state"),
    path("import/<uuid:pk>/settle/", views.settle_import, name="settle_import"),
]
