"""On append-only tables the role of web and worker changes the named columns and nothing else."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

TABLES = {
    table: columns
    for app in apps.get_app_configs()
    for table, columns in getattr(app, "append_only", {}).items()
}


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_the_runtime_role_adds_and_reads(table: str) -> None:
    with connection.cursor() as cursor:
        may = {}
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"):
            cursor.execute(
                "SELECT has_table_privilege(%s, %s, %s)", [settings.RUNTIME_ROLE, table, right]
            )
            may[right] = cursor.fetchone()[0]
        cursor.execute(
            "SELECT column_name FROM information_schema.column_privileges"
            " WHERE table_name = %s AND grantee = %s AND privilege_type = 'UPDATE'",
            [table, settings.RUNTIME_ROLE],
        )
        changing = {name for (name,) in cursor.fetchall()}
    assert [right for right in may if may[right]] == ["SELECT", "INSERT"]
    assert changing == set(TABLES[table])
