"""The training phrases, the solver, and that the committed weights were made from what is there."""

from pathlib import Path

import numpy as np
import pytest

from scorecard.suggestions import features
from scorecard.suggestions.classifier import classifier
from scorecard.suggestions.ranking import NONE
from scorecard.suggestions.training import kinship, phrases, train
from scorecard.suggestions.training.evaluate import Case, quality


def test_weights_are_of_the_phrases_as_they_are() -> None:
    stale = "run `python -m scorecard.suggestions.training.train` and commit weights.npz"
    assert classifier().sources == train.sources_digest(), stale
    assert classifier().labels == kinship.classes()


def test_every_signal_has_phrases_enough() -> None:
    found = phrases.read()
    assert set(found) == set(kinship.classes())
    assert min(len(texts) for texts in found.values()) >= 40
    assert len(found[NONE]) >= 250


def test_no_phrase_stands_under_two_signals() -> None:
    seen: dict[str, str] = {}
    for label, texts in phrases.read().items():
        for text in texts:
            assert seen.setdefault(text, label) == label


def test_alternatives_each_occur_and_plain_brackets_stay() -> None:
    assert phrases.variants("she [asked|wondered] [who|why|when]") == [
        "she asked who",
        "she wondered why",
        "she asked when",
    ]
    assert phrases.variants("slice [0:3] is fine") == ["slice [0:3] is fine"]


def test_a_phrase_without_a_heading_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loose.txt").write_text("asked why\n", encoding="utf-8")
    with pytest.raises(ValueError, match="loose.txt:1"):
        phrases.read(tmp_path)


def test_words_in_reach_of_a_negation_are_told_apart() -> None:
    assert features.grouped("never brought up drift")["denied"] == ["brought", "up", "drift"]
    assert features.grouped("no, brought up drift")["denied"] == []
    assert "drift" in features.grouped("didn't get to drift")["denied"]


def test_british_american_and_inflected_words_share_a_stem() -> None:
    for one, other in [("labelled", "labeled"), ("summarised", "summarizes"), ("colour", "color")]:
        assert features.grouped(one)["word"] == features.grouped(other)["word"]


def test_the_solver_finds_the_optimum() -> None:
    """At the optimum of a ridge-penalised likelihood: miss + ridge * dual = 0 for every note."""
    generator = np.random.default_rng(7)
    points = generator.normal(size=(40, 6)).astype(np.float32)
    target = (points[:, 0] > 0).astype(int) + (points[:, 1] > 0.5)
    weight, kin = np.ones(40, dtype=np.float32), np.eye(3, dtype=np.float32)
    gram = points @ points.T
    dual = train.solve(gram, target, weight, kin)
    miss = train.softmax(gram @ dual) - np.eye(3, dtype=np.float32)[target]
    assert np.abs(gram @ (miss + train.RIDGE * dual)).max() < 1e-2


def test_weights_of_features_give_the_scores_of_the_dual() -> None:
    labels = kinship.classes()
    examples = train.Examples.__new__(train.Examples)
    texts = ["asked who is hurt", "no words, only typing", "train was late"]
    examples.vectors = [features.vector(text) for text in texts]
    examples.weight = np.array([1, 0.5, 1], dtype=np.float32)
    dual = np.random.default_rng(1).normal(size=(3, len(labels))).astype(np.float32)
    gram = train.centred(train.similarities(examples.vectors), examples.weight)
    table, intercept = train.weights(examples, dual)
    for row, vector in enumerate(examples.vectors):
        direct = intercept + sum(value * table[bucket] for bucket, value in vector.items())
        assert np.allclose(direct, gram[row] @ dual, atol=1e-3)


def test_quality_counts_what_it_says() -> None:
    cases = [
        Case(frozenset({"a"}), frozenset(), {"a": 0.6, "b": 0.3, "none": 0.1}),
        Case(frozenset({"b"}), frozenset({"a"}), {"a": 0.6, "b": 0.3, "none": 0.1}),
        Case(frozenset({"a"}), frozenset(), {"a": 0.1, "b": 0.1, "none": 0.8}),
        Case(frozenset(), frozenset(), {"a": 0.5, "b": 0.1, "none": 0.4}),
    ]
    result = quality(cases, silent_above=0.5)
    assert (result.first, result.three) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert (result.first_or_partly, result.false_alarms) == (pytest.approx(2 / 3), 1.0)
