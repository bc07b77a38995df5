from django.apps import AppConfig


class ScorecardConfig(AppConfig):
    name = "scorecard"

    def ready(self) -> None:
        from interviews.scorecard_facts import ScorecardFacts, register
        from scorecard import receivers  # noqa: F401  connects them
        from scorecard.models.card import begun_seats, owes_for

        register(ScorecardFacts(begun=begun_seats, owed_by=owes_for))
