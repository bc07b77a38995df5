"""Reading the pack, its digest, and what a rubric answers about itself."""

import json
import shutil

import pytest

from rubric.entries import RubricError
from rubric.models import content_digest
from rubric.pack import PACK_FOLDER, read_pack
from rubric.parsing import parse


@pytest.fixture
def folder(tmp_path):
    """A copy of the pack that a test may spoil."""
    return shutil.copytree(PACK_FOLDER, tmp_path / "pack")


def upside_down(value):
    """The same content with the keys of every mapping in the opposite order."""
    if isinstance(value, dict):
        return {key: upside_down(value[key]) for key in reversed(value)}
    if isinstance(value, list):
        return [upside_down(each) for each in value]
    return value


def test_the_content_survives_json(content):
    assert json.loads(json.dumps(content)) == content


def test_what_was_stored_parses_to_the_same_rubric(content, rubric):
    assert parse(json.loads(json.dumps(content)), 1) == rubric
    assert parse(upside_down(content), 1) == rubric


def test_the_digest_does_not_depend_on_the_order_of_keys(content):
    assert json.dumps(upside_down(content)) != json.dumps(content)
    assert content_digest(upside_down(content)) == content_digest(content)
    assert content_digest(content).startswith("sha256:")
    assert len(content_digest(content)) == len("sha256:") + 64


def test_the_digest_depends_on_every_word_and_on_the_order_of_lists(content):
    digest = content_digest(content)
    content["dimensions"][0]["growth"] += "!"
    changed = content_digest(content)
    content["stages"].reverse()
    assert len({digest, changed, content_digest(content)}) == 3


def test_the_number_is_the_versions_and_no_part_of_the_content(content):
    assert parse(content, 7).number == 7
    assert "number" not in content


@pytest.mark.parametrize(
    "text", ["signals: []", "- a list", "noise: [", "noise: [performing]", "noise: 3", ""]
)
def test_a_file_that_is_not_what_it_should_be_is_named(folder, text):
    (folder / "noise.yaml").write_text(text)
    with pytest.raises(RubricError) as caught:
        read_pack(folder)
    assert caught.value.place == "noise.yaml"


def test_a_missing_file_is_named(folder):
    (folder / "stages.yaml").unlink()
    with pytest.raises(RubricError) as caught:
        read_pack(folder)
    assert caught.value.place == "stages.yaml"


def test_prompts_of_an_unknown_round_are_not_dropped(folder):
    prompts = folder / "prompts.yaml"
    prompts.write_text(prompts.read_text().replace("  ml-coding:", "  coding:"))
    with pytest.raises(RubricError, match="coding") as caught:
        read_pack(folder)
    assert caught.value.place == "prompts.yaml"


def test_signals_of_a_dimension_in_the_packs_order(rubric):
    assert [each.id for each in rubric.signals_of("depth")] == [
        "explains-why-and-alternatives",
        "names-limits-and-failures",
        "inconsistent-reasoning",
        "shallow-under-follow-up",
        "tool-name-dropping",
        "memorised-answer",
    ]
    assert [each.id for each in rubric.signals_of("depth", "risk")] == [
        "inconsistent-reasoning",
        "shallow-under-follow-up",
    ]


def test_the_bar_of_a_level_by_dimension(rubric):
    mid = rubric.bar("mid")
    assert (mid.for_dimension("depth"), mid.for_dimension("tradeoffs")) == (2, 3)
    assert mid.musts == ("data-assumptions",)


@pytest.mark.parametrize(
    ("kind", "wrong", "nearest"),
    [
        ("signal", "data_first", "data-first"),
        ("signal", "Explicit-Trade-offs", "explicit-tradeoffs"),
        ("dimension", "trade-offs", "tradeoffs"),
        ("round", "applied-modelling", "applied-modeling"),
        ("round", "behavioural", "behavioral"),
        ("probe", "constraint-latency", "constraint-latency-or-cost"),
        ("stage", "tradeoffs", "trade-offs"),
        ("recommendation", "strong-yes", "strong_yes"),
    ],
)
def test_the_nearest_known_id(rubric, kind, wrong, nearest):
    assert rubric.nearest(kind, wrong)[0] == nearest


def test_nothing_is_near_to_nonsense_and_no_more_than_asked_for(rubric):
    assert rubric.nearest("signal", "qqqq") == []
    assert len(rubric.nearest("probe", "constraint", n=2)) == 2
