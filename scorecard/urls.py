"""Scorecards: taken live, rated, submitted, read."""

from django.urls import path

from scorecard.views import live, rating, reading, sync

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
]
