"""The five lists of a Greenhouse export, by id, and what in them stays unread."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml

from ats.formats.documents import PersonDocument
from ats.formats.faults import Log, Place
from ats.formats.json_reader import Node, kind_of
from ats.formats.vocabulary import Vocabulary

JOBS, CANDIDATES, APPLICATIONS = "jobs.json", "candidates.json", "applications.json"
SCHEDULED, SCORECARDS = "scheduled_interviews.json", "scorecards.json"
FILES = (JOBS, CANDIDATES, APPLICATIONS, SCHEDULED, SCORECARDS)
LARGEST_ID = 2**63 - 1
UNUSED_KEYS: dict[str, list[str]] = yaml.safe_load(
    Path(__file__).with_name("greenhouse_keys.yaml").read_text()
)


def id_of(node: Node, name: str = "id") -> str:
    """A Greenhouse id as text; empty, and a fault, where it is no whole number."""
    id = node.whole(name, 0, LARGEST_ID)
    return "" if id is None else str(id)


class Lists:
    """`values` and `shown` map each name of FILES to its JSON value and to its name in messages."""

    def __init__(
        self, values: Mapping[str, Any], shown: Mapping[str, str], words: Vocabulary, log: Log
    ) -> None:
        self.words, self.log, self.shown = words, log, shown
        self._lists = {name: self._by_id(values[name], name) for name in FILES}
        self._unread: dict[str, set[str]] = {name: set() for name in FILES}
        self.people = self._people()

    def _by_id(self, value: Any, name: str) -> dict[str, Node]:
        place = Place(self.shown[name])
        if not isinstance(value, list):
            self.log.fault(place, f"must be a list, not {kind_of(value)}")
            return {}
        if not value and name != SCORECARDS:  # perhaps nobody has handed one in yet
            self.log.fault(place, "is an empty list")
        found: dict[str, Node] = {}
        for index, each in enumerate(value):
            node = Node(each, place / index, self.log, self.words)
            id = id_of(node) or f"entry {index}"
            if id in found:
                node.fault("id", f"{id} is the id of {found[id].place.pointer} already")
            found.setdefault(id, node)
        return found

    def _people(self) -> dict[str, PersonDocument]:
        """Everybody by their id: only the scheduled interviews know addresses."""
        found: dict[str, PersonDocument] = {}
        for interview in self.all(SCHEDULED):
            quiet = Node(interview.value, interview.place, Log(), self.words)
            for node in quiet.nodes("interviewers"):
                id, email = id_of(node), node.email("email", required=False)
                person = PersonDocument(node.name("name"), email, node.place / "email")
                if id and email:
                    known = found.setdefault(id, person)
                    if known.email != email:
                        self.log.fault(person.place, f"person {id} is {known.email} elsewhere")
        return found

    def all(self, file: str) -> Collection[Node]:
        return self._lists[file].values()

    def get(self, file: str, id: str) -> Node | None:
        return self._lists[file].get(id)

    def referred(self, node: Node, name: str, file: str) -> Node | None:
        """What an id under `name` refers to; a fault where there is no such entry."""
        id = id_of(node, name)
        found = self.get(file, id)
        if id and not found:
            node.fault(name, f"{id} is not in {self.shown[file]}")
        return found

    def finish(self, file: str, node: Node) -> None:
        """Name unknown keys, and remember the documented ones that hold something unread."""
        documented = UNUSED_KEYS[file]
        self._unread[file] |= {key for key in node.unread() & set(documented) if node.value[key]}
        node.finish(documented)

    def name_unread(self) -> None:
        for file, names in self._unread.items():
            if names:
                self.log.leave_out(f"no place for these keys of {file}: {', '.join(sorted(names))}")
