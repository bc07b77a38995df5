"""One box: found is what one may see, and what one may not is answered like what is not there."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.name_search import fold
from interviews.models import Candidate, CommitteeSeat, Loop
from tests.config.test_access_matrix import same
from tests.conftest import As
from tests.people import Cast, make_loop, person


def found(client: Client, words: str) -> set[str]:
    results = client.get(reverse("search"), {"q": words}).context["results"]
    names = {loop.candidate.name for loop in results.loops.rows}
    names |= {opening.title for opening in results.openings.rows}
    return names | {who.name for who in results.people.rows}


def answer(client: Client, words: str) -> str:
    page = same(client.get(reverse("search"), {"q": words}))
    return re.sub(re.escape(words), "WORDS", page, flags=re.IGNORECASE)


@pytest.mark.parametrize(
    "words", ["łukasz", "LUKASZ", "angstrom", "ÅNGSTRÖM Lukasz", "A\u030angstro\u0308m", "strøm"]
)
def test_accents_and_capitals_do_not_matter(cast: Cast, as_: As, words: str) -> None:
    make_loop("Ingénieure", "Łukasz Ångström")
    make_loop(name="Eva Strom")
    expected = {"Eva Strom"} if words == "strøm" else set()
    got = found(as_(cast.recruiter), words)
    assert got - {"Eva Strom"} == {"Łukasz Ångström"} or words == "strøm"
    assert expected <= got


@pytest.mark.parametrize("text", ["Łukasz", "Straße", "Ærø", "İstanbul", "Ω mega", "王", "e\u0301"])
def test_python_and_postgresql_fold_alike(db, as_: As, cast: Cast, text: str) -> None:
    loop = make_loop(name="X")
    Candidate.objects.filter(pk=loop.candidate_id).update(name=text)
    assert text in found(as_(cast.recruiter), text)
    assert text in found(as_(cast.recruiter), fold(text))


@pytest.mark.parametrize("words", ["%", "_", "\\", "'", "100%"])
def test_signs_of_patterns_are_plain_text(cast: Cast, as_: As, words: str) -> None:
    assert found(as_(cast.recruiter), words) == set()


def test_each_reader_finds_what_they_may_see(cast: Cast, as_: As) -> None:
    sees = {
        "recruiter": {"Noor Example"},
        "committee": {"Noor Example"},
        "interviewer": {"Noor Example"},
        "colleague": {"Noor Example"},
        "shadow": {"Noor Example"},
    }
    for reader in (*sees, "stranger", "recused", "administrator", "candidate_account"):
        page = as_(getattr(cast, reader)).get(reverse("search"), {"q": "noor"})
        names = {loop.candidate.name for loop in page.context["results"].loops.rows}
        assert (reader, names) == (reader, sees.get(reader, set()))


@pytest.mark.parametrize("reader", ["stranger", "recused", "candidate_account", "interviewer"])
def test_not_yours_and_not_there_are_the_same_answer(cast: Cast, as_: As, reader: str) -> None:
    """A candidate, an opening, an address and a person: of none is even the existence told."""
    make_loop("Secret Opening", "Quilla Hidden", current_company="Quokka Ltd")
    person("Wombat Unknown", "interviewer")
    client = as_(getattr(cast, reader))
    nowhere = answer(client, "zzzzzz")
    for words in (
        "Quilla",
        "hidden@mailbox",
        "Secret Opening",
        "Quokka",
        "Wombat",
        "example@mailbox",
    ):
        assert answer(client, words) == nowhere, words


def test_a_recused_recruiter_does_not_find_the_loop(cast: Cast, as_: As) -> None:
    CommitteeSeat.objects.create(
        loop=cast.loop, person=cast.recruiter, recused_at=cast.loop.created_at, recusal_reason="x"
    )
    page = as_(cast.recruiter).get(reverse("search"), {"q": "noor"})
    assert page.context["results"].loops.rows == []


def test_recruiters_find_by_address_and_interviewers_do_not(cast: Cast, as_: As) -> None:
    words = "noor.example@mailbox"
    assert found(as_(cast.recruiter), words) == {"Noor Example"}
    assert found(as_(cast.interviewer), words) == set()


@pytest.mark.parametrize("many", [1, 40])
def test_one_and_many_ask_the_same_queries(
    cast: Cast, as_: As, django_assert_num_queries, many: int
) -> None:
    for n in range(many):
        candidate = Candidate.objects.create(name=f"Noor {n}", email=f"n{n}@mailbox.example")
        Loop.objects.create(opening=cast.loop.opening, candidate=candidate)
    client = as_(cast.recruiter)
    client.get(reverse("search"))
    with django_assert_num_queries(4):  # the reader, loops, openings, people
        client.get(reverse("search"), {"q": "noor"})
