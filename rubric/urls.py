"""The rubric, to read."""

from django.urls import path

from rubric import views

urlpatterns = [
    path("rubric/", views.rubric, name="rubric"),
    path("rubric/<int:number>/", views.rubric_version, name="rubric_version"),
]
