"""The current words of a kind of mail, and changing them: versions are added, never altered."""

from collections.abc import Collection

from django.db import IntegrityError, transaction

from accounts import audit
from accounts.models import User
from mail.models import MailText
from mail.texts import KINDS, Words

CHANGED = "Somebody changed this text meanwhile. Look at theirs, and save once more."


class CannotSave(Exception):
    """What was asked cannot be done now; the message says why and what to do."""


def newest(kind: str) -> MailText | None:
    return MailText.objects.select_related("by").filter(kind=kind).first()


def words_for(kinds: Collection[str]) -> dict[str, Words]:
    """The words that hold now, by kind. One query."""
    found = {kind: KINDS[kind].words for kind in kinds}
    texts = MailText.objects.filter(kind__in=kinds).order_by("kind", "-number")
    for text in texts.distinct("kind"):
        found[text.kind] = words_of(text)
    return found


def words_of(text: MailText | None, kind: str = "") -> Words:
    """Those of a version; the built-in ones where it reset them, or there is none of `kind`."""
    if text is None or text.is_reset:
        return KINDS[text.kind if text else kind].words
    return Words(text.subject, text.body)


def save(by: User, kind: str, words: Words, *, seen: int) -> MailText | None:
    """A further version after number `seen`, 0 for none; None where it says the same.

    Raises CannotSave where `seen` is not the newest.
    """
    last = newest(kind)
    if words_of(last, kind) == words and seen == (last.number if last else 0):
        return None
    return _add(by, kind, seen, subject=words.subject, body=words.body)


def reset(by: User, kind: str, *, seen: int) -> MailText:
    """Back to the built-in words. Raises CannotSave."""
    return _add(by, kind, seen, is_reset=True)


def _add(by: User, kind: str, seen: int, **fields: object) -> MailText:
    last = newest(kind)
    if seen != (last.number if last else 0):
        raise CannotSave(CHANGED)
    try:
        with transaction.atomic():
            made = MailText.objects.create(kind=kind, number=seen + 1, by=by, **fields)
            audit.record(by, "mail-text.changed", made, version=made.number)
    except IntegrityError:  # somebody else's version of the same number
        raise CannotSave(CHANGED) from None
    return made
