"""Names, figures and sentences of the packet's page, one by one."""

import doctest
from dataclasses import replace
from datetime import timedelta

import pytest

from packets.content.build import build
from packets.content.resolved import resolved
from packets.page import wording
from packets.page.comparison import comparison
from packets.page.labels import Labels
from packets.page.numbers import _number
from packets.page.packet_page import packet_page
from scorecard.content import FlagContent
from tests.packets.content.loops import (
    HANNAH,
    JULIAN,
    MARCUS,
    VIKTOR,
    packet_of,
    source_of,
    with_card,
)
from tests.packets.content.test_resolved import found

HEADER = {
    "id": "1",
    "loop": "1",
    "version": 1,
    "digest": "sha256:" + "0123456789abcdef" * 4,
    "built_at": "2026-05-20T13:11:00+00:00",
    "superseded": False,
}


def page_of(content):
    return packet_page({"packet": HEADER, **content})


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(wording).failed == 0


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        (None, ""),
        (0.58, "35 min"),
        (1.0, "1 h"),
        (17.67, "17 h 40"),
        (47.99, "47 h 59"),
        (96.2, "4 days"),
        (-0.25, "15 min before the end"),
    ],
)
def test_a_wait_is_said_in_its_largest_units(wait, said):
    assert wording.hours(wait) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(None, "Not enough to say"), (3, "3"), (0.25, "0.3"), (2.5, "2.5"), (0.6667, "0.7"), (0, "0")],
)
def test_a_figure_has_one_decimal_at_most_and_zero_is_not_nothing(number, said):
    assert _number(number) == said


def test_initials_are_told_apart_and_keep_their_marks():
    names = {"a@x": "Kwame Mensah", "b@x": "Kofi Manu", "c@x": "Ọládipọ̀ Ẹ̀bùn", "d@x": "Sole"}
    content = {**packet_of(VIKTOR), "people": names}
    short = [Labels(content).person(email).initials for email in names]
    assert short == ["KM", "KM2", "ỌẸ̀", "S"]


def test_somebody_without_a_name_is_their_address():
    content = {**packet_of(VIKTOR), "people": {}}
    assert Labels(content).person("a@x.example").name == "a@x.example"


def test_a_short_digest_shows_both_ends():
    assert page_of(packet_of(VIKTOR)).head.short_digest == "sha256:0123…cdef"


def test_contents_count_what_is_open():
    places = {anchor: said for anchor, _, said in page_of(packet_of(VIKTOR)).contents}
    assert places["flags"] == "1 open"
    assert places["consistency"] == "1 split"
    assert places["coverage"] == "1 gap"
    assert places["bar"] == "1 below"
    assert places["questions"] == str(len(packet_of(VIKTOR)["questions"]))


def test_a_resolved_flag_is_no_longer_open():
    content = packet_of(VIKTOR)
    for outcome, says, count in (
        ("not_supported", "Not supported", ""),
        ("needs_interview", "Needs another interview", "1 open"),
    ):
        page = page_of(resolved(content, [found(content["flags"][0], outcome)]))
        assert (page.flags[0].resolution.outcome, page.contents[0][2]) == (says, count)


def test_a_flag_without_a_note_has_no_time():
    def bare(card):
        return tuple(replace(flag, notes=()) for flag in card.flags)

    source = source_of(VIKTOR)
    ravi = next(seat for seat in source.seats if seat.person.startswith("ravi"))
    page = page_of(build(with_card(source, "ravi", flags=bare(ravi.versions[-1].card))))
    assert page.flags[0].first_seen == ""
    assert page.flags[0].supporting[0].notes == []
    assert page.verdict.header == "WAITING"


def test_a_loop_of_nothing_but_missing_scorecards_is_a_page_too():
    source = source_of(VIKTOR)
    empty = replace(source, seats=tuple(replace(seat, versions=()) for seat in source.seats))
    page = page_of(build(empty))
    assert page.head.handed_in == 0
    assert page.head.wanted == 5
    assert page.heat.columns == []
    assert page.cards == []
    assert page.order.chart == ""


def test_noise_that_a_rating_cites_in_vain_stands_with_its_dimension():
    page = page_of(packet_of(MARCUS))
    found = next(each for each in page.evidence if each.id == "production-ownership")
    cited = next(
        rating["notes"]
        for each in packet_of(MARCUS)["dimensions"]
        if each["id"] == "production-ownership"
        for rating in each["ratings"]
        if rating["reason"] == "Every cited note is noise."
    )
    ignored = {note.id for _, notes in found.ignored for note in notes}
    assert {note["ref"] for note in cited} <= ignored
    evidence = {note.id for group in found.groups for note in group.notes}
    assert not evidence & ignored


