"""Files of an upload between its preview and the word to go on, kept for half an hour."""

import zlib
from collections.abc import Iterable, Sequence
from functools import partial
from uuid import UUID, uuid4

from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from interviews.ats.files import SourceFile
from interviews.ats.greenhouse import FILES

KEPT_SECONDS = 30 * 60


def named(files: Iterable[UploadedFile]) -> list[tuple[str, bytes]]:
    """Names and bytes. A browser sends no folders, so that loop.json may come several times."""
    found: list[tuple[str, bytes]] = []
    met: dict[str, int] = {}
    for file in files:
        name = file.name or "file"
        met[name] = met.get(name, 0) + 1
        again = met[name] > 1 and name not in FILES
        found.append((f"{name} ({met[name]})" if again else name, file.read()))
    return found


def keep(files: Sequence[tuple[str, bytes]], user: User) -> str:
    """Put the files aside for this person; the token brings them back."""
    token = str(uuid4())
    packed = [(name, zlib.compress(data)) for name, data in files]
    cache.set(_key(token, user), packed, KEPT_SECONDS)
    return token


def take_back(token: str, user: User) -> list[tuple[str, bytes]] | None:
    """The files of a token, once; None where they are gone or another person's."""
    try:
        key = _key(str(UUID(token)), user)
    except ValueError:
        return None
    packed = cache.get(key)
    cache.delete(key)
    return packed and [(name, zlib.decompress(data)) for name, data in packed]


def source_files(files: Iterable[tuple[str, bytes]]) -> list[SourceFile]:
    return [SourceFile(name, partial(bytes, data)) for name, data in files]


def _key(token: str, user: User) -> str:
    return f"import:{user.pk}:{token}"
