"""Names of rounds and dimensions for pages and forms, out of the newest rubric or an opening's."""

from interviews.models import Opening
from rubric.models import RubricVersion, rubric_of


def round_choices(opening: Opening | None = None) -> list[tuple[str, str]]:
    """Id and title of every round; empty before a rubric was published. One query."""
    found = (opening and opening.rubric_version_id) or _newest()
    return [(each.id, each.title) for each in rubric_of(found).rounds.values()] if found else []


def dimension_titles() -> dict[str, str]:
    """Id to title of every dimension of the newest rubric; empty before there is one. One query."""
    found = _newest()
    return {each.id: each.title for each in rubric_of(found).dimensions.values()} if found else {}


def _newest() -> int | None:
    return RubricVersion.objects.order_by("-number").values_list("pk", flat=True).first()
