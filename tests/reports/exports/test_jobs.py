"""Asked for, made with the rights of that moment, kept for one person, refused, deleted."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEvent, Role
from interviews.models import CommitteeSeat, Seat
from mail import outbox
from mail.models import Mail
from reports.exports import files
from reports.exports import jobs as making
from reports.exports.sheet import Refused
from reports.models import Export
from tests.people import MONDAY, make_loop, person, seat_in, submitted_card
from tests.reports.exports.conftest import made, read

State = Export.State
FORMATS = ("csv", "xlsx", "json", "jsonl")


@pytest.fixture
def card(cast):
    return submitted_card(Seat.objects.get(person=cast.colleague))


def recuse(cast) -> None:
    CommitteeSeat.objects.create(
        loop=cast.loop, person=cast.recruiter, recused_at=MONDAY, recusal_reason="kin"
    )


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


# --- Made -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_is_made_whole_for_its_asker_alone(cast, card, format, exports_folder) -> None:
    export = made(cast.recruiter, format=format)
    assert (export.state, export.progress, export.rows) == (State.DONE, 100, 1)
    assert export.error == ""
    assert export.is_kept()
    path = files.path_of(export)
    assert left_in(exports_folder) == [path.name]
    assert path.stat().st_size == export.size
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(exports_folder.stat().st_mode) == 0o700
    assert [row["interviewer"] for row in read(export)] == ["A Colleague"]
    assert export.loops == [cast.loop.pk]


@pytest.mark.parametrize("kind", ["season", "scorecards", "decisions"])
def test_every_kind_can_be_empty(cast, kind) -> None:
    recuse(cast)
    export = made(cast.recruiter, kind, "csv")
    assert (export.state, export.rows) == (State.DONE, 0)


def test_rows_are_decided_when_the_file_is_made(cast, card) -> None:
    waits = making.request_export(cast.recruiter, "scorecards", "jsonl")
    recuse(cast)
    assert making.EXPORTS.run(waits.pk).rows == 0


@pytest.mark.parametrize("lost", ["role", "account"])
def test_who_lost_the_right_meanwhile_gets_no_file(cast, card, lost, exports_folder) -> None:
    waits = making.request_export(cast.recruiter, "scorecards", "jsonl")
    change = {"roles": []} if lost == "role" else {"is_active": False}
    type(cast.recruiter).objects.filter(pk=cast.recruiter.pk).update(**change)
    for _ in range(3):
        export = making.EXPORTS.run(waits.pk)
    assert (export.state, export.error) == (State.FAILED, "You may not export this.")
    assert left_in(exports_folder) == []


@pytest.mark.parametrize("kind", ["season", "scorecards", "decisions"])
def test_only_recruiters_ask_for_rows_of_loops(cast, kind) -> None:
    for reader in (cast.interviewer, cast.committee, cast.administrator, cast.stranger):
        with pytest.raises(Refused):
            making.request_export(reader, kind, "csv")
    with pytest.raises(Refused):
        making.request_export(cast.recruiter, "audit", "csv")


def test_the_record_names_the_reader_in_every_loops_own_chain(cast, card) -> None:
    made(cast.recruiter)
    line = AuditEvent.objects.get(action="loop.exported")
    assert (line.stream, line.actor) == (f"loop:{cast.loop.pk}", cast.recruiter)
    assert line.detail["kind"] == "scorecards"
    assert AuditEvent.objects.filter(action="export.made", actor=cast.recruiter).count() == 1


def test_a_second_click_joins_what_waits_and_another_format_does_not(cast) -> None:
    first = making.request_export(cast.recruiter, "season", "csv")
    assert making.request_export(cast.recruiter, "season", "csv") == first
    assert making.request_export(cast.recruiter, "season", "json") != first


def test_the_hint_goes_out_after_the_commit(
    cast, hints, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        export = making.request_export(cast.recruiter, "season", "csv")
        assert hints == []
    assert hints == [str(export.pk)]


def test_its_asker_gets_a_mail_that_says_nothing_but_that_it_is_ready(cast, card) -> None:
    made(cast.recruiter)
    waits = Mail.objects.get()
    assert (waits.to, waits.person) == (cast.recruiter.email, cast.recruiter)
    assert waits.loop is None
    assert "Noor" not in waits.body + waits.subject
    assert outbox.sweep() == 1


# --- Interrupted ----------------------------------------------------------------------------------


def test_a_fault_in_the_middle_leaves_no_file_and_is_tried_again(
    cast, card, monkeypatch, exports_folder
) -> None:
    waits = making.request_export(cast.recruiter, "scorecards", "csv")

    def fail(*args):
        raise ValueError("a candidate's secret")

    with monkeypatch.context() as broken:
        broken.setattr(making.files, "keep", fail)
        export = making.EXPORTS.run(waits.pk)
    assert left_in(exports_folder) == []
    assert export.state == State.RUNNING
    assert "secret" not in export.error
    assert not AuditEvent.objects.filter(action="export.made").exists()
    assert making.EXPORTS.sweep() == [waits.pk]
    waits.refresh_from_db()
    assert waits.state == State.DONE
    assert len(read(waits)) == 1


def test_what_a_killed_worker_left_is_removed_by_the_next(cast, card, exports_folder) -> None:
    waits = making.request_export(cast.recruiter, "scorecards", "csv")
    making.EXPORTS.claim(waits.pk)
    bench = files.folder() / f"{waits.pk}.1.part"
    bench.mkdir()
    (bench / "export.csv").write_text("half a fi")
    assert making.EXPORTS.sweep() == []
    then = timezone.now() - timedelta(seconds=61)
    Export.objects.filter(pk=waits.pk).update(leased_at=then, started_at=then)
    assert making.EXPORTS.sweep() == [waits.pk]
    assert left_in(exports_folder) == [f"{waits.pk}.csv"]


def test_a_worker_that_lost_its_lease_stores_nothing(
    cast, card, monkeypatch, exports_folder
) -> None:
    waits = making.request_export(cast.recruiter, "scorecards", "csv")
    real = making.write

    def slow(*args):
        count = real(*args)
        Export.objects.filter(pk=waits.pk).update(leased_at=None)
        assert making.EXPORTS.claim(waits.pk).attempts == 2  # another takes it meanwhile
        return count

    monkeypatch.setattr(making, "write", slow)
    export = making.EXPORTS.run(waits.pk)
    assert (export.state, export.attempts) == (State.RUNNING, 2)
    assert left_in(exports_folder) == []


# --- Fetched, refused, deleted --------------------------------------------------------------------


def test_fetching_is_recorded(cast, card) -> None:
    export = made(cast.recruiter)
    assert making.fetch(export, cast.recruiter) == files.path_of(export)
    export.refresh_from_db()
    assert export.downloaded_at
    assert AuditEvent.objects.filter(action="export.fetched", actor=cast.recruiter).exists()


@pytest.mark.parametrize("lost", ["recused", "owes a card"])
def test_a_file_with_a_loop_that_is_no_longer_open_is_refused_and_deleted(
    cast, card, lost, exports_folder
) -> None:
    make_loop(name="Another")  # stays open: one loop lost is enough
    export = made(cast.recruiter, "season")
    assert export.rows == 2
    if lost == "recused":
        recuse(cast)
    else:
        seat_in(cast.loop, cast.recruiter, starts_at=MONDAY + timedelta(days=1))
    with pytest.raises(Refused, match="may no longer read everything"):
        making.fetch(export, cast.recruiter)
    assert left_in(exports_folder) == []
    again = made(cast.recruiter, "season")
    assert [row["candidate"] for row in read(again)] == ["Another"]
    assert making.fetch(again, cast.recruiter)


def test_a_trail_that_tells_of_a_loop_closed_since_is_refused(cast, card) -> None:
    export = made(cast.administrator, "audit")
    assert making.fetch(export, cast.administrator)
    CommitteeSeat.objects.create(
        loop=cast.loop, person=cast.administrator, recused_at=MONDAY, recusal_reason="kin"
    )
    with pytest.raises(Refused):
        making.fetch(export, cast.administrator)


def test_a_file_that_somebody_removed_is_refused_with_a_sentence(cast, card) -> None:
    export = made(cast.recruiter)
    files.path_of(export).unlink()
    with pytest.raises(Refused, match="Ask for it again"):
        making.fetch(export, cast.recruiter)


def test_files_go_when_their_time_is_over_and_strays_with_them(cast, card, exports_folder) -> None:
    old, young = made(cast.recruiter, format="csv"), made(cast.recruiter, format="json")
    waits = making.request_export(cast.recruiter, "season", "csv")
    bench = files.folder() / f"{waits.pk}.1.part"
    bench.mkdir()
    (files.folder() / "nobodys.csv").write_text("x")
    past = timezone.now() - timedelta(seconds=1)
    Export.objects.filter(pk=old.pk).update(expires_at=past)
    making.expire()
    assert left_in(exports_folder) == sorted([f"{young.pk}.json", bench.name])
    old.refresh_from_db()
    assert old.deleted_at
    assert not old.is_kept()
    assert old.size
    making.expire()
    assert AuditEvent.objects.filter(action="export.deleted").count() == 1


def test_what_cannot_be_is_refused_by_the_database(cast) -> None:
    for fields in (
        {"requested_by": None, "kind": "season", "format": "csv"},
        {"requested_by": cast.recruiter, "kind": "wages", "format": "csv"},
        {"requested_by": cast.recruiter, "kind": "season", "format": "doc"},
        {
            "requested_by": cast.recruiter,
            "kind": "season",
            "format": "csv",
            "state": "done",
            "progress": 100,
            "finished_at": timezone.now(),
        },
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Export.objects.create(**fields)


def test_somebody_elses_export_is_invisible(cast) -> None:
    export = made(cast.recruiter, "season")
    other = person("Another Recruiter", Role.RECRUITER)
    assert not Export.objects.visible_to(other).exists()
    cast.recruiter.roles = [Role.ADMINISTRATOR]
    assert not Export.objects.visible_to(cast.recruiter).filter(pk=export.pk).exists()
