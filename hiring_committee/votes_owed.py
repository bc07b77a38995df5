"""Who owes a vote, who has read the packet, and what the trail must not tell before that."""

from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accounts.models import AuditEvent, User
from hiring_committee.models import Decision, Vote
from interviews.locks import loop_stream
from interviews.models import CommitteeSeat
from packets.models import Packet


def owed_by(user: User) -> QuerySet[Packet]:
    """Current packets that wait for a vote of this member, with `first_in` where one is in."""
    mine = Vote.objects.filter(packet=OuterRef("pk"), seat__person=user)
    packets = _to_vote_on(user).exclude(Exists(mine.second()))
    return packets.annotate(first_in=Exists(mine.filter(ballot=Vote.Ballot.FIRST)))


def unread_by(user: User) -> QuerySet[Packet]:
    """Current packets of their committees that this member has not opened yet."""
    label = Concat(Value("packet:"), Cast(OuterRef("pk"), CharField()))
    return _to_vote_on(user).exclude(Exists(_readings(user).filter(subject=label)))


def _to_vote_on(user: User) -> QuerySet[Packet]:
    seats = CommitteeSeat.objects.sitting().filter(person=user, loop=OuterRef("loop"))
    packets = Packet.objects.visible_to(user).current().filter(Exists(seats))
    return packets.exclude(is_settled()).defer("content")


def is_settled() -> Exists:
    """Of packets: decided; a decision for more evidence settles only the packet it was made on."""
    decided = Decision.objects.current().filter(loop=OuterRef("loop"))
    final = ~Q(kind=Decision.Kind.MORE_EVIDENCE) | Q(packet=OuterRef("pk"))
    return Exists(decided.filter(final))


def has_read(user: User, packet: Packet, *, since: datetime) -> bool:
    """Has this person opened the packet since then? The audit trail knows."""
    return (
        _readings(user)
        .filter(stream=loop_stream(packet.loop_id), subject=f"packet:{packet.pk}", at__gt=since)
        .exists()
    )


def _readings(user: User) -> QuerySet[AuditEvent]:
    """Of whole packets: a row of a comparison, or the recruiter's one page, is no packet."""
    reads = AuditEvent.objects.filter(actor=user, action="packet.read")
    parts = Q(detail__contains={"how": "compare"}) | Q(detail__contains={"how": "summary"})
    return reads.exclude(parts)


def blind_subjects() -> QuerySet[Vote, str]:
    """Subjects of audit lines that would tell who has voted while the votes are not open."""
    blind = Vote.objects.filter(packet__ballot_opening=None).order_by()
    return blind.values_list(Concat(Value("vote:"), Cast("pk", CharField())), flat=True)
