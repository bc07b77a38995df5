"""manage.py first_administrator and createsuperuser."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

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
