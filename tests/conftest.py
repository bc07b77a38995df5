"""Fixtures for every test. Inside a test's transaction the process is the runtime role."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import User
from rubric import pack
from rubric.models import RubricVersion
from tests.people import Cast, make_cast

pytest_plugins = ["tests.plugins.browser"]
As = Callable[[User], Client]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True, scope="session")
def quick_settings() -> Iterator[None]:
    """Static files as they lie in the source, and passwords that are not slow to check."""
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # whitenoise warns where there is none
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES={**settings.STORAGES, "staticfiles": plain},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(autouse=True)
def as_runtime_role(request: pytest.FixtureRequest) -> None:
    """Run as the role of web and worker, so that a right they lack fails the test at once.

    SET LOCAL ends with the test's transaction; tests that commit (transactional_db) run as owner,
    because emptying the tables afterwards is the owner's right, and try the role in real processes.
    """
    names = request.fixturenames
    if "db" in names and "transactional_db" not in names and "live_server" not in names:
        request.getfixturevalue("db")
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.RUNTIME_ROLE)}")


@pytest.fixture(scope="session")
def shipped_pack() -> dict[str, Any]:
    """The product's own pack, read once."""
    return pack.read_pack()


@pytest.fixture
def rubric(db: None, shipped_pack: dict[str, Any]) -> RubricVersion:
    """The product's own pack, published."""
    return RubricVersion.objects.publish(shipped_pack)


@pytest.fixture
def cast(rubric: RubricVersion) -> Cast:
    return make_cast()


@pytest.fixture
def as_() -> As:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def now() -> datetime:
    return timezone.now()
