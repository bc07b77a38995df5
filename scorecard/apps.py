from django.apps import AppConfig


class ScorecardConfig(AppConfig):
    name = "scorecard"
    append_only = {
        "scorecard_rubricversion": (),
        "scorecard_scorecardversion": (),
        "scorecard_syncoperation": (),
    }
