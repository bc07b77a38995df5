"""The packet as a PDF: whole, in order, tagged, named on each page, and right in any script."""

import copy
import re
import unicodedata
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from packets.content.resolved import resolved
from packets.pdf.render import packet_pdf
from tests.packets.content.loops import AMARA, HANNAH, JULIAN, MARCUS, VIKTOR, packet_of, source_of
from tests.packets.content.test_adjusted import with_snapshot
from tests.packets.content.test_resolved import found
from tests.packets.page.test_words import HEADER

UTC = ZoneInfo("UTC")
PARTS = (
    *("Flags and patterns", "Consistency", "Coverage", "Senior bar", "Evidence"),
    *("Order of thinking", "Numbers", "Interviewers", "Tie-breaker"),
    *("Questions for the committee", "Scorecards, whole"),
)


def pdf_of(content: dict[str, Any], **header: Any) -> PdfReader:
    document = {"packet": {**HEADER, **header}, **content}
    return PdfReader(BytesIO(packet_pdf(document, UTC)))


def named(slug: str = VIKTOR, candidate: str = "", **names: str) -> dict[str, Any]:
    """A public loop's packet with people renamed, by the first part of their e-mail."""
    content = copy.deepcopy(packet_of(slug))
    content["candidate"]["name"] = candidate or content["candidate"]["name"]
    for email in content["people"]:
        content["people"][email] = names.get(email.split(".")[0], content["people"][email])
    return content


def words(pdf: PdfReader) -> str:
    said = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    return unicodedata.normalize("NFC", said)  # a letter and its mark are one letter


@pytest.fixture(scope="module")
def viktor() -> PdfReader:
    return pdf_of(packet_of(VIKTOR))


def test_all_parts_are_there_in_their_order_and_in_the_outline(viktor):
    titles = [each["/Title"] for each in viktor.outline[1] if not isinstance(each, list)]
    assert titles[0].startswith("One disqualifying flag is open")
    assert titles[1:] == list(PARTS)


def test_every_page_bears_its_number_the_version_and_the_digest(viktor):
    pages = [page.extract_text() for page in viktor.pages]
    assert len(pages) > 5
    for number, text in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in text
        assert f"Packet 1, current. {HEADER['digest']}" in " ".join(text.split())
        assert "uperseded" not in text


def test_a_superseded_packet_says_so_on_every_page():
    for page in pdf_of(packet_of(MARCUS), superseded=True, version=2).pages:
        assert "Superseded: packet 2" in page.extract_text()


def test_it_is_tagged_titled_and_claims_its_standard(viktor):
    root = viktor.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert viktor.metadata.title == "Packet 1: Viktor Desrosiers"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_it_says_what_the_page_says(viktor):
    said = words(viktor)
    assert "contradicted by 3 (Ingrid Solheim, Olivia Brandt and Kwame Mensah)" in said
    assert "At 1:50 Ravi Subramanian noted: “short on time after a late start" in said
    assert "Adaptability lower median 2, needs 3" in said
    assert "There is no overall score." in said
    for card in packet_of(VIKTOR)["cards"]:
        for note in card["notes"]:
            assert " ".join(note["text"].split())[:40] in said


def test_times_are_the_reader_s():
    document = {"packet": HEADER, **packet_of(VIKTOR)}
    berlin = PdfReader(BytesIO(packet_pdf(document, ZoneInfo("Europe/Berlin"))))
    assert "Built 20 May 2026, 15:11. Times are those of Europe/Berlin." in words(berlin)


def test_the_same_packet_is_the_same_file():
    document = {"packet": HEADER, **packet_of(MARCUS)}
    assert packet_pdf(document, UTC) == packet_pdf(document, UTC)


def test_a_figure_of_the_evidence_leads_to_its_note(viktor):
    links = [
        annotation.get_object()
        for page in viktor.pages
        for annotation in page.get("/Annots", [])
        if annotation.get_object()["/Subtype"] == "/Link"
    ]
    notes = sum(len(card["notes"]) for card in packet_of(VIKTOR)["cards"])
    assert len(links) > notes  # each note is told elsewhere, and cited


