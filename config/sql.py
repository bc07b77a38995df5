"""Rules that a room keeps in SQL, as a migration."""

from pathlib import Path

from django.db.migrations import RunSQL


def rules(migration: str) -> RunSQL:
    """Run the `sql/rules.sql` of the room whose migration module this is: pass its `__file__`.

    Its statements can be run again, so that going back is nothing to do: tables take their triggers
    with them, and functions that stay are replaced.
    """
    path = Path(migration).resolve().parents[1] / "sql" / "rules.sql"
    return RunSQL(path.read_text(encoding="utf-8"), RunSQL.noop)
