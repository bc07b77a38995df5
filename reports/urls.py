"""Exports, the season's agreement, an interviewer's own record."""

from django.urls import path

from reports.views import agreement_page, export_pages, my_record

urlpatterns = [
    path("exports/", export_pages.export_list, name="exports"),
    path("exports/<uuid:pk>/", export_pages.export_state, name="export_state"),
    path("exports/<uuid:pk>/file/", export_pages.export_file, name="export_file"),
    path("exports/<uuid:pk>/retry/", export_pages.retry_export, name="retry_export"),
    path("exports/<uuid:pk>/delete/", export_pages.delete_export, name="delete_export"),
    path("agreement/", agreement_page.agreement, name="agreement"),
    path("agreement/state/", agreement_page.agreement_state, name="agreement_state"),
    path("my-record/", my_record.my_record, name="my_record"),
]
