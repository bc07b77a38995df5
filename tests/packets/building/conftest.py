"""A loop of three interviews, and hints that go nowhere."""

import pytest

from config.celery import app
from packets import build_jobs
from tests.people import (
    make_loop,
    person,
    seat_in,
    submitted_card,
)


@pytest.fixture(autouse=True)
def hints(monkeypatch):
    """The hints that would have gone to the broker. What they promise is tested with a real one."""
    sent = []
    monkeypatch.setattr(app, "send_task", lambda name, args, **how: sent.append(args[-1]))
    return sent


@pytest.fixture
def loop(rubric):
    return make_loop()


@pytest.fixture
def seats(loop):
    return [seat_in(loop, person(f"P {at}"), "behavioral") for at in range(3)]


@pytest.fixture
def built(loop, seats):
    cards = [submitted_card(seat) for seat in seats]
    build_jobs.PACKETS.sweep()
    return cards
