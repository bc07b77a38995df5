"""Candidates and their loops: adding one, and correcting who a candidate is."""

from django.db import transaction

from accounts import audit
from accounts.emails import normalise_email
from accounts.models import User
from interviews.committee_seats import seat_committee_of_opening
from interviews.locks import loop_stream
from interviews.models import Candidate, CommitteeSeat, Loop, Opening
from interviews.refusals import Refused
from interviews.signals import loop_changed

YOURSELF = "You are this candidate. Somebody else has to plan your interviews."
NOT_YOURS = "This loop is not yours to plan. Ask another recruiter."


@transaction.atomic
def add_loop(by: User, opening: Opening, *, name: str, email: str, **about: str) -> Loop:
    """A loop for a candidate, who is known by e-mail: the same one again is the same person.

    Raises Refused where there is a loop for this opening already, and where `by` may not know of
    the loop: one that they cannot see, they cannot make either.
    """
    email = normalise_email(email)
    if email == by.email:
        raise Refused(YOURSELF, "email")
    candidate, _ = Candidate.objects.get_or_create(
        email=email, defaults={"name": name.strip(), **about}
    )
    loop, made = Loop.objects.get_or_create(opening=opening, candidate=candidate)
    if not Loop.objects.visible_to(by).filter(pk=loop.pk).exists():
        raise Refused(NOT_YOURS, "email")
    if not made:
        raise Refused("This candidate has a loop for this opening already.", "email")
    seat_committee_of_opening(loop)
    audit.record(by, "loop.added", loop, stream=loop_stream(loop))
    return loop


@transaction.atomic
def change_candidate(by: User, candidate: Candidate) -> None:
    """Save the candidate, and have their packets rebuilt. Raises Refused.

    Nobody becomes the candidate of a loop that they sit in, by account or by e-mail; they have to
    give up the seat first.
    """
    loops = list(candidate.loops.select_related("opening").order_by("pk"))
    namesake = User.objects.filter(email=candidate.email).first()
    for field, person in (("account", candidate.account), ("email", namesake)):
        if person and _sits_in_one_of(loops, person):
            raise Refused(
                f"{person} sits in a loop of this candidate. Give the seat to somebody else, or"
                " recuse them from the committee, and then say that it is them.",
                field,
            )
    candidate.save()
    audit.record(by, "candidate.changed", candidate)
    for loop in loops:
        loop_changed.send(sender=Loop, loop=loop, by=by)


def _sits_in_one_of(loops: list[Loop], person: User) -> bool:
    seats = CommitteeSeat.objects.filter(person=person, loop__in=loops, recused_at=None)
    return person.seats.filter(interview__loop__in=loops).exists() or seats.exists()
