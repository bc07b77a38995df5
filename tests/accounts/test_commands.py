"""manage.py first_administrator and verify_audit."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import audit
from accounts.models import Role, User
from tests.people import person

pytestmark = pytest.mark.django_db


def says(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def test_an_empty_house_gets_one_administrator_who_must_change_the_password(
    client: Client,
) -> None:
    password = re.search(r"admin@localhost  (\S+)", says("first_administrator"))[1]
    assert "there already" in says("first_administrator")
    assert User.objects.count() == 1
    fields = {"login": "admin@localhost", "password": password}
    assert client.post(reverse("account_login"), fields).status_code == 302
    assert client.get(reverse("people")).url == reverse("account_change_password")


def test_a_house_with_an_administrator_gets_none() -> None:
    person("An Administrator", Role.ADMINISTRATOR)
    says("first_administrator")
    assert not User.objects.filter(email="admin@localhost").exists()


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_demo": True}])
def test_those_who_cannot_be_asked_do_not_count(fields: dict) -> None:
    person("An Administrator", Role.ADMINISTRATOR, **fields)
    assert "admin@localhost" in says("first_administrator")


def test_createsuperuser_makes_an_administrator() -> None:
    call_command(
        "createsuperuser", email="Ops@Example.org", name="Ops", interactive=False, verbosity=0
    )
    assert User.objects.get(email="ops@example.org").is_administrator


@pytest.fixture
def three_lines() -> list[int]:
    ada = person("Ada")
    for action in ("one", "two", "three"):
        audit.record(ada, action, ada, stream="a-stream")
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM accounts_auditevent ORDER BY seq")
        return [seq for (seq,) in cursor.fetchall()]


def behind_the_programs_back(sql: str, args: list) -> None:
    """As the owner of the table, with its triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE accounts_auditevent DISABLE TRIGGER USER")
        cursor.execute(sql, args)
        cursor.execute("ALTER TABLE accounts_auditevent ENABLE TRIGGER USER")


def test_a_whole_trail_verifies(three_lines: list[int]) -> None:
    assert says("verify_audit") == "3 lines, every one as it was written.\n"


@pytest.mark.parametrize(
    ("sql", "at", "broken"),
    [
        ("UPDATE accounts_auditevent SET action = 'none' WHERE seq = %s", 1, 1),
        ("UPDATE accounts_auditevent SET at = now() - interval '1 day' WHERE seq = %s", 0, 0),
        ("DELETE FROM accounts_auditevent WHERE seq = %s", 1, 2),
    ],
)
def test_an_altered_trail_names_the_line(
    three_lines: list[int], sql: str, at: int, broken: int
) -> None:
    behind_the_programs_back(sql, [three_lines[at]])
    out = StringIO()
    with pytest.raises(CommandError, match="1 broken line"):
        call_command("verify_audit", stdout=out)
    assert f"line {three_lines[broken]} of a-stream" in out.getvalue()
