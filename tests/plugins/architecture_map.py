"""Draws the map in docs/architecture.md from the imports, and measures them.

`python -m tests.plugins.architecture_map` (make map runs it) writes the map between the two marks
in the document, and prints the longest chain of imports and the small modules with one importer.
"""

import ast
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- make map writes from here -->", "<!-- make map writes to here -->"
SMALL = 25  # lines; a smaller module with one importer may belong into it
SCHEDULES = {"every": "every {} s", "nightly": "nightly at {:0>2}:{:0>2} UTC"}


def _rooms() -> tuple[str, ...]:
    """Bottom first, as the contract of the imports orders them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(it["layers"] for it in settings["contracts"] if it["type"] == "layers")
    return tuple(room for layer in reversed(layers) for room in sorted(layer.split(" | ")))


ROOMS = _rooms()


@cache
def imports() -> dict[str, set[str]]:
    """What each module of the product imports of the product."""
    graph = grimp.build_graph(*ROOMS, cache_dir=None)
    found = {
        module: graph.find_modules_directly_imported_by(module)
        for module in graph.modules
        if "migrations" not in module.split(".") and path(module).exists()
    }
    return {module: of_it & found.keys() for module, of_it in found.items()}


def path(module: str) -> Path:
    stem = ROOT / module.replace(".", "/")
    return stem / "__init__.py" if stem.is_dir() else stem.with_suffix(".py")


def lines(module: str) -> int:
    return len(path(module).read_text().splitlines())


def longest_chain() -> list[str]:
    """The longest way from one module to another along imports; of equals, the first by name."""
    chains: dict[str, list[str]] = {}
    for module in TopologicalSorter(imports()).static_order():
        below = [chains[imported] for imported in sorted(imports()[module])]
        chains[module] = [module, *max(below, key=len, default=[])]
    return max((chains[module] for module in sorted(chains)), key=len)


def small_modules() -> dict[str, str]:
    """Modules of under 25 lines that one module imports, each with that one."""
    importers: dict[str, list[str]] = {module: [] for module in imports()}
    for module, imported in imports().items():
        for name in imported:
            importers[name].append(module)
    return {
        module: found[0]
        for module, found in sorted(importers.items())
        if len(found) == 1 and 0 < lines(module) < SMALL
    }


def room_of(module: str) -> str:
    return module.split(".")[0]


def imported_rooms(room: str) -> list[str]:
    of_it = [imported for module, imported in imports().items() if room_of(module) == room]
    found = {room_of(module) for module in set().union(*of_it)} - {room}
    return sorted(found, key=ROOMS.index, reverse=True)


def room_lines(room: str) -> int:
    return sum(lines(module) for module in imports() if room_of(module) == room)


def arrows() -> Iterator[str]:
    """The arrows that no other arrows imply."""
    for room in ROOMS[::-1]:
        below = imported_rooms(room)
        implied = {lower for other in below for lower in _everything_below(other)}
        yield from (f"    {room} --> {other}" for other in below if other not in implied)


def _everything_below(room: str) -> set[str]:
    below = set(imported_rooms(room))
    return below.union(*map(_everything_below, below))


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    head = list(head)
    found = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(row)} |" for row in found]


def rooms_table() -> list[str]:
    rows = [
        (
            f"`{room}/`",
            f"{round(room_lines(room), -2):,}",
            " ".join((import_module(room).__doc__ or "").split()),
            ", ".join(f"`{other}`" for other in imported_rooms(room)) or "nothing",
        )
        for room in ROOMS[::-1]
    ]
    return table(("room", "lines", "what it holds", "imports"), rows)


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(path(module).read_text())


def calls(module: str) -> Iterator[tuple[str, ast.Call]]:
    """Each call in a module, with the last name of what it calls."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func).split(".")[-1], node


def callers(name: str) -> Iterator[tuple[str, ast.Call]]:
    for module in sorted(imports()):
        yield from ((module, call) for called, call in calls(module) if called == name)


def relative(module: str) -> str:
    return f"`{path(module).relative_to(ROOT)}`"


def signals() -> Iterator[tuple[str, str, str]]:
    """Each signal of the product: where it is made, and who receives it."""
    for home in sorted(imports()):
        for made in (it for it in tree(home).body if isinstance(it, ast.Assign)):
            if ast.unparse(made.value) == "Signal()":
                name = ast.unparse(made.targets[0])
                yield f"signal `{name}`", relative(home), ", ".join(_receivers(name))


def _receivers(signal: str) -> list[str]:
    found = [
        relative(module)
        for module, call in callers("receiver")
        if signal in {node.id for node in ast.walk(call) if isinstance(node, ast.Name)}
    ]
    return list(dict.fromkeys(found))


def registrations() -> Iterator[tuple[str, str, str]]:
    """What a room above hands to a `register` function of a room below, and each kind of job."""
    for module, call in callers("register"):
        home = next(it for it in imports()[module] if _defines(it, "register"))
        what = ast.unparse(call.args[0]).split("(")[0]
        yield f"registered `{what}`", relative(home), relative(module)
    for module, call in callers("JobKind"):
        kind = ast.literal_eval(call.args[0])
        yield f"job kind `{kind}`", relative("config.jobs.kinds"), relative(module)


def _defines(module: str, name: str) -> bool:
    return any(isinstance(it, ast.FunctionDef) and it.name == name for it in tree(module).body)


def chores() -> Iterator[tuple[str, str, str]]:
    """What the beat starts, with the hour or the pause."""
    for module in sorted(imports()):
        for function in (it for it in tree(module).body if isinstance(it, ast.FunctionDef)):
            for call in (it for it in function.decorator_list if isinstance(it, ast.Call)):
                if schedule := SCHEDULES.get(ast.unparse(call.func)):
                    when = schedule.format(*map(ast.unparse, call.args))
                    known = relative("config.jobs.chores")
                    yield f"chore `{function.name}`, {when}", known, relative(module)


def drawn() -> str:
    """The map, as it stands in the document."""
    upward = [*signals(), *registrations(), *chores()]
    parts = [
        ["```mermaid", "flowchart TD", *arrows(), "```"],
        rooms_table(),
        ["What travels against the arrows, so that the lower room does not know the upper one:"],
        table(("what", "the lower room's file", "files that answer"), upward),
    ]
    return "\n\n".join("\n".join(part) for part in parts)


def split_document() -> tuple[str, str, str]:
    """What stands before the map, the map, and what stands after it."""
    before, rest = DOCUMENT.read_text().split(BEGIN)
    stored, after = rest.split(END)
    return before, stored.strip(), after


def main() -> None:
    before, _, after = split_document()
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{drawn()}\n\n{END}{after}")
    chain = longest_chain()
    sys.stdout.write(f"Longest chain of imports: {len(chain)}\n")
    sys.stdout.writelines(f"  {upper} -> {lower}\n" for upper, lower in pairwise(chain))
    sys.stdout.write(f"Modules of under {SMALL} lines with one importer:\n")
    sys.stdout.writelines(f"  {module} <- {by}\n" for module, by in small_modules().items())


if __name__ == "__main__":
    main()
