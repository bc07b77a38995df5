"""The way to a packet: waiting, asked for, being built, failed, superseded."""

import json

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from interviews.models import Seat
from packets import build_jobs
from packets.models import Packet, PacketRequest
from tests.packets.content.loops import VIKTOR, packet_of
from tests.packets.page.reading import member_of, page, read, signed_in, store
from tests.people import Cast, make_loop, submitted_card

State = PacketRequest.State


def at(name: str, row: object) -> str:
    return reverse(name, args=[row.pk])


def hand_in(cast: Cast, *people) -> None:
    for seat in Seat.objects.filter(interview__loop=cast.loop, person__in=people):
        submitted_card(seat)


def ask(cast: Cast, **fields) -> PacketRequest:
    row = build_jobs.request_packet(cast.loop, cast.recruiter)
    PacketRequest.objects.filter(pk=row.pk).update(**fields)
    return row


def test_without_a_packet_it_says_whose_scorecard_it_waits_for(cast: Cast) -> None:
    hand_in(cast, cast.colleague)
    shown = page(signed_in(cast.committee).get(at("loop_packet", cast.loop)))
    waiting = shown.one("section", css="section")
    assert "Waiting for 1 scorecard" in waiting.text
    assert "An Interviewer, ML system design" in waiting.text
    assert "A Colleague" not in waiting.text
    assert "A Shadow" not in waiting.text
    assert waiting.one("button").text == "Build early"


def test_building_early_is_confirmed_by_name(cast: Cast) -> None:
    client = signed_in(cast.committee)
    hand_in(cast, cast.colleague)
    sure = page(client.post(at("build_packet", cast.loop)))
    assert "1 scorecard that counts is not in" in sure.text
    assert "An Interviewer" in sure.text
    assert not PacketRequest.objects.exists()

    answer = client.post(at("build_packet", cast.loop), {"early": "yes"})
    assert answer.status_code == 302
    assert answer.url == at("loop_packet", cast.loop)
    assert PacketRequest.objects.get().requested_by == cast.committee


def test_with_every_scorecard_in_nothing_is_asked(cast: Cast) -> None:
    hand_in(cast, cast.colleague, cast.interviewer)
    PacketRequest.objects.all().delete()
    assert signed_in(cast.recruiter).post(at("build_packet", cast.loop)).status_code == 302
    assert PacketRequest.objects.filter(state=State.REQUESTED).count() == 1


def test_a_request_shows_its_progress_and_a_link_for_those_without_scripts(cast: Cast) -> None:
    now = timezone.now()
    row = ask(cast, state=State.RUNNING, progress=40, started_at=now, leased_at=now)
    shown = page(signed_in(cast.committee).get(at("loop_packet", cast.loop)))
    box = shown.one("section", css="request")
    assert "The packet: being built, 40 %" in box.text
    assert box.one("progress").attrs["value"] == "40"
    assert box.attrs["data-request"] == at("packet_request", row)
    assert box.one("a").attrs["href"] == at("loop_packet", cast.loop)


def test_a_failure_says_why_and_can_be_tried_again(cast: Cast) -> None:
    ask(cast, state=State.FAILED, error="The rubric is gone.", finished_at=timezone.now())
    client = signed_in(cast.committee)
    box = page(client.get(at("loop_packet", cast.loop))).one("section", css="request")
    assert "failed. The rubric is gone." in box.text
    assert box.one("button").text == "Try again"
    assert box.one("form").attrs["action"] == at("build_packet", cast.loop)
    client.post(at("build_packet", cast.loop), {"early": "yes"})
    assert PacketRequest.objects.filter(state=State.REQUESTED).count() == 1


def test_the_progress_bar_is_answered(cast: Cast) -> None:
    client = signed_in(cast.committee)
    row = ask(cast)
    asked = client.get(at("packet_request", row)).json()
    assert asked == {
        "state": "requested",
        "says": "Requested",
        "progress": 0,
        "error": "",
        "packet": None,
    }
    build_jobs.PACKETS.run(row.pk)
    built = client.get(at("packet_request", row)).json()
    assert built["state"] == "done"
    assert built["progress"] == 100
    assert built["packet"] == at("packet", Packet.objects.get())
    assert client.post(at("packet_request", row)).status_code == 405


def test_the_loops_packet_is_its_current_one(cast: Cast) -> None:
    hand_in(cast, cast.colleague, cast.interviewer)
    build_jobs.PACKETS.sweep()
    store(packet_of(VIKTOR), make_loop(name="Another Candidate"))
    answer = signed_in(cast.committee).get(at("loop_packet", cast.loop))
    assert answer.url == at("packet", Packet.objects.get(loop=cast.loop))


def test_a_superseded_packet_says_so_on_top_and_links_to_the_current_one(cast: Cast) -> None:
    old = store(packet_of(VIKTOR), cast.loop)
    build_jobs.supersede(cast.loop)
    new = store(packet_of(VIKTOR), cast.loop, version=2)
    shown = read(old, cast.committee)
    notice = shown.one("p", css="notice")
    assert "Superseded. This is packet 1" in notice.text
    assert notice.one("a").attrs["href"] == at("packet", new)
    assert "Packet 1, superseded" in shown.one("p", css="facts").text
    main = [child for child in shown.one("main").children if not isinstance(child, str)]
    assert main[0] is notice
    assert not read(new, cast.committee).all("p", css="notice")


def test_a_packet_says_when_a_newer_one_is_on_its_way(cast: Cast) -> None:
    packet = store(packet_of(VIKTOR), cast.loop)
    assert not read(packet, cast.committee).all("section", css="request")
    ask(cast)
    assert "A newer packet" in read(packet, cast.committee).one("section", css="request").text


def test_an_older_failure_does_not_stand_on_a_newer_packet(cast: Cast) -> None:
    ask(cast, state=State.FAILED, error="The rubric is gone.", finished_at=timezone.now())
    packet = store(packet_of(VIKTOR), cast.loop)
    assert "The rubric is gone" not in read(packet, cast.committee).text


def test_the_json_is_what_the_command_prints(cast: Cast, capsys) -> None:
    hand_in(cast, cast.colleague, cast.interviewer)
    call_command("build_packet", str(cast.loop.pk), "--json")
    printed = capsys.readouterr().out
    answer = signed_in(cast.committee).get(at("packet_json", Packet.objects.get()))
    assert answer.content.decode() == printed
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert json.loads(printed)["packet"]["superseded"] is False


def test_times_are_the_readers_own(rubric) -> None:
    loop = make_loop(name="Viktor Desrosiers")
    packet = store(packet_of(VIKTOR), loop)
    tokyo = read(packet, member_of(loop, "Far Reader", time_zone="Asia/Tokyo"))
    assert "18 May, 20:15" in row_of(tokyo)
    assert "Asia/Tokyo" in tokyo.one("p", css="facts").text
    assert "18 May, 11:15" in row_of(read(packet, member_of(loop, "Near Reader")))


def row_of(shown) -> str:
    return shown.one(css="handed-in").one("table").all("tr")[1].text
