"""A page's form as a browser would send it, and a card that is ready to be handed in."""

from dataclasses import replace
from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from interviews.models import Seat
from scorecard.content import CardContent, FlagContent, NoteContent, RatingContent
from scorecard.models import Scorecard
from tests.people import Cast, card_for

LONG = "Asked who acts on the score before naming any model, and came back to it twice."
FOCUS = (
    "problem-framing",
    "data-assumptions",
    "decomposition",
    "tradeoffs",
    "production-ownership",
    "adaptability",
    "communication",
)


def note_id(number: int) -> str:
    return f"{number:08d}-0000-4000-8000-000000000000"


def note(number: int, text: str = "", **more) -> NoteContent:
    given = {"at_seconds": 60 * number, "kind": "observation"} | more
    return NoteContent(id=note_id(number), text=text or f"note {number}", **given)


GOOD = note(31, dimension="tradeoffs", signal="explicit-tradeoffs", polarity="strength")
BAD = note(32, dimension="tradeoffs", signal="premature-complexity", polarity="risk")
ASKED = note(33, kind="probe", probe="pushback")


def ready(**changes) -> CardContent:
    """Nothing is wrong with it: it can be submitted as it is."""
    both = (GOOD.id, BAD.id)
    card = CardContent(
        recommendation="yes",
        summary="Weighs costs aloud",
        notes=(GOOD, BAD, ASKED),
        ratings=tuple(RatingContent(each, 3, LONG, notes=both) for each in FOCUS),
    )
    return replace(card, **changes)


def with_soft_finding() -> CardContent:
    """A yes over a disqualifying flag: may be stood by with a reason."""
    flag = FlagContent("premature-complexity", "disqualifying", LONG, (BAD.id,))
    return ready(flags=(flag,))


def own_card(cast: Cast, content: CardContent | None = None) -> Scorecard:
    """The interviewer's, of the system design round, in progress."""
    return card_for(Seat.objects.get(person=cast.interviewer), content)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def rate_url(card: Scorecard) -> str:
    return reverse("rate", args=[card.pk])


def submit_url(card: Scorecard) -> str:
    return reverse("submit_scorecard", args=[card.pk])


class _Form(HTMLParser):
    """The successful controls of the form with one action."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.fields = action, {}
        self._inside = False
        self._select = self._textarea = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = given.get("action") == self.action
        if not self._inside:
            return
        name = given.get("name")
        if tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self._add(self._select, given.get("value") or "")
        elif tag == "textarea":
            self._textarea = name
            self.fields[name] = [""]
        elif tag == "input" and name:
            self._input(name, given)

    def _input(self, name: str, given: dict[str, str | None]) -> None:
        if given.get("type") in ("radio", "checkbox") and "checked" not in given:
            return
        self._add(name, given.get("value") or "")

    def _add(self, name: str | None, value: str) -> None:
        if name:
            self.fields.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self._inside and self._textarea:
            self.fields[self._textarea][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "select":
            self._select = None
        if tag == "textarea" and self._textarea:
            text = self.fields[self._textarea][0]
            self.fields[self._textarea] = [text.removeprefix("\n")]
            self._textarea = None


def form_of(response: HttpResponse, action: str) -> dict[str, list[str]]:
    """What a browser would send if the form were submitted untouched."""
    parser = _Form(action)
    parser.feed(response.content.decode())
    assert parser.fields, f"no form with the action {action}"
    parser.fields.pop("csrfmiddlewaretoken", None)
    return parser.fields


def open_form(client: Client, url: str) -> dict[str, list[str]]:
    response = client.get(url)
    assert response.status_code == 200
    return form_of(response, url)
