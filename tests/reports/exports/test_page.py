"""The page of exports, and the file as a browser gets it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from interviews.models import CommitteeSeat, Seat
from reports.exports import jobs
from reports.models import Export
from tests.people import MONDAY, person, submitted_card
from tests.reports.exports.conftest import made

PAGE = "/exports/"


@pytest.fixture
def recruiter(cast):
    submitted_card(Seat.objects.get(person=cast.colleague))
    return cast.recruiter


@pytest.fixture
def client(recruiter) -> Client:
    client = Client()
    client.force_login(recruiter)
    return client


def text(client: Client) -> str:
    return " ".join(client.get(PAGE).content.decode().split())


def test_without_exports_the_page_says_what_to_do(client) -> None:
    assert "You have made no export yet" in text(client)


def test_asking_makes_a_row_that_says_how_far_it_is(client, recruiter) -> None:
    answer = client.post(PAGE, {"kind": "season", "format": "xlsx"}, follow=True)
    assert "Asked for." in answer.content.decode()
    export = Export.objects.get()
    assert (export.requested_by, export.kind, export.format) == (recruiter, "season", "xlsx")
    assert "requested</span>, <span data-percent>0 %" in text(client)
    state = client.get(reverse("export_state", args=[export.pk])).json()
    assert state == {"state": "requested", "says": "Requested", "progress": 0}


def test_a_kind_of_another_role_is_no_choice(client) -> None:
    answer = client.post(PAGE, {"kind": "audit", "format": "csv"})
    assert "audit is not one of the available choices" in answer.content.decode()
    assert not Export.objects.exists()


def test_the_file_comes_under_its_name_and_is_kept_nowhere(client, recruiter) -> None:
    export = made(recruiter, "scorecards", "csv")
    answer = client.get(reverse("export_file", args=[export.pk]))
    body = b"".join(answer.streaming_content)
    assert body.startswith(b"\xef\xbb\xbfloop,candidate")
    assert b"A Colleague" in body
    day = timezone.now().strftime("%Y-%m-%d")
    assert answer["Content-Disposition"] == (
        f'attachment; filename="scorecard-scorecards-{day}.csv"'
    )
    assert "no-store" in answer["Cache-Control"]


def test_a_refusal_is_a_sentence_on_the_page_and_a_way_on(client, cast, recruiter) -> None:
    export = made(recruiter)
    CommitteeSeat.objects.create(
        loop=cast.loop, person=recruiter, recused_at=MONDAY, recusal_reason="kin"
    )
    answer = client.get(reverse("export_file", args=[export.pk]), follow=True)
    assert "You may no longer read everything that is in this file" in answer.content.decode()
    assert "Make anew" in answer.content.decode()
    assert "no longer kept" in client.get(
        reverse("export_file", args=[export.pk]), follow=True
    ).content.decode()  # fmt: skip


def test_somebody_elses_is_as_if_it_were_not(client, cast) -> None:
    other = made(person("Another Recruiter", Role.RECRUITER))
    for name in ("export_file", "export_state"):
        assert client.get(reverse(name, args=[other.pk])).status_code == 404
    for name in ("retry_export", "delete_export"):
        assert client.post(reverse(name, args=[other.pk])).status_code == 404


def test_a_failed_row_keeps_its_reason_and_can_be_tried_again(client, recruiter) -> None:
    export = jobs.request_export(recruiter, "season", "csv")
    Export.objects.update(state="failed", error="The disk is full.", finished_at=timezone.now())
    assert "<b>failed</b>: The disk is full." in text(client)
    client.post(reverse("retry_export", args=[export.pk]))
    assert list(Export.objects.order_by("requested_at").values_list("state", flat=True)) == [
        "failed",
        "requested",
    ]


def test_deleting_by_hand(client, recruiter) -> None:
    export = made(recruiter)
    client.post(reverse("delete_export", args=[export.pk]))
    export.refresh_from_db()
    assert export.deleted_at
    assert "deleted" in text(client)


@pytest.mark.parametrize("more", [0, 3])
def test_queries_do_not_grow_with_exports(client, recruiter, more) -> None:
    made(recruiter, "season", "csv")
    for format in ("csv", "json", "jsonl")[:more]:
        made(recruiter, "scorecards", format)
    with CaptureQueriesContext(connection) as found:
        client.get(PAGE)
    assert len(found) == 3
