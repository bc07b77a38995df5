"""Is the process alive (healthz); can it serve (readyz: database, broker, worker)."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, JsonResponse

from config.celery import app


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """503 names what is missing, for a load balancer and the person woken by it."""
    checks = {"database": _database, "broker": _broker, "worker": _worker}
    states = {name: _answers(check) for name, check in checks.items()}
    return JsonResponse(states, status=200 if all(states.values()) else 503)


def _answers(check: Callable[[], object]) -> bool:
    try:
        return bool(check())
    except Exception:  # any failure at all means "not ready"; the log of the service has why
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def _broker() -> bool:
    with app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
        return True


def _worker() -> bool:
    return bool(app.control.inspect(timeout=1.0, limit=1).ping())  # the first answer is enough
