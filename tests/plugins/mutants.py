"""Breaks a sample of the pure code, one thing at a time, and prints what no test noticed.

`python -m tests.plugins.mutants [PATTERN...]` (make mutants): a pattern such as 'mail.*' keeps to
some modules. mutmut makes the mutants and runs the tests that reach each; pyproject.toml says in
which modules. Only tests without a database run, for they are the ones that take no time.
"""

import argparse
import json
import os
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

MADE = Path("mutants")
ANY = "mail.kinds.x_plain__mutmut_1"  # mutmut makes all mutants whenever it runs one
DATABASE = {"db", "transactional_db", "live_server"}
SURVIVED, UNREACHED = 0, 33  # of mutmut's exit codes; every other one is a mutant that was noticed


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a database; mutmut loads this module into pytest for that."""
    slow = [each for each in items if DATABASE & set(getattr(each, "fixturenames", ()))]
    config.hook.pytest_deselected(items=slow)
    items[:] = [each for each in items if each not in slow]


def mutmut(*arguments: str) -> str:
    nowhere = {"DATABASE_URL": "postgresql://nobody@nowhere/none", "REDIS_URL": "redis://nowhere/0"}
    command = [str(Path(sys.executable).with_name("mutmut")), *arguments]
    done = subprocess.run(
        command, env={**os.environ, **nowhere}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stdout[-5000:] + done.stderr[-5000:])
    return done.stdout


def verdicts() -> Iterator[tuple[str, int | None]]:
    """Each mutant's name, and what came of it where it was run."""
    for path in MADE.rglob("*.py.meta"):
        yield from json.loads(path.read_text())["exit_code_by_key"].items()


def sample(patterns: list[str], size: int, seed: int) -> dict[str, list[str]]:
    """Names by module."""
    by_module = defaultdict(list)
    for name, _ in sorted(verdicts()):
        if any(fnmatch(name, pattern) for pattern in patterns):
            by_module[name.rpartition(".")[0]].append(name)
    drawn = random.Random(seed)
    return {
        module: drawn.sample(names, min(size, len(names))) for module, names in by_module.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("patterns", nargs="*", default=["*"])
    parser.add_argument("--size", type=int, default=20, help="mutants of a module")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    mutmut("run", ANY)
    drawn = sample(asked.patterns, asked.size, asked.seed)
    mutmut("run", *(name for names in drawn.values() for name in names))
    found = dict(verdicts())
    for module, names in drawn.items():
        alive = [name for name in names if found[name] in (SURVIVED, UNREACHED)]
        print(f"{module}: {len(names) - len(alive)} of {len(names)} noticed", flush=True)
        for name in alive:
            print(mutmut("show", name))


if __name__ == "__main__":
    main()
