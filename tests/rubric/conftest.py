import copy

import pytest

from rubric.content import Rubric
from rubric.pack import read_pack
from rubric.parsing import parse


@pytest.fixture(scope="session")
def as_shipped() -> dict:
    return read_pack()


@pytest.fixture(scope="session")
def rubric(as_shipped) -> Rubric:
    return parse(as_shipped, 1)


@pytest.fixture
def content(as_shipped) -> dict:
    """The pack's content, a copy for each test, which may spoil it."""
    return copy.deepcopy(as_shipped)
