"""A half-made environment is seen and built anew; a whole one costs nothing."""

import importlib.util
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


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13), (3, 14)])
def test_python_with_wheels_is_taken(version: tuple[int, int]) -> None:
    setup.check_python(version)


@pytest.mark.parametrize(("version", "age"), [((3, 10), "old"), ((3, 15), "new")])
def test_other_python_is_refused_with_the_right_ones(version: tuple[int, int], age: str) -> None:
    with pytest.raises(setup.SetupError, match=rf"3.11 to 3.14.* is 3.{version[1]}.*too {age}"):
        setup.check_python(version)


GLIBC = ("glibc", "2.28")
REFUSED = [
    ("win32", "AMD64", ("", ""), 64, "wsl --install"),
    ("cygwin", "x86_64", ("", ""), 64, "wsl --install"),
    ("linux", "x86_64", ("", ""), 64, r"glibc 2.28 .*musl.* another C library: use Debian"),
    ("linux", "x86_64", ("musl", "1.2.5"), 64, r"this one has musl 1.2.5: use Debian"),
    ("linux", "x86_64", ("glibc", "2.27"), 64, r"this one has glibc 2.27: use Debian"),
    ("linux", "riscv64", GLIBC, 64, r"linux on riscv64 .*: use a machine"),
    ("linux", "aarch64", GLIBC, 32, r"linux on aarch64 with 32 bits: use a machine"),
    ("darwin", "x86_64", ("", ""), 64, r"darwin on x86_64 .*: use a machine"),
    ("freebsd14", "amd64", ("", ""), 64, r"freebsd14 on amd64 .*: use a machine"),
]


@pytest.mark.parametrize(("system", "processor", "libc", "bits", "remedy"), REFUSED)
def test_system_without_wheels_is_refused_with_a_remedy(
    system: str, processor: str, libc: tuple[str, str], bits: int, remedy: str
) -> None:
    with pytest.raises(setup.SetupError, match=remedy):
        setup.check_system(system, processor, libc, bits)


@pytest.mark.parametrize(
    ("system", "processor", "libc"),
    [("linux", "x86_64", GLIBC), ("linux", "aarch64", GLIBC), ("darwin", "arm64", ("", ""))],
)
def test_system_with_wheels_is_taken(system: str, processor: str, libc: tuple[str, str]) -> None:
    setup.check_system(system, processor, libc, 64)


def test_python_without_pip_is_told_which_package_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(setup, "apt_get", lambda *packages: False)
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    with pytest.raises(setup.SetupError, match=f"pip.*apt-get install {package}"):
        setup.make_venv(tmp_path / ".venv")


def test_set_up_says_the_remedy_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["setup.py"])
    monkeypatch.setattr(sys, "platform", "win32")
    assert setup.main() == 1
    assert capsys.readouterr().err.startswith("Scorecard: Windows itself is not enough")


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
    with pytest.raises(setup.SetupError, match="pip .*HTTPS_PROXY .*PIP_INDEX_URL"):
        setup.install(tmp_path / ".venv", ["requirements.txt"])
    assert (tmp_path / ".venv" / ".building").exists()
