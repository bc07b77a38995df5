"""Scorecards: taken live, rated, submitted, read; the rubric; imports."""

from django.urls import path

from scorecard.views import importing, live, rating, reading, sync

urlpatterns = [
    path("scorecards/", reading.my_scorecards, name="my_scorecards"),
    path("scorecards/<uuid:pk>/", reading.scorecard, name="scorecard"),
    path("interviews/<uuid:seat>/scorecard/", live.open_scorecard, name="open_scorecard"),
    path("scorecards/<uuid:pk>/live/", live.live_page, name="live"),
    path("scorecards/<uuid:pk>/sync/", sync.sync_scorecard, name="sync"),
    path("scorecards/<uuid:pk>/rate/", rating.rate, name="rate"),
    path("scorecards/<uuid:pk>/submit/", rating.submit_scorecard, name="submit_scorecard"),
    path("scorecards/<uuid:pk>/amend/", rating.amend, name="amend"),
    path("scorecards/<uuid:pk>/amend/discard/", rating.discard_amendment, name="discard_amendment"),
    path("rubric/", reading.rubric, name="rubric"),
    path("rubric/<int:number>/", reading.rubric_version, name="rubric_version"),
    path("import/", importing.import_page, name="import"),
    path("import/earlier/", importing.import_runs, name="import_runs"),
    path("import/<uuid:pk>/", importing.import_upload, name="import_upload"),
    path("import/<uuid:pk>/state/", importing.import_state, name="import_state"),
    path("import/<uuid:pk>/settle/", importing.settle_import, name="settle_import"),
]
