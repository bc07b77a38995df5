"""Where the embedded services keep their data, and who may use it."""

import hashlib
import os
import pwd
import re
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from config.services.errors import ServiceError

PROJECT = Path(__file__).resolve().parents[2]
LONGEST_SOCKET_PATH = 103  # bytes; macOS's limit, less the closing zero (Linux has 4 more)
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")  # what every URL parser reads alike


@dataclass(frozen=True)
class Var:
    """The folder of one set of services (SCORECARD_VAR); two folders are two separate sets."""

    root: Path

    @classmethod
    def from_environment(cls) -> "Var":
        return cls(Path(os.path.realpath(os.environ.get("SCORECARD_VAR") or PROJECT / "var")))

    @property
    def users_lock(self) -> Path:
        """Shared by everyone who uses the services."""
        return self.root / "users.lock"

    @property
    def servers_lock(self) -> Path:
        """Held by the one process that runs the servers, which writes into it how far they are."""
        return self.root / "servers.lock"

    @property
    def runner_lock(self) -> Path:
        return self.root / "runner.lock"

    @property
    def prepared(self) -> Path:
        """Written by prepare.py when the schema, the rubric and the static files are there."""
        return self.root / "static.stamp"

    @cached_property
    def sockets(self) -> Path:
        """The folder of both sockets: our own, or a short one where our own path will not do."""
        own = self.root / "run"
        longest = os.fsencode(own / ".s.PGSQL.5432")
        if len(longest) <= LONGEST_SOCKET_PATH and PLAIN_PATH.fullmatch(str(own)):
            return own
        name = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:12]
        return Path(f"/tmp/scorecard-{os.geteuid()}-{name}")  # noqa: S108  its owner is checked

    @property
    def postgres_socket(self) -> Path:
        return self.sockets / ".s.PGSQL.5432"

    @property
    def redis_socket(self) -> Path:
        return self.sockets / "redis.sock"

    def database_url(self, role: str) -> str:
        """The database as `role` reaches it; libpq and django-environ read this form alike."""
        return f"postgresql://{role}@/scorecard?host={quote(str(self.sockets), safe='')}"

    @property
    def redis_url(self) -> str:
        return f"redis+socket://{self.redis_socket}?virtual_host=0"

    def make(self) -> None:
        """Create the folder, or raise ServiceError where it is not ours to use."""
        try:
            self.root.mkdir(mode=0o711, parents=True, exist_ok=True)
            (self.root / "log").mkdir(mode=0o700, exist_ok=True)
            owner = (self.root / "log").stat().st_uid
        except OSError as error:
            raise ServiceError(self.refusal(error)) from None
        if owner != os.geteuid():
            raise ServiceError(
                f"The data in {self.root} belongs to {user_name(owner)} and you are "
                f"{user_name(os.geteuid())}: run as {user_name(owner)}, or name another folder "
                "in SCORECARD_VAR."
            )

    def refusal(self, error: OSError) -> str:
        """The sentence for a folder that cannot be written, be it for ever or for want of space."""
        reason = (error.strerror or str(error)).lower()
        return (
            f"Cannot write to {self.root} ({reason}): make it writable, or name another folder "
            "in SCORECARD_VAR."
        )

    def secret_key(self) -> str:
        """The key that signs sessions: made once, readable by nobody else."""
        path = self.root / "secret-key"
        if not path.exists():
            draft = path.with_name(f"secret-key.{os.getpid()}")
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(50))
            try:
                os.link(draft, path)  # the first of two processes wins, and both read its key
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_text().strip()


def user_name(uid: int) -> str:
    """The user's name, or what stands for it where the system knows none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
