"""The shape of the house: imports run one way, files stay readable, nothing is left lying about."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APPS = ("config", "accounts", "interviews", "scorecard", "hiring_committee")
LONGEST = 400  # lines of a file
SOURCES = sorted(
    path
    for folder in (*APPS, "tests", "static", "templates")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".js", ".css", ".html"} and "migrations" not in path.parts
)


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
        if path.parts[len(ROOT.parts)] != "tests"
        and (lines := len(path.read_text().splitlines())) > LONGEST
    }
    assert too_long == {}


@pytest.mark.parametrize("app", APPS)
def test_every_module_says_what_it_is(app: str) -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path.parts[len(ROOT.parts)] == app
        and path.suffix == ".py"
        and path.name not in {"__init__.py", "apps.py"}
        and not path.read_text().lstrip().startswith(('"""', "#!"))
    ]
    assert silent == []


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
