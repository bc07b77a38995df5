"""What Home asks of committee members and recruiters, and that it asks nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from ats.models import ImportRun
from hiring_committee.models import Vote
from interviews.models import CommitteeSeat, Loop, Seat
from mail.models import Mail
from packets import build_jobs
from packets.models import Packet
from recruiting.feedback import letter as letters
from reports.models import Export
from tests.conftest import As
from tests.people import MONDAY, make_loop, person, seat_in, submitted_card
from tests.recruiting.feedback.conftest import decide


def home(as_: As, user: User) -> dict:
    return as_(user).get(reverse("home")).context


def body(as_: As, user: User) -> str:
    return as_(user).get(reverse("home")).content.decode()


def exports(as_: As, user: User) -> list[Export]:
    return [row for _, rows in home(as_, user)["recruiter"]["panels"] for row in rows]


def packet_for(loop: Loop, by: User) -> Packet:
    for seat in Seat.objects.filter(interview__loop=loop, role="lead"):
        submitted_card(seat)
    return build_jobs.build_now(loop, by).packet


@pytest.fixture
def packet(cast) -> Packet:
    return packet_for(cast.loop, cast.recruiter)


def test_a_member_is_told_what_to_read_and_which_vote_is_owed(cast, packet, as_):
    [row] = home(as_, cast.committee)["committee"]["votes"]
    assert (row, row.unread, row.first_in) == (packet, True, False)
    as_(cast.committee).get(reverse("packet", args=[packet.pk]))
    seat = CommitteeSeat.objects.get(person=cast.committee)
    Vote.objects.create(packet=packet, seat=seat, ballot="first", choice="no", reason="Read.")
    [row] = home(as_, cast.committee)["committee"]["votes"]
    assert (row.unread, row.first_in) == (False, True)
    decide(cast, packet)
    assert not home(as_, cast.committee)["committee"]["votes"]


def test_a_recused_member_and_a_stranger_are_told_nothing(cast, packet, as_):
    for who in (cast.recused, cast.stranger):
        assert "Noor Example" not in body(as_, who)
    assert "Packet" not in body(as_, cast.candidate_account)


def test_a_packet_stays_ready_until_it_is_decided_and_then_waits_to_be_passed_on(cast, packet, as_):
    recruiter = home(as_, cast.recruiter)["recruiter"]
    assert [row.has_committee for row in recruiter["ready"]] == [True]
    assert not recruiter["pass_on"]
    decision = decide(cast, packet)
    recruiter = home(as_, cast.recruiter)["recruiter"]
    assert not recruiter["ready"]
    assert [(row, row.has_letter) for row in recruiter["pass_on"]] == [(decision, False)]
    letter = letters.begin(cast.recruiter, cast.loop)
    assert home(as_, cast.recruiter)["recruiter"]["pass_on"][0].has_letter
    check = letters.ask(cast.recruiter, letter, of=cast.committee, seen=1)
    assert "being checked" in body(as_, cast.recruiter)
    letters.answer(cast.committee, check, approves=False, remark="Shorter.")
    assert "needs a change" in body(as_, cast.recruiter)
    letters.rewrite(cast.recruiter, letter, text="Dear Noor, thank you.", seen=1)
    assert "needs a change" not in body(as_, cast.recruiter)
    again = letters.ask(cast.recruiter, letter, of=cast.committee, seen=2)
    letters.answer(cast.committee, again, approves=True, remark="")
    assert "being checked" not in body(as_, cast.recruiter)
    letters.release(cast.recruiter, letter, seen=2)
    assert not home(as_, cast.recruiter)["recruiter"]["pass_on"]


def test_a_new_packet_of_a_decided_loop_waits_for_nobody(cast, packet, as_):
    decide(cast, packet)
    build_jobs.supersede(cast.loop)
    assert build_jobs.build_now(cast.loop, cast.recruiter).packet != packet
    assert not home(as_, cast.recruiter)["recruiter"]["ready"]


def test_a_wish_for_more_evidence_is_not_passed_on(cast, packet, as_):
    decide(cast, packet, "more_evidence")
    assert not home(as_, cast.recruiter)["recruiter"]["pass_on"]


def test_a_packet_without_a_committee_asks_for_one(cast, packet, as_):
    CommitteeSeat.objects.filter(person=cast.committee).update(
        recused_at=MONDAY, recusal_reason="A former colleague"
    )
    assert "Seat a committee" in body(as_, cast.recruiter)


def test_a_letter_to_check_is_listed_until_it_is_answered_or_changed(cast, packet, as_):
    decide(cast, packet)
    letter = letters.begin(cast.recruiter, cast.loop)
    check = letters.ask(cast.recruiter, letter, of=cast.committee, seen=1)
    assert list(home(as_, cast.committee)["checks"]) == [check]
    assert "Feedback for" in body(as_, cast.committee)
    letters.rewrite(cast.recruiter, letter, text="Dear Noor, thank you.", seen=1)
    assert not home(as_, cast.committee)["checks"]
    again = letters.ask(cast.recruiter, letter, of=cast.committee, seen=2)
    assert list(home(as_, cast.committee)["checks"]) == [again]
    letters.answer(cast.committee, again, approves=True, remark="")
    assert not home(as_, cast.committee)["checks"]


def test_a_failed_import_is_its_own_makers(cast, as_):
    other = person("Another Recruiter", Role.RECRUITER)
    ImportRun.objects.create(by=cast.recruiter, files=["<b>.json"], refused=1, lines=["x"])
    assert "&lt;b&gt;.json" in body(as_, cast.recruiter)
    assert "Imports that failed" not in body(as_, other)


def test_an_export_is_told_of_until_it_is_fetched_and_to_its_asker_alone(cast, as_):
    other = person("Another Recruiter", Role.RECRUITER)
    now = timezone.now()
    done = {"state": "done", "progress": 100, "rows": 1, "size": 1, "attempts": 1}
    done |= {"started_at": now, "finished_at": now, "expires_at": now + timedelta(days=3)}
    export = Export.objects.create(requested_by=cast.recruiter, kind="season", format="csv", **done)
    assert exports(as_, cast.recruiter) == [export]
    assert "kept until" in body(as_, cast.recruiter)
    assert not exports(as_, other)
    Export.objects.update(downloaded_at=now)
    assert not exports(as_, cast.recruiter)


def test_a_mail_that_failed_is_told_to_those_who_may_know_its_loop(cast, as_):
    made = {"kind": "invitation", "to": "a@b.example", "state": "failed"}
    Mail.objects.create(loop=cast.loop, error="Nobody there.", **made)
    assert "Nobody there." in body(as_, cast.recruiter)
    CommitteeSeat.objects.create(
        loop=cast.loop, person=cast.recruiter, recused_at=MONDAY, recusal_reason="kin"
    )
    assert "Nobody there." not in body(as_, cast.recruiter)
    made["kind"] = "export"
    Mail.objects.create(person=cast.recruiter, error="Nobody there.", **made)
    assert "Export ready, to" in body(as_, cast.recruiter)


@pytest.mark.parametrize("many", [1, 6])
def test_the_same_number_of_queries_for_one_and_many(cast, as_, many, django_assert_num_queries):
    everything = person("Everything", Role.RECRUITER, Role.COMMITTEE)
    for n in range(many):
        loop = make_loop(name=f"Candidate {n}")
        seat_in(loop, cast.stranger, starts_at=MONDAY + timedelta(days=n))
        CommitteeSeat.objects.create(loop=loop, person=everything)
        packet_for(loop, everything)
        ImportRun.objects.create(by=everything, files=[f"{n}.json"], refused=1)
        made = {"state": "failed", "error": "No.", "attempts": 3, "finished_at": timezone.now()}
        Export.objects.create(requested_by=everything, kind="season", format="csv", **made)
        Mail.objects.create(
            kind="feedback", loop=loop, to="a@b.example", state="failed", error="No."
        )
    client = as_(everything)
    client.get(reverse("home"))
    with django_assert_num_queries(26):
        shown = client.get(reverse("home")).context
    [(_, rows)] = shown["recruiter"]["panels"]
    assert len(rows) == len(shown["recruiter"]["mails"]) == many
    assert len(shown["recruiter"]["ready"]) == len(shown["committee"]["votes"]) == many
