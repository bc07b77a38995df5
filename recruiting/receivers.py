"""What happens to invitations when interviews change."""

from typing import Any

from django.dispatch import receiver

from interviews.models import Interview
from interviews.signals import interviews_changed
from recruiting.invitations import mails


@receiver(interviews_changed, dispatch_uid="invitations_of_changed_interviews")
def tell_interviewers(interviews: list[Interview], **_: Any) -> None:
    """In the transaction of the change, so that nobody is invited to what was rolled back."""
    mails.invite(interviews)
