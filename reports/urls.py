"""Exports, the season's agreement, an interviewer's own record."""

from django.urls import path

from reports.views import agreement, exports, interviewer_record

urlpatterns = [
    path("exports/", exports.export_list, name="exports"),
    path("exports/<uuid:pk>/", exports.export_state, name="export_state"),
    path("exports/<uuid:pk>/file/", exports.export_file, name="export_file"),
    path("exports/<uuid:pk>/retry/", exports.retry_export, name="retry_export"),
    path("exports/<uuid:pk>/delete/", exports.delete_export, name="delete_export"),
    path("agreement/", agreement.agreement, name="agreement"),
    path("agreement/state/", agreement.agreement_state, name="agreement_state"),
    path("my-calibration/", interviewer_record.my_calibration, name="my_calibration"),
]
