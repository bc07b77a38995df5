"""Tasks that a committee gives the recruiter: another interview, since a flag asks for one."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from hiring_committee.models import FlagResolution, RecruiterTask
from hiring_committee.steps import Refused
from interviews.locks import lock_loop, loop_stream
from interviews.models import Interview, Loop


def ask_for_interview(resolution: FlagResolution, dimension: str) -> RecruiterTask:
    """In the transaction of the resolution that says so."""
    task = RecruiterTask.objects.create(
        loop=resolution.loop,
        resolution=resolution,
        about=dimension,
        requested_by=resolution.by,
    )
    audit.record(resolution.by, "task.requested", task, stream=loop_stream(task.loop))
    return task


@transaction.atomic
def close(
    by: User | None, task: RecruiterTask, *, reason: str = "", interview: Interview | None = None
) -> None:
    """Mark it done, once; by an interview or for a reason. Raises Refused."""
    lock_loop(task.loop)  # before the row: who resolves the flag anew takes them in this order
    rows = RecruiterTask.objects.open().filter(pk=task.pk)
    done = rows.update(
        done_at=timezone.now(), done_by=by, done_reason=reason.strip(), interview=interview
    )
    if not done:
        raise Refused("This task was marked done already.")
    audit.record(by, "task.done", task, stream=loop_stream(task.loop))


def withdraw(superseded: FlagResolution, by: User) -> None:
    """The flag was resolved anew: the interview that was asked for is asked for no more."""
    for task in superseded.tasks.open():
        close(by, task, reason="Resolved without it.")


def match(loop: Loop, by: User | None) -> None:
    """After a change of the loop's interviews: tasks that a new one answers are done.

    One that was done by an interview which is cancelled since is asked for again.
    """
    tasks = RecruiterTask.objects.filter(loop=loop).select_related("resolution", "interview")
    for task in tasks:
        if task.done_at is None:
            interview = _answer(loop, task)
            if interview:
                close(by, task, interview=interview)
        elif task.interview and task.interview.cancelled_at and _is_still_asked(task):
            ask_for_interview(task.resolution, task.about)


def rounds_for(loop: Loop, dimension: str) -> list[str]:
    """Rounds of the loop's rubric whose kit is to test the dimension."""
    rubric = loop.opening.current_rubric
    return [id for id, kit in rubric.rounds.items() if dimension in kit.focus]


def _answer(loop: Loop, task: RecruiterTask) -> Interview | None:
    """An interview scheduled after the task, of a round that is to test its dimension."""
    new = loop.interviews.filter(cancelled_at=None, created_at__gt=task.at)
    return new.filter(round__in=rounds_for(loop, task.about)).order_by("created_at").first()


def _is_still_asked(task: RecruiterTask) -> bool:
    """Is its resolution the last word, and no other task open for it?"""
    current = FlagResolution.objects.current().filter(pk=task.resolution_id)
    asked_since = task.resolution.tasks.exclude(interview__cancelled_at__isnull=False)
    return current.exists() and not asked_since.exists()
