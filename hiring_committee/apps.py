from django.apps import AppConfig


class HiringCommitteeConfig(AppConfig):
    name = "hiring_committee"
    append_only = {"hiring_committee_packet": ("superseded_at",)}

    def ready(self) -> None:
        from hiring_committee import receivers  # noqa: F401  connects them
