"""The pack carries every id that outside programs know, related as they expect."""

from tests.rubric import structure


def test_the_ten_dimensions_in_order(rubric):
    assert tuple(rubric.dimensions) == structure.DIMENSIONS


def test_communication_alone_breaks_ties(rubric):
    assert [each.id for each in rubric.dimensions.values() if each.tie_breaker] == ["communication"]


def test_the_48_signals_with_polarity_and_dimension(rubric):
    expected = {
        name: (polarity, dimension)
        for polarity, by_dimension in structure.SIGNALS.items()
        for dimension, names in by_dimension.items()
        for name in names.split()
    }
    assert len(expected) == 48
    assert {
        each.id: (each.polarity, each.dimension) for each in rubric.signals.values()
    } == expected


def test_a_flag_starts_from_the_signals_severity(rubric):
    starts = {each.id: each.default_severity for each in rubric.signals.values()}
    risks = {each.id for each in rubric.signals.values() if each.polarity == "risk"}
    assert {name for name, start in starts.items() if start == "disqualifying"} == (
        structure.DISQUALIFYING
    )
    assert {name for name, start in starts.items() if start == "concern"} == (
        risks - structure.DISQUALIFYING
    )


def test_only_leverage_is_bound_to_levels(rubric):
    bound = {each.id: each.levels for each in rubric.signals.values() if each.levels}
    assert bound == {"leverage-and-restraint": ("senior", "staff")}


def test_the_stages_in_order(rubric):
    assert tuple(rubric.stages) == structure.STAGES


def test_the_probes_with_what_they_draw(rubric):
    assert {each.id: each.draws for each in rubric.probes.values()} == {
        name: tuple(draws.split()) for name, draws in structure.PROBES.items()
    }
    assert rubric.constraint_probes == structure.CONSTRAINTS


def test_the_rounds_with_their_focus(rubric):
    assert {each.id: each.focus for each in rubric.rounds.values()} == {
        name: tuple(focus.split()) for name, focus in structure.ROUNDS.items()
    }
    assert [each.id for each in rubric.rounds.values() if each.correctness] == ["ml-coding"]


def test_the_bars_of_the_levels_in_order(rubric):
    assert list(rubric.levels) == list(structure.BARS)
    for name, (everywhere, exceptions, musts, any_four, signals) in structure.BARS.items():
        bar = rubric.bar(name)
        assert bar.everywhere == everywhere
        assert bar.exceptions == exceptions
        assert bar.musts == tuple(musts.split())
        assert bar.any_supported_4 == tuple(any_four.split())
        assert bar.signals == signals


def test_the_lenses_with_their_facets(rubric):
    seen = {
        lens.id: {
            facet.id: None if facet.derived else " ".join(facet.dimensions) for facet in lens.facets
        }
        for lens in rubric.lenses.values()
    }
    assert seen == structure.LENSES


def test_the_scales(rubric):
    assert list(rubric.ratings) == [1, 2, 3, 4]
    assert list(rubric.recommendations) == ["strong_no", "no", "yes", "strong_yes"]
    assert list(rubric.correctness) == ["not_solved", "partly_solved", "solved"]
    assert list(rubric.severities) == ["concern", "disqualifying"]
