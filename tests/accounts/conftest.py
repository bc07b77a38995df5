"""Clients that sign in through the page, each from an address of its own (rate limits count)."""

from collections.abc import Callable
from secrets import randbelow

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

SignIn = Callable[..., HttpResponse]


@pytest.fixture
def client() -> Client:
    return Client(REMOTE_ADDR=f"127.{randbelow(256)}.{randbelow(256)}.{randbelow(256)}")


@pytest.fixture
def sign_in(client: Client) -> SignIn:
    def fill_in(email: str, password: str, **more: str) -> HttpResponse:
        return client.post(reverse("account_login"), {"login": email, "password": password, **more})

    return fill_in
