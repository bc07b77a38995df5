from django.urls import path

from scorecard.views import rating, reading

urlpatterns = [
    path("scorecards/", reading.my_scorecards, name="my_scorecards"),
    path("scorecards/<uuid:pk>/", reading.scorecard, name="scorecard"),
    path("scorecards/<uuid:pk>/rate/", rating.rate, name="rate"),
    path("scorecards/<uuid:pk>/submit/", rating.submit_scorecard, name="submit_scorecard"),
    path("scorecards/<uuid:pk>/amend/", rating.amend, name="amend"),
    path(
        "scorecards/<uuid:pk>/amend/discard/", rating.discard_amendment, name="discard_amendment"
    ),
    path("rubric/", reading.rubric, name="rubric"),
    path("rubric/<int:number>/", reading.rubric_version, name="rubric_version"),
]
