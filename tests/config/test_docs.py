"""Documents name files, modules, commands and addresses that are there, and the map is today's."""

import re
from functools import cache
from pathlib import Path
from pkgutil import resolve_name

import pytest
from django.core.management import get_commands

from tests.plugins import architecture_map
from tests.plugins.architecture_map import ROOMS, ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
FOLDERS = {*ROOMS, "tests", "docs", "static", "templates", "demo"}
# A bare name with one of these is a file of ours; .json and .csv are those of others as well.
SUFFIXES = ("py", "md", "js", "css", "html", "sql", "yaml", "typ", "npz", "jsonl", "txt", "toml")
FILE = re.compile(rf"[\w./*-]+\.(?:{'|'.join(SUFFIXES)})")
NAME = re.compile(rf"(?!{FILE.pattern}\b)(?:{'|'.join(ROOMS)}|tests)(?:\.[a-z_]\w*)+")
FIGURE = re.compile(r"\| ([\d,]+) \|")  # how many lines a room has
NEAR = 0.1  # a room may grow or shrink by so much before its figure is written anew


def in_backticks(document: Path) -> list[str]:
    return re.findall(r"`([^`\n]+)`", document.read_text())


def in_blocks(document: Path) -> list[str]:
    """The lines of indented blocks: commands and code."""
    return re.findall(r"^ {4}(\S.*)", document.read_text(), re.MULTILINE)


@cache
def files() -> list[str]:
    listed = [path for folder in sorted(FOLDERS) for path in (ROOT / folder).rglob("*")]
    return [path.relative_to(ROOT).as_posix() for path in [*listed, *ROOT.glob("*")]]


def is_there(name: str) -> bool:
    """A path from the root, or the end of one; stars and <words> stand for anything."""
    name = re.sub(r"<\w+>", "*", name)
    if name.partition("/")[0] in FOLDERS:
        return any(ROOT.glob(name.rstrip("/")))
    wanted = re.compile("(.*/)?" + re.escape(name).replace(r"\*", "[^/]*"))
    return any(wanted.fullmatch(path) for path in files())


def is_path(text: str) -> bool:
    folder, slash, _ = text.partition("/")
    return bool(slash) and folder in FOLDERS and " " not in text


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_path_that_a_document_names_is_there(document: Path):
    paths = {text for text in in_backticks(document) if is_path(text) or FILE.fullmatch(text)}
    assert {path for path in paths if not is_there(path)} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_link_within_the_documents_leads_somewhere(document: Path):
    links = set(re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text()))
    ours = {link for link in links if "://" not in link and not link.startswith("mailto:")}
    assert {link for link in ours if not (document.parent / link).exists()} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_module_and_function_that_a_document_names_is_there(document: Path):
    """`scorecard.signals.version_added`, `python -m tests.bench`, and what code imports."""
    for name in re.findall(rf"`(?:python -m )?({NAME.pattern})`", document.read_text()):
        resolve_name(name)
    for line in in_blocks(document):
        if found := re.match(rf"(?:from|python -m) ({NAME.pattern})(?: import (.*))?", line):
            for name in (found[2] or "").split(", "):
                resolve_name(f"{found[1]}:{name.strip()}")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_command_that_a_document_names_is_there(document: Path):
    text = "\n".join([*in_backticks(document), *in_blocks(document)])
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"^(?:\w+=\S+ )*make ([a-z-]+)", text, re.MULTILINE)) <= set(targets)
    assert set(re.findall(r"manage\.py (\w+)", text)) <= set(get_commands())


def test_the_map_is_that_of_the_imports():
    _, stored, _ = architecture_map.split_document()
    drawn = architecture_map.drawn()
    assert FIGURE.sub("| |", stored) == FIGURE.sub("| |", drawn), "run make map"
    for before, now in zip(FIGURE.findall(stored), FIGURE.findall(drawn), strict=True):
        lines = int(now.replace(",", ""))
        assert int(before.replace(",", "")) == pytest.approx(lines, rel=NEAR), "run make map"


def test_every_cache_in_memory_is_listed():
    listed = (ROOT / "docs" / "architecture.md").read_text().partition("## Caches")[2]
    modules = [architecture_map.path(module) for module in architecture_map.imports()]
    caching = {
        path.relative_to(ROOT).as_posix()
        for path in [*modules, *(ROOT / "templates").rglob("*.html")]
        if re.search(r"^@(lru_)?cache\b|\bcache\.set\(|\{% cache ", path.read_text(), re.MULTILINE)
    }
    assert {path for path in caching if f"`{path}`" not in listed} == set()
