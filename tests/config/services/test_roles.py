"""The role that web and worker connect as owns nothing and changes no rule."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.config.services.conftest import House, new_house


@pytest.fixture(scope="module")
def server() -> Iterator[House]:
    with new_house() as house:
        house.ready_user()
        yield house


@pytest.fixture
def table(server: House) -> Iterator[str]:
    """A table of the owner's, made as a migration makes one."""
    with server.connect("scorecard_owner") as owner:
        owner.execute("DROP TABLE IF EXISTS role_probe")
        owner.execute("CREATE TABLE role_probe (id serial PRIMARY KEY, word text)")
        yield "role_probe"
        owner.execute("DROP TABLE role_probe")


def test_runtime_role_works_with_the_rows_of_a_new_table(server: House, table: str) -> None:
    with server.connect("scorecard_app") as runtime:
        runtime.execute(f"INSERT INTO {table} (word) VALUES ('a'), ('b')")
        runtime.execute(f"UPDATE {table} SET word = 'c' WHERE word = 'b'")
        runtime.execute(f"DELETE FROM {table} WHERE word = 'a'")
        assert runtime.execute(f"SELECT id, word FROM {table}").fetchall() == [(2, "c")]


@pytest.mark.parametrize(
    "attack",
    [
        "CREATE TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE TEMPORARY TABLE accounts_auditevent (seq bigint)",  # to stand before the real one
        "CREATE DATABASE mine",
        "CREATE ROLE mine",
        "ALTER TABLE role_probe ADD COLUMN mine int",
        "ALTER TABLE role_probe DISABLE TRIGGER ALL",
        "ALTER TABLE role_probe OWNER TO scorecard_app",
        "TRUNCATE role_probe",
        "DROP TABLE role_probe",
        "SET ROLE scorecard_owner",
        "SET SESSION AUTHORIZATION postgres",
        "SET session_replication_role = replica",
        "ALTER ROLE scorecard_app SUPERUSER",
        "COPY role_probe TO PROGRAM 'true'",
    ],
)
def test_runtime_role_is_refused(server: House, table: str, attack: str) -> None:
    with (
        server.connect("scorecard_app") as runtime,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        runtime.execute(attack)


def test_runtime_role_owns_nothing(server: House) -> None:
    with server.connect("postgres") as superuser:
        owned = superuser.execute(
            "SELECT count(*) FROM pg_shdepend WHERE deptype = 'o' AND refclassid = "
            "'pg_authid'::regclass AND refobjid = 'scorecard_app'::regrole"
        ).fetchone()
        owner = superuser.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'scorecard'"
        ).fetchone()
    assert owned == (0,)
    assert owner == ("scorecard_owner",)


def test_databases_made_for_tests_have_the_same_rules(server: House) -> None:
    with server.connect("scorecard_owner") as owner:
        owner.execute("DROP DATABASE IF EXISTS role_probe")
        owner.execute("CREATE DATABASE role_probe")
    try:
        url = server.var.database_url
        with psycopg.connect(url("scorecard_owner"), dbname="role_probe") as owner:
            owner.execute("CREATE TABLE probe (id int)")
        with psycopg.connect(url("scorecard_app"), dbname="role_probe") as runtime:
            runtime.execute("INSERT INTO probe VALUES (1)")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                runtime.execute("TRUNCATE probe")
    finally:
        with server.connect("scorecard_owner") as owner:
            owner.execute("DROP DATABASE role_probe")
