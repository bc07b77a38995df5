"""Reading a loop: everything the packet needs, in a number of queries that does not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interviews.models import SeatRole
from packets import build_jobs, inputs
from packets.content.build import build
from packets.models import Packet
from rubric.models import rubric_of
from scorecard import submission
from tests.people import MONDAY, card_for, make_loop, person, seat_in, some_content, submitted_card


@pytest.fixture
def loop(rubric):
    rubric_of(rubric.pk)  # parsed once a process
    return make_loop()


def panel(loop, people: int):
    return [seat_in(loop, person(f"P {at}"), "behavioral") for at in range(people)]


@pytest.mark.parametrize("cards", [1, 6])
def test_a_loop_is_read_in_four_queries(loop, cards, django_assert_num_queries):
    for seat in panel(loop, cards):
        submitted_card(seat)
    with django_assert_num_queries(4):
        source = inputs.read(loop)
    assert len(source.seats) == cards
    assert all(seat.versions for seat in source.seats)


@pytest.mark.parametrize("cards", [1, 6])
def test_a_request_is_carried_out_in_a_constant_number_of_queries(loop, cards):
    for seat in panel(loop, cards):
        submitted_card(seat)
    request = build_jobs.request_packet(loop)
    with CaptureQueriesContext(connection) as queries:
        build_jobs.PACKETS.run(request.pk)
    work = [q for q in queries.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(work) == 23


def test_what_is_read_is_what_was_handed_in(loop):
    lead = seat_in(loop, person("Lead"), "ml-system-design")
    shadow = seat_in(loop, person("Shade"), role=SeatRole.SHADOW, interview=lead.interview)
    owed = seat_in(loop, person("Owing"), "behavioral")
    card = submitted_card(lead, at=MONDAY)
    submitted_card(shadow)
    source = inputs.read(loop)
    by_person = {seat.person: seat for seat in source.seats}
    read = by_person[lead.person.email]
    assert read.versions[0].card == submission.read_content(card)
    assert (read.round, read.role, read.starts_at) == ("ml-system-design", "lead", MONDAY)
    assert (read.versions[0].at, read.versions[0].by) == (MONDAY, lead.person.email)
    assert by_person[shadow.person.email].role == "shadow"
    assert by_person[owed.person.email].versions == ()
    assert source.opening.rounds == ("ml-system-design", "behavioral")
    assert source.names[lead.person.email] == "Lead"


def test_ids_are_those_of_the_imported_file_where_there_is_one(loop):
    assert inputs.read(loop).candidate["id"] == str(loop.candidate_id)
    loop.candidate.external_id = "61200102"
    loop.candidate.save()
    assert inputs.read(loop).candidate["id"] == "61200102"


def test_a_draft_is_not_read(loop):
    (seat,) = panel(loop, 1)
    card_for(seat, some_content(seat))
    assert inputs.read(loop).seats[0].versions == ()


def test_an_amendment_in_progress_shows_the_last_version_handed_in(loop):
    (seat,) = panel(loop, 1)
    card = submitted_card(seat)
    submission.begin_amendment(card, card.author)
    card.notes.all().delete()
    assert len(inputs.read(loop).seats[0].versions[0].card.notes) == 1


def test_the_first_packet_says_which_versions_it_held(loop):
    (seat,) = panel(loop, 1)
    submitted_card(seat)
    build_jobs.PACKETS.sweep()
    source = inputs.read(loop)
    assert source.first_built_at == Packet.objects.get().built_at
    assert source.first_versions == {(str(seat.interview_id), seat.person.email): 1}


def test_built_from_the_database_a_packet_is_what_was_stored(loop):
    for seat in panel(loop, 2):
        submitted_card(seat)
    build_jobs.PACKETS.sweep()
    assert Packet.objects.get().content == build(inputs.read(loop))
