"""Several at once: the preview says what each row does, and confirming does that or nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Role, User
from config.celery import app
from config.jobs import rows as jobs
from config.jobs.upload import forget_uploads
from interviews.models import Candidate, CommitteeSeat, Interview, InterviewUpload, Loop, Seat
from interviews.openings import save_opening
from interviews.upload import uploads
from interviews.upload.plan import Verdict
from tests.conftest import As
from tests.interviews.upload.files import LEAD, csv_of, row, xlsx_of
from tests.people import Cast, card_for, person, seat_in

SHOWN = 3  # the session, the reader, the upload
# Claimed, then planned from what is there of rounds, people, candidates and loops, and kept.
PLANNED = 15
# The same under the opening's lock; candidates, accounts, loops, committee, interviews, seats and
# the audit trail once each, in savepoints.
DONE = 35


@pytest.fixture
def client(cast: Cast, as_: As) -> Client:
    return as_(cast.recruiter)


def upload(client: Client, cast: Cast, data: bytes) -> HttpResponse:
    """The preview; or the form again, where the file was refused as a whole."""
    file = SimpleUploadedFile("people.csv", data)
    page = reverse("upload_interviews", args=[cast.loop.opening_id])
    return client.post(page, {"chosen": file}, follow=True)


def confirm(client: Client, preview: HttpResponse) -> HttpResponse:
    address = preview.wsgi_request.path
    return client.post(address, {"digest": preview.context["plan"].digest}, follow=True)


def verdicts(preview: HttpResponse) -> list[str]:
    return [step.verdict.value for step in preview.context["plan"].steps]


def says(preview: HttpResponse, at: int = 0) -> str:
    return " ".join(preview.context["plan"].steps[at].says)


def counts() -> tuple[int, int, int, int]:
    return (*(m.objects.count() for m in (Candidate, Loop, Interview, Seat)),)


def test_nothing_is_created_before_it_is_confirmed(cast: Cast, client: Client) -> None:
    before = counts()
    preview = upload(
        client, cast, csv_of(row(), row("Bo", "bo@x.example", shadow=cast.shadow.email))
    )
    assert verdicts(preview) == ["create", "create"]
    assert counts() == before
    assert "added 2 candidates, 2 loops" in confirm(client, preview).content.decode()
    assert [after - b for after, b in zip(counts(), before, strict=True)] == [2, 2, 2, 3]
    made = Interview.objects.get(loop__candidate__email="ada@mailbox.example")
    assert made.starts_at.isoformat() == "2026-12-01T14:30:00+00:00"
    stream = AuditEvent.objects.filter(stream=f"loop:{made.loop_id}").order_by("seq")
    assert [line.action for line in stream] == ["loop.added", "interview.scheduled"]


def test_the_same_file_again_adds_nothing(cast: Cast, client: Client) -> None:
    data = xlsx_of(row(), row("Bo", "bo@x.example"), ["Cy", "cy@x.example"])
    confirm(client, upload(client, cast, data))
    before = counts()
    again = upload(client, cast, data)
    assert verdicts(again) == ["same", "same", "same"]
    assert "Do this" not in again.content.decode()
    assert counts() == before


def test_a_moved_interview_is_changed_and_its_notes_stay(cast: Cast, client: Client) -> None:
    confirm(client, upload(client, cast, csv_of(row())))
    seat = Seat.objects.get(interview__round="ml-coding")
    card = card_for(seat)
    preview = upload(client, cast, csv_of(row(starts="2026-12-02 09:30", ends="10:15")))
    assert (verdicts(preview), says(preview)) == (["change"], "time")
    confirm(client, preview)
    card.refresh_from_db()
    assert (card.seat, card.seat.interview.starts_at.day) == (seat, 2)


def test_a_seat_with_a_scorecard_is_not_given_away(cast: Cast, client: Client) -> None:
    confirm(client, upload(client, cast, csv_of(row())))
    card_for(Seat.objects.get(interview__round="ml-coding"))
    preview = upload(client, cast, csv_of(row(lead=cast.colleague.email)))
    assert "has begun a scorecard in this interview and keeps the seat" in says(preview)


def test_an_interviewer_can_change_before_anything_was_written(cast: Cast, client: Client) -> None:
    confirm(client, upload(client, cast, csv_of(row())))
    preview = upload(client, cast, csv_of(row(lead=cast.colleague.email)))
    assert (verdicts(preview), says(preview)) == (["change"], "interviewer")
    confirm(client, preview)
    assert Seat.objects.get(interview__round="ml-coding").person == cast.colleague


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"ends": "2026-12-01 09:00"}, "The end must be after the start."),
        ({"starts": "2026-03-08 02:30", "ends": "03:30"}, "02:30 on 8 March 2026 does not exist"),
        ({"starts": "2026-11-01 01:15", "ends": "03:00"}, "the offset, as in 2026-11-01 01:15-04"),
        ({"starts": "next week"}, "is no date with a time; write 2026-12-01 09:30"),
        ({"zone": "Mars/Olympus"}, "write one like Europe/Berlin"),
        ({"round": "ml-codin"}, "not in the rubric; the nearest is “"),
        ({"lead": "a.strangr@lumenta.example"}, f"not known here; the nearest is {LEAD}"),
        ({"lead": "no address"}, "is no e-mail address"),
        ({"lead": ""}, "Interviewer is missing for the round"),
        ({"lead": "a.committee.member@lumenta.example"}, "is no interviewer"),
        ({"shadow": LEAD}, "One person cannot have two seats"),
        ({"round": ""}, "times and interviewers belong to a round"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_refused_with_its_reason(
    cast: Cast, client: Client, wrong: dict, reason: str
) -> None:
    preview = upload(client, cast, csv_of(row("Bo", "bo@x.example"), row(**wrong)))
    assert verdicts(preview) == ["create", "refuse"]
    assert reason in says(preview, 1)
    before = counts()
    confirm(client, preview)
    assert counts() == before


def test_an_interviewer_who_left_is_named(cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.stranger.pk).update(is_active=False)
    preview = upload(client, cast, csv_of(row()))
    assert "A Stranger has left. Name somebody else." in says(preview)


def test_nobody_interviews_themselves_or_plans_their_own_loop(cast: Cast, client: Client) -> None:
    mine = row("Me", cast.recruiter.email.upper())
    preview = upload(client, cast, csv_of(row("A Stranger", LEAD.upper()), mine))
    assert "A Stranger is the candidate" in says(preview, 0)
    assert "You are this candidate" in says(preview, 1)


def test_a_loop_that_the_recruiter_is_recused_from_is_not_theirs_to_plan(
    cast: Cast, client: Client
) -> None:
    CommitteeSeat.objects.create(
        loop=cast.loop, person=cast.recruiter, recused_at=cast.loop.created_at, recusal_reason="x"
    )
    again = csv_of(row("N", cast.loop.candidate.email))
    assert "not yours to plan" in says(upload(client, cast, again))
    seat_in(cast.loop, cast.recruiter)  # so that they know of it all the same
    assert "not yours to plan" in says(upload(client, cast, again))


def test_one_person_in_two_spellings_is_one_candidate(cast: Cast, client: Client) -> None:
    decomposed = row(
        "Zoë",
        "ZOE\u0308@mailbox.example",
        round="behavioral",
        starts="2026-12-03 09:30",
        ends="10:30",
    )
    preview = upload(client, cast, csv_of(row("Zoe\u0308", "zoë@mailbox.example"), decomposed))
    assert [says(preview, n) for n in (0, 1)] == ["candidate and loop interview", "interview"]
    assert preview.context["plan"].steps[1].warns == ()  # the names are one name as well
    confirm(client, preview)
    zoe = Candidate.objects.get(email="zoë@mailbox.example")
    assert (zoe.name, zoe.loops.get().interviews.count()) == ("Zoë", 2)


def test_a_row_twice_in_the_file_is_refused_and_its_first_named(cast: Cast, client: Client) -> None:
    preview = upload(client, cast, csv_of(row(), row("Ada", "ADA@mailbox.example")))
    assert says(preview, 1) == "The same as row 2. Remove one of the two."


def test_a_double_booking_is_warned_of(cast: Cast, client: Client) -> None:
    other = row("Bo", "bo@x.example", starts="2026-12-01 10:00", ends="11:00")
    preview = upload(client, cast, csv_of(row(), other))
    assert verdicts(preview) == ["create", "create"]
    warned = [step.warns for step in preview.context["plan"].steps]
    assert warned == [(), ("A Stranger has another interview at that time.",)]


def test_hostile_names_are_text(cast: Cast, client: Client) -> None:
    names = ['=HYPERLINK(""http://x"",""y"")', "<script>alert(1)</script>"]
    rows = [row(name, f"n{n}@x.example") for n, name in enumerate(names)]
    body = upload(client, cast, csv_of(*rows)).content.decode()
    assert "=HYPERLINK(&quot;http://x&quot;" in body
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert" in body


def test_what_changed_meanwhile_is_shown_and_not_done(cast: Cast, client: Client) -> None:
    preview = upload(client, cast, csv_of(row()))
    User.objects.filter(pk=cast.stranger.pk).update(is_active=False)
    before = counts()
    again = confirm(client, preview)
    assert counts() == before
    assert "Something changed since this was shown" in again.content.decode()
    assert verdicts(again) == [Verdict.REFUSE]
    assert InterviewUpload.objects.get().step == "read"


def test_an_upload_is_confirmed_once_and_keeps_no_rows(cast: Cast, client: Client) -> None:
    preview = upload(client, cast, csv_of(row()))
    confirm(client, preview)
    kept = InterviewUpload.objects.get()
    assert (kept.table, kept.plan, kept.file) == ({}, {}, None)
    before = counts()
    assert "or it was confirmed already" in confirm(client, preview).content.decode()
    assert counts() == before


def test_an_upload_is_its_recruiters_and_lasts_a_day(cast: Cast, client: Client, as_: As) -> None:
    page = upload(client, cast, csv_of(row())).wsgi_request.path
    other = as_(person("Another Recruiter", Role.RECRUITER))
    assert other.get(page).status_code == 404
    InterviewUpload.objects.update(uploaded_at=timezone.now() - timedelta(hours=23, minutes=59))
    forget_uploads()
    assert client.get(page).status_code == 200
    InterviewUpload.objects.update(uploaded_at=timezone.now() - timedelta(hours=24, minutes=1))
    assert client.get(page).status_code == 404
    forget_uploads()
    assert not InterviewUpload.objects.exists()


def test_another_file_takes_the_place_of_one_and_it_can_be_thrown_away(
    cast: Cast, client: Client
) -> None:
    upload(client, cast, csv_of(row(lead="no address")))
    assert "rows refused" in client.get(reverse("home")).content.decode()
    page = upload(client, cast, csv_of(row())).wsgi_request.path
    assert InterviewUpload.objects.count() == 1
    assert "was thrown away" in client.post(page, {"discard": ""}, follow=True).content.decode()
    assert not InterviewUpload.objects.exists()


def test_a_file_that_cannot_be_read_says_so_at_its_field(cast: Cast, client: Client) -> None:
    form = upload(client, cast, b"Who,Mail\nAda,ada@x.example\n").context["form"]
    assert "No column is called “Candidate”" in str(form.errors["chosen"])
    assert InterviewUpload.objects.count() == 0


def test_the_template_can_be_uploaded_as_it_is(cast: Cast, client: Client) -> None:
    data = client.get(reverse("interview_upload_template", args=[cast.loop.opening_id])).content
    assert data.startswith(b"\xef\xbb\xbf")
    preview = upload(client, cast, data)
    assert says(preview).startswith("Interviewer interviewer@company.example is not known here;")


def test_new_loops_get_the_committee_and_internal_candidates_their_wall(
    cast: Cast, client: Client
) -> None:
    insider = person("Ivy Insider", Role.COMMITTEE)
    save_opening(cast.recruiter, cast.loop.opening, committee=[insider], chair=cast.committee)
    confirm(client, upload(client, cast, csv_of(row("Ivy", insider.email), row())))
    assert Candidate.objects.get(name="Ivy").account == insider
    seats = CommitteeSeat.objects.exclude(loop=cast.loop).values_list(
        "loop__candidate__name", "person"
    )
    assert set(seats) == {
        ("Ivy", cast.committee.pk), ("Ada", cast.committee.pk), ("Ada", insider.pk)
    }  # fmt: skip


@pytest.mark.parametrize("many", [1, 60])
def test_rows_add_no_queries(cast: Cast, client: Client, large: list[str], many: int) -> None:
    rows = [row(f"C {n}", f"c{n}@x.example") for n in range(many)]
    page = upload(client, cast, csv_of(*rows)).wsgi_request.path
    with CaptureQueriesContext(connection) as planned:
        uploads.UPLOADS.sweep()
    with CaptureQueriesContext(connection) as shown:
        preview = client.get(page)
    confirm(client, preview)
    with CaptureQueriesContext(connection) as done:
        uploads.UPLOADS.sweep()
    assert (len(planned), len(shown), len(done)) == (PLANNED, SHOWN, DONE)


# --- In a worker ----------------------------------------------------------------------------------


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every upload counts as large; the ids that a worker was told of."""
    told: list[str] = []
    monkeypatch.setattr(uploads, "SMALL_BYTES", 0)
    monkeypatch.setattr(uploads, "SMALL_ROWS", 0)
    monkeypatch.setattr(app, "send_task", lambda name, args, **_: told.append(args[-1]))
    return told


