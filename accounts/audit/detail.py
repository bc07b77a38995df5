"""What is shown of the detail of a line in the trail."""

from accounts.models import AuditEvent

# What is shown of a line's detail. Reasons and other words of an evaluation stay in the record.
DETAIL = ("version", "fields", "roles", "round", "rounds", "level", "person", "file", "format")


def shown(line: AuditEvent) -> list[tuple[str, str]]:
    return [
        (name, ", ".join(value) if isinstance(value, list) else str(value))
        for name in DETAIL
        if (value := (line.detail or {}).get(name))
    ]
