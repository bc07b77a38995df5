"""The demo: whole, walkable, the same after a second load, and refused outside demo mode."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import AuditEvent, User
from hiring_committee.models import Decision, Vote
from interviews.models import Candidate, CommitteeSeat, Interview, Loop, Seat
from packets.models import PacketRequest
from recruiting import demo
from scorecard import submission
from scorecard.models import Note, ScorecardVersion
from tests.conftest import As
from tests.people import some_content

SIX = {
    *("Amara Lindqvist", "Hannah Strand", "Julian Okafor-Reyes"),
    *("Leila Antoun", "Marcus Teale", "Viktor Desrosiers"),
}


@pytest.fixture
def loaded(rubric, settings) -> None:
    settings.DEMO = True
    demo.load()


def who(part: demo.Part) -> User:
    return User.objects.get(email=part.email)


def counts() -> list[int]:
    kept = (User, Candidate, Loop, Interview, Seat, CommitteeSeat, Note, ScorecardVersion)
    return [model.objects.count() for model in (*kept, PacketRequest, AuditEvent)]


def test_loading_twice_adds_nothing(loaded) -> None:
    before = counts()
    demo.load()
    assert counts() == before


def test_every_loop_asks_for_a_packet_the_one_with_a_missing_card_too(loaded) -> None:
    asked = {str(request.loop.candidate) for request in PacketRequest.objects.all()}
    assert asked == SIX
    early = PacketRequest.objects.get(loop__candidate__name="Leila Antoun")
    assert early.requested_by == who(demo.RECRUITER)


def test_each_of_the_cast_sees_what_they_stand_for(loaded, as_: As) -> None:
    sees = {
        demo.INTERVIEWER: {"Demo Candidate"},
        demo.COLLEAGUE: {"Demo Candidate"},
        demo.RECRUITER: SIX | {"Demo Candidate"},
        demo.MEMBER: SIX | {"Demo Candidate"},
        demo.SECOND_MEMBER: SIX | {"Demo Candidate"},
        demo.RECUSED: set(),
        demo.STRANGER: set(),
        demo.ADMINISTRATOR: set(),
    }
    for part, names in sees.items():
        page = as_(who(part)).get(reverse("loops")).context["loops"]
        assert {loop.candidate.name for loop in page} == names, part


def test_the_administrator_sees_the_cast_and_the_trail_and_no_evaluation(loaded, as_: As) -> None:
    client = as_(who(demo.ADMINISTRATOR))
    assert set(client.get(reverse("people")).context["page"]) >= {who(part) for part in demo.CAST}
    trail = client.get(reverse("audit"))
    assert "packet.built" in trail.content.decode()
    packet = Decision.objects.get().packet
    assert client.get(reverse("packet", args=[packet.pk])).status_code == 404


def test_one_loop_is_decided_by_two_blind_votes_each(loaded) -> None:
    decision = Decision.objects.current().get()
    assert str(decision.loop.candidate) == demo.STORY["decided"]["candidate"]
    assert decision.decided_by == who(demo.MEMBER)
    assert decision.packet.votes.count() == 4
    assert decision.packet.ballot_opening.by is None  # the last vote opened them
    undecided = Loop.objects.exclude(pk=decision.loop_id)
    assert not Vote.objects.filter(packet__loop__in=undecided).exists()


def test_an_interview_is_going_on_with_a_few_notes_taken(loaded, as_: As) -> None:
    context = as_(who(demo.INTERVIEWER)).get(reverse("home")).context
    (place,) = context["interviewer"]["ahead"]
    assert place.seat.interview.starts_at < context["now"] < place.seat.interview.ends_at
    assert place.card.notes.count() == len(demo.STORY["notes"])
    longest = max(place.card.notes.values_list("at_seconds", flat=True))
    assert longest < (context["now"] - place.seat.interview.starts_at).total_seconds()


def test_a_new_candidate_comes_once_the_last_ones_cards_are_in(loaded) -> None:
    def candidates() -> list[str]:
        found = Candidate.objects.filter(name__startswith="Demo").order_by("created_at")
        return list(found.values_list("name", flat=True))

    times = list(Interview.objects.order_by("pk").values_list("starts_at", flat=True))
    mine, theirs = Seat.objects.filter(interview__loop__candidate__name="Demo Candidate").order_by(
        "-interview__starts_at"
    )
    submission.submit(mine.scorecard, mine.person)
    demo.load()
    assert candidates() == ["Demo Candidate"]
    card = demo.live.begin(theirs)
    submission.write_content(card, some_content(theirs))
    submission.submit(card, theirs.person)
    demo.load()
    demo.load()
    assert candidates() == ["Demo Candidate", "Demo Candidate 2"]
    kept = Interview.objects.exclude(loop__candidate__name="Demo Candidate 2").order_by("pk")
    assert list(kept.values_list("starts_at", flat=True)) == times


def test_the_command_prints_who_signs_in_and_how(rubric, settings) -> None:
    settings.DEMO, out = True, StringIO()
    call_command("load_demo", stdout=out)
    lines = out.getvalue().splitlines()[1:]
    assert [line.split()[-2] for line in lines] == [part.email for part in demo.CAST]
    assert {line.split()[-1] for line in lines} == {settings.DEMO_PASSWORD}


def test_outside_demo_mode_it_makes_nobody(rubric, settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_a_demo_file_with_faults_is_named(rubric, tmp_path) -> None:
    (tmp_path / "loop.json").write_text("{")
    with pytest.raises(demo.NotLoaded, match="loop.json"):
        demo.load(tmp_path)
