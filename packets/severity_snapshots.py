"""Which calibration a loop's packets rest on: frozen with the first that had one."""

from django.db.models import Case, Subquery, UUIDField, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from calibration.models import CalibrationSnapshot
from calibration.severity.snapshot import KnownSeverity, Snapshot, UsualPanels
from interviews.models import Loop, Seat
from packets.models import Packet


def for_loop(loop: Loop) -> Snapshot | None:
    """The snapshot that the loop's last packet used, so that its yardstick stays; else the newest.

    Of the severities only those of the loop's own people. One query, two where there is any.
    """
    packets = Packet.objects.filter(loop=loop).order_by("-version")
    used = packets.values(pinned=KT("content__calibration__snapshot"))[:1]
    pinned = Case(When(pk=Cast(Subquery(used), UUIDField()), then=0), default=1)
    row = CalibrationSnapshot.objects.published().order_by(pinned, "-made_at").first()
    if row is None:
        return None
    people = Seat.objects.filter(interview__loop=loop).values("person")
    severities = row.severities.filter(person__in=people).select_related("person")
    return Snapshot(
        id=str(row.pk),
        date=row.made_at.date().isoformat(),
        ratings=row.ratings,
        candidates=row.candidates,
        beta=row.beta,
        gamma=row.gamma,
        components=row.components,
        severities={
            each.person.email: KnownSeverity(
                each.severity, each.se, each.cards, each.candidates, each.label
            )
            for each in severities
        },
        panels=UsualPanels(**row.panels) if row.panels else None,
        base_rates=row.base_rates,
    )
