from django.apps import AppConfig


class PacketsConfig(AppConfig):
    name = "packets"

    def ready(self) -> None:
        from packets import receivers  # noqa: F401  connects them
