"""Remarks in imported notes that are no evidence: named for a person to look at, never dropped."""

from collections.abc import Iterable

from interviews.ats.documents import LoopDocument
from interviews.ats.faults import Log


def name_remarks(loops: Iterable[LoopDocument], log: Log) -> None:
    pass
