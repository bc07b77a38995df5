"""Amendments: before and after on the card, and late edits with both readings of the packet."""

from dataclasses import replace
from datetime import timedelta

from packets.content.build import build, digest
from scorecard.content import RatingContent
from tests.packets.content.loops import VIKTOR, source_of
from tests.packets.content.test_terms import MONDAY, VersionInput, card, note, packet, rated, seat

FIRST_BUILT = MONDAY + timedelta(hours=24)


def amended(before: int, after: int, *, hours: int, **fields):
    """Ann's rating of depth, amended so many hours after her interview began."""
    content = card(note("n"), rates={"depth": before})
    new = replace(content, ratings=(RatingContent("depth", after, notes=("n",)),), **fields)
    versions = (
        VersionInput(1, content, MONDAY + timedelta(hours=2), "ann"),
        VersionInput(
            2, new, MONDAY + timedelta(hours=hours), "ann", "amendment", "read my notes again", 3
        ),
    )
    return seat("ann", content, versions=versions)


def built(*seats, first_built_at=None, first_versions=None):
    source = replace(
        source_of(VIKTOR),
        seats=seats,
        first_built_at=first_built_at,
        first_versions=first_versions or {},
    )
    return build(source)


def test_the_newest_version_counts_and_the_change_is_shown():
    found = built(amended(2, 4, hours=20))
    assert next(d for d in found["dimensions"] if d["id"] == "depth")["supported"] == [4]
    (amendment,) = found["cards"][0]["amendments"]
    assert (amendment["version"], amendment["reason"]) == (2, "read my notes again")
    assert (amendment["seen_others"], amendment["late"]) == (3, False)
    (change,) = amendment["changes"]
    assert (change["field"], change["before"]["rating"], change["after"]["rating"]) == (
        "rating/depth",
        2,
        4,
    )
    listed = found["scorecards"][0]
    assert (listed["amended"], listed["amendments"]) == (True, 1)
    assert listed["submitted_at"] == "2026-03-02T11:00:00Z"  # the first time


def test_before_the_first_packet_an_amendment_is_no_late_edit():
    found = built(amended(2, 4, hours=20), first_built_at=FIRST_BUILT)
    assert found["late_edits"] == []
    assert digest(found) == digest(built(amended(2, 4, hours=20)))


def test_a_late_edit_gives_both_readings():
    bob = rated("bob", 4, 1)
    found = built(amended(2, 3, hours=30), bob, first_built_at=FIRST_BUILT)
    (edit,) = found["late_edits"]
    assert (edit["interviewer"], edit["version"], edit["late"]) == ("ann", 2, True)
    before, after = edit["before"]["dimensions"]["depth"], edit["after"]["dimensions"]["depth"]
    assert (before["supported"], before["lower_median"], before["bar"]) == ([2, 4], 2, "below")
    assert (after["supported"], after["lower_median"], after["bar"]) == ([3, 4], 3, "met")
    assert (edit["before"]["header"], edit["after"]["header"]) == ("DISCUSS_SPLIT", "READ_IN_ORDER")
    assert list(edit["before"]["dimensions"]) == ["depth"]
    assert "What changed their mind?" in found["questions"][0]["text"]


def test_a_version_that_the_first_packet_did_not_hold_is_late_whatever_its_date():
    """A file may bring an older date than the day on which it changed what was read."""
    ann = amended(2, 4, hours=20)
    seen = {(ann.interview, "ann"): 1}
    found = built(ann, first_built_at=FIRST_BUILT, first_versions=seen)
    assert [edit["version"] for edit in found["late_edits"]] == [2]


def test_a_shadows_late_edit_is_shown_on_its_card_only():
    shadow = replace(amended(2, 4, hours=30), role="shadow")
    found = built(shadow, rated("bob", 4, 1), first_built_at=FIRST_BUILT)
    assert found["late_edits"] == []
    assert found["shadows"][0]["amendments"][0]["late"]


def test_a_first_submission_after_the_first_packet_is_no_edit():
    late = seat("ann", card(note("n")), hour=40)
    assert built(late, first_built_at=FIRST_BUILT)["late_edits"] == []


def test_notes_are_matched_by_what_they_say_where_an_import_numbered_them_anew():
    old = card(note("a", at=10), note("b", at=20))
    new = card(note("x", at=10, text="what a saw"), note("y", at=20, text="reworded"))
    versions = (
        VersionInput(1, old, MONDAY, "ann"),
        VersionInput(2, new, MONDAY + timedelta(hours=1), "ann", "import", "imported anew"),
    )
    (amendment,) = packet(seat("ann", new, versions=versions))["cards"][0]["amendments"]
    texts = [
        (change["before"] and change["before"]["text"], change["after"] and change["after"]["text"])
        for change in amendment["changes"]
    ]
    assert sorted(texts, key=str) == [("what b saw", None), (None, "reworded")]


def test_a_file_of_the_same_moment_that_knows_more_is_no_amendment_of_the_interviewers():
    late = amended(2, 4, hours=30)
    first, second = late.versions
    for at, is_amended in ((first.at, False), (second.at, True)):
        versions = (first, replace(second, origin="import", at=at))
        found = built(
            replace(late, versions=versions),
            first_built_at=FIRST_BUILT,
            first_versions={(late.interview, "ann"): 1},
        )
        listed = found["scorecards"][0]
        assert (listed["amended"], listed["amendments"]) == (is_amended, int(is_amended))
        assert len(found["late_edits"]) == 1  # what the packet reads did change
        asked = any("changed their mind" in each["text"] for each in found["questions"])
        assert asked is is_amended
