"""The loop on one page: what it tells, what it leaves to the packet, and that it stays one page."""

import copy
from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import AuditEvent
from interviews.models import Seat
from packets import build_jobs
from packets.pdf.render import RecordedDecision, summary_pdf
from tests.packets.content.loops import LOOPS, VIKTOR, packet_of
from tests.packets.page.test_words import HEADER
from tests.packets.pdf.test_pdf import words
from tests.people import submitted_card
from tests.recruiting.feedback.conftest import decide

DECIDED = RecordedDecision(
    "No hire", "The flag was upheld.", "A Chair", datetime(2026, 5, 20, 13, tzinfo=UTC)
)


def summary_of(content: dict, decided: RecordedDecision | None = None) -> PdfReader:
    document = {"packet": HEADER, **content}
    return PdfReader(BytesIO(summary_pdf(document, decided, ZoneInfo("Europe/Oslo"))))


@pytest.mark.parametrize("slug", LOOPS)
def test_every_public_loop_fits_one_page(slug):
    assert len(summary_of(packet_of(slug), DECIDED).pages) == 1


def test_it_tells_the_verdict_the_flag_the_bar_and_the_decision():
    said = words(summary_of(packet_of(VIKTOR), DECIDED))
    assert "No hire, recorded by A Chair, 20 May 2026, 15:00." in said
    assert "One disqualifying flag is open" in said
    assert "Ignores the data’s reality, disqualifying, open. Raised by" in said
    assert "Ravi Subramanian, corroborated by 0, contradicted by 3, untested by 1" in said
    assert "Below Adaptability" in said
    assert "Packet 1, current" in said
    assert HEADER["digest"] in said


def test_without_a_decision_it_says_so():
    assert "None is recorded yet." in words(summary_of(packet_of(VIKTOR)))


def test_long_and_hostile_words_are_cut_and_stay_words():
    content = copy.deepcopy(packet_of(VIKTOR))
    content["candidate"]["name"] = '#read("/etc/passwd") ' + "x" * 500
    content["flags"] = content["flags"] * 9
    content["questions"] = [{**content["questions"][0], "text": "y " * 3000}] * 40
    decided = RecordedDecision("No hire", "z " * 50_000 + "\u202e", "<b>Chair</b>", DECIDED.at)
    pdf = summary_of(content, decided)
    said = words(pdf)
    assert len(pdf.pages) == 1
    assert "#read(" in said
    assert "<b>Chair</b>" in said
    assert "And 5 more in the packet." in said
    assert "And 35 more in the packet." in said


def test_a_recruiter_fetches_it_with_the_decision_and_leaves_a_line(client, cast):
    for seat in Seat.objects.filter(interview__loop=cast.loop, role="lead"):
        submitted_card(seat)
    packet = build_jobs.build_now(cast.loop, cast.recruiter).packet
    decide(cast, packet)
    client.force_login(cast.recruiter)
    response = client.get(reverse("loop_summary", args=[cast.loop.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="Noor_Example_summary.pdf"'
    said = words(PdfReader(BytesIO(response.content)))
    assert "No hire, recorded by A Committee Member" in said
    assert packet.digest in said
    line = AuditEvent.objects.filter(action="packet.read").latest("seq")
    assert (line.actor, line.detail["how"]) == (cast.recruiter, "summary")
