"""Names of rounds and dimensions for pages and forms, out of the newest rubric or an opening's."""

from interviews.models import Opening
from scorecard.models import RubricVersion
from scorecard.models.rubric import rubric_of


def round_choices(opening: Opening | None = None) -> list[tuple[str, str]]:
    """Id and title of every round; empty before a rubric was published. One query."""
    versions = RubricVersion.objects.order_by("-number")
    if opening and opening.rubric_number is not None:
        versions = versions.filter(number=opening.rubric_number)
    found = versions.values_list("pk", flat=True).first()
    if found is None:
        return []
    return [(each.id, each.title) for each in rubric_of(found).rounds.values()]


def dimension_titles() -> dict[str, str]:
    """Id to title of every dimension of the newest rubric; empty before there is one. One query."""
    found = RubricVersion.objects.order_by("-number").values_list("pk", flat=True).first()
    if found is None:
        return {}
    return {each.id: each.title for each in rubric_of(found).dimensions.values()}
