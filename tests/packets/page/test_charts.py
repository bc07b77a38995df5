"""Charts: where a mark stands, what they say without being seen, and that nothing breaks out."""

from xml.etree.ElementTree import Element, fromstring

from packets import charts
from packets.charts import Dot, DotRow, InterviewLine, Mark, RatingChange

TEN, TWENTY = 600, 1200


def drawn(svg: str) -> Element:
    return fromstring(svg)  # noqa: S314  drawn by charts.py


def marks(svg: Element) -> dict[str, float]:
    """Letter to the middle of its mark."""
    return {
        text.text: float(text.get("x"))
        for text in svg.iter("text")
        if text.get("class") in ("lt", "ml")
    }


def ticks(svg: Element) -> list[float]:
    return [float(line.get("x1")) for line in svg.iter("line") if line.get("class") == "tick"]


def test_a_mark_stands_at_its_minute():
    svg = drawn(
        charts.timeline([InterviewLine("A", "R", [Mark("O", TEN), Mark("M", TWENTY)], 2400)])
    )
    axis = {text.text: float(text.get("x")) for text in svg.iter("text") if text.get("text-anchor")}
    assert abs(marks(svg)["O"] - axis["10"]) < 0.1
    assert abs(marks(svg)["M"] - axis["20"]) < 0.1
    assert "40" in axis
    assert "50" not in axis


def test_marks_that_would_cover_each_other_step_aside_and_their_ticks_stay():
    apart = drawn(charts.timeline([InterviewLine("A", "R", [Mark("O", 60), Mark("D", 61)], 3600)]))
    assert marks(apart)["D"] - marks(apart)["O"] >= 20
    one, other = ticks(apart)
    assert 0 <= other - one < 1


def test_the_model_is_a_square_and_the_others_are_round():
    svg = drawn(charts.timeline([InterviewLine("A", "R", [Mark("O", TEN), Mark("M", TWENTY)], 0)]))
    assert len(list(svg.iter("rect"))) == 1
    assert len(list(svg.iter("circle"))) == 1


def test_a_round_without_stages_says_so():
    svg = drawn(charts.timeline([InterviewLine("A", "Behavioural", [], 2700)]))
    assert "no stage of these was noted" in [text.text for text in svg.iter("text")]


def test_a_mark_after_the_planned_end_is_still_on_the_chart():
    svg = drawn(charts.timeline([InterviewLine("A", "R", [Mark("T", 4000)], 3600)]))
    assert marks(svg)["T"] < charts.WIDTH


def test_six_equal_ratings_stay_within_their_value():
    row = DotRow("Depth", [Dot(3, f"P{n}: 3", "#x") for n in range(6)], 3)
    across = [float(dot.get("cx")) for dot in drawn(charts.dots([row])).iter("circle")]
    assert max(across) - min(across) <= charts.POINT - 2 * 7.5
    assert len(set(across)) == 6


def test_each_dot_leads_to_its_evidence_and_is_named():
    svg = drawn(charts.dots([DotRow("Depth", [Dot(4, "Ana: 4", "#ev-depth-1")], 3)]))
    link = next(svg.iter("a"))
    assert (link.get("href"), link.get("aria-label")) == ("#ev-depth-1", "Depth, Ana: 4")


def test_a_dimension_that_nobody_rated_has_no_dot_and_says_so():
    svg = drawn(charts.dots([DotRow("Depth", [], 3)]))
    assert not list(svg.iter("circle"))
    assert "not assessed" in [text.text for text in svg.iter("text")]


def test_a_chart_has_a_title_and_a_description_and_no_style():
    for svg in (
        charts.timeline([InterviewLine("A", "R", [], 0)]),
        charts.dots([DotRow("D", [], 2)]),
    ):
        root = drawn(svg)
        ids = {each.get("id") for each in root.iter()}
        assert {root.get("aria-labelledby"), root.get("aria-describedby")} <= ids
        assert root.find("title").text
        assert root.find("desc").text
        assert not [each for each in root.iter() if each.get("style")]


def test_a_name_is_text_and_never_markup():
    name = "</text></svg><script>alert(1)</script>&"
    svg = drawn(charts.timeline([InterviewLine(name, name, [], 0)]))
    assert name in [text.text for text in svg.iter("text")]
    assert not list(svg.iter("script"))


def test_a_changed_rating_has_a_ring_where_it_stood_and_a_dot_where_it_stands():
    svg = drawn(charts.changes([RatingChange("Depth", 2, 4)], "Version 2 of card 1"))
    axis = {text.text: text.get("x") for text in svg.iter("text") if text.get("text-anchor")}
    at = {each.get("class"): each.get("cx") for each in svg.iter("circle")}
    assert at == {"ring": axis["2"], "dot": axis["4"]}
    assert svg.find("title").get("id") == "version-2-of-card-1-title"


def test_a_rating_that_came_or_went_says_so_and_is_never_drawn_as_a_zero():
    svg = drawn(charts.changes([RatingChange("A", None, 3), RatingChange("B", 1, None)], "T"))
    assert [each.get("class") for each in svg.iter("circle")] == ["dot", "ring"]
    words = [text.text for text in svg.iter("text")]
    assert "not rated before" in words
    assert "not rated now" in words


def test_nothing_is_drawn_beyond_the_edge():
    """Of a chart that is as wide as its column, what lies beyond is cut off."""
    full = [Dot(value, f"P{n}: {value}", "#x") for value in range(1, 5) for n in range(6)]
    rows = [RatingChange("Depth", None, 4), RatingChange("Depth", 4, None)]
    for svg in (drawn(charts.dots([DotRow("Depth", full, 3)])), drawn(charts.changes(rows, "C"))):
        width = float(svg.get("viewBox").split()[2])
        for dot in svg.iter("circle"):
            x, r = float(dot.get("cx")), float(dot.get("r"))
            assert x - r >= charts.DOTS_LEFT - 20
            assert x + r <= width
        for text in svg.iter("text"):
            if not text.get("text-anchor"):
                assert float(text.get("x")) + 6 * len(text.text) <= width
