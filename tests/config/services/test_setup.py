"""A half-made environment is seen and built anew; a whole one costs nothing."""

import sys
from pathlib import Path

import pytest

from config.services import setup


def test_missing_environment_is_no_fault(tmp_path: Path) -> None:
    assert setup.fault(tmp_path / ".venv") is None


def test_this_environment_is_whole() -> None:
    assert setup.fault(Path(sys.prefix)) is None


def test_environment_whose_making_was_interrupted_is_half_made(tmp_path: Path) -> None:
    (tmp_path / ".building").touch()
    assert "is half made; building it anew" in (setup.fault(tmp_path) or "")


def test_environment_without_its_python_does_not_work(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    assert "does not work; building it anew" in (setup.fault(tmp_path) or "")
    (tmp_path / "bin" / "python").symlink_to("/nowhere/python3.11")  # the system's was upgraded
    assert "does not work; building it anew" in (setup.fault(tmp_path) or "")


def test_environment_copied_from_elsewhere_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(Path(sys.prefix) / "bin" / "python")
    assert setup.fault(tmp_path) is not None


@pytest.mark.parametrize("version", [(3, 10, 2), (3, 13, 0), (2, 7, 18)])
def test_wrong_python_is_named_with_the_right_ones(version: tuple[int, int, int]) -> None:
    with pytest.raises(setup.SetupError, match=rf"needs Python 3.11 or 3.12 .* is {version[0]}\."):
        setup.check_python(version)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """An environment in a project of its own; what pip would be asked for, call by call."""
    for name in ("requirements.txt", "requirements-dev.txt", "constraints.txt"):
        (tmp_path / name).write_text(f"{name}\n")
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "fault", lambda venv: None)
    monkeypatch.setattr(setup, "make_venv", lambda venv: venv.mkdir())

    def run(*words: str) -> bool:
        calls.append(words)
        return True

    monkeypatch.setattr(setup, "run", run)
    return calls


def test_second_set_up_does_nothing_until_the_requirements_change(
    tmp_path: Path, made: list[tuple[str, ...]]
) -> None:
    both = ["requirements.txt", "requirements-dev.txt"]
    setup.install(tmp_path / ".venv", both)
    assert len(made) == 1
    setup.install(tmp_path / ".venv", both)
    setup.install(tmp_path / ".venv", ["requirements.txt"])  # contained in what is there
    assert len(made) == 1
    (tmp_path / "constraints.txt").write_text("newer\n")
    setup.install(tmp_path / ".venv", ["requirements.txt"])
    assert len(made) == 2


def test_failed_installation_is_said_and_remembered(
    tmp_path: Path, made: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "run", lambda *words: False)
    with pytest.raises(setup.SetupError, match="pip could not install"):
        setup.install(tmp_path / ".venv", ["requirements.txt"])
    assert (tmp_path / ".venv" / ".building").exists()
