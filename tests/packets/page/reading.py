"""A page as a reader meets it: a tree of elements, the words in them, and packets to open."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from interviews.models import CommitteeSeat, Loop
from packets.content.build import digest
from packets.models import Packet, PacketFlag
from tests.packets.content.loops import packet_of
from tests.people import make_loop, person

VOID = {"meta", "link", "input", "br", "img", "hr", "line", "circle", "rect"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, tag: str = "", css: str = "", **attrs: str) -> list["Element"]:
        """Elements inside with that tag, that class and those attributes."""
        return [
            each
            for each in self.walk()
            if (not tag or each.tag == tag)
            and (not css or css in each.classes)
            and all(each.attrs.get(name) == value for name, value in attrs.items())
        ]

    def one(self, tag: str = "", css: str = "", **attrs: str) -> "Element":
        found = self.all(tag, css, **attrs)
        assert len(found) == 1, f"{len(found)} of {tag}.{css} {attrs}"
        return found[0]

    @property
    def classes(self) -> list[str]:
        return (self.attrs.get("class") or "").split()

    @property
    def text(self) -> str:
        return " ".join("".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, Element):
                block = child.tag not in ("bdi", "b", "s", "span", "a")
                yield from ([" "] if block else [])
                yield from child._words()
                yield from ([" "] if block else [])
            else:
                yield child


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def page(response: HttpResponse) -> Element:
    """The answer's elements; an element that is not closed, or twice, fails."""
    assert response.status_code == 200, response.status_code
    reader = _Reader()
    reader.feed(response.content.decode())
    assert reader.open == [reader.root]
    return reader.root


def member_of(loop: Loop, name: str = "A Reader", **fields: Any) -> User:
    """Somebody with a seat on the loop's committee."""
    reader = person(name, Role.COMMITTEE, **fields)
    CommitteeSeat.objects.create(loop=loop, person=reader)
    return reader


@transaction.atomic  # the packet with its flags, as the database insists
def store(content: dict[str, Any], loop: Loop | None = None, version: int = 1) -> Packet:
    """The content as a packet of a loop."""
    packet = Packet.objects.create(
        loop=loop or make_loop(name=content["candidate"]["name"]),
        version=version,
        content=content,
        digest=digest(content),
        built_at=timezone.now(),
    )
    PacketFlag.objects.store(packet)
    return packet


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def read(packet: Packet, reader: User | None = None) -> Element:
    client = signed_in(reader or member_of(packet.loop))
    return page(client.get(reverse("packet", args=[packet.pk])))


def read_demo(slug: str) -> Element:
    """The page of one of the public loops."""
    return read(store(packet_of(slug)))


def row(table: Element, title: str) -> list[str]:
    """The cells of the row that begins with these words."""
    rows = [
        [cell.text for cell in line.children if isinstance(cell, Element)]
        for line in table.all("tr")
    ]
    return next(cells for cells in rows if cells and cells[0].startswith(title))
