"""Who gets what at every address: roles and relations to one loop, times each URL name.

A URL name without a row fails. The loop is tests/people.py's: the interviewer and the shadow
still owe their scorecards, the colleague has handed theirs in, and the recruiter has asked early
for a packet. Nobody may learn from any page what is not theirs to know: neither by words, nor by
a page that looks different once a colleague has handed in.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pypdf import PdfReader

from accounts.models import User
from ats.importing import uploads
from ats.models import ImportRun, ImportUpload
from hiring_committee.discussion import say
from hiring_committee.flag_resolutions import resolve
from hiring_committee.models import BallotOpening, Comment, EvidenceNote, RecruiterTask
from interviews.models import CommitteeSeat, Interview, InterviewUpload, Seat
from interviews.upload import uploads as interview_uploads
from mail.models import LocalMail
from packets import build_jobs
from packets.models import Packet
from recruiting.invitations import feeds
from recruiting.models import CalendarFeed, Feedback
from reports.exports import jobs
from reports.models import Export
from scorecard import submission
from scorecard.content import CardContent, FlagContent, NoteContent, RatingContent
from scorecard.models import Scorecard
from tests.config.access_rows import BLIND, NOT_IN_THE_MATRIX, READERS, ROWS
from tests.hiring_committee.debrief import voted
from tests.packets.page.reading import member_of
from tests.people import Cast, card_for, make_cast
from tests.recruiting.feedback.conftest import decide


@dataclass(frozen=True)
class World:
    """One loop with the colleague's card handed in, and one of everything that has a page."""

    cast: Cast
    colleague_card: Scorecard  # handed in: what `scorecard` shows
    own_card: Scorecard  # the interviewer's, in progress: what `live`, `rate`, `submit` show
    packet: Packet
    export: Export  # the recruiter's, asked for and not made yet


def letter_of(world: World) -> Feedback:
    """A letter to the candidate after a decision, which the committee member is asked to check."""
    found = Feedback.objects.filter(loop=world.cast.loop).first()
    if found:
        return found
    cast = world.cast
    settle(world.packet, cast.committee)
    decision = decide(cast, world.packet)
    made = Feedback.objects.create(
        loop=cast.loop, decision=decision, packet=decision.packet, drafted_by=cast.recruiter
    )
    text = made.texts.create(number=1, text="Dear Noor Example", by=cast.recruiter)
    text.checks.create(asked_by=cast.recruiter, asked_of=cast.committee)
    return made


def failed_import(world: World) -> ImportRun:
    return ImportRun.objects.create(
        by=world.cast.recruiter, files=["loop.json"], refused=1, lines=["loop.json: /: is empty"]
    )


def checked_loop(world: World) -> ImportUpload:
    return uploads.receive(world.cast.recruiter, [("loop.json", b"{")])


def note_on_evidence(world: World) -> EvidenceNote:
    """The committee member's, to the colleague about their card."""
    return EvidenceNote.objects.create(
        card=world.colleague_card, sender=world.cast.committee, text="Cite what you heard."
    )


def feed_token(person: User) -> str:
    return feeds.address(person.calendar_feed).rpartition("/")[2].removesuffix(".ics")


