from django.apps import AppConfig


class HiringCommitteeConfig(AppConfig):
    name = "hiring_committee"

    def ready(self) -> None:
        from hiring_committee import receivers  # noqa: F401  connects them
