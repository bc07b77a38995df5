"""A folder of data that nobody has prepared, met by a command: `make setup` prepares only one."""

import os
import subprocess
import sys

from config.services.client import PATIENCE, RUNTIME_ROLE, Services
from config.services.errors import ServiceError
from config.services.locks import Lock
from config.services.var import PROJECT, Var


def prepare_once(services: Services) -> None:
    """Make schema, rubric and static files where the embedded database has none.

    A database that DATABASE_URL names is its owner's to migrate. Raises ServiceError.
    """
    var = Var.from_environment()
    if services.database_url != var.database_url(RUNTIME_ROLE) or var.prepared.exists():
        return
    with Lock(var.root / "prepare.lock") as lock:
        if not lock.exclusive(PATIENCE):
            raise ServiceError(f"{var.root} has been in preparation for {PATIENCE} s.")
        if var.prepared.exists():
            return
        command = [sys.executable, "-m", "config.services.prepare"]
        environment = {**os.environ, "SCORECARD_VAR": str(var.root)}
        done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise ServiceError(f"{var.root} could not be prepared: {done.stderr.strip()}")
