"""Whether anybody altered the audit trail: each line's hash covers the line before it."""

from typing import NamedTuple

from django.db import connection


class BrokenLink(NamedTuple):
    """A line whose hash is not that of its content and predecessor."""

    seq: int
    stream: str


def broken_links() -> list[BrokenLink]:
    """Every altered, reordered or removed line, oldest first; empty when the trail is whole.

    Recomputes each hash in the database with the function that wrote it, and compares each `prev`
    with the hash of the line before. A payload that was erased together with its salt breaks
    nothing. A line cut from the end of a stream is not visible here: compare the newest hash with
    one noted elsewhere.
    """
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT seq, stream FROM (
              SELECT e.*, lag(e.hash) OVER (PARTITION BY stream ORDER BY seq) AS before
              FROM accounts_auditevent e) line
            WHERE hash IS DISTINCT FROM audit_hash(
                    before, seq, at, stream, actor_id, action, subject, payload_digest)
               OR prev IS DISTINCT FROM before
               OR detail IS NOT NULL
                  AND payload_digest IS DISTINCT FROM audit_payload_digest(salt, detail)
            ORDER BY seq
        """)
        return [BrokenLink(*row) for row in cursor.fetchall()]
