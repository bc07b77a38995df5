"""The words that recruiters gave to a kind of mail: versions are added, never altered."""

from django.db import IntegrityError, transaction

from accounts import audit
from accounts.models import User
from mail.kinds import Words, mail_kinds
from mail.models import MailText

CHANGED = "Somebody changed this text meanwhile. Look at theirs, and save once more."


class Refused(Exception):
    """What was asked cannot be done now; the message says why and what to do."""


def newest(kind: str) -> MailText | None:
    return MailText.objects.select_related("by").filter(kind=kind).first()


def words_for(*kinds: str) -> dict[str, Words]:
    """The words that hold now, by kind. One query."""
    texts = MailText.objects.filter(kind__in=kinds).order_by("kind", "-number")
    found = {text.kind: text for text in texts.distinct("kind")}
    return {kind: words_of(found.get(kind), kind) for kind in kinds}


def words_of(text: MailText | None, kind: str) -> Words:
    """Those of a version; the built-in ones of the kind where it reset them, or there is none."""
    if text is None or text.is_reset:
        return mail_kinds()[kind].words
    return Words(text.subject, text.body)


def save(by: User, kind: str, words: Words, *, seen: int) -> MailText | None:
    """A further version after number `seen`, 0 for none; None where it says the same.

    Raises Refused where `seen` is not the newest.
    """
    last = newest(kind)
    if words_of(last, kind) == words and seen == (last.number if last else 0):
        return None
    return _add(by, kind, seen, subject=words.subject, body=words.body)


def reset(by: User, kind: str, *, seen: int) -> MailText:
    """Back to the built-in words. Raises Refused."""
    return _add(by, kind, seen, is_reset=True)


def _add(by: User, kind: str, seen: int, **fields: object) -> MailText:
    last = newest(kind)
    if seen != (last.number if last else 0):
        raise Refused(CHANGED)
    try:
        with transaction.atomic():
            made = MailText.objects.create(kind=kind, number=seen + 1, by=by, **fields)
            audit.record(by, "mail-text.changed", made, version=made.number)
    except IntegrityError:  # somebody else's version of the same number
        raise Refused(CHANGED) from None
    return made
