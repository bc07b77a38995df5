"""A real PostgreSQL and a real Valkey for a machine that has none, and the runner of `make run`.

Whoever needs a database calls `ensure()`. Where DATABASE_URL and REDIS_URL are set, that is all;
where they are not, one process (dev_servers.py) runs both servers out of pip packages under
SCORECARD_VAR for as long as anybody uses them. Nothing here needs more than the standard library,
so that this process stays small and `ensure()` costs a command next to nothing.
"""

from config.services.client import Services, ensure
from config.services.errors import ServiceError

__all__ = ["ServiceError", "Services", "ensure"]
