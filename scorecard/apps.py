from django.apps import AppConfig


class ScorecardConfig(AppConfig):
    name = "scorecard"
    append_only = {
        "scorecard_rubricversion": (),
        "scorecard_scorecardversion": (),
        "scorecard_syncoperation": (),
    }

    def ready(self) -> None:
        from scorecard import receivers  # noqa: F401  connects them
