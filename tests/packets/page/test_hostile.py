"""What people wrote stays text: markup, other scripts, other directions, length."""

import copy
from dataclasses import replace

import pytest

from packets.content.build import build
from tests.packets.content.loops import VIKTOR, packet_of, source_of, with_card
from tests.packets.page.reading import Element, read, store
from tests.people import make_loop

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert('x')</script>"
LONG = SCRIPT + " and more" * 100  # folded, and so shown by another way
BREAKOUT = '"><img src=x onerror=alert(1)></svg></title></details>{{ 7|add:7 }}&amp;'
ARABIC = "ليلى أنطون"
REVERSED = "\u202egnp.exe"


def hostile(word: str) -> Element:
    """Viktor's packet with `word` in every place that people write in."""
    content = copy.deepcopy(packet_of(VIKTOR))

    def spoil(part):
        if isinstance(part, dict):
            return {key: _spoilt(key, value, word, spoil) for key, value in part.items()}
        return [spoil(each) for each in part] if isinstance(part, list) else part

    spoilt = spoil(content)
    spoilt["people"] = {email: f"{word} {name}" for email, name in content["people"].items()}
    spoilt["candidate"]["name"] = f"{word} Desrosiers"
    return read(store({**spoilt, "titles": content["titles"]}, make_loop()))


def _spoilt(key, value, word, spoil):
    written = ("text", "explanation", "rationale", "summary", "follow_up", "because", "title")
    return f"{word} {value}" if key in written and isinstance(value, str) else spoil(value)


@pytest.mark.parametrize("word", [SCRIPT, BREAKOUT, LONG], ids=["script", "breakout", "long"])
def test_markup_in_any_text_stays_text(word: str) -> None:
    page = hostile(word)  # raises where an element is not closed, or closed twice
    scripts = [each.attrs.get("src", "") for each in page.all("script")]
    assert scripts == ["/static/js/focus_first_error.js", "/static/packets/packet.js"]
    assert not page.all("img")
    assert word in page.one("h1").text
    assert word in page.one("section", id="order").one("svg").text
    assert word in page.one("article", css="flag").text
    assert word in page.one("section", id="cards").text


def test_no_element_carries_a_style_or_a_handler() -> None:
    for each in hostile(SCRIPT).walk():
        assert each.tag != "style"
        assert not [name for name in each.attrs if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("name", [ARABIC, REVERSED])
def test_a_name_in_another_direction_disturbs_nothing_beside_it(name: str) -> None:
    content = copy.deepcopy(packet_of(VIKTOR))
    content["people"]["ravi.subramanian@lumenta.example"] = name
    page = read(store(content))
    raised = page.one("dl", css="tally").all("dd", css="name")[0]
    assert raised.one("bdi").text == name
    heads = page.one("table", css="heat").one("thead").all("bdi")
    assert len(heads) == 5
    notes = page.one("section", id="cards").all("p", css="note-text")
    assert notes
    assert all(note.attrs["dir"] == "auto" for note in notes)


def test_a_long_note_is_folded_and_whole() -> None:
    long = "why " * 2_000 + "end"
    source = source_of(VIKTOR)
    card = next(s for s in source.seats if s.person.startswith("olivia")).versions[-1].card
    changed = with_card(
        source, "olivia", notes=(replace(card.notes[0], text=long), *card.notes[1:])
    )
    page = read(store(build(changed)))
    folds = page.one("section", id="cards").all("details", css="fold")
    assert len(folds) == 1
    assert len(folds[0].one("summary").text) < 300
    assert folds[0].one("p").text == long
