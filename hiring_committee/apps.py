from django.apps import AppConfig


class HiringCommitteeConfig(AppConfig):
    name = "hiring_committee"
