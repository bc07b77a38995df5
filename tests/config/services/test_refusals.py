"""What cannot work is said in one sentence, with what to do about it."""

import os
from pathlib import Path

import pytest

from config.services.errors import ServiceError
from config.services.var import Var
from tests.config.services.conftest import House


def test_data_folder_that_is_not_whole_is_named_and_left_alone(house: House) -> None:
    house.var.make()
    data = house.var.root / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("18\n")
    said = house.refusal()
    assert str(data) in said
    assert "not a whole PostgreSQL data folder" in said
    assert (data / "PG_VERSION").read_text() == "18\n"
    assert not house.processes()


def test_a_server_that_cannot_start_takes_the_other_along_before_it_is_told(house: House) -> None:
    house.var.make()
    (house.var.root / "redis").touch()  # where its folder should be; PostgreSQL runs by then
    assert "Cannot write to" in house.refusal()
    assert (house.var.root / "postgres" / "PG_VERSION").exists()
    assert not house.processes()


def test_data_of_another_version_is_not_touched(house: House) -> None:
    house.var.make()
    data = house.var.root / "postgres"
    (data / "global").mkdir(parents=True)
    (data / "global" / "pg_control").touch()
    (data / "PG_VERSION").write_text("16\n")
    assert "written by PostgreSQL 16 and this is 18" in house.refusal()


def test_folder_that_cannot_be_written_is_named(house: House) -> None:
    house.var = Var(Path("/proc/scorecard"))  # where nobody, not even root, makes a folder
    house.env["SCORECARD_VAR"] = "/proc/scorecard"
    said = house.refusal()
    assert "Cannot write to /proc/scorecard" in said
    assert "SCORECARD_VAR" in said


def test_folder_of_another_user_is_refused(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.var.make()
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    with pytest.raises(ServiceError, match="belongs to .* and you are user 4242"):
        house.var.make()


def test_secret_key_is_made_once_and_private(house: House) -> None:
    house.var.make()
    key = house.var.secret_key()
    assert len(key) >= 50
    assert house.var.secret_key() == key
    assert (house.var.root / "secret-key").stat().st_mode & 0o777 == 0o600
