"""Asking for a packet, and how far it is."""

from django.urls import path

from packets import views

urlpatterns = [
    path("loops/<uuid:pk>/packet/", views.loop_packet, name="loop_packet"),
    path("loops/<uuid:pk>/packet/build/", views.build_packet, name="build_packet"),
    path("packet-requests/<uuid:pk>/", views.packet_request, name="packet_request"),
]
