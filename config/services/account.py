"""Which user the servers run as: PostgreSQL refuses to be root.

An ordinary user runs them as himself; one whom the system knows by number only, as containers have
them, in a namespace of his own where the number has a name. Root runs them as `nobody`, without
making a user and without opening a folder to anybody: where `nobody` cannot reach the files (a
project under /root, mode 0700) the servers keep the one capability that lets them pass.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from config.services import programs
from config.services.errors import ServiceError

NOBODY = 65534

DROP = (
    *("setpriv", "--pdeathsig", "INT"),  # the change of user clears what was set before it
    *(f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
)
PASS = (
    *("--inh-caps=+dac_override", "--ambient-caps=+dac_override"),
    "--securebits=+no_setuid_fixup",  # else access(2) ignores the capability
)
MAP = (
    *("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"),
    *("setpriv", "--pdeathsig", "INT"),
)


@dataclass(frozen=True)
class Account:
    prefix: tuple[str, ...] = ()  # words that stand before each command
    owner: int | None = None  # to whom the servers' folders are given; None: they stay ours

    def adopt(self, folder: Path) -> None:
        """Make `folder` if need be, private to the servers."""
        folder.mkdir(mode=0o700, exist_ok=True)
        mine = os.geteuid() if self.owner is None else self.owner
        found = folder.lstat().st_uid
        if found not in (mine, os.geteuid()) or folder.is_symlink():
            raise ServiceError(f"{folder} belongs to another user: move it away and start again.")
        if found != mine:
            os.chown(folder, mine, mine)
        folder.chmod(0o700)

    def run(self, command: list[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs to its end; its words come back, nothing is shown."""
        words = [*self.prefix, *map(str, command)]
        return subprocess.run(words, capture_output=True, text=True, cwd="/", env=environment())


def environment() -> dict[str, str]:
    """All that a server gets to see of our environment; PGDATA and its kin would mislead it."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def has_name(uid: int) -> bool:
    """Whether the system has a name for this user; initdb insists on one."""
    try:
        return bool(pwd.getpwuid(uid))
    except KeyError:
        return False


def choose(folder: Path) -> Account:
    """The account that can run PostgreSQL on data in `folder`, found by trying.

    Raises ServiceError where there is none.
    """
    ways = [Account(DROP, NOBODY), Account(DROP + PASS, NOBODY), Account(MAP)]
    if os.geteuid() != 0:
        if has_name(os.geteuid()):
            return Account()
        ways = [Account(MAP)]
    probe = folder / "probe"
    for account in ways:
        try:
            account.adopt(probe)
            tried = account.run(
                ["sh", "-c", '"$0" --version && touch "$1/x" && rm "$1/x"']
                + [programs.postgres_folder() / "postgres", probe]
            )
        except OSError:  # files cannot be given away here: not this way, then
            continue
        finally:
            shutil.rmtree(probe, ignore_errors=True)
        if tried.returncode == 0:
            return account
    raise ServiceError(
        "PostgreSQL runs neither as root nor as a user without a name, and this machine offers no "
        "way around it (setpriv and unshare of util-linux, with the rights they need): run as an "
        "ordinary user, or set DATABASE_URL and REDIS_URL."
    )
