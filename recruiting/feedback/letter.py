"""Feedback to a candidate: drafted after a decision, edited, checked by a second person, released.

Each step takes the loop's lock, so that a letter is not released while its decision is reopened.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import Role, User
from hiring_committee.models import Decision
from hiring_committee.packet_document import document_of
from interviews.locks import lock_loop, loop_stream
from interviews.models import Candidate, CommitteeSeat, Loop, Seat
from mail import outbox
from mail.models import Mail
from mail.texts import words_for
from recruiting.feedback.draft import draft, is_ready
from recruiting.feedback.leaks import Leak, leaks, secrets
from recruiting.models import Feedback, FeedbackCheck, FeedbackRelease, FeedbackText
from rubric.content import Rubric
from rubric.models import RubricVersion

NO_DECISION = "Feedback follows a decision, and none is recorded."
MORE_EVIDENCE = "The committee wants more evidence: feedback waits for its decision."
FEW_CARDS = "With fewer than two scorecards that count, the candidate would know whose view it is."
REOPENED = "The decision was reopened. Feedback follows the new one."
RELEASED = "It has been released, and what was sent stays as it is."
CHANGED = "Somebody changed the letter meanwhile. Read it once more."


class Refused(Exception):
    """What was asked cannot be done now; the message says why and what to do."""


def refusal(loop: Loop) -> str:
    """Why no feedback can be drafted for the loop yet; empty where it can."""
    decision = Decision.objects.current().select_related("packet").filter(loop=loop).first()
    if decision is None:
        return NO_DECISION
    return refusal_after(decision)


def refusal_after(decision: Decision) -> str:
    if decision.superseded_at:
        return REOPENED
    if decision.kind == Decision.Kind.MORE_EVIDENCE:
        return MORE_EVIDENCE
    return "" if is_ready(decision.packet.content) else FEW_CARDS


@transaction.atomic
def begin(by: User, loop: Loop) -> Feedback:
    """The feedback of the loop's decision, with the draft as its first text; the one there is.

    Raises Refused where `refusal` says why.
    """
    lock_loop(loop)
    if why := refusal(loop):
        raise Refused(why)
    decision = Decision.objects.current().get(loop=loop)
    feedback, made = Feedback.objects.get_or_create(
        decision=decision,
        defaults={"loop": loop, "packet": decision.packet, "drafted_by": by},
    )
    if made:
        text = draft(document_of(feedback.packet), _rubric(feedback)).text
        FeedbackText.objects.create(feedback=feedback, number=1, text=text, by=by)
        _record(by, "feedback.drafted", feedback, packet=feedback.packet.version)
    return feedback


def found_leaks(feedback: Feedback, text: FeedbackText) -> list[Leak]:
    """What must be taken out of this text before it can be released.

    Other candidates are looked for as far as its writer knows of them: whoever may not know that
    somebody is one would be told so by the refusal.
    """
    loop = feedback.loop
    committee = CommitteeSeat.objects.filter(loop=loop).values_list("person__name", flat=True)
    others = Candidate.objects.filter(loops__opening=loop.opening_id).exclude(pk=loop.candidate_id)
    if text.by.is_active:  # who has left is told nothing
        others = others.visible_to(text.by)
    hidden = secrets(
        document_of(feedback.packet),
        _rubric(feedback),
        people=committee,
        candidates=others.values_list("name", flat=True),
    )
    return leaks(text.text, hidden, known=feedback.texts.get(number=1).text)


def _rubric(feedback: Feedback) -> Rubric:
    number = feedback.packet.content["rubric"]["version"]
    return RubricVersion.objects.only("pk").get(number=number).rubric


def newest(feedback: Feedback) -> FeedbackText:
    return feedback.texts.select_related("by").latest("number")


@transaction.atomic
def rewrite(by: User, feedback: Feedback, *, text: str, seen: int) -> FeedbackText:
    """A further text after number `seen`, which must be the newest. Raises Refused."""
    lock_loop(feedback.loop)
    last = _open(feedback, seen)
    if text.strip() == last.text.strip():
        return last
    made = FeedbackText.objects.create(
        feedback=feedback, number=seen + 1, text=text.strip() + "\n", by=by
    )
    _record(by, "feedback.edited", feedback, text=made.number)
    return made


def may_check(feedback: Feedback, asked_by: User) -> QuerySet[User]:
    """Who else may be asked: recruiters who are not recused, and the committee of the loop.

    Not who could not open the letter: the candidate, and whoever still owes a scorecard for them.
    """
    who = feedback.loop.candidate
    owing = Seat.objects.filter(
        person=OuterRef("pk"), interview__cancelled_at=None, interview__loop__candidate=who
    ).exclude(scorecard__submitted_at__isnull=False)
    seats = CommitteeSeat.objects.filter(person=OuterRef("pk"), loop=feedback.loop_id)
    recruiters = Q(roles__contains=[Role.RECRUITER]) & ~Exists(seats.recused())
    people = User.objects.filter(is_active=True).filter(recruiters | Exists(seats.sitting()))
    return people.exclude(pk__in=[asked_by.pk, who.account_id]).exclude(
        Q(email=who.email) | Exists(owing)
    )


@transaction.atomic
def ask(by: User, feedback: Feedback, *, of: User, seen: int) -> FeedbackCheck:
    """Ask somebody to look at the newest text. Raises Refused."""
    lock_loop(feedback.loop)
    text = _open(feedback, seen)
    check, made = FeedbackCheck.objects.get_or_create(
        text=text, asked_of=of, defaults={"asked_by": by}
    )
    if not made:
        raise Refused(f"{of} was asked about this text already.")
    _record(by, "feedback.check-asked", feedback, text=text.number, of=of.email)
    return check


@transaction.atomic
def answer(by: User, check: FeedbackCheck, *, approves: bool, remark: str) -> None:
    """The answer of the person who was asked. Raises Refused where it was given already."""
    feedback = check.text.feedback
    lock_loop(feedback.loop)
    _open(feedback, check.text.number)
    rows = FeedbackCheck.objects.filter(pk=check.pk, asked_of=by, answered_at=None)
    if not rows.update(answered_at=timezone.now(), approves=approves, remark=remark.strip()):
        raise Refused("This check was answered already.")
    _record(by, "feedback.checked", feedback, text=check.text.number, approves=approves)


def in_the_way(feedback: Feedback, text: FeedbackText) -> list[str]:
    """What stands between the text and its release, as sentences; empty where nothing does."""
    why = refusal_after(feedback.decision)
    found = [why] if why else []
    found += [leak.message for leak in found_leaks(feedback, text)]
    asked = list(FeedbackCheck.objects.filter(text__feedback=feedback).select_related("asked_of"))
    mine = [check for check in asked if check.text_id == text.pk]
    waits = [check for check in mine if check.answered_at is None]
    found += [f"{each.asked_of} was asked and has not answered." for each in waits]
    found += [f"{each.asked_of} asks for a change." for each in mine if each.approves is False]
    if asked and not mine:
        found.append("The letter was changed after its check. Ask again about this text.")
    return found


@transaction.atomic
def release(by: User, feedback: Feedback, *, seen: int) -> FeedbackRelease:
    """Send the newest text, which must be the one that was shown. Raises Refused.

    The mail is in the outbox with the record of it, or neither is there.
    """
    lock_loop(feedback.loop)
    feedback = Feedback.objects.select_related(
        "decision__packet", "loop__candidate", "loop__opening"
    ).get(pk=feedback.pk)
    text = _open(feedback, seen)
    if reasons := in_the_way(feedback, text):
        raise Refused(" ".join(reasons))
    mail = _mail(feedback, text)
    outbox.put([mail])
    released = FeedbackRelease.objects.create(feedback=feedback, text=text, by=by, mail=mail)
    _record(
        by,
        "feedback.released",
        feedback,
        text=text.number,
        packet=feedback.packet.version,
        digest=feedback.packet.digest,
        to=mail.to,
    )
    return released


def _mail(feedback: Feedback, text: FeedbackText) -> Mail:
    """The letter in the recruiters' own cover, which knows nothing else of the candidate's loop."""
    loop, candidate = feedback.loop, feedback.loop.candidate
    values = {"candidate": candidate.name, "opening": loop.opening.title, "letter": text.text}
    words = words_for("feedback")["feedback"]
    to = {"to": candidate.email, "person_id": candidate.account_id}
    return outbox.write("feedback", words, values, loop=loop, **to)


def _open(feedback: Feedback, seen: int) -> FeedbackText:
    """The newest text, where it is the one that was seen and nothing is released yet."""
    if FeedbackRelease.objects.filter(feedback=feedback).exists():
        raise Refused(RELEASED)
    last = newest(feedback)
    if last.number != seen:
        raise Refused(CHANGED)
    return last


def _record(by: User, action: str, feedback: Feedback, **detail: object) -> None:
    audit.record(by, action, feedback, stream=loop_stream(feedback.loop), **detail)