# What an address needs besides its name: a function of the world.
ARGS: dict[str, Callable[[World], list]] = {
    "account_reset_password_from_key": lambda world: ["abc", "no-such-key"],
    "person": lambda world: [world.cast.stranger.pk],
    "deactivate_person": lambda world: [world.cast.stranger.pk],
    "reactivate_person": lambda world: [world.cast.stranger.pk],
    "password_link": lambda world: [world.cast.stranger.pk],
    "loop": lambda world: [world.cast.loop.pk],
    "add_interview": lambda world: [world.cast.loop.pk],
    "edit_interview": lambda world: [Interview.objects.get(round="behavioral").pk],
    "invitations": lambda world: [Interview.objects.get(round="behavioral").pk],
    "cancel_interview": lambda world: [Interview.objects.get(round="behavioral").pk],
    "edit_candidate": lambda world: [world.cast.loop.candidate_id],
    "add_committee_seat": lambda world: [world.cast.loop.pk],
    "make_chair": lambda world: [CommitteeSeat.objects.get(is_chair=True).pk],
    "debrief": lambda world: [world.cast.loop.pk],
    "declare_conflict": lambda world: [world.cast.loop.pk],
    "vote": lambda world: [world.packet.pk],
    "confirm_votes": lambda world: [world.packet.pk],
    "open_votes": lambda world: [world.packet.pk],
    "decide": lambda world: [world.packet.pk],
    "recuse": lambda world: [CommitteeSeat.objects.get(is_chair=True).pk],
    "opening": lambda world: [world.cast.loop.opening_id],
    "edit_opening": lambda world: [world.cast.loop.opening_id],
    "upload_interviews": lambda world: [world.cast.loop.opening_id],
    "interview_upload": lambda world: [world.cast.loop.opening_id, uploaded(world.cast).pk],
    "interview_upload_state": lambda world: [world.cast.loop.opening_id, uploaded(world.cast).pk],
    "interview_upload_template": lambda world: [world.cast.loop.opening_id],
    "opening_bar": lambda world: [world.cast.loop.opening_id],
    "add_loop": lambda world: [world.cast.loop.opening_id],
    "opening_reminders": lambda world: [world.cast.loop.opening_id],
    "edit_mail_text": lambda world: ["invitation"],
    "reset_mail_text": lambda world: ["invitation"],
    "calendar_feed": lambda world: [feed_token(world.cast.interviewer)],  # the address is the right
    "mail": lambda world: [LocalMail.objects.get().pk],
    "export_state": lambda world: [world.export.pk],
    "export_file": lambda world: [world.export.pk],
    "retry_export": lambda world: [world.export.pk],
    "delete_export": lambda world: [world.export.pk],
    "packet": lambda world: [world.packet.pk],
    "packet_pdf": lambda world: [world.packet.pk],
    "write_evidence_note": lambda world: [world.cast.loop.pk],
    "read_evidence_note": lambda world: [note_on_evidence(world).pk],
    "packet_json": lambda world: [world.packet.pk],
    "loop_packet": lambda world: [world.cast.loop.pk],
    "build_packet": lambda world: [world.cast.loop.pk],
    "packet_request": lambda world: [world.packet.requests.get().pk],
    "resolve_flag": lambda world: [world.packet.pk, "ignores-data-reality"],
    "discussion": lambda world: [world.packet.pk],
    "withdraw_comment": lambda world: [last_key(Comment)],
    "task_done": lambda world: [last_key(RecruiterTask)],
    "loop_summary": lambda world: [world.cast.loop.pk],
    "loop_feedback": lambda world: [world.cast.loop.pk],
    "draft_feedback": lambda world: [world.cast.loop.pk],
    "feedback": lambda world: [letter_of(world).pk],
    "release_feedback": lambda world: [letter_of(world).pk],
    "check_feedback": lambda world: [letter_of(world).texts.get().checks.get().pk],
    "import_upload": lambda world: [checked_loop(world).pk],
    "import_state": lambda world: [checked_loop(world).pk],
    "settle_import": lambda world: [failed_import(world).pk],
    "open_scorecard": lambda world: [world.own_card.seat_id],
    "live": lambda world: [world.own_card.pk],
    "sync": lambda world: [world.own_card.pk],
    "rate": lambda world: [world.own_card.pk],
    "submit_scorecard": lambda world: [world.own_card.pk],
    "amend": lambda world: [world.colleague_card.pk],
    "discard_amendment": lambda world: [world.colleague_card.pk],
    "scorecard": lambda world: [world.colleague_card.pk],
    "rubric_version": lambda world: [1],
}

# Addresses of nothing, where they are no single UUID.
NOWHERE = {"resolve_flag": [uuid4(), "ignores-data-reality"], "withdraw_comment": [0]}


def uploaded(cast: Cast) -> InterviewUpload:
    """A table of the recruiter's, not confirmed yet."""
    table = b"Candidate,E-mail\nAda,ada@mailbox.example\n"
    return interview_uploads.receive(cast.recruiter, cast.loop.opening, "a.csv", table)


# Words that only the colleague wrote, one for each place of a card that holds words.
WORDS = ("quokka-note", "quokka-rationale", "quokka-flag", "quokka-summary", "quokka-follow-up")
MAY_READ = ("colleague", "recruiter", "committee")


