"""Answers become plain text: no tag is kept, nothing that a person wrote is lost."""

import pytest

from ats.formats.markup import to_lines, to_text


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("plain words", "plain words"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<ul><li>one</li><li>two <b>bold</b></li></ul>", "- one\n- two bold"),
        ("<p>a &gt; b &amp; c&nbsp;d &#233;</p>", "a > b & c d é"),
        ('<a href="javascript:alert(1)">link</a>', "link"),
        ("<P CLASS='x'>upper</P>", "upper"),
        ("recall<precision, and a < b > c", "recall<precision, and a < b > c"),
        ("x <y> z", "x <y> z"),
        ("before<script>alert(1)</script>after", "before after"),
        ("before<SCRIPT src=x>never closed", "before"),
        ("<style>p{}</style><!-- hidden <p> -->shown", "shown"),
        ("<!-- never closed", ""),
        ("<img src=x onerror=alert(1)>words", "words"),
        ("&lt;script&gt;said so&lt;/script&gt;", "<script>said so</script>"),
        ("two\nlines in one paragraph", "two\nlines in one paragraph"),
        ("", ""),
    ],
)
def test_markup_becomes_text(answer: str, text: str):
    assert to_text(answer) == text


def test_paragraphs_are_apart():
    assert to_lines("<p> [00:50] one</p>\n<p></p><div>two</div>") == ["[00:50] one", "two"]


@pytest.mark.parametrize("spelled", ["&#0;", "&#xD800;", "&#x110000;", "&#999999999999;"])
def test_a_reference_cannot_spell_what_the_database_refuses(spelled: str):
    text = to_text(f"a{spelled}b")
    assert "\0" not in text
    text.encode("utf-8")


@pytest.mark.parametrize("part", ["<!--", "<script>", "<p ", "<", "&#x", "<p", "</li"])
def test_hostile_markup_comes_to_an_end(part: str):
    assert isinstance(to_text(part * (200_000 // len(part))), str)