def test_the_spot_of_a_flagged_dimension_points_to_the_flag():
    assert page_of(packet_of(VIKTOR)).spots[0].flag == "flag-ignores-data-reality"
    assert page_of(packet_of(HANNAH)).spots[0].flag == ""


def test_two_ratings_by_one_person_are_one_persons():
    content = packet_of(VIKTOR)
    dimensions = [
        {**each, "single_source": each["id"] == "depth"} for each in content["dimensions"]
    ]
    rows = {row.id: row for row in page_of({**content, "dimensions": dimensions}).heat.rows}
    assert (rows["depth"].coverage, rows["depth"].thin) == ("One person", True)
    assert (rows["decomposition"].coverage, rows["decomposition"].thin) == ("Covered", False)


def test_a_dimension_that_another_rubric_has_not_is_read_there_as_none():
    one, other = ({"packet": HEADER, **packet_of(slug)} for slug in (HANNAH, VIKTOR))
    for part, key in (("dimensions", "id"), ("evidence", "dimension")):
        other[part] = [each for each in other[part] if each[key] != "decomposition"]
    row = next(row for row in comparison([one, other]).rows if row.title == "Decomposition")
    (_, here), (_, there) = row.cells
    assert here.title == "Decomposition"
    assert there is None


# --- Amendments -----------------------------------------------------------------------------------


def amended(slug: str, who: str, *, late: bool, **fields):
    """The packet after one person amended their card, after the first packet or before it."""
    source = source_of(slug)
    seats = []
    for seat in source.seats:
        if seat.person.startswith(who):
            first = seat.versions[0]
            second = replace(
                first,
                number=2,
                card=replace(first.card, **fields),
                at=first.at + timedelta(days=5),
                origin="amendment",
                reason="Read my notes again",
                seen_others=4,
            )
            seat = replace(seat, versions=(first, second))
        seats.append(seat)
    built = max(s.versions[0].at for s in source.seats if s.versions) + timedelta(days=1)
    first_built = built if late else built + timedelta(days=90)
    return build(replace(source, seats=tuple(seats), first_built_at=first_built))


def test_an_amendment_stands_before_and_after_in_words():
    page = page_of(amended(JULIAN, "ravi", late=False, recommendation="no", summary="Less sure"))
    card = next(each for each in page.cards if each.where.person.name == "Ravi Subramanian")
    change = {field: sides for field, *sides in card.amendments[0].changes}
    assert change["Recommendation"] == ["Yes", "No"]
    assert change["Summary"][1] == "Less sure"
    assert card.amendments[0].seen == "after 4 other scorecards could be read"
    assert not card.amendments[0].late
    assert page.late_edits == []


def test_a_late_edit_gives_both_readings():
    withdrawn = amended(VIKTOR, "ravi", late=True, flags=())
    edit = page_of(withdrawn).late_edits[0]
    assert edit.amendment.late
    assert (edit.header_before, edit.header_after) == ("RESOLVE_FIRST", "DISCUSS_SPLIT")
    assert edit.flags == [("Ignores the data’s reality", "withdrawn")]
    before, after = next(r[1:] for r in edit.readings if r[0] == "Data and assumptions")
    assert before.endswith("bar open")
    assert after.endswith("bar met")
    assert before.startswith("1, 4 and 4; lower median 4")


def test_a_changed_flag_reads_in_words():
    flag = FlagContent("premature-complexity", "disqualifying", "worse on reflection", ())
    page = page_of(amended(JULIAN, "ravi", late=True, flags=(flag,)))
    card = next(each for each in page.cards if each.where.person.name == "Ravi Subramanian")
    before, after = next(
        sides for field, *sides in card.amendments[0].changes if field.startswith("Flag Premature")
    )
    assert before.splitlines()[0] == "Concern"
    assert after.splitlines() == ["Disqualifying", "worse on reflection", "cites 0 notes"]


def test_a_shadows_card_is_shown_apart_and_in_no_column():
    source = source_of(VIKTOR)
    seats = tuple(
        replace(seat, role="shadow") if seat.person.startswith("kwame") else seat
        for seat in source.seats
    )
    page = page_of(build(replace(source, seats=seats)))
    assert [seat.where.person.name for seat in page.head.shadows] == ["Kwame Mensah"]
    assert len(page.heat.columns) == 4
    assert [card.kind for card in page.cards] == ["counted"] * 4 + ["shadow"]
    assert page.flags[0].contradicted == [
        person for person in page.flags[0].contradicted if person.name != "Kwame Mensah"
    ]