def url_names(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from url_names(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def words_of_colleague(seat: Seat) -> CardContent:
    note = NoteContent(
        id=str(uuid4()),
        at_seconds=60,
        kind="observation",
        text=WORDS[0],
        dimension="data-assumptions",
        signal="ignores-data-reality",
        polarity="risk",
    )
    return CardContent(
        recommendation="strong_no",
        notes=(note,),
        ratings=(RatingContent("data-assumptions", 1, WORDS[1], notes=(note.id,)),),
        flags=(FlagContent("ignores-data-reality", "disqualifying", WORDS[2], (note.id,)),),
        summary=WORDS[3],
        follow_up=WORDS[4],
    )


def before_handing_in(cast: Cast) -> tuple[Scorecard, Scorecard]:
    """The colleague's card with all its words, and the interviewer's, both in progress."""
    CalendarFeed.objects.create(person=cast.interviewer)
    LocalMail.objects.create(
        to=cast.interviewer.email, person=cast.interviewer, subject="It is due", is_secret=False
    )
    seats = {seat.person: seat for seat in Seat.objects.filter(interview__loop=cast.loop)}
    theirs = seats[cast.colleague]
    return card_for(theirs, words_of_colleague(theirs)), card_for(seats[cast.interviewer])


@pytest.fixture
def world(cast: Cast) -> World:
    theirs, own = before_handing_in(cast)
    submission.submit(theirs, cast.colleague)
    row = build_jobs.build_now(cast.loop, cast.recruiter)
    export = jobs.request_export(cast.recruiter, "scorecards", "csv")
    debrief(row.packet, cast.committee)
    return World(cast, theirs, own, row.packet, export)


FLAG = "ignores-data-reality"


def debrief(packet: Packet, member: User) -> None:
    """The votes are open; the member asked for another interview and said something of it."""
    voted(packet, member, member_of(packet.loop, "A Second Member"))
    BallotOpening.objects.create(packet=packet)
    resolve(member, packet, FLAG, outcome="needs_interview", reason="Ask again.")
    say(member, packet, f"flag/{FLAG}", "What would we ask?")


def settle(packet: Packet, member: User) -> None:
    """As a decision needs it."""
    last = packet.flag_resolutions.current().first()
    if last:
        resolve(member, packet, FLAG, outcome="upheld", reason="As seen.", after=last.pk)


def last_key(model: type[Model]) -> int:
    newest = model.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def signed_in(cast: Cast, reader: str) -> Client:
    client = Client()
    if reader == "deactivated":
        leaver = User.objects.create_user("leaver@lumenta.example", "A Leaver", roles=["recruiter"])
        client.force_login(leaver)
        User.objects.filter(pk=leaver.pk).update(is_active=False)
    elif reader != "anonymous":
        client.force_login(getattr(cast, reader))
    return client


def ask(client: Client, name: str, args: list) -> HttpResponse:
    method = ROWS[name][0]
    return getattr(client, method.lower())(reverse(name, args=args))


def verdict(response: HttpResponse) -> str:
    if response.status_code == 302:
        return "in" if response.url.startswith(reverse("account_login") + "?next=") else "to"
    return {200: "ok", 403: "no", 404: "--"}.get(response.status_code, str(response.status_code))


def address_args(name: str, world: World) -> list:
    return ARGS[name](world) if name in ARGS else []


def test_every_url_name_has_a_row() -> None:
    assert set(url_names()) - NOT_IN_THE_MATRIX == set(ROWS)


@pytest.mark.parametrize("reader", READERS)
def test_it_answers_each_reader_as_the_matrix_says(world: World, reader: str) -> None:
    client, got = signed_in(world.cast, reader), {}
    for name in ROWS:
        with transaction.atomic():
            got[name] = verdict(ask(client, name, address_args(name, world)))
            transaction.set_rollback(True)
    assert got == {name: expected[reader] for name, (_, expected) in ROWS.items()}


def test_not_yours_and_not_there_are_the_same_page(world: World) -> None:
    client = signed_in(world.cast, "stranger")
    for name in ROWS:
        if ROWS[name][1]["stranger"] == "--":
            there = ask(client, name, address_args(name, world))
            nowhere = ask(client, name, NOWHERE.get(name, [uuid4()]))
            assert (name, nowhere.status_code) == (name, 404)
            assert same(there) == same(nowhere), name


FRESH = re.compile(  # what no two answers share: tokens, new ids, the server's clock
    r'name="csrfmiddlewaretoken" value="\w+"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-\w{12}'
    r'|("now": ?|data-now=")\d+'
)


def same(response: HttpResponse) -> str:
    return FRESH.sub("", words_of(response))


def words_of(response: HttpResponse) -> str:
    """The answer's text: a PDF keeps its words packed."""
    if response["Content-Type"] == "application/pdf":
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    return response.content.decode()


def pages(cast: Cast, world: World, reader: str) -> dict[str, HttpResponse]:
    client = signed_in(cast, reader)
    got = (name for name, (method, _) in ROWS.items() if method == "GET")
    return {name: ask(client, name, address_args(name, world)) for name in got}


@pytest.mark.parametrize("reader", READERS)
def test_words_of_a_card_reach_those_who_may_read_it_and_nobody_else(
    world: World, reader: str
) -> None:
    found = {
        word
        for text in map(words_of, pages(world.cast, world, reader).values())
        for word in WORDS
        if word in text
    }
    assert found == (set(WORDS) if reader in MAY_READ else set())


@pytest.mark.parametrize("reader", BLIND)
def test_no_page_of_the_blind_changes_when_a_colleague_hands_in(rubric, reader: str) -> None:
    """Not a count, not an order, not a word: every page is byte for byte what it was."""
    cast = make_cast()
    theirs, own = before_handing_in(cast)
    export = jobs.request_export(cast.recruiter, "scorecards", "csv")
    packet = build_jobs.build_now(cast.loop, cast.recruiter).packet
    world = World(cast, theirs, own, packet, export)
    before = pages(cast, world, reader)
    submission.submit(theirs, cast.colleague)
    build_jobs.build_now(cast.loop, cast.recruiter)
    after = pages(cast, world, reader)
    changed = [name for name in before if same(before[name]) != same(after[name])]
    assert changed == []
