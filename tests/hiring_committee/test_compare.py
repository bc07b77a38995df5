"""Candidates side by side: who may, which may, in what order, and when communication decides."""

import copy
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Role, User
from interviews.models import CommitteeSeat, Loop
from packets.page.comparison import comparison, separation
from tests.packets.content.loops import AMARA, HANNAH, LEILA, MARCUS, VIKTOR, packet_of, source_of
from tests.packets.content.test_adjusted import with_snapshot
from tests.packets.page.reading import Element, page, row, signed_in, store
from tests.packets.page.test_words import HEADER
from tests.people import make_loop, person

pytestmark = pytest.mark.django_db


def loops_with_packets(*slugs: str) -> list[Loop]:
    """Loops of one opening, each with the packet of a public loop."""
    return [store(packet_of(slug)).loop for slug in slugs]


def ask(reader: User, loops: list[Loop]) -> HttpResponse:
    url = reverse("compare")
    return signed_in(reader).get(url, {"loop": [str(loop.pk) for loop in loops]})


@pytest.fixture
def recruiter() -> User:
    return person("A Recruiter", Role.RECRUITER)


def beside(reader: User, *slugs: str) -> Element:
    return page(ask(reader, loops_with_packets(*slugs)))


def refusal(reader: User, loops: list[Loop]) -> str:
    return page(ask(reader, loops)).one("p", css="empty").text


def test_they_stand_by_name_whatever_the_order_of_the_choice(recruiter: User) -> None:
    table = beside(recruiter, VIKTOR, AMARA, MARCUS).one("table", css="beside")
    heads = [each.one("bdi").text for each in table.one("thead").all("a")]
    assert heads == ["Amara Lindqvist", "Marcus Teale", "Viktor Desrosiers"]


def test_the_parts_come_in_the_order_in_which_a_packet_is_read(recruiter: User) -> None:
    table = beside(recruiter, VIKTOR, AMARA).one("table", css="beside")
    heads = [each.text.split("  ")[0] for each in table.all("th", scope="row")]
    assert heads[:4] == ["Opens under", "Open flags", "Patterns", "Disagreement"]
    assert heads[-4].startswith("Communication")
    assert heads[-3:] == ["Not covered, thin", "Left the plan", "Questions"]


def test_a_cell_is_a_word_of_the_bar_that_leads_into_its_packet(recruiter: User) -> None:
    table = beside(recruiter, VIKTOR, AMARA).one("table", css="beside")
    title, amara, viktor = row(table, "Data and assumptions")
    assert amara == "Met rated 4, 4, 4"
    assert viktor == "Open rated 1, 4, 4 split"
    (link,) = [a for a in table.all("a") if a.text == "Open"]
    assert link.attrs["href"].endswith("#ev-data-assumptions")


def test_nothing_ranks_them(recruiter: User) -> None:
    shown = beside(recruiter, VIKTOR, AMARA)
    assert "by name; nothing here ranks them" in shown.text
    assert not [cell for cell in shown.all("td") if cell.text.replace(".", "").isdigit()]


# --- The tie-breaker ---------------------------------------------------------------------------


def level_pair() -> tuple[dict[str, Any], dict[str, Any]]:
    """Two candidates of whom nothing differs but communication; no rule up to Split fired."""
    one = {"packet": HEADER, **copy.deepcopy(packet_of(AMARA))}
    for rule in one["reading_order"]["rules"]:
        rule["fired"] = rule["fired"] and rule["rule"] in ("COVERAGE", "AGGREGATES_LAST")
    other = copy.deepcopy(one)
    other["candidate"]["name"] = "Bo Other"
    for each in other["dimensions"]:
        if each["tie_breaker"]:
            each["bar"] = "below"
    return one, other


def test_level_in_everything_else_communication_decides() -> None:
    assert comparison(level_pair()).ties == [("Amara Lindqvist", "Bo Other")]


def test_one_other_reading_of_the_bar_and_it_decides_nothing() -> None:
    one, other = level_pair()
    next(each for each in other["dimensions"] if each["id"] == "depth")["bar"] = "below"
    assert comparison([one, other]).ties == []


def test_it_is_opened_first_only_where_it_decides(recruiter: User) -> None:
    one, other = (
        {key: part for key, part in each.items() if key != "packet"} for each in level_pair()
    )
    tied = page(ask(recruiter, [store(one).loop, store(other).loop]))
    first = tied.one("table", css="beside").all("th", scope="row")[0]
    assert "decides between those who are level" in first.text
    assert "is opened first, and decides between them" in tied.one("p", css="notice").text


def test_elsewhere_it_is_said_to_decide_nothing(recruiter: User) -> None:
    shown = beside(recruiter, VIKTOR, AMARA)
    assert "decides nothing here" in shown.one("table", css="beside").text
    assert not shown.all("p", css="notice")


# --- Who may, and which may --------------------------------------------------------------------


def member(loops: list[Loop], **fields: Any) -> User:
    reader = person("A Member", Role.COMMITTEE)
    for loop in loops:
        CommitteeSeat.objects.create(loop=loop, person=reader, **fields)
    return reader


def test_a_member_of_both_reads_both_and_of_one_is_told_of_none() -> None:
    loops = loops_with_packets(VIKTOR, AMARA)
    reader = member(loops[:1])
    assert ask(reader, loops).status_code == 404
    CommitteeSeat.objects.create(loop=loops[1], person=reader)
    assert ask(reader, loops).status_code == 200


def test_a_loop_that_is_not_mine_is_no_other_than_one_that_is_not_there(recruiter: User) -> None:
    loops = loops_with_packets(VIKTOR, AMARA)
    recused = member(loops, recused_at=timezone.now(), recusal_reason="family")
    assert ask(recused, loops).status_code == 404
    loops[0].pk = uuid4()
    assert ask(recruiter, loops).status_code == 404
    assert not AuditEvent.objects.filter(action="packet.read").exists()