def test_a_large_file_is_a_workers_and_its_page_waits(
    cast: Cast, client: Client, large: list[str]
) -> None:
    page = upload(client, cast, csv_of(row()))
    kept = InterviewUpload.objects.get()
    assert large == [str(kept.pk)]
    assert "Reading the file" in page.content.decode()
    state = client.get(reverse("interview_upload_state", args=[kept.opening_id, kept.pk])).json()
    assert state == {"state": "requested", "progress": 0}
    uploads.UPLOADS.run(kept.pk)
    assert "ready to look at" in client.get(reverse("home")).content.decode()
    waits = confirm(client, client.get(page.wsgi_request.path))
    assert "All rows are added together" in waits.content.decode()
    assert not Candidate.objects.filter(email="ada@mailbox.example").exists()
    uploads.UPLOADS.sweep()
    done = client.get(page.wsgi_request.path, follow=True)
    assert "added 1 candidate, 1 loop, 1 interview" in done.content.decode()


def test_a_large_file_that_cannot_be_read_says_so_on_its_page(
    cast: Cast, client: Client, large: list[str]
) -> None:
    page = upload(client, cast, b"Who,Mail\nAda,ada@x.example\n").wsgi_request.path
    uploads.UPLOADS.sweep()
    assert "No column is called “Candidate”" in client.get(page).content.decode()


