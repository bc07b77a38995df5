"""One packet of six scorecards and 150 notes: building it, its page and its PDF."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.board import page_of
from tests.bench.evaluations import DIMENSIONS, start
from tests.bench.figures import Figure, seconds

CARDS, NOTES = 6, 25  # 150 notes in all
BARE = """<ul>{% for card in cards %}<li>{{ card.interviewer }}<ul>{% for note in card.notes %}
<li>{{ note.at_seconds }} {{ note.text }}</li>{% endfor %}</ul></li>{% endfor %}</ul>"""


def figures(folder: Path) -> Iterator[Figure]:
    start(folder / "var")
    from packets import build_jobs

    loop = _loop_of_six()
    yield _build(loop)
    packet = build_jobs.build_now(loop).packet
    yield _page(packet)
    yield _pdf(packet)


def _page(packet: Any) -> Figure:
    """As a recruiter opens it, against a bare template over the same notes of the same row."""
    from django.template import Context, Template

    from hiring_committee.views.packet_page import packet as view
    from packets.models import Packet
    from tests.people import person

    reader = person("Bench Recruiter of a Packet", "recruiter")

    def bare() -> None:
        content = Packet.objects.get(pk=packet.pk).content
        assert Template(BARE).render(Context({"cards": content["cards"]})).count("<ul>") > CARDS

    def whole() -> None:
        page_of(view, reader, {}, packet.pk)

    whole(), bare()
    return Figure(
        "packet_page", seconds(whole, 9), "s", seconds(bare, 9), "bare template of the 150 notes"
    )


def _pdf(packet: Any) -> Figure:
    """Setting it, against the same typesetter on the bare text of the same notes."""
    import typst

    from hiring_committee.packet_document import document_of
    from packets.pdf.fonts import FAMILIES, fonts
    from packets.pdf.render import packet_pdf

    document = document_of(packet)
    texts = [note["text"] for card in document["cards"] for note in card["notes"]]
    assert len(texts) == CARDS * NOTES
    source = b"#set text(font: json(bytes(sys.inputs.data)).fonts)\n"
    source += b"#for text in json(bytes(sys.inputs.data)).texts [#par(text)]"
    data = json.dumps({"texts": texts, "fonts": FAMILIES})

    def bare() -> None:
        typst.compile(
            source, font_paths=fonts(), ignore_system_fonts=True, sys_inputs={"data": data}
        )

    packet_pdf(document), bare()
    took = seconds(lambda: packet_pdf(document), 3)
    return Figure("packet_pdf", took, "s", seconds(bare, 3), "typst on the bare notes")


def _build(loop: Any) -> Figure:
    """Reading the loop and building, against reading the same versions and hashing them."""
    from django.db import connection

    from packets import inputs
    from packets.content import build
    from scorecard.content import canonical

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT v.content FROM scorecard_scorecardversion v"
                " JOIN scorecard_scorecard c ON c.id = v.scorecard_id"
                " JOIN interviews_seat s ON s.id = c.seat_id"
                " JOIN interviews_interview i ON i.id = s.interview_id WHERE i.loop_id = %s",
                [loop.pk],
            )
            rows = [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor]
        assert len(rows) == CARDS
        hashlib.sha256(canonical(rows).encode()).hexdigest()

    def whole() -> None:
        assert len(build.build(inputs.read(loop))["cards"]) == CARDS

    whole(), bare()
    return Figure(
        "packet_of_6_cards_150_notes", seconds(whole, 15), "s", seconds(bare, 15),
        "read the six versions, hash them",
    )  # fmt: skip


def _loop_of_six() -> Any:
    from datetime import timedelta
    from uuid import UUID

    from scorecard.content import CardContent, NoteContent, RatingContent
    from tests.people import MONDAY, make_loop, person, seat_in, submitted_card

    loop = make_loop(name="Bench Candidate")
    rounds = ("ml-system-design", "applied-modeling", "ml-coding", "behavioral", "responsible-ai")
    for number in range(CARDS):
        starts = MONDAY + timedelta(hours=2 * number)
        who = person(f"Bench Interviewer {number}", "interviewer")
        seat = seat_in(loop, who, rounds[number % len(rounds)], starts_at=starts)
        notes = tuple(
            NoteContent(
                str(UUID(int=number * 1000 + n)), 60 * n, "observation", f"note {n} " * 12,
                stage=("objective", "data", "model-choice", "trade-offs")[n % 4],
                dimension=DIMENSIONS[n % 5],
            )
            for n in range(NOTES)
        )  # fmt: skip
        ratings = tuple(
            RatingContent(d, 1 + (number + k) % 4, "why", "", (notes[k].id, notes[k + 5].id))
            for k, d in enumerate(DIMENSIONS)
        )
        submitted_card(seat, CardContent("yes", notes=notes, ratings=ratings))
    return loop
