"""`import_loops`: what it prints and how it exits, over files and folders."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from interviews.models import Loop
from rubric.models import RubricVersion
from tests.ats.files import DEMO, EXPORT, a_loop, export_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(rubric: RubricVersion) -> RubricVersion:
    return rubric


def run(*arguments: object) -> tuple[str, str]:
    """What it prints, and the sentence it fails with (empty: exit 0)."""
    out = io.StringIO()
    try:
        call_command("import_loops", *map(str, arguments), stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error) if error.returncode == 1 else ""
    return out.getvalue(), ""


def write(folder: Path, **files: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in files.items():
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        (folder / f"{name}.json").write_bytes(data)
    return folder


def test_a_file_by_its_name(tmp_path: Path):
    folder = write(tmp_path, noor=a_loop())
    out, failed = run(folder / "noor.json")
    assert not failed
    assert out.startswith(
        f"{folder / 'noor.json'} (neutral): created 1 opening, 1 candidate, 1 loop"
    )
    assert run(folder / "noor.json")[0].startswith(f"{folder / 'noor.json'} (neutral): unchanged 1")


def test_a_folder_is_searched_for_both_formats_and_names_what_it_does_not_read(tmp_path: Path):
    write(tmp_path / "a", noor=a_loop(), cut=json.dumps(a_loop()).encode()[:500])
    parts = {name.removesuffix(".json"): value for name, value in export_of(61200106).items()}
    write(tmp_path / "export", **parts, notes=[])
    out, failed = run(tmp_path)
    assert failed.startswith("1 fault,")
    assert f"not imported: {tmp_path / 'export' / 'notes.json'}: not one of loop.json, jobs" in out
    assert f"{tmp_path / 'a' / 'noor.json'} (neutral): created" in out
    assert f"{tmp_path / 'a' / 'cut.json'}: /: ends in the middle" in out
    assert f"{tmp_path / 'export'} (greenhouse): created" in out
    assert Loop.objects.count() == 2


def test_the_five_files_may_be_given_one_by_one():
    out, failed = run(*sorted(EXPORT.glob("*.json")), "--dry-run")
    assert not failed
    assert "6 candidates, 6 loops" in out
    assert "Dry run: nothing was stored." in out
    assert not Loop.objects.exists()


def test_a_file_given_twice_is_read_once(tmp_path: Path):
    folder = write(tmp_path, loop=a_loop())
    out, _ = run(folder, folder / "loop.json", folder / ".." / folder.name / "loop.json")
    assert out.count("(neutral)") == 1


def test_faults_are_printed_as_file_pointer_what_and_the_rest_is_imported(tmp_path: Path):
    bad = a_loop()
    bad["interviews"][0]["ratings"]["tradeoffs"]["rating"] = 7
    bad["interviews"][0]["notes"][2]["at_seconds"] = -3
    write(tmp_path / "bad", loop=bad)
    write(tmp_path / "good", loop=a_loop())
    out, failed = run(tmp_path)
    assert failed == "2 faults, named above. A file with faults is not imported at all."
    file = tmp_path / "bad" / "loop.json"
    assert f"{file}: /interviews/0/ratings/tradeoffs/rating: is 7, but must be from 1 to 4\n" in out
    assert f"{file}: /interviews/0/notes/2/at_seconds: is -3, but must be 0 or more\n" in out
    assert Loop.objects.count() == 1


def test_a_fault_of_a_whole_file_stands_at_the_root(tmp_path: Path):
    folder = write(tmp_path, loop=b"")
    out, failed = run(folder)
    assert failed
    assert f"{folder / 'loop.json'}: /: is empty\n" in out


def test_a_path_that_leads_nowhere(tmp_path: Path):
    out, failed = run(tmp_path / "nowhere", DEMO / "leila-antoun")
    assert f"{tmp_path / 'nowhere'}: /: there is no such file or folder" in out
    assert failed.startswith("1 fault,")
    assert Loop.objects.count() == 1


def test_a_folder_without_anything_to_import(tmp_path: Path):
    out, failed = run(tmp_path)
    assert f"{tmp_path}: /: holds nothing to import: none of loop.json, jobs.json" in out
    assert failed


def test_an_export_with_a_file_missing(tmp_path: Path):
    parts = {name.removesuffix(".json"): value for name, value in export_of(61200106).items()}
    del parts["scorecards"]
    folder = write(tmp_path, **parts)
    out, failed = run(folder)
    assert f"{folder / 'scorecards.json'}: /: is missing: an export is five files" in out
    assert failed.startswith("1 fault,")


@pytest.mark.parametrize("format", ["ashby", "lever"])
def test_formats_that_are_not_read_yet_say_so(format: str, tmp_path: Path):
    _, failed = run(tmp_path, "--format", format)
    assert failed == f"Files of {format.title()} are not read yet, only neutral and greenhouse."


def test_a_format_can_be_insisted_on(tmp_path: Path):
    folder = write(tmp_path, jobs=a_loop())
    assert not run(folder / "jobs.json", "--format", "neutral")[1]
    out, failed = run(DEMO / "leila-antoun", "--format", "greenhouse")
    assert failed
    assert "leila-antoun: /: holds nothing to import: none of jobs.json" in out
    out, failed = run(DEMO / "leila-antoun" / "loop.json", "--format", "greenhouse")
    assert failed
    assert "loop.json: /: is none of the five files of an export" in out


def test_without_a_rubric_it_says_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    nothing = RubricVersion.objects.none()
    monkeypatch.setattr(RubricVersion.objects, "get_queryset", lambda: nothing)
    assert run(tmp_path)[1] == "No rubric is published yet: run publish_rubric first."
