"""Names of rounds for pages and forms, out of the newest rubric."""

from scorecard.models import RubricVersion
from scorecard.models.rubric import rubric_of


def round_choices() -> list[tuple[str, str]]:
    """Id and title of every round; empty before a rubric was published. One query."""
    newest = RubricVersion.objects.order_by("-number").values_list("pk", flat=True).first()
    if newest is None:
        return []
    return [(each.id, each.title) for each in rubric_of(newest).rounds.values()]
