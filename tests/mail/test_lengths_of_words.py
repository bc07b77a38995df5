"""How long the words of a mail may be: the last that goes through whole, and the first that does
not."""

import pytest

from mail.forms import MailTextForm
from mail.kinds import Words, mail_kinds, plain


def fill(words: Words, values: dict[str, str]) -> Words:
    return mail_kinds()["feedback"].fill(words, values)


@pytest.mark.parametrize(("length", "is_cut"), [(60, False), (61, True)])
def test_a_name_in_a_subject_has_sixty_characters(length: int, is_cut: bool) -> None:
    filled = fill(Words("{candidate}", "-"), {"candidate": "n" * length}).subject
    assert len(filled) == 60 and filled.endswith("…") is is_cut


@pytest.mark.parametrize(("length", "is_cut"), [(200, False), (201, True)])
def test_a_subject_has_two_hundred(length: int, is_cut: bool) -> None:
    subject = fill(Words("s" * length, "-"), {}).subject
    assert len(subject) == 200 and subject.endswith("…") is is_cut


@pytest.mark.parametrize(("length", "is_cut"), [(300, False), (301, True)])
def test_a_value_in_the_text_has_three_hundred(length: int, is_cut: bool) -> None:
    body = fill(Words("-", "{link}"), {"link": "l" * length}).body.strip()
    assert len(body) == 300 and body.endswith("…") is is_cut


def test_what_nobody_filled_in_stands_as_it_is() -> None:
    assert fill(Words("{a}", "{b} {link}"), {"link": "l"}) == Words("{a}", "{b} l\n")


def test_a_letter_is_never_cut() -> None:
    assert fill(Words("-", "{letter}"), {"letter": "l" * 9000}).body == "l" * 9000 + "\n"


@pytest.mark.parametrize(("length", "is_placeholder"), [(40, True), (41, False)])
def test_braces_around_more_than_forty_characters_are_no_placeholder(
    length: int, is_placeholder: bool
) -> None:
    assert (
        bool(mail_kinds()["reminder"].faults("{" + "x" * length + "}", is_body=True))
        is is_placeholder
    )


@pytest.mark.parametrize(("length", "fits"), [(5000, True), (5001, False)])
def test_a_text_of_a_house_has_five_thousand(length: int, fits: bool) -> None:
    given = {"subject": "s", "body": "b" * length, "seen": 0}
    form = MailTextForm(given, kind=mail_kinds()["reminder"])
    assert ("body" not in form.errors) is fits


def test_what_is_cut_counts_after_control_signs_are_gone() -> None:
    assert plain("a\u202e \n b", 3) == "a b"
    assert plain("abcd", 3) == "ab…"
