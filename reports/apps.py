from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from accounts import home_panels
        from reports.home_panel import EXPORTS

        home_panels.register(EXPORTS)