def test_each_packet_s_reading_is_recorded(recruiter: User) -> None:
    loops = loops_with_packets(VIKTOR, AMARA)
    ask(recruiter, loops)
    lines = AuditEvent.objects.filter(action="packet.read")
    assert {line.stream for line in lines} == {f"loop:{loop.pk}" for loop in loops}
    assert {line.detail["how"] for line in lines} == {"compare"}


def test_fewer_than_two_and_more_than_four_are_refused_in_words(recruiter: User) -> None:
    loops = loops_with_packets(VIKTOR, AMARA, MARCUS, HANNAH, LEILA)
    for choice in ([], loops[:1], [loops[0], loops[0]], loops):
        assert refusal(recruiter, choice).startswith("Choose two to four candidates")
    assert ask(recruiter, loops[:4]).status_code == 200


def test_candidates_of_two_openings_are_not_compared(recruiter: User) -> None:
    loops = loops_with_packets(VIKTOR)
    other = store(packet_of(AMARA), make_loop("Staff ML Engineer", name="Amara")).loop
    assert "one opening and level" in refusal(recruiter, [*loops, other])


def test_who_has_no_packet_yet_is_named(recruiter: User) -> None:
    loops = [*loops_with_packets(VIKTOR), make_loop(name="Wai Ting")]
    assert refusal(recruiter, loops).startswith("There is no current packet for Wai Ting yet.")


@pytest.mark.parametrize("many", [2, 4])
def test_each_more_costs_its_audit_line_and_nothing_else(recruiter: User, many: int) -> None:
    loops = loops_with_packets(VIKTOR, AMARA, MARCUS, HANNAH)[:many]
    client = signed_in(recruiter)
    address = (reverse("compare"), {"loop": [str(loop.pk) for loop in loops]})
    client.get(*address)  # the session is in the cache from here on
    with CaptureQueriesContext(connection) as queries:
        assert client.get(*address).status_code == 200
    # the reader, the loops, the packets, their resolutions, and one line for each
    assert len(queries) == 4 + many, [query["sql"][:90] for query in queries]


def test_the_list_of_loops_offers_a_box_where_there_is_a_packet(recruiter: User) -> None:
    (loop,) = loops_with_packets(VIKTOR)
    make_loop(name="Wai Ting")
    for url in (reverse("loops"), reverse("opening", args=[loop.opening_id])):
        shown = page(signed_in(recruiter).get(url))
        (box,) = shown.all("input", name="loop")
        assert box.attrs["value"] == str(loop.pk)
        assert shown.one("form", id=box.attrs["form"]).attrs["action"] == reverse("compare")


# --- Numbers last --------------------------------------------------------------------------------


def calibrated(
    name: str, estimates: dict[str, tuple[float, float] | None], at: str = "night"
) -> dict[str, Any]:
    """A packet under a calibration: estimate and standard error by dimension."""
    made = {"packet": {**HEADER, "id": name}, **copy.deepcopy(with_snapshot(source_of(AMARA)))}
    made["candidate"]["name"] = name
    made["calibration"]["snapshot"] = at
    adjusted = made["statistics"]["adjusted"]
    rated = adjusted["tradeoffs"]
    for id, pair in estimates.items():
        none = {"estimate": None, "reason": "Not assessed."}
        adjusted[id] = {**rated, "estimate": pair[0], "se": pair[1]} if pair else none
    return made


def test_of_two_one_is_ahead_only_where_the_estimates_lie_apart() -> None:
    near, apart = {"depth": (3.0, 0.3), "tradeoffs": None}, {"depth": (2.4, 0.3), "tradeoffs": None}
    documents = [calibrated("Ada", apart), calibrated("Bo", near), calibrated("Cy", near)]
    found = separation(documents, ["depth", "tradeoffs"])
    assert found is not None
    (row,) = found.rows  # nothing of a dimension that nobody rated
    assert row.ahead == [("Bo", "likely", "Ada"), ("Cy", "likely", "Ada")]
    assert row.close == [("Bo", "Cy")]


def test_a_wider_error_leaves_the_same_distance_too_close() -> None:
    documents = [calibrated("Ada", {"depth": (2.4, 0.6)}), calibrated("Bo", {"depth": (3.0, 0.6)})]
    found = separation(documents, ["depth"])
    assert found is not None
    assert found.rows[0].ahead == []


def test_two_yardsticks_measure_no_difference_and_none_says_nothing() -> None:
    one, other = (calibrated(name, {"depth": (2, 0.1)}, at=name) for name in ("Ada", "Bo"))
    found = separation([one, other], ["depth"])
    assert found is not None
    assert not found.rows
    assert "different calibrations" in found.reason
    one["calibration"] = other["calibration"] = None
    assert separation([one, other], ["depth"]) is None


def test_the_page_has_the_words_and_no_figure(recruiter: User) -> None:
    pair = [calibrated("Ada", {"depth": (1.5, 0.2)}), calibrated("Bo", {"depth": (3.5, 0.2)})]
    stored = [store({k: v for k, v in each.items() if k != "packet"}) for each in pair]
    table = page(ask(recruiter, [each.loop for each in stored])).one("table", css="beside")
    assert row(table, "Numbers last")
    (said,) = [line.text for line in table.all("p") if "ahead of" in line.text]
    assert said == "Bo very likely ahead of Ada"
    assert "3.5" not in table.text
    assert "Numbers last" not in beside(recruiter, VIKTOR, MARCUS).text, "without a calibration"
