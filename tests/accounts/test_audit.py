"""The audit trail: what alters it is named, what is erased from it leaves the chain whole."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection

from accounts import audit
from accounts.models import AuditEvent
from tests.people import person

pytestmark = pytest.mark.django_db
OF_ONE = "UPDATE accounts_auditevent SET {} WHERE seq = %s"
OTHER = """'{"reason": "other"}'::jsonb"""


@pytest.fixture
def three_lines() -> list[int]:
    ada = person("Ada")
    for action in ("one", "two", "three"):
        audit.record(ada, action, ada, stream="a-stream", reason="quokka")
    return sorted(AuditEvent.objects.values_list("seq", flat=True))


@pytest.fixture
def as_owner(db: None) -> Callable[[str, int], None]:
    """As the owner of the table, with its triggers off."""

    def execute(sql: str, seq: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE accounts_auditevent DISABLE TRIGGER USER")
            cursor.execute(sql, [seq])
            cursor.execute("ALTER TABLE accounts_auditevent ENABLE TRIGGER USER")

    return execute


def verdict() -> str:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    return out.getvalue()


def test_a_whole_trail_verifies(three_lines):
    assert verdict() == "3 lines, every one as it was written.\n"


@pytest.mark.parametrize(
    ("sql", "at", "broken"),
    [
        (OF_ONE.format("action = 'none'"), 1, 1),
        (OF_ONE.format("at = now() - interval '1 day'"), 0, 0),
        ("DELETE FROM accounts_auditevent WHERE seq = %s", 1, 2),
        (OF_ONE.format(f"detail = {OTHER}"), 1, 1),
        (OF_ONE.format("salt = sha256(salt)"), 1, 1),
        (OF_ONE.format("payload_digest = sha256(payload_digest)"), 2, 2),
        (
            OF_ONE.format(
                f"detail = {OTHER}, payload_digest = audit_payload_digest(salt, {OTHER})"
            ),
            0,
            0,
        ),
        (OF_ONE.format("detail = NULL, salt = NULL, payload_digest = sha256('')"), 1, 1),
    ],
    ids=[
        *("action", "time", "removed", "payload", "salt", "digest", "payload and its digest"),
        "erased, with another digest",
    ],
)
def test_an_altered_trail_names_the_line(three_lines, as_owner, capsys, sql, at, broken):
    as_owner(sql, three_lines[at])
    with pytest.raises(CommandError, match="1 broken line"):
        call_command("verify_audit")
    assert f"line {three_lines[broken]} of a-stream" in capsys.readouterr().out


def test_a_payload_erased_with_its_salt_leaves_the_chain_whole_and_is_counted(
    three_lines, as_owner
):
    as_owner(OF_ONE.format("detail = NULL, salt = NULL"), three_lines[1])
    assert verdict() == "3 lines, every one as it was written; of 1 the payload was erased.\n"
    audit.record(None, "four", person("Bo"), stream="a-stream")  # and it can be gone on from
    assert verdict().startswith("4 lines")


@pytest.mark.parametrize("half", ["detail", "salt"])
def test_a_payload_and_its_salt_go_together(three_lines, as_owner, half):
    """A salt that stays would let the payload be guessed from its digest."""
    with pytest.raises(IntegrityError, match="audit_payload_whole_or_erased"):
        as_owner(OF_ONE.format(f"{half} = NULL"), three_lines[1])


def test_equal_payloads_have_digests_of_their_own(three_lines):
    digests = AuditEvent.objects.values_list("payload_digest", flat=True)
    assert len({bytes(digest) for digest in digests}) == 3


def test_lines_recorded_together_keep_their_order_and_their_streams():
    ada = person("Ada")
    audit.record_many(ada, [(name, ada, "a-stream", {"n": name}) for name in ("one", "two")])
    audit.record_many(ada, [])
    audit.record_in_each(ada, "three", {"b-stream", "a-stream"}, n="three")
    lines = AuditEvent.objects.order_by("seq").values_list("stream", "action", "subject")
    assert list(lines) == [
        ("a-stream", "one", f"user:{ada.pk}"),
        ("a-stream", "two", f"user:{ada.pk}"),
        ("a-stream", "three", "a-stream"),
        ("b-stream", "three", "b-stream"),
    ]
    assert verdict().startswith("4 lines")
