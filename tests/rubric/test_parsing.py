"""What `parse` refuses, each at its place."""

import copy

import pytest

from rubric.entries import RubricError
from rubric.parsing import parse, parse_bar


def refuse(content) -> RubricError:
    with pytest.raises(RubricError) as caught:
        parse(content, 1)
    return caught.value


def named(content, part, name) -> dict:
    return next(each for each in content[part] if each["id"] == name)


def test_a_missing_part(content):
    del content["lenses"]
    assert str(refuse(content)) == "rubric/lenses: is missing"


def test_content_that_is_no_mapping():
    assert refuse([]).place == "rubric"


@pytest.mark.parametrize("field", ["definition", "in_the_room", "mistaken_for", "title"])
def test_a_missing_text(content, field):
    del named(content, "signals", "plans-for-drift")[field]
    assert refuse(content).place == f"signals/plans-for-drift/{field}"


@pytest.mark.parametrize("value", ["", "  ", 3, None, ["a"]])
def test_a_text_that_is_none(content, value):
    named(content, "dimensions", "depth")["growth"] = value
    assert refuse(content).place == "dimensions/depth/growth"


def test_words_for_the_candidate_belong_to_strengths_and_may_be_left_out(content):
    del named(content, "signals", "plans-for-drift")["told"]
    assert parse(content, 1).signals["plans-for-drift"].told == ""
    named(content, "signals", "ignores-data-reality")["told"] = "You ignored the data."
    assert refuse(content).place == "signals/ignores-data-reality/told"


def test_a_misspelt_field_is_not_ignored(content):
    named(content, "probes", "why")["drawz"] = ["depth"]
    assert str(refuse(content)) == "probes/why: unknown: drawz"


def test_a_part_that_no_rubric_has(content):
    content["signal"] = []
    assert str(refuse(content)) == "rubric: unknown: signal"


def test_a_misspelt_field_of_a_prompt(content):
    content["rounds"][0]["prompts"][0]["texts"] = "?"
    assert refuse(content).place.startswith("rounds/ml-system-design/prompts/")


def test_a_list_that_names_an_id_twice(content):
    named(content, "probes", "why")["draws"] = ["depth", "depth"]
    assert refuse(content).place == "probes/why/draws"


def test_a_facet_id_used_twice_in_a_lens(content):
    facets = named(content, "lenses", "strong-answer")["facets"]
    facets.append(copy.deepcopy(facets[0]))
    assert refuse(content).place == "lenses/strong-answer/facets/clarity"


def test_an_id_used_twice(content):
    content["stages"].append(copy.deepcopy(content["stages"][0]))
    assert refuse(content).place == "stages/objective"


def test_an_id_of_the_wrong_form(content):
    content["stages"][0]["id"] = "Objective!"
    assert refuse(content).place == "stages/Objective!/id"


def test_an_entry_without_id_is_placed_by_its_position(content):
    del content["signals"][2]["id"]
    assert refuse(content).place == "signals/2/id"


def test_an_entry_that_is_no_mapping(content):
    content["dimensions"][1] = "data"
    assert refuse(content).place == "dimensions/1"


def test_three_anchors(content):
    named(content, "dimensions", "tradeoffs")["anchors"].pop()
    assert refuse(content).place == "dimensions/tradeoffs/anchors"


def test_two_anchors_alike(content):
    anchors = named(content, "dimensions", "tradeoffs")["anchors"]
    anchors[2] = anchors[3]
    assert refuse(content).place == "dimensions/tradeoffs/anchors"


def test_an_unknown_dimension_is_answered_with_the_nearest(content):
    named(content, "signals", "data-first")["dimension"] = "data-assumption"
    fault = refuse(content)
    assert fault.place == "signals/data-first/dimension"
    assert "data-assumptions" in fault.problem


@pytest.mark.parametrize(
    ("part", "name", "field", "place"),
    [
        ("probes", "why", "draws", "probes/why/draws"),
        ("rounds", "ml-coding", "focus", "rounds/ml-coding/focus"),
        ("rounds", "ml-coding", "probes", "rounds/ml-coding/probes"),
        ("signals", "leverage-and-restraint", "levels", "signals/leverage-and-restraint/levels"),
    ],
)
def test_an_unknown_id_in_a_list(content, part, name, field, place):
    named(content, part, name)[field].append("nowhere")
    assert refuse(content).place == place


def test_an_unknown_dimension_of_a_facet(content):
    named(content, "lenses", "strong-answer")["facets"][0]["dimensions"] = ["clarity"]
    assert refuse(content).place == "lenses/strong-answer/facets/clarity/dimensions"


def test_a_facet_with_neither_dimensions_nor_derivation(content):
    del named(content, "lenses", "strong-answer")["facets"][0]["dimensions"]
    assert refuse(content).place == "lenses/strong-answer/facets/clarity"


@pytest.mark.parametrize("key", ["D", "dd", "1", "é"])
def test_a_key_that_is_no_letter(content, key):
    named(content, "probes", "data-test")["key"] = key
    assert refuse(content).place == "probes/data-test/key"


def test_a_key_taken_already(content):
    named(content, "probes", "pushback")["key"] = "d"
    assert refuse(content).place == "probes/pushback/key"


def test_a_prompt_id_taken_by_another_round(content):
    first, second = content["rounds"][0], content["rounds"][1]
    second["prompts"][0]["id"] = first["prompts"][0]["id"]
    assert refuse(content).place.startswith(f"rounds/{second['id']}/prompts/")


def test_a_strength_with_a_severity(content):
    named(content, "signals", "data-first")["default_severity"] = "concern"
    assert refuse(content).place == "signals/data-first/default_severity"


@pytest.mark.parametrize("polarity", ["good", None, True, ["risk"]])
def test_an_unknown_polarity(content, polarity):
    named(content, "signals", "data-first")["polarity"] = polarity
    assert refuse(content).place == "signals/data-first/polarity"


def test_a_round_that_rates_adaptability_needs_a_constraint(content):
    each = named(content, "rounds", "behavioral")
    each["probes"] = ["decision-story", "drift-test"]
    assert refuse(content).place == "rounds/behavioral/probes"


@pytest.mark.parametrize("value", [0, 5, 2.5, "3", True, None])
def test_a_bar_off_the_scale(content, value):
    named(content, "levels", "mid")["bar"]["depth"] = value
    assert refuse(content).place == "levels/mid/bar/depth"


@pytest.mark.parametrize("field", ["musts", "any_supported_4"])
def test_a_bar_that_asks_for_an_unknown_dimension(content, field):
    named(content, "levels", "staff")["bar"][field] = ["trade-off"]
    fault = refuse(content)
    assert fault.place == f"levels/staff/bar/{field}"
    assert "tradeoffs" in fault.problem


def test_a_bar_that_asks_for_an_unknown_signal(content):
    named(content, "levels", "staff")["bar"]["signals"] = {"leverage": 2}
    assert refuse(content).place == "levels/staff/bar/signals"


def test_rating_points_are_the_four(content):
    content["ratings"].append({"id": "5", "title": "Beyond", "description": "Off the scale."})
    assert refuse(content).place == "ratings"


def test_parsing_leaves_the_content_as_it_was(content):
    before = copy.deepcopy(content)
    parse(content, 1)
    assert content == before


def test_an_openings_own_bar_has_the_same_form():
    bar = parse_bar({"all": 2, "depth": 4, "musts": ["depth"]})
    assert (bar.for_dimension("depth"), bar.for_dimension("tradeoffs")) == (4, 2)
    assert bar.musts == ("depth",)
    assert bar.signals == {}
