"""The live page and its endpoint over HTTP: who gets what, and how bad requests are told so."""

import gzip
import json
import re
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from accounts.models import AuditEvent
from interviews.models import Interview, Seat
from scorecard import live, submission
from scorecard.live import MODULES, stage_keys
from scorecard.models import Note, Scorecard
from tests.people import Cast, card_for

BODY = {"operations": []}


@pytest.fixture
def card(cast: Cast) -> Scorecard:
    return card_for(Seat.objects.get(person=cast.interviewer))


@pytest.fixture
def client(cast: Cast) -> Client:
    made = Client()
    made.force_login(cast.interviewer)
    return made


def address(card: Scorecard) -> str:
    return reverse("sync", args=[card.pk])


def post(client: Client, card: Scorecard, body, content_type: str = "application/json"):
    data = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.post(address(card), data, content_type=content_type)


def note(text: str = "x", **value) -> dict:
    return {
        "id": str(uuid.uuid4()),
        "kind": "note.put",
        "entity": str(uuid.uuid4()),
        "base_revision": 0,
        "value": {"text": text, **value},
    }


def test_a_batch_is_answered_with_results_and_the_time(client, card):
    answer = post(client, card, {"operations": [note()]})
    assert answer.status_code == 200
    assert [each["status"] for each in answer.json()["results"]] == ["applied"]
    assert answer.json()["saved_at"]
    assert answer.headers["Cache-Control"].startswith("max-age=0")


def test_a_lost_session_is_told_to_the_script_and_not_redirected(card):
    answer = post(Client(), card, BODY)
    assert answer.status_code == 401
    assert "Sign in again" in answer.json()["error"]


def test_forgery_is_refused(cast, card):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.interviewer)
    assert post(client, card, {"operations": [note()]}).status_code == 403
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ('{"operations": ' + "9" * 5000 + "}", "application/json", 400),
        ("[]", "application/json", 400),
        ('{"operations": []}', "text/plain", 415),
        (" " * (4 * 1024 * 1024 + 1), "application/json", 413),
    ],
)
def test_what_is_no_batch_is_told_so(client, card, body, content_type, status):
    answer = post(client, card, body, content_type)
    assert answer.status_code == status
    assert answer.json()["error"]


@pytest.mark.parametrize("who", ["colleague", "shadow", "recruiter", "committee", "stranger"])
def test_anothers_card_is_not_there_whatever_is_sent(cast, card, who):
    client = Client()
    client.force_login(getattr(cast, who))
    for body in (BODY, "{", {"operations": [{}] * 300}):
        assert post(client, card, body).status_code == 404
    assert client.get(address(card)).status_code == 404
    assert client.get(reverse("live", args=[card.pk])).status_code == 404


def test_a_submitted_card_takes_nothing_and_says_why(client, card):
    submission.submit(card, card.author)
    answer = post(client, card, {"operations": [note()]})
    assert answer.status_code == 409
    assert "submitted" in answer.json()["error"]
    live = client.get(reverse("live", args=[card.pk]))
    assert live.url == reverse("scorecard", args=[card.pk])


def test_a_card_being_amended_is_open_again(client, card):
    submission.submit(card, card.author)
    submission.begin_amendment(card, card.author)
    assert post(client, card, {"operations": [note("later")]}).status_code == 200
    assert client.get(reverse("live", args=[card.pk])).status_code == 200


def test_the_state_is_what_was_saved(client, card):
    operation = note("said so", at_seconds=61)
    post(client, card, {"operations": [operation]})
    [shown] = client.get(address(card)).json()["notes"]
    assert (shown["id"], shown["revision"]) == (operation["entity"], 1)
    assert (shown["value"]["text"], shown["value"]["at_seconds"]) == ("said so", 61)


def test_a_link_shows_what_a_post_begins(client, cast):
    """Whatever follows links, a mail program or a browser ahead of its reader, begins nothing."""
    seat = Seat.objects.get(person=cast.interviewer)
    address = reverse("open_scorecard", args=[seat.pk])
    page = client.get(address)
    assert (page.status_code, Scorecard.objects.exists()) == (200, False)
    assert "You have not begun this scorecard" in page.content.decode()
    first = client.post(address)
    card = Scorecard.objects.get(seat=seat)
    assert first.url == reverse("live", args=[card.pk])
    assert client.get(address).url == client.post(address).url == first.url
    assert AuditEvent.objects.filter(action="scorecard.begun").count() == 1


