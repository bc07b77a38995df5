"""`manage.py suggest_signals < notes.jsonl`: signals for each note, one JSON object a line."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from scorecard.suggestions import suggest
from scorecard.suggestions.notes import NoteLine, parse_line
from scorecard.wording.remarks import doubts


class Command(BaseCommand):
    """Answers each good line at once; bad ones are named on stderr and make it end with 1."""

    help = (
        "Suggest signals for notes. Reads {id, text, round?} a line from standard input and writes "
        "{id, suggestions: [{signal, score}], bias} a line, best first; an empty list says that "
        "there is no signal."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 1 if any line was bad."""
        faults = 0
        for number, line in enumerate(sys.stdin.buffer, start=1):
            if not line.strip():
                continue
            try:
                note = parse_line(line)
            except ValueError as fault:
                faults += 1
                self.stderr.write(f"line {number}: {fault}")
                continue
            self.stdout.write(json.dumps(answer(note)))
        if faults:
            sys.exit(1)


def answer(note: NoteLine) -> dict[str, Any]:
    """What is printed for one note."""
    return {
        "id": note.id,
        "suggestions": [
            {"signal": suggestion.signal, "score": suggestion.score}
            for suggestion in suggest(note.text)
        ],
        "bias": bool(doubts(note.text)),
    }
