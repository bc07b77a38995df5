"""The committee's own cast."""

import pytest

from tests.hiring_committee.committee import Committee, make_committee


@pytest.fixture
def committee(db) -> Committee:
    return make_committee()
