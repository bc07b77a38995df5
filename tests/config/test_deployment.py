"""Settings of a house in earnest, in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(*command: str, var: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Neither command asks the database or the broker."""
    nowhere = {"DATABASE_URL": "postgresql://x@localhost/x", "REDIS_URL": "redis://localhost"}
    env = {**os.environ, **nowhere, "SCORECARD_VAR": str(var), "SECRET_KEY": "", **settings}
    env["DJANGO_SETTINGS_MODULE"] = "config.settings"
    env.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # browser tests in this process may have set it
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True
    )


def test_behind_tls_the_deployment_checks_find_nothing(tmp_path: Path) -> None:
    settings = {"HTTPS": "1", "SECRET_KEY": "0123456789abcdef" * 4, "ALLOWED_HOSTS": "x.example"}
    check = ("-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    done = run(*check, var=tmp_path, **settings)
    assert done.returncode == 0, done.stderr


def test_the_machine_is_asked_by_its_own_name_whatever_others_call_it(tmp_path: Path) -> None:
    ask = "from django.conf import settings; print(settings.ALLOWED_HOSTS)"
    done = run("-c", ask, var=tmp_path, ALLOWED_HOSTS="hire.example")
    assert done.stdout.strip() == "['hire.example', 'localhost', '127.0.0.1', '[::1]']"


def test_without_a_key_nothing_is_signed(tmp_path: Path) -> None:
    """A key that anybody can read here would make anybody's password link."""
    done = run("-c", "from django.core.signing import Signer; Signer().sign('me')", var=tmp_path)
    assert "SECRET_KEY setting must not be empty" in done.stderr
