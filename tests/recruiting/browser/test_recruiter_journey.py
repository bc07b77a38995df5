"""A recruiter's whole way on real services: from a CSV to a season's export and the letter sent.

The interviewers' and the committee's own ways through their pages are walked in other tests; here
they act through the functions that those pages call.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts import audit
from accounts.models import Role, User
from config.celery import app
from hiring_committee import decisions, voting
from hiring_committee.models import Vote
from interviews.locks import loop_stream
from interviews.models import Loop, Opening, Seat
from mail.models import LocalMail
from packets.models import Packet
from tests.people import person, submitted_card
from tests.plugins.processes import Worker
from tests.waiting import until

REMINDER = "Your scorecard is due: Zoë Journey"
HEADER = "name,email,round,starts,ends,time zone,interviewer"


@pytest.fixture
def people(rubric) -> dict[str, User]:
    return {
        "recruiter": person("A Recruiter", Role.RECRUITER),
        "prompt": person("Prompt Interviewer", Role.INTERVIEWER),
        "late": person("Late Interviewer", Role.INTERVIEWER),
        "chair": person("A Chair", Role.COMMITTEE),
    }


def csv_of_two_rounds(people: dict[str, User], folder: Path, end: datetime) -> Path:
    """One candidate, two interviews that are over: the second ended two hours ago."""

    def row(round: str, who: str, ends: datetime) -> str:
        times = f"{ends - timedelta(hours=1):%Y-%m-%d %H:%M},{ends:%Y-%m-%d %H:%M}"
        return f"Zoë Journey,zoe@mailbox.example,{round},{times},UTC,{people[who].email}"

    rows = [row("ml-coding", "prompt", end - timedelta(hours=2)), row("behavioral", "late", end)]
    file = folder / "loop.csv"
    file.write_text("\n".join([HEADER, *rows]), encoding="utf-8-sig")
    return file


def add_opening(page: Page, chair: User) -> Opening:
    page.goto("/openings/add/")
    page.get_by_label("Title").fill("ML Engineer, Journeys")
    page.get_by_label("Level").select_option("senior")
    page.get_by_label("ML coding").check()
    page.get_by_label("Behavioural").check()
    page.get_by_label("Quorum").fill("1")
    page.get_by_role("checkbox", name=chair.name).check()
    page.get_by_label("Chair", exact=True).select_option(str(chair.pk))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("is saved")).to_be_visible()
    return Opening.objects.get(title="ML Engineer, Journeys")


def decide(packet: Packet, chair: User) -> None:
    """The chair votes, reads, votes again and decides, as the debrief's pages do."""
    voting.vote(chair, packet, Vote.Ballot.FIRST, "no", "From the cards alone.")
    audit.record(chair, "packet.read", packet, stream=loop_stream(packet.loop), how="page")
    voting.vote(chair, packet, Vote.Ballot.SECOND, "no", "Read and weighed.")
    decisions.record(chair, packet, kind="no_hire", reason="Read and discussed.")


def test_from_a_csv_to_the_export_and_the_letter(
    people: dict[str, User],
    worker: Worker,
    signed_in: Callable[..., Page],
    tmp_path: Path,
) -> None:
    page = signed_in(people["recruiter"])
    opening = add_opening(page, people["chair"])
    end = timezone.now().replace(second=0, microsecond=0) - timedelta(hours=2)

    page.get_by_role("link", name="Add several").click()
    page.get_by_label("File").set_input_files(csv_of_two_rounds(people, tmp_path, end))
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_text("Nothing is created yet.")).to_be_visible()
    assert not Loop.objects.exists()
    page.get_by_role("button", name="Do this").click()
    expect(page.get_by_text("2 interviews")).to_be_visible()

    loop = Loop.objects.get(opening=opening)
    seats = {seat.person: seat for seat in Seat.objects.filter(interview__loop=loop)}
    submitted_card(seats[people["prompt"]])
    worker.start()
    app.send_task("recruiting.tasks.remind")
    late = signed_in(people["late"])

    def reminded() -> bool:
        late.goto("/mailbox/")
        return late.get_by_role("link", name=REMINDER).count() > 0

    until(reminded)
    late.get_by_role("link", name=REMINDER).click()
    expect(late.get_by_text("is still to be handed in")).to_be_visible()
    submitted_card(seats[people["late"]])
    until(lambda: Packet.objects.filter(loop=loop).exists())
    decide(Packet.objects.get(loop=loop), people["chair"])

    page.goto("/exports/")
    page.get_by_label("What").select_option("season")
    page.get_by_role("button", name="Make the file").click()
    fetch = page.locator("#exports").get_by_role("link", name="Fetch")
    expect(fetch).to_be_visible(timeout=40_000)
    with page.expect_download() as download:
        fetch.click()
    season = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "Zoë Journey" in season
    assert "ML Engineer, Journeys" in season

    page.goto("/")
    page.get_by_role("link", name="Draft it for Zoë Journey").click()
    page.get_by_role("button", name="Draft it").click()
    page.get_by_role("button", name="Preview and release").click()
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_text("Released to zoe@mailbox.example")).to_be_visible()
    until(lambda: LocalMail.objects.filter(to="zoe@mailbox.example").exists())
    letter = LocalMail.objects.get(to="zoe@mailbox.example").text
    assert "Dear Zoë Journey" in letter
    assert "Late Interviewer" not in letter
    page.goto("/")
    expect(page.get_by_role("heading", name="Decisions to pass on")).to_be_hidden()
