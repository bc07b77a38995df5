"""Openings, candidates, interviews and committee seats; tables of them."""

from django.urls import path

from interviews.upload import views as uploads
from interviews.views import candidates, openings, schedule

UPLOAD = "openings/<uuid:opening>/interviews/upload"

urlpatterns = [
    path("loops/<uuid:pk>/interviews/add/", schedule.add_interview, name="add_interview"),
    path("loops/<uuid:pk>/committee/add/", schedule.add_seat, name="add_committee_seat"),
    path("committee-seats/<int:pk>/recuse/", schedule.recuse, name="recuse"),
    path("committee-seats/<int:pk>/chair/", schedule.make_chair, name="make_chair"),
    path("candidates/<uuid:pk>/edit/", candidates.edit_candidate, name="edit_candidate"),
    path("interviews/check-times/", schedule.check_times, name="check_times"),
    path("interviews/<uuid:pk>/", schedule.edit_interview, name="edit_interview"),
    path("interviews/<uuid:pk>/cancel/", schedule.cancel_interview, name="cancel_interview"),
    path("openings/", openings.opening_list, name="openings"),
    path("openings/add/", openings.add_opening, name="add_opening"),
    path("openings/<uuid:pk>/edit/", openings.edit_opening, name="edit_opening"),
    path("openings/<uuid:pk>/bar/", openings.opening_bar, name="opening_bar"),
    path("openings/<uuid:pk>/loops/add/", openings.add_loop, name="add_loop"),
    path(f"{UPLOAD}/", uploads.upload_interviews, name="upload_interviews"),
    path(f"{UPLOAD}/template.csv", uploads.template, name="interview_upload_template"),
    path(f"{UPLOAD}/<uuid:pk>/", uploads.interview_upload, name="interview_upload"),
    path(f"{UPLOAD}/<uuid:pk>/state/", uploads.state, name="interview_upload_state"),
]
