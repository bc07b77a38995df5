"""Which files belong together, and reading them: one loop.json alone, or the five of Greenhouse."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from typing import Any

from ats.formats import greenhouse, loop_json
from ats.formats.decoding import MAX_BYTES, decode
from ats.formats.documents import LoopDocument
from ats.formats.faults import Log, Place
from ats.formats.vocabulary import Vocabulary

NEUTRAL, GREENHOUSE = "neutral", "greenhouse"
FORMATS = (NEUTRAL, GREENHOUSE)
NOT_YET = {"ashby": "Ashby", "lever": "Lever"}  # known by name, to say so clearly
LOOP_FILE = "loop.json"
LOOP_MARK = b'"interview-loop"'  # how a loop file says what it is, whatever its name
# What a folder is searched for, by the format insisted on.
NAMES = {
    "": (LOOP_FILE, *greenhouse.FILES),
    NEUTRAL: (LOOP_FILE,),
    GREENHOUSE: greenhouse.FILES,
}


@dataclass(frozen=True)
class SourceFile:
    shown: str  # its name in messages
    read: Callable[[], bytes]

    @property
    def name(self) -> str:
        return PurePath(self.shown).name


@dataclass(frozen=True)
class Unit:
    """What is imported whole or not at all."""

    name: str
    format: str
    files: tuple[SourceFile, ...]


def search(paths: Iterable[Path], format: str, log: Log) -> list[Unit]:
    """The units under files and folders; in a folder, loop files and exports of Greenhouse."""
    files: dict[Path, SourceFile] = {}
    for path in paths:
        if path.is_dir():
            wanted = _wanted(path, format, log)
        elif path.is_file():
            wanted = [path]
        else:
            log.fault(Place(str(path)), "there is no such file or folder")
            continue
        for each in wanted:
            files.setdefault(each.resolve(), SourceFile(str(each), partial(_read, each)))
    return group(list(files.values()), format)


def _wanted(folder: Path, format: str, log: Log) -> list[Path]:
    names = ", ".join(NAMES[format])
    wanted = []
    for each in sorted(filter(Path.is_file, folder.rglob("*.json"))):
        if _is_wanted(each, format):
            wanted.append(each)
        else:
            log.leave_out(f"{each}: not one of {names}")
    if not wanted:
        log.fault(Place(str(folder)), f"holds nothing to import: none of {names}")
    return wanted


def _is_wanted(file: Path, format: str) -> bool:
    """By its name or, since a loop file may bear any, by what it says of itself."""
    if file.name in NAMES[format]:
        return True
    if format == GREENHOUSE or file.name in greenhouse.FILES:
        return False
    try:
        return LOOP_MARK in _read(file)
    except OSError:
        return False


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)  # one more, so that the limit is seen


def group(files: Sequence[SourceFile], format: str = "") -> list[Unit]:
    """Files as units: those of Greenhouse, known by their names, together by folder."""
    units: list[Unit] = []
    exports: dict[str, list[SourceFile]] = {}
    for file in files:
        if format == GREENHOUSE or (not format and file.name in greenhouse.FILES):
            exports.setdefault(str(PurePath(file.shown).parent), []).append(file)
        else:
            units.append(Unit(file.shown, NEUTRAL, (file,)))
    for folder, parts in exports.items():
        name = folder if folder != "." else "Greenhouse export"
        units.append(Unit(name, GREENHOUSE, tuple(parts)))
    return units


def read_unit(unit: Unit, words: Vocabulary, log: Log) -> list[LoopDocument]:
    """The loops of a unit. None, and faults in the log, where anything of it is wrong."""
    read = _read_export if unit.format == GREENHOUSE else _read_loop
    loops = read(unit, words, log)
    return [] if log.faults else loops


def _read_loop(unit: Unit, words: Vocabulary, log: Log) -> list[LoopDocument]:
    [file] = unit.files
    value = _decoded(file, log)
    if value is None and log.faults:
        return []
    if vendor := _vendor(value):
        log.fault(Place(file.shown), f"looks like an answer of {vendor}, which is not read yet")
        return []
    return [loop_json.read_loop(value, file.shown, _source(file), words, log)]


def _read_export(unit: Unit, words: Vocabulary, log: Log) -> list[LoopDocument]:
    by_name: dict[str, SourceFile] = {}
    for file in unit.files:
        if file.name not in greenhouse.FILES:
            names = ", ".join(greenhouse.FILES)
            log.fault(Place(file.shown), f"is none of the five files of an export: {names}")
        elif file.name in by_name:
            log.fault(Place(file.shown), "is there twice in one export")
        by_name.setdefault(file.name, file)
    folder = PurePath(unit.files[0].shown).parent
    for name in greenhouse.FILES:
        if name not in by_name:
            log.fault(Place(str(folder / name)), "is missing: an export is five files")
    values = {name: _decoded(file, log) for name, file in by_name.items()}
    if log.faults:
        return []
    shown = {name: file.shown for name, file in by_name.items()}
    source = _source(by_name[greenhouse.FILES[-1]])
    return greenhouse.read_export(values, shown, source, words, log)


def _decoded(file: SourceFile, log: Log) -> Any:
    try:
        data = file.read()
    except OSError as error:
        log.fault(Place(file.shown), f"cannot be read: {error.strerror}")
        return None
    return decode(data, file.shown, log)


def _source(file: SourceFile) -> str:
    """Folder and name: enough to find the file again, and no path of a machine."""
    return "/".join(PurePath(file.shown).parts[-2:])


def _vendor(value: Any) -> str:
    """The vendor whose answers look like this, where it is one that cannot be read yet."""
    if isinstance(value, dict) and "format" not in value:
        if "results" in value and "success" in value:
            return NOT_YET["ashby"]
        if "data" in value and "hasNext" in value:
            return NOT_YET["lever"]
    return ""
