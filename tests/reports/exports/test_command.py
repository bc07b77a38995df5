"""`manage.py export`: to standard output or a file, everything or as one person."""

import json
from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent
from interviews.models import Seat
from reports.management.commands import export as command
from tests.people import submitted_card
from tests.reports.exports.conftest import rows


@pytest.fixture
def card(cast):
    return submitted_card(Seat.objects.get(person=cast.colleague))


def run(*args: str) -> str:
    out = StringIO()
    call_command("export", *args, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_an_operator_gets_everything_on_standard_output(cast, card) -> None:
    (row,) = map(json.loads, run("scorecards", "--format", "jsonl").splitlines())
    assert row["interviewer"] == "A Colleague"
    assert run("season").startswith("\ufeffloop,candidate,")
    assert json.loads(run("decisions", "--format", "json")) == []


def test_as_somebody_it_is_what_they_may_read(cast, card) -> None:
    assert len(run("scorecards", "--as", cast.recruiter.email).splitlines()) == 2
    with pytest.raises(CommandError, match="You may not export this"):
        run("scorecards", "--as", cast.interviewer.email)
    with pytest.raises(CommandError, match="nobody with the e-mail x@y.example"):
        run("season", "--as", "x@y.example")


@pytest.mark.parametrize("format", ["csv", "xlsx", "json", "jsonl"])
def test_a_file_in_the_format_of_its_name(cast, card, format, tmp_path) -> None:
    out = tmp_path / f"season.{format}"
    run("season", "--out", str(out))
    assert [row["candidate"] for row in rows(out)] == ["Noor Example"]
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_a_file_that_cannot_be_made_whole_leaves_the_old_one(
    cast, card, tmp_path, monkeypatch
) -> None:
    out = tmp_path / "season.csv"
    out.write_text("the old one")

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(command.files, "keep", full)
    with pytest.raises(CommandError, match="No space left on device"):
        run("season", "--out", str(out))
    assert out.read_text() == "the old one"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_not_there_is_named(cast, tmp_path) -> None:
    with pytest.raises(CommandError, match="nowhere.*No such file"):
        run("season", "--out", str(tmp_path / "nowhere" / "x.csv"))


def test_it_is_recorded_as_the_program(cast, card) -> None:
    run("scorecards", "--as", cast.recruiter.email)
    line = AuditEvent.objects.get(action="loop.exported")
    assert line.actor is None
    assert line.detail["as"] == cast.recruiter.email


def test_xlsx_goes_through_a_pipe(cast, card, tmp_path) -> None:
    """The bytes of standard output, which a StringIO has none of."""
    pipe = tmp_path / "pipe.xlsx"
    with pipe.open("w") as out:
        call_command("export", "season", "--format", "xlsx", stdout=out)
    assert openpyxl.load_workbook(pipe).active.max_row == 2