@pytest.mark.parametrize(
    "name",
    [
        *("Nguyễn Thị Phượng", "Adébáyọ̀ Ọlábísí Ẹ̀kún", "Ọ̀ṣun Ṣẹ̀gun", "Łukasz Żółć", "Зоя Ким"),
        *("李小龙", "陳大文", "山田 たろう", "김민준", "გიორგი", "Bo 👩🏽‍💻"),
    ],
)
def test_names_come_out_as_they_went_in(name):
    said = words(pdf_of(named(candidate=name, ravi=name)))
    assert f"Raised by {name}." in said
    assert "Ignores the data’s reality, raised by" in said  # and no other letter took their marks


def test_an_arabic_name_turns_nothing_beside_it():
    said = words(pdf_of(named(ravi="ليلى أنطون")))
    assert re.search("(ليلى أنطون|أنطون ليلى)", said)  # pypdf puts the words in visual order
    assert "Disqualifying, open" in said
    assert "14:40" in said


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            '#read("/etc/passwd") #strong[x] $x^2$ @ref <b>',
            '#read("/etc/passwd") #strong[x] $x^2$ @r',
        ),
        ("\u202egnp.exe", "[U+202E]gnp.exe"),
        ("well 😀 日本", "well 😀 日本"),
        ("cuneiform 𒀀", "cuneiform [U+12000]"),
        ("bell \u0007 there", "bell [U+0007] there"),
        ("a → b ≤ c ✓", "a → b ≤ c ✓"),
    ],
)
def test_what_people_wrote_is_text_and_all_of_it_is_shown(text, shown):
    content = copy.deepcopy(packet_of(HANNAH))
    content["cards"][0]["summary"] = text
    assert shown in words(pdf_of(content))


def test_a_hundred_kilobytes_without_a_space_stay_within_the_page():
    content = copy.deepcopy(packet_of(JULIAN))
    content["cards"][0]["notes"][0]["text"] = "x" * 100_000
    pages = pdf_of(content).pages
    assert sum(page.extract_text().count("x") for page in pages) >= 100_000
    widest = max(len(line) for page in pages for line in page.extract_text().splitlines())
    assert widest < 220


def test_a_panel_of_nobody_is_a_document_too():
    empty = copy.deepcopy(packet_of(VIKTOR))
    empty.update(cards=[], flags=[], patterns=[], noted_once=[], order_of_thinking=[])
    empty.update(disagreements=[], questions=[], interviewers=[], scorecards=[], late_edits=[])
    for each in (*empty["dimensions"], *empty["evidence"]):
        each.update({key: [] for key in ("ratings", "strengths", "risks", "noise", "other")})
    assert "No scorecard that counts is in." in words(pdf_of(empty))


def test_what_was_found_of_a_flag_stands_beside_it():
    flag = packet_of(VIKTOR)["flags"][0]
    note = packet_of(VIKTOR)["cards"][1]["notes"][3]
    cited = (note, {**note, "text": "no longer said"})
    given = [found(flag, "upheld", reason="At first."), found(flag, "mitigated", cited=cited)]
    said = words(pdf_of(resolved(packet_of(VIKTOR), given)))
    assert "Mitigated by The Chair, 9 Mar 2026, 15:00, in packet 1" in said
    assert "The labels were in his reach." in said
    assert "no longer said" in said
    assert "Earlier: Upheld by The Chair" in said
    assert "At first." in said


def test_adjusted_estimates_stand_beside_the_raw_ones():
    said = words(pdf_of(with_snapshot(source_of(AMARA))))
    assert said.index("Raw ratings:") < said.index("Adjusted estimates, beside the raw ratings")
    assert "A likely range holds four times in five." in said
    assert "Reliability of the panel." in said
