"""The tables that grow with every note pay for no index that another one makes needless."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

NEEDLESS = """
    SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = ANY (%s::regclass[]) AND NOT i.indisunique AND i.indpred IS NULL
      AND (c.relname LIKE '%%\\_like' OR EXISTS (
        SELECT FROM pg_index other
        WHERE other.indrelid = i.indrelid AND other.indexrelid <> i.indexrelid
          AND other.indpred IS NULL AND i.indnatts = 1 AND other.indkey[0] = i.indkey[0]))
"""
GROWING = ["scorecard_note", "scorecard_rating", "scorecard_flag", "accounts_auditevent"]


def test_no_index_is_kept_twice() -> None:
    with connection.cursor() as cursor:
        cursor.execute(NEEDLESS, [GROWING])
        assert cursor.fetchall() == []
