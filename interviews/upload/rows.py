"""What a row of the table means: a candidate, and perhaps an interview with its people. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from accounts.emails import is_email, normalise_email
from interviews.refusals import Refused
from interviews.times import fault_of, to_utc
from interviews.upload.table import Table

# The template's header first; a file may order, spell and leave out as it likes.
HEADINGS = {
    "name": ("Candidate", "Candidate name", "Name"),
    "email": ("E-mail", "Candidate e-mail", "Candidate email", "Email", "Mail"),
    "current_title": ("Current title",),
    "current_company": ("Current company",),
    "round": ("Round",),
    "starts": ("Starts", "Start"),
    "ends": ("Ends", "End"),
    "zone": ("Time zone", "Timezone", "Zone"),
    "lead": ("Interviewer", "Lead", "Interviewer e-mail"),
    "second": ("Second interviewer", "Second"),
    "shadow": ("Shadow",),
}
COLUMNS = {column: names[0] for column, names in HEADINGS.items()}
NEEDED = ("name", "email")
ROLES = ("lead", "second", "shadow")
LONGEST = 200  # of a name, a title, a company


@dataclass(frozen=True)
class Row:
    """One row, understood as far as it can be; `faults` names column, fault and remedy."""

    number: int
    name: str
    email: str
    current_title: str = ""
    current_company: str = ""
    round: str = ""  # an id of the rubric
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    people: Mapping[str, str] = field(default_factory=dict)  # role: e-mail
    faults: tuple[str, ...] = ()

    @property
    def has_interview(self) -> bool:
        return bool(self.round)


def understand(table: Table, rounds: Mapping[str, str], zone: str) -> list[Row]:
    """Every row of the table. `rounds` maps ids to titles; `zone` holds where a row names none.

    Raises Refused where the header lacks what no row can do without.
    """
    places = _places(table.header)
    reader = _Reader(rounds, zone)
    rows = []
    for number, cells in table.rows:
        named = {
            column: unicodedata.normalize("NFC", cells[at])
            for column, at in places.items()
            if at < len(cells)
        }
        rows.append(reader.row(number, named))
    return rows


def _places(header: tuple[str, ...]) -> dict[str, int]:
    known = {name.lower(): column for column, names in HEADINGS.items() for name in names}
    places: dict[str, int] = {}
    for at, cell in enumerate(header):
        column = known.get(" ".join(cell.lower().replace("_", " ").split()))
        if column in places:
            raise Refused(f"Two columns are called “{cell}”. Remove one of them.")
        if column:
            places[column] = at
    for column in NEEDED:
        if column not in places:
            raise Refused(
                f"No column is called “{COLUMNS[column]}”. The first row must name the columns, as"
                " the template does."
            )
    return places


class _Reader:
    """Reads one row after the other; the faults of a row are all named, not the first alone."""

    def __init__(self, rounds: Mapping[str, str], zone: str) -> None:
        self.rounds, self.zone = rounds, zone
        self.faults: list[str] = []

    def row(self, number: int, cells: Mapping[str, str]) -> Row:
        self.faults = []
        cell = {column: cells.get(column, "") for column in COLUMNS}
        round = self._round(cell["round"])
        starts_at, ends_at = self._times(cell)
        people = {role: self._email(role, cell[role]) for role in ROLES if cell[role]}
        if cell["round"]:
            self._need_interview(cell)
        elif any(cell[column] for column in ("starts", "ends", *ROLES)):
            self.fault("round", "is missing: times and interviewers belong to a round")
        return Row(
            number=number,
            name=self._text("name", cell["name"]) or self._missing("name"),
            email=self._email("email", cell["email"]) or self._missing("email"),
            current_title=self._text("current_title", cell["current_title"]),
            current_company=self._text("current_company", cell["current_company"]),
            round=round,
            starts_at=starts_at,
            ends_at=ends_at,
            people=people,
            faults=tuple(self.faults),
        )

    def fault(self, column: str, says: str) -> None:
        self.faults.append(f"{COLUMNS[column]} {says}.")

    def _missing(self, column: str) -> str:
        if not any(fault.startswith(COLUMNS[column]) for fault in self.faults):
            self.fault(column, "is missing")
        return ""

    def _text(self, column: str, text: str) -> str:
        if len(text) > LONGEST:
            self.fault(column, f"is longer than {LONGEST} characters: shorten it")
        return " ".join(text.split())

    def _email(self, column: str, text: str) -> str:
        address = normalise_email(text)
        if text and not is_email(address):
            self.fault(column, f"“{text[:80]}” is no e-mail address")
            return ""
        return address

    def _round(self, text: str) -> str:
        """By id or by title; a near miss is named with what it may have meant."""
        by_name = {title.lower(): id for id, title in self.rounds.items()}
        by_name |= {id: id for id in self.rounds}
        plain = text.lower()
        if not text or plain in by_name:
            return by_name.get(plain, "")
        near = get_close_matches(plain, by_name, 1, cutoff=0.4)
        nearest = near and f"; the nearest is “{self.rounds[by_name[near[0]]]}”"
        self.fault("round", f"“{text[:80]}” is not in the rubric{nearest or ''}")
        return ""

    def _need_interview(self, cell: Mapping[str, str]) -> None:
        for column in ("starts", "ends", "lead"):
            if not cell[column]:
                self.fault(column, "is missing for the round")

    def _times(self, cell: Mapping[str, str]) -> tuple[datetime | None, datetime | None]:
        zone = self._zone(cell["zone"])
        starts = self._wall("starts", cell["starts"])
        ends = self._wall("ends", cell["ends"], starts)
        if zone is None or starts is None or ends is None:
            return None, None
        first, last = self._moment("starts", starts, zone), self._moment("ends", ends, zone)
        fault = fault_of(first, last) if first and last else ""
        if fault:
            self.faults.append(f"{COLUMNS['ends']}: {fault}")
        return (first, last) if first and last and not fault else (None, None)

    def _zone(self, text: str) -> ZoneInfo | None:
        try:
            return ZoneInfo(text or self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.fault("zone", f"“{text[:40]}” is unknown; write one like Europe/Berlin")
            return None

    def _wall(self, column: str, text: str, day: datetime | None = None) -> datetime | None:
        """A date and time; or a time alone, on the day of `day`."""
        if not text:
            return None
        whole = text
        if day and re.fullmatch(r"\d{1,2}:\d{2}(:\d{2})?", text):
            whole = f"{day.date()}T{text.zfill(5)}"
        try:
            found = datetime.fromisoformat(whole)
        except ValueError:
            found = None
        if found is None or ":" not in text:
            self.fault(column, f"“{text[:40]}” is no date with a time; write 2026-12-01 09:30")
            return None
        return found

    def _moment(self, column: str, wall: datetime, zone: ZoneInfo) -> datetime | None:
        if wall.tzinfo:
            return wall
        try:
            return to_utc(wall, zone)
        except Refused as fault:
            offset = wall.replace(tzinfo=zone).isoformat(" ", "minutes")
            remedy = f" Write the offset, as in {offset}." if fault.field else ""
            self.faults.append(f"{COLUMNS[column]}: {fault}{remedy}")
        except OverflowError:
            self.fault(column, "is outside of all calendars")
        return None
