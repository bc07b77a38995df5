"""The shape of the house: imports run one way, files stay readable, nothing is left lying about."""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.plugins.architecture_map import ROOMS, ROOT, longest_chain

LONGEST = 400  # lines of a file
CHAIN = 16  # modules, each importing the next
LARGEST = 0.2  # of the product's lines, in one room
SOURCES = sorted(
    path
    for folder in (*ROOMS, "tests", "static", "templates")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".js", ".css", ".html"} and "migrations" not in path.parts
)


def folder(path: Path) -> str:
    return path.parts[len(ROOT.parts)]


def modules(room: str) -> list[Path]:
    return [path for path in SOURCES if folder(path) == room and path.suffix == ".py"]


def test_imports_run_one_way() -> None:
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert linted.returncode == 0, linted.stdout


def test_no_file_is_too_long_to_read() -> None:
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCES
        if folder(path) != "tests" and (lines := len(path.read_text().splitlines())) > LONGEST
    }
    assert too_long == {}


def test_no_chain_of_imports_is_too_long_to_follow() -> None:
    chain = longest_chain()
    assert len(chain) <= CHAIN, " -> ".join(chain)


def test_no_room_holds_more_than_a_fifth_of_the_house() -> None:
    lines = Counter(
        {room: sum(len(path.read_text().splitlines()) for path in modules(room)) for room in ROOMS}
    )
    assert [room for room in lines if lines[room] > LARGEST * lines.total()] == []


def test_tests_stand_in_the_folder_of_a_room() -> None:
    found = {path.parts[len(ROOT.parts) + 1] for path in (ROOT / "tests").rglob("test_*.py")}
    assert found <= set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_says_what_it_is(room: str) -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in modules(room)
        if path.name not in {"__init__.py", "apps.py"}
        and not path.read_text().lstrip().startswith(('"""', "#!"))
    ]
    assert silent == []


def names_from_above(room: str) -> set[str]:
    """Names by which rows of this room or below lead back to rows of a room above it."""
    level = ROOMS.index(room)
    above, here = set(), set()
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS[: level + 1]:
            continue
        here |= {field.name for field in model._meta.get_fields() if not field.auto_created}
        for relation in model._meta.related_objects:
            is_above = relation.related_model._meta.app_label in ROOMS[level + 1 :]
            names = {relation.name, relation.get_accessor_name() or relation.name}
            (above if is_above else here).update(names)
    return above - here


def names_used(path: Path) -> Iterator[str]:
    """Each part of a look-up in the ORM's own form, and each attribute."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.keyword) and node.arg:
            yield from node.arg.split("__")
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from node.value.lstrip("-").split("__") if "__" in node.value else ()


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_reaches_one_above_through_the_name_of_a_relation(room: str) -> None:
    forbidden = names_from_above(room)
    reaching = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in modules(room)
        for name in set(names_used(path)) & forbidden
    }
    assert reaching == set()


def test_no_asset_comes_from_another_host() -> None:
    """Pages, styles and scripts name files of ours only: no address of another machine."""
    namespace = "http://www.w3.org/"
    foreign = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path.suffix in {".js", ".css", ".html"}
        and "://" in path.read_text().replace(namespace, "")
    ]
    assert foreign == []
