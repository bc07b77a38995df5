"""Fixtures for every test. Inside a test's transaction the process is the runtime role."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from scorecard.models import RubricVersion
from scorecard.rubric import pack
from tests.people import Cast, make_cast


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
