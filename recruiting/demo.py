"""The demo: six whole loops, a cast of eight named for what they are, and an interview going on.

Loading twice adds nothing; what somebody wrote in the demo stays as they left it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import yaml
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Role, User
from ats.importing.run import import_paths
from hiring_committee import decisions, voting
from hiring_committee.models import Decision, Vote
from interviews.locks import loop_stream
from interviews.models import Candidate, CommitteeSeat, Interview, Level, Loop, Opening, Seat
from packets.build_jobs import build_now, request_packet
from packets.models import Packet
from scorecard import live, submission
from scorecard.content import CardContent, NoteContent

FOLDER = settings.BASE_DIR / "demo"
STORY = yaml.safe_load((FOLDER / "story.yaml").read_text("utf-8"))
OPENING = "demo-opening"  # its external id
CONFLICT = "Worked with the candidate until last year."


@dataclass(frozen=True)
class Part:
    """One of the cast, named for what they are to the demo's loops."""

    name: str
    role: str

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@scorecard.example"


INTERVIEWER = Part("Demo Interviewer", Role.INTERVIEWER)
COLLEAGUE = Part("Demo Panel Colleague", Role.INTERVIEWER)
RECRUITER = Part("Demo Recruiter", Role.RECRUITER)
MEMBER = Part("Demo Committee Member", Role.COMMITTEE)
SECOND_MEMBER = Part("Demo Second Member", Role.COMMITTEE)
RECUSED = Part("Demo Recused Member", Role.COMMITTEE)
STRANGER = Part("Demo Stranger", Role.INTERVIEWER)
ADMINISTRATOR = Part("Demo Administrator", Role.ADMINISTRATOR)
CAST = [INTERVIEWER, COLLEAGUE, RECRUITER, MEMBER, SECOND_MEMBER, RECUSED, STRANGER, ADMINISTRATOR]


class NotLoaded(Exception):
    """The loops of the demo could not be imported; the message says where and why."""


def load(folder: Path = FOLDER / "loops") -> None:
    """Everything the demo shows, made where it is missing. Raises NotLoaded."""
    people = _cast()
    recruiter = people[RECRUITER]
    report = import_paths([folder], by=recruiter)
    faults = [f"{each.name}: {fault}" for each in report.files for fault in each.faults]
    if faults:
        raise NotLoaded("\n".join(faults))
    loops = [pk for each in report.files for pk in each.loops]
    for loop in Loop.objects.filter(pk__in=loops):
        _ready_for_committee(loop, people)
        _ask_for_packet(loop, recruiter)
    _decided(people)
    _interview_going_on(people)


def _cast() -> dict[Part, User]:
    """The demo accounts, as they are or new. They sign in only while DEMO is on."""
    found = {user.email: user for user in User.objects.filter(email__in=[p.email for p in CAST])}
    if len(found) < len(CAST):
        password = make_password(settings.DEMO_PASSWORD)  # slow by design, so once for all
        for part in CAST:
            known = {"name": part.name, "roles": [part.role], "is_demo": True}
            found[part.email], _ = User.objects.get_or_create(
                email=part.email, defaults={**known, "password": password}
            )
    return {part: found[part.email] for part in CAST}


def _ready_for_committee(loop: Loop, people: dict[Part, User]) -> None:
    """A chair and a member, two votes being a quorum; and one to whom the loop does not exist."""
    seats = CommitteeSeat.objects
    with transaction.atomic():
        if not loop.committee_seats.filter(is_chair=True, recused_at=None).exists():
            seats.get_or_create(loop=loop, person=people[MEMBER], defaults={"is_chair": True})
        seats.get_or_create(loop=loop, person=people[SECOND_MEMBER])
        recusal = {"recused_at": timezone.now(), "recusal_reason": CONFLICT}
        seats.get_or_create(loop=loop, person=people[RECUSED], defaults=recusal)


def _ask_for_packet(loop: Loop, recruiter: User) -> None:
    """Also where a scorecard is missing: a recruiter may ask early, and the packet says so."""
    with transaction.atomic():
        if not loop.packet_requests.exists():
            request_packet(loop, by=recruiter)


# --- A loop that is decided ---------------------------------------------------------------------


def _decided(people: dict[Part, User]) -> None:
    """Two blind votes each, opened, and a decision: by the functions that the pages call."""
    story = STORY["decided"]
    loop = Loop.objects.filter(candidate__name=story["candidate"]).first()
    if loop is None or loop.decisions.exists():
        return
    build_now(loop, by=people[RECRUITER])
    packet = Packet.objects.current().filter(loop=loop).first()
    if packet is None or packet.votes.exists():
        return  # somebody has gone on from here themselves
    with transaction.atomic():
        for part in (MEMBER, SECOND_MEMBER):
            me, ballots = people[part], story["ballots"][part.name]
            voting.vote(me, packet, Vote.Ballot.FIRST, *ballots["first"])
            how = {"how": "demo", "version": packet.version}
            audit.record(me, "packet.read", packet, stream=loop_stream(loop), **how)
            voting.vote(me, packet, Vote.Ballot.SECOND, *ballots["second"])
        hire = {"kind": Decision.Kind.HIRE, "reason": story["reason"]}
        decisions.record(people[MEMBER], packet, **hire)


# --- An interview that has just begun -----------------------------------------------------------


@transaction.atomic
def _interview_going_on(people: dict[Part, User]) -> None:
    """A candidate to try the product on. A new one comes once the last one's cards are in."""
    opening, _ = Opening.objects.get_or_create(
        external_id=OPENING,
        defaults={
            "title": "ML Engineer, Start Page",
            "level": Level.SENIOR,
            "rounds": ["ml-system-design", "behavioral"],
        },
    )
    earlier = opening.loops.count()
    last = opening.loops.order_by("-created_at").first()
    if last and not _finished(last):
        return
    number = f" {earlier + 1}" if earlier else ""
    loop = Loop.objects.create(opening=opening, candidate=_candidate(number))
    _ready_for_committee(loop, people)
    now = timezone.now().replace(second=0, microsecond=0)
    _seat(loop, "behavioral", now - timedelta(minutes=140), people[COLLEAGUE])
    mine = _seat(loop, "ml-system-design", now - timedelta(minutes=10), people[INTERVIEWER])
    _take_notes(mine)


def _finished(loop: Loop) -> bool:
    seats = Seat.objects.filter(interview__loop=loop, interview__cancelled_at=None)
    return not seats.exclude(scorecard__submitted_at__isnull=False).exists()


def _candidate(number: str) -> Candidate:
    email = f"demo.candidate{number.strip()}@scorecard.example"
    return Candidate.objects.create(
        name=f"Demo Candidate{number}", email=email, current_title="ML Engineer"
    )


def _seat(loop: Loop, round: str, starts_at: datetime, who: User) -> Seat:
    interview = Interview.objects.create(
        loop=loop, round=round, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)
    )
    return Seat.objects.create(interview=interview, person=who)


def _take_notes(seat: Seat) -> None:
    card = live.begin(seat)
    signals = card.rubric.signals
    notes = tuple(
        NoteContent(
            id=str(uuid4()),
            at_seconds=at,
            kind=kind,
            text=text,
            signal=tag,
            dimension=signals[tag].dimension if tag else "",
            polarity=signals[tag].polarity if tag else "",
        )
        for at, kind, text, tag in STORY["notes"]
    )
    submission.write_content(card, CardContent(notes=notes))
