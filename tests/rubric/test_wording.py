"""The pack is a handbook: every text is there, says something, and is short enough to read."""

import re


def words(text: str) -> int:
    return len(text.split())


def every_text(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from every_text(each)
    elif isinstance(value, list):
        for each in value:
            yield from every_text(each)


def sentences(text: str) -> int:
    return len(re.findall(r"[.?!](?=\s|$)", text))


def test_dimensions_are_defined_in_two_or_three_sentences(rubric):
    for each in rubric.dimensions.values():
        assert 2 <= sentences(each.definition) <= 3, each.id
        assert 40 <= words(each.definition) <= 80, each.id


def test_anchors_are_four_different_descriptions_of_behaviour(rubric):
    for each in rubric.dimensions.values():
        assert list(each.anchors) == [1, 2, 3, 4]
        assert len(set(each.anchors.values())) == 4, each.id
        for point, text in each.anchors.items():
            assert 18 <= words(text) <= 60, (each.id, point)
            assert 1 <= sentences(text) <= 2, (each.id, point)


def test_anchors_describe_what_was_done_and_not_the_person(rubric):
    judging = re.compile(
        r"\b(the candidate is|good|great|excellent|weak|poor|smart|bright)\b", re.I
    )
    for each in rubric.dimensions.values():
        for point, text in each.anchors.items():
            assert not judging.search(text), (each.id, point)


def test_growth_is_one_sentence_that_can_be_said_to_the_candidate(rubric):
    for each in rubric.dimensions.values():
        assert sentences(each.growth) == 1, each.id
        assert "would have" in each.growth, each.id
        assert "your" in each.growth or "you" in each.growth, each.id


def test_signals_are_worded_in_full(rubric):
    for each in rubric.signals.values():
        assert words(each.title) <= 5, each.id
        assert 10 <= words(each.definition) <= 45, each.id
        assert 15 <= words(each.in_the_room) <= 50, each.id
        assert 15 <= words(each.mistaken_for) <= 50, each.id
        assert 6 <= len(each.cues) <= 10, each.id


def test_strengths_and_they_alone_have_words_for_the_candidate(rubric):
    judging = re.compile(r"\b(good|great|excellent|strong|weak|poor|best)\b(?! outcome)", re.I)
    for each in rubric.signals.values():
        if each.polarity != "strength":
            assert each.told == "", each.id
            continue
        assert each.told.startswith("You "), each.id
        assert sentences(each.told) == 1 and 15 <= words(each.told) <= 36, each.id
        assert not judging.search(each.told), each.id


def test_cues_are_short_and_point_to_one_signal(rubric):
    cues = [cue for each in rubric.signals.values() for cue in each.cues]
    assert all(1 <= words(cue) <= 12 for cue in cues)
    assert len({cue.lower() for cue in cues}) == len(cues)


def test_titles_name_one_thing_each(rubric):
    for found in (rubric.dimensions, rubric.signals, rubric.probes, rubric.rounds, rubric.prompts):
        titles = [each.title for each in found.values()]
        assert len(set(titles)) == len(titles)


def test_probes_can_be_said_aloud_in_two_or_three_ways(rubric):
    for each in rubric.probes.values():
        assert 2 <= len(each.wordings) <= 3, each.id
        assert all(6 <= words(wording) <= 40 for wording in each.wordings), each.id
        assert all(wording.endswith((".", "?")) for wording in each.wordings), each.id
        assert words(each.purpose) >= 20, each.id


def test_each_probe_has_a_key_of_its_own(rubric):
    keys = [each.key for each in rubric.probes.values()]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch("[a-z]", key) for key in keys)


def test_the_keys_that_interviewers_have_learnt(rubric):
    known = {
        "data-test": "d",
        "label-test": "l",
        "constraint-data": "c",
        "constraint-latency-or-cost": "x",
        "constraint-metric-change": "m",
        "pushback": "b",
        "silent-failure": "f",
    }
    assert {name: rubric.probes[name].key for name in known} == known


def test_each_round_has_a_kit(rubric):
    for each in rubric.rounds.values():
        assert len(each.prompts) >= 6, each.id
        assert len({prompt.text for prompt in each.prompts}) == len(each.prompts), each.id
        assert all(25 <= words(prompt.text) <= 75 for prompt in each.prompts), each.id
        assert 30 <= each.minutes <= 90, each.id
        assert words(each.purpose) >= 20 and words(each.opening) >= 40, each.id
        assert len(each.pitfalls) >= 3, each.id


def test_a_kit_can_draw_out_every_dimension_it_rates(rubric):
    called_for_by_the_prompt = {"decomposition", "hypothesis-validation", "communication"}
    for each in rubric.rounds.values():
        drawn = {dimension for probe in each.probes for dimension in rubric.probes[probe].draws}
        assert set(each.focus) <= drawn | called_for_by_the_prompt, each.id


def test_lenses_and_levels_and_scales_are_described(rubric):
    for found in (rubric.lenses, rubric.levels, rubric.ratings, rubric.recommendations):
        assert all(words(each.description) >= 10 for each in found.values())


def test_spelling_is_british(content):
    american = re.compile(
        r"\b(behavior|judgment|favorite|(summar|prior|optim)iz|model(ed|ing))", re.I
    )
    prose = [text for text in every_text(content) if " " in text]
    assert [text for text in prose if american.search(text)] == []


def test_nothing_is_left_to_be_worded(content):
    unworded = re.compile(r"TODO|TBD|to be worded", re.I)
    assert [text for text in every_text(content) if unworded.search(text)] == []
