"""Part 9: each interviewer's scorecards, lateness, evidence and severity."""

from dataclasses import dataclass

from packets.content.card_sections import CardSection
from packets.content.document import InterviewerEntry, PacketContent
from packets.page.labels import Labels, Person
from packets.page.wording import count, hours, points_in_words


@dataclass(frozen=True)
class InterviewerRow:
    person: Person
    rounds: str
    says: str
    after: str
    late: bool
    anchor: str  # where their scorecards stand; empty where none is in
    cited: str
    supported: str
    severity: str
    severity_says: str  # in points, with its range and what it rests on; or why nothing is said


def interviewers(content: PacketContent, labels: Labels) -> list[InterviewerRow]:
    cards: dict[str, list[CardSection]] = {}
    for card in content["cards"]:
        cards.setdefault(card["interviewer"], []).append(card)
    rows = content["interviewers"]
    return [_row(each, cards.get(each["interviewer"], []), labels) for each in rows]


def _row(each: InterviewerEntry, cards: list[CardSection], labels: Labels) -> InterviewerRow:
    titles = labels.titled("recommendations", [card["recommendation"] for card in cards])
    said = [title or "No recommendation" for title in titles]
    owed = [f"{count(each['owed'], 'scorecard')} missing"] if each["owed"] else []
    waits = [hours(value) or "under a minute" for value in each["hours_after"]]
    label = each["severity_label"]
    supported = f"{each['supported']} of {each['ratings']} ratings"
    return InterviewerRow(
        person=labels.person(each["interviewer"]),
        rounds=", ".join(labels.titled("rounds", each["rounds"])),
        says=", ".join([*said, *owed]),
        after=", ".join(waits) or "not known",
        late=bool(each["late"]),
        anchor=f"card-{cards[0]['ref']}" if len(cards) == 1 else "cards" if cards else "",
        cited=f"{each['cited']} of {each['notes']} cited" if each["notes"] else "no notes",
        supported=supported if each["ratings"] else "no ratings",
        severity=label[:1].upper() + label[1:],
        severity_says=_severity(each),
    )


def _severity(each: InterviewerEntry) -> str:
    if each["severity"] is None:
        return each["reasons"].get("severity", "").partition(": ")[2]
    limits = each["severity_lo80"], each["severity_hi80"]
    rests_on = each["severity_cards"], each["severity_candidates"]
    return points_in_words(each["severity"], limits, rests_on)