def test_no_card_is_begun_without_its_line_in_the_trail(cast, monkeypatch):
    seat = Seat.objects.get(person=cast.interviewer)
    with monkeypatch.context() as broken:
        broken.setattr(live.audit, "record", None)
        with pytest.raises(TypeError):
            live.begin(seat)
    assert not Scorecard.objects.exists()
    live.begin(seat)
    assert AuditEvent.objects.filter(action="scorecard.begun").count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_ones_own_seat_opens_a_card(client, cast, method):
    seat = Seat.objects.get(person=cast.colleague)
    address = reverse("open_scorecard", args=[seat.pk])
    assert getattr(client, method)(address).status_code == 404
    assert not Scorecard.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_round_that_the_rubric_does_not_have_begins_nothing(client, cast, method):
    Interview.objects.filter(round="ml-system-design").update(round="lunch")
    seat = Seat.objects.get(person=cast.interviewer)
    address = reverse("open_scorecard", args=[seat.pk])
    assert getattr(client, method)(address).status_code == 404
    assert not Scorecard.objects.exists()


def test_the_page_can_be_read_without_scripts(client, card):
    hostile = "<script>alert(1)</script> \u202eabc"
    post(client, card, {"operations": [note(hostile, at_seconds=75, stage="data")]})
    html = client.get(reverse("live", args=[card.pk])).content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "1:15" in html
    assert "needs it" in html  # the sentence for those without JavaScript


def test_a_note_is_drawn_with_its_own_words_whatever_was_drawn_before(client, card):
    """Notes of the same tags share what the template made of them."""
    tags = {"signal": "data-first", "dimension": "data-assumptions", "polarity": "strength"}
    said = [("why?", {"kind": "probe"}), ("one <b>", {}), ("two", tags), ("three", tags)]
    sent = [note(text, at_seconds=60 * at, **more) for at, (text, more) in enumerate(said)]
    post(client, card, {"operations": sent[::-1]})
    html = client.get(reverse("live", args=[card.pk])).content.decode()
    *items, template = re.findall(r'<li class="note.*?</li>', html, re.DOTALL)
    assert len(items) == len(said)
    for at, (item, (text, more)) in enumerate(zip(items, said, strict=True)):
        assert f'data-id="{sent[at]["entity"]}"' in item
        assert f"<time>{at}:00</time>" in item
        assert f">{escape(text)}</p>" in item
        assert ("Data first" in item, "note ask" in item) == (more is tags, "kind" in more)
    assert "data-id" not in template
    assert "<time></time>" in template


@pytest.mark.parametrize("notes", [1, 60])
def test_opening_the_page_costs_the_same_however_many_notes_there_are(client, card, notes):
    post(client, card, {"operations": [note(f"note {n}") for n in range(notes)]})
    client.get(reverse("live", args=[card.pk]))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("live", args=[card.pk]))
    # person, card with its place, notes
    assert len(queries) == 3


@pytest.mark.parametrize("notes", [1, 200])
def test_saving_a_note_costs_the_same_however_many_there_are(client, card, notes):
    operations = [note(f"note {n}") for n in range(notes)]
    post(client, card, {"operations": operations})
    changed = {**operations[0], "id": str(uuid.uuid4()), "base_revision": 1}
    changed["value"] = {"text": "other words"}
    with CaptureQueriesContext(connection) as queries:
        post(client, card, {"operations": [changed]})
    # person; savepoint, card, answers given before, notes; note and operation written; release
    assert len(queries) == 8


def test_an_answer_challenges_remarks_and_suggests_signals(client, card):
    remark, evidence, tagged = (
        note("she is quite young for this"),
        note("never brought up drift, even when nudged"),
        note("never brought up drift", signal="plans-for-drift"),
    )
    answer = post(client, card, {"operations": [remark, evidence, tagged]}).json()
    challenges, suggestions = answer["challenges"], answer["suggestions"]
    assert challenges[remark["entity"]][0]["kind"] == "age"
    assert challenges[evidence["entity"]] == []
    assert len(suggestions[evidence["entity"]]) == 3
    assert suggestions[tagged["entity"]] == []


def test_every_stage_has_a_key_of_its_own(rubric):
    stages = rubric.rubric.stages
    keys = stage_keys(list(stages.values()))
    assert len(set(keys.values()) - {""}) == len(stages)
    assert (keys["model-choice"], keys["components"], keys["recap"]) == ("m", "n", "e")


def test_every_script_of_the_page_is_named_up_front():
    folder = settings.BASE_DIR / "static" / "scorecard"
    found, left = set(), {folder / "live" / "main.js"}
    while left:
        module = left.pop()
        found.add(module)
        imports = re.findall(r'^import .*"(\..+)";$', module.read_text(), re.M)
        left |= {(module.parent / each).resolve() for each in imports} - found
    assert {str(path.relative_to(folder.parent)) for path in found} == {
        *MODULES,
        "scorecard/live/main.js",
    }


def test_the_first_visit_loads_less_than_150_kilobytes_of_scripts_and_styles(client, card):
    html = client.get(reverse("live", args=[card.pk])).content.decode()
    names = set(re.findall(r'(?:href|src)="/static/([^"]+\.(?:js|css))"', html))
    assert {"scorecard/live/main.js", "scorecard/outbox/queue.js", "scorecard/live.css"} <= names
    files = [Path(finders.find(name)).read_bytes() for name in names]
    assert sum(len(gzip.compress(each)) for each in files) < 150_000
