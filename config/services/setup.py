"""Make the virtual environment, or bring it up to date; instant when nothing changed.

Runs under the machine's own Python, before anything is installed: standard library only, and no
import from the rest of the project.
"""

import argparse
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OLDEST, NEWEST = (3, 11), (3, 14)
# Where PostgreSQL and Valkey come in wheels: processors by sys.platform, and the oldest glibc.
PROCESSORS = {"linux": ("x86_64", "aarch64"), "darwin": ("arm64",)}
OLDEST_GLIBC = 28  # of glibc 2


class SetupError(Exception):
    """A sentence for the person at the keyboard."""


def say(sentence):
    print(sentence, file=sys.stderr, flush=True)


def check_system(system, processor, libc, bits):
    """Raise SetupError unless every dependency has wheels for this system."""
    if system in ("win32", "cygwin", "msys"):
        raise SetupError(
            "Windows itself is not enough: install its Linux (wsl --install), clone the project "
            "inside it and run make there."
        )
    if processor not in PROCESSORS.get(system, ()) or bits != 64:
        raise SetupError(
            "Linux (x86-64 or arm64) or macOS (arm64) is needed, with a Python of 64 bits, and "
            f"this is {system} on {processor} with {bits} bits: use a machine, a virtual machine "
            "or a container of one of these kinds, and a Python made for it."
        )
    name, release = libc
    if system == "linux" and (name != "glibc" or int(release.split(".")[1]) < OLDEST_GLIBC):
        raise SetupError(
            "A Linux with glibc 2.28 or later is needed (Alpine has musl in its place), and this "
            f"one has {f'{name} {release}'.strip() or 'another C library'}: use Debian, Ubuntu, "
            "Fedora or the like, be it in a container."
        )


def check_python(version):
    """Raise SetupError unless every dependency has wheels for this version of Python."""
    if not OLDEST <= version <= NEWEST:
        age = "old" if version < OLDEST else "new"
        raise SetupError(
            f"Python 3.11 to 3.14 is needed, and {sys.executable} is {version[0]}.{version[1]}, "
            f"which is too {age}: install one of them (from the system's packages, with pyenv or "
            "with uv), and name it if need be: make PYTHON=/path/to/python3.13 setup"
        )


def fault(venv):
    """What is wrong with the virtual environment at `venv`, as a sentence, or None."""
    if not venv.exists():
        return None
    if (venv / ".building").exists():
        return f"The virtual environment {venv} is half made; building it anew."
    python = venv / "bin" / "python"
    script = "import sys, pip; print(sys.version_info[0], sys.version_info[1], sys.prefix)"
    try:
        answer = subprocess.run([python, "-c", script], capture_output=True, text=True, timeout=60)
    except OSError:
        answer = None
    if answer is None or answer.returncode:
        return f"The virtual environment {venv} does not work; building it anew."
    major, minor, prefix = answer.stdout.strip().split(" ", 2)
    if not OLDEST <= (int(major), int(minor)) <= NEWEST or Path(prefix) != venv:
        return f"The virtual environment {venv} was made for another Python; building it anew."
    return None


def digest(venv, requirements):
    """Names what an up-to-date environment was made from: the files, the Python and the place."""
    parts = [str(venv), sys.version]
    parts += [(ROOT / name).read_text() for name in (*requirements, "constraints.txt")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def run(*command):
    return subprocess.run([str(word) for word in command]).returncode == 0


def apt_get(*packages):
    """Install Debian packages, as root or through sudo that asks for no password."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (prefix and not shutil.which("sudo")):
        return False
    if prefix and subprocess.run([*prefix, "true"], stderr=subprocess.DEVNULL).returncode:
        return False
    say(f"Installing {' '.join(packages)} with apt-get ...")
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    command += ["-o", "Dpkg::Use-Pty=0"]
    install = [*command, "install", "-y", "--no-install-recommends", *packages]
    return all(
        subprocess.run(words, stdout=subprocess.DEVNULL).returncode == 0
        for words in ([*command, "update"], install)
    )


def make_venv(venv):
    """Create `venv` with pip inside, by whichever way this machine allows."""
    venv.mkdir()
    (venv / ".building").touch()
    if importlib.util.find_spec("ensurepip") and run(sys.executable, "-m", "venv", venv):
        return
    if importlib.util.find_spec("pip") and run(sys.executable, "-m", "venv", "--without-pip", venv):
        python = venv / "bin" / "python"
        if run(sys.executable, "-m", "pip", "-q", "--python", python, "install", "pip"):
            return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if apt_get(package) and run(sys.executable, "-m", "venv", venv):
        return
    raise SetupError(
        "This Python makes no virtual environment with pip inside, since it has neither ensurepip "
        f"nor pip: install them (on Debian and Ubuntu: apt-get install {package}) and run make "
        "again."
    )


def install(venv, requirements):
    """Bring `venv` up to what `requirements` say; the stamp tells that nothing is to be done."""
    stamp = venv / ".made-from"
    wanted = digest(venv, requirements)
    made = stamp.read_text().split() if stamp.exists() else []
    if wanted in made and not (venv / ".building").exists():
        return
    problem = fault(venv)
    if problem:
        say(problem)
        shutil.rmtree(venv)
    if not venv.exists():
        say(f"Making the virtual environment {venv} ...")
        make_venv(venv)
    (venv / ".building").touch()
    say(f"Installing {' and '.join(requirements)} ...")
    pip = [venv / "bin" / "python", "-m", "pip", "install", "-q", "--no-compile"]
    pip += ["--disable-pip-version-check"]
    files = [word for name in requirements for word in ("-r", ROOT / name)]
    if not run(*pip, "-c", ROOT / "constraints.txt", *files):
        raise SetupError(
            "pip could not install the requirements (its own words are above): see to the network, "
            "name a proxy in HTTPS_PROXY or an index within reach in PIP_INDEX_URL, and run make "
            "again."
        )
    # Both sets may be up to date at once, since the second contains the first.
    base = digest(venv, requirements[:1])
    stamp.write_text("\n".join(dict.fromkeys([base, wanted])))
    (venv / ".building").unlink()


def lock(folder):
    """Wait until no other set-up works in `folder`; two terminals make one installation."""
    import fcntl  # not at the top: Windows has none, and is told so before this

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another set-up is at work here; waiting for its end ...")
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    options = parser.parse_args()
    requirements = ["requirements.txt"] + ["requirements-dev.txt"] * options.dev
    try:
        bits = 64 if sys.maxsize > 2**32 else 32
        check_system(sys.platform, platform.machine(), platform.libc_ver(), bits)
        check_python(sys.version_info[:2])
        lock(ROOT)
        install(ROOT / ".venv", requirements)
    except SetupError as error:
        say(f"Scorecard: {error}")
        return 1
    except OSError as error:
        say(f"Scorecard: cannot write {error.filename}: {error.strerror}.")
        return 1
    except KeyboardInterrupt:
        say("Scorecard: set-up interrupted; the next one begins anew.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
