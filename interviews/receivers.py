"""What happens here when people change: a candidate who joins the company meets a wall at once."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from accounts.models import User
from interviews.models import Candidate


@receiver(post_save, sender=Candidate, dispatch_uid="link_account")
def link_account(instance: Candidate, created: bool, **_: Any) -> None:
    """A new candidate who works here already is linked to their account."""
    if created and instance.account_id is None:
        link_accounts([instance])


def link_accounts(candidates: Iterable[Candidate]) -> None:
    """The same for rows made in bulk, which sends no signal. One query and one a hit."""
    unlinked = {each.email: each for each in candidates if each.account_id is None}
    for account in User.objects.filter(email__in=unlinked, candidacy=None):
        candidate = unlinked[account.email]
        candidate.account = account
        Candidate.objects.filter(pk=candidate.pk).update(account=account)


@receiver(post_save, sender=User, dispatch_uid="link_candidacy")
def link_candidacy(instance: User, update_fields: Any = None, **_: Any) -> None:
    """Link an account to the candidate with its e-mail, whichever of the two was there first.

    The wall stands by e-mail alone too; the link keeps it when one of the addresses changes.
    """
    if update_fields is not None and "email" not in update_fields:
        return
    if not Candidate.objects.filter(account=instance).exists():
        Candidate.objects.filter(email=instance.email, account=None).update(account=instance)
