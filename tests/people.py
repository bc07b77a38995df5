"""The fixed cast of the tests: people named for what they are to one loop, and short makers."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from accounts.models import Role, User
from interviews.models import (
    Candidate,
    CommitteeSeat,
    Interview,
    Loop,
    Opening,
    Seat,
    SeatRole,
)
from rubric.models import RubricVersion
from scorecard import submission
from scorecard.content import CardContent, NoteContent, RatingContent
from scorecard.models import Scorecard

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery staple"  # noqa: S105


@dataclass(frozen=True)
class Cast:
    """One loop and everybody who stands in some relation to it."""

    loop: Loop
    interviewer: User  # leads the system design round
    colleague: User  # of the same panel, leads the behavioural round
    shadow: User  # sits in with the interviewer
    recruiter: User
    committee: User  # the chair
    recused: User  # of the committee, recused from this loop
    administrator: User
    stranger: User  # an interviewer of other loops
    candidate_account: User  # the candidate's own account: an internal candidate


def person(name: str, *roles: str, **fields) -> User:
    email = f"{name.lower().replace(' ', '.')}@lumenta.example"
    return User.objects.create_user(email, name, roles=list(roles), **fields)


def make_loop(title: str = "Senior ML Engineer", name: str = "Noor Example", **candidate) -> Loop:
    opening, _ = Opening.objects.get_or_create(
        title=title,
        defaults={"level": "senior", "rounds": ["ml-system-design", "behavioral"]},
    )
    email = f"{name.lower().replace(' ', '.')}@mailbox.example"
    made = Candidate.objects.create(name=name, email=email, **candidate)
    return Loop.objects.create(opening=opening, candidate=made)


def seat_in(
    loop: Loop,
    who: User,
    round: str = "behavioral",
    *,
    role: str = SeatRole.LEAD,
    starts_at: datetime = MONDAY,
    interview: Interview | None = None,
) -> Seat:
    interview = interview or Interview.objects.create(
        loop=loop, round=round, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)
    )
    return Seat.objects.create(interview=interview, person=who, role=role)


def card_for(seat: Seat, content: CardContent | None = None) -> Scorecard:
    """A scorecard in progress, with `content` as its working copy."""
    version = RubricVersion.objects.current()
    card = Scorecard.objects.create(seat=seat, rubric_version=version)
    if content:
        submission.write_content(card, content)
    return card


def submitted_card(seat: Seat, content: CardContent | None = None, **how) -> Scorecard:
    card = card_for(seat, content or some_content(seat))
    submission.submit(card, seat.person, **how)
    return card


def some_content(seat: Seat, recommendation: str = "yes", value: int = 3) -> CardContent:
    """One tagged note and one rating that cites it; ids differ from seat to seat."""
    note = NoteContent(
        id=str(seat.pk),
        at_seconds=300,
        kind="observation",
        text=f"{seat.person.name} saw the budget weighed against recall",
        stage="trade-offs",
        dimension="tradeoffs",
        signal="explicit-tradeoffs",
        polarity="strength",
    )
    rating = RatingContent("tradeoffs", value, "weighed it aloud", notes=(note.id,))
    return CardContent(recommendation=recommendation, notes=(note,), ratings=(rating,))


def make_cast() -> Cast:
    """A loop of two interviews, nothing handed in yet. Needs a published rubric for cards."""
    interviewer = person("An Interviewer", Role.INTERVIEWER)
    shadow = person("A Shadow", Role.INTERVIEWER)
    colleague = person("A Colleague", Role.INTERVIEWER)
    committee = person("A Committee Member", Role.COMMITTEE)
    recused = person("A Recused Member", Role.COMMITTEE)
    account = person("Noor Example", Role.INTERVIEWER)
    loop = make_loop(account=account)
    design = seat_in(loop, interviewer, "ml-system-design")
    seat_in(loop, shadow, role=SeatRole.SHADOW, interview=design.interview)
    seat_in(loop, colleague, "behavioral", starts_at=MONDAY + timedelta(hours=2))
    CommitteeSeat.objects.create(loop=loop, person=committee, is_chair=True)
    CommitteeSeat.objects.create(
        loop=loop, person=recused, recused_at=MONDAY, recusal_reason="Former manager"
    )
    return Cast(
        loop=loop,
        interviewer=interviewer,
        colleague=colleague,
        shadow=shadow,
        recruiter=person("A Recruiter", Role.RECRUITER),
        committee=committee,
        recused=recused,
        administrator=person("An Administrator", Role.ADMINISTRATOR),
        stranger=person("A Stranger", Role.INTERVIEWER),
        candidate_account=account,
    )
