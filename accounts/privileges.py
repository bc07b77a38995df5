"""What the runtime role may do: everything but owning, and nothing but adding to the record."""

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper


def append_only_tables(cursor: CursorWrapper) -> dict[str, list[str]]:
    """Tables whose rows stay, and the columns that may still change: as the triggers say."""
    cursor.execute(
        "SELECT tgrelid::regclass::text, tgargs FROM pg_trigger WHERE tgname = 'append_only'"
    )
    return {table: bytes(args).decode().split("\0")[:-1] for table, args in cursor.fetchall()}


def grant_runtime_role(sender: AppConfig, using: str = "default", **_: object) -> None:
    """After migrations: give web and worker their rights on the tables of one app.

    On a table with a trigger named append_only the role may insert and read, update the columns
    that are the trigger's arguments, and never delete or truncate.
    """
    role = settings.RUNTIME_ROLE
    connection = connections[using]
    if not role or role == connection.settings_dict["USER"]:
        return  # one role for everything: the triggers alone keep the record
    quote = connection.ops.quote_name
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if not cursor.fetchone():
            return
        present = set(connection.introspection.table_names(cursor))
        append_only = append_only_tables(cursor)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quote(role)}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {quote(role)}")
        models = apps.get_app_config(sender.label).get_models(include_auto_created=True)
        for table in {m._meta.db_table for m in models} & present:
            rights = "SELECT, INSERT" if table in append_only else "SELECT, INSERT, UPDATE, DELETE"
            if table in append_only:  # the database's default gave every right on a new table
                cursor.execute(f"REVOKE UPDATE, DELETE ON {quote(table)} FROM {quote(role)}")
            cursor.execute(f"GRANT {rights} ON {quote(table)} TO {quote(role)}")
            for column in append_only.get(table, ()):
                cursor.execute(f"GRANT UPDATE ({quote(column)}) ON {quote(table)} TO {quote(role)}")