def test_a_worker_that_dies_at_the_end_has_added_nothing_and_another_adds_all(
    cast: Cast, client: Client, large: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = upload(client, cast, csv_of(row())).wsgi_request.path
    uploads.UPLOADS.sweep()
    confirm(client, client.get(page))
    before = counts()

    def die(*_, **__) -> None:
        raise SystemExit  # nothing between here and the worker's end catches it

    with monkeypatch.context() as broken:
        broken.setattr(InterviewUpload, "finish", die)
        with pytest.raises(SystemExit):
            uploads.UPLOADS.sweep()
    assert counts() == before
    InterviewUpload.objects.update(leased_at=timezone.now() - jobs.LEASE * 2)
    uploads.UPLOADS.sweep()
    assert [after - b for after, b in zip(counts(), before, strict=True)] == [1, 1, 1, 1]


def test_whoever_may_not_any_more_adds_nothing(
    cast: Cast, client: Client, large: list[str]
) -> None:
    page = upload(client, cast, csv_of(row())).wsgi_request.path
    uploads.UPLOADS.sweep()
    confirm(client, client.get(page))
    User.objects.filter(pk=cast.recruiter.pk).update(is_active=False)
    before = counts()
    for _ in range(jobs.MAX_ATTEMPTS):
        uploads.UPLOADS.sweep()
    assert counts() == before
    assert InterviewUpload.objects.get().error == "You may no longer add anything to this opening."
