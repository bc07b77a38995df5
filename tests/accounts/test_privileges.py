"""On append-only tables the role of web and worker changes the named columns and nothing else."""

import pytest
from django.conf import settings
from django.db import connection

from accounts.privileges import append_only_tables

# Every table of the record, and what may still be set in it.
TABLES: dict[str, set[str]] = {
    "accounts_auditevent": set(),
    "calibration_calibrationsnapshot": set(),
    "calibration_interviewerseverity": set(),
    "hiring_committee_ballotopening": set(),
    "hiring_committee_comment": {"withdrawn_at"},
    "hiring_committee_decision": {"superseded_at"},
    "hiring_committee_evidencenote": {"read_at"},
    "hiring_committee_flagresolution": set(),
    "hiring_committee_recruitertask": {"done_at", "done_by_id", "interview_id", "done_reason"},
    "hiring_committee_vote": set(),
    "mail_mail": {"state", "error", "begun_at", "attempts", "next_at"},
    "mail_mailtext": set(),
    "packets_packet": {"superseded_at"},
    "packets_packetflag": set(),
    "recruiting_feedback": set(),
    "recruiting_feedbackcheck": {"answered_at", "approves", "remark"},
    "recruiting_feedbackrelease": set(),
    "recruiting_feedbacktext": set(),
    "recruiting_invitation": set(),
    "rubric_rubricversion": set(),
    "scorecard_scorecardversion": set(),
    "scorecard_syncoperation": set(),
}


@pytest.mark.django_db
def test_the_triggers_name_these_tables() -> None:
    with connection.cursor() as cursor:
        found = append_only_tables(cursor)
    assert {table: set(columns) for table, columns in found.items()} == TABLES


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
    assert changing == TABLES[table]
