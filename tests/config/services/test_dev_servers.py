"""One PostgreSQL and one Valkey for everybody in the house, whoever is killed."""

import os
import signal
import subprocess
from pathlib import Path

import pytest
from redis import Redis

from tests.config.services.conftest import House, eventually

pytestmark = pytest.mark.slow  # whole houses, started and ended

POSTMASTER = "bin/postgres -D"


def write_row(house: House) -> None:
    with house.connect("scorecard_owner") as connection:
        connection.execute("CREATE TABLE kept (id int)")
        connection.execute("INSERT INTO kept VALUES (7)")


def as_the_servers_user(*command: str) -> subprocess.Popen[bytes]:
    """PostgreSQL takes a pid for stale when it may not signal it; here it may."""
    drop = ["setpriv", "--reuid=65534"] if os.geteuid() == 0 else []
    return subprocess.Popen([*drop, *command])


def rows(house: House) -> list[tuple[int]]:
    with house.connect("scorecard_app") as connection:
        return connection.execute("SELECT id FROM kept").fetchall()


def test_two_users_who_come_at_once_share_one_server(house: House) -> None:
    first, second = house.user(), house.user()
    for user in (first, second):
        assert user.stdout is not None
        assert user.stdout.readline().startswith("postgresql://scorecard_app@/")
    assert len(house.programs(POSTMASTER)) == 1
    assert len(house.processes("valkey-server")) == 1
    # Both may have sent for one: the second finds the lock taken, and leaves.
    eventually(lambda: len(house.processes("services.dev_servers")) == 1)


def test_servers_stay_while_anybody_is_there_and_end_after_the_last(house: House) -> None:
    first, second = house.ready_user(), house.ready_user()
    write_row(house)
    first.communicate("\n")
    server = house.pid(POSTMASTER)
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(2)  # longer than the servers linger
    assert house.pid(POSTMASTER) == server
    second.kill()  # no time to say good-bye
    eventually(lambda: not house.processes())
    assert not (house.var.root / "postgres" / "postmaster.pid").exists()  # it ended cleanly
    house.ready_user()
    assert rows(house) == [(7,)]


def test_killed_postmaster_comes_back_with_what_was_committed(house: House) -> None:
    house.ready_user()
    write_row(house)
    killed = house.pid(POSTMASTER)
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: set(house.programs(POSTMASTER)) - {killed})
    house.ready_user()
    assert rows(house) == [(7,)]


def test_killed_valkey_comes_back_with_its_queue(house: House) -> None:
    house.ready_user()
    with Redis(unix_socket_path=str(house.var.redis_socket)) as redis:
        redis.rpush("queue", "work")
    written = house.var.root / "redis" / "appendonlydir" / "appendonly.aof.1.incr.aof"
    eventually(lambda: b"work" in written.read_bytes())
    killed = house.pid("valkey-server")
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: set(house.processes("valkey-server")) - {killed})
    house.ready_user()
    with Redis(unix_socket_path=str(house.var.redis_socket)) as redis:
        assert redis.lrange("queue", 0, -1) == [b"work"]


def test_what_an_older_redis_wrote_is_read(house: House) -> None:
    """Redis 6 kept one file; Valkey moves it into a folder and goes on from it."""
    house.var.make()
    data = house.var.root / "redis"
    data.mkdir()
    (data / "appendonly.aof").write_text("*3\r\n$5\r\nRPUSH\r\n$5\r\nqueue\r\n$4\r\nwork\r\n")
    house.ready_user()
    with Redis(unix_socket_path=str(house.var.redis_socket)) as redis:
        assert redis.lrange("queue", 0, -1) == [b"work"]


def test_killed_parent_leaves_no_server_behind(house: House) -> None:
    house.ready_user()
    write_row(house)
    os.kill(house.pid("services.dev_servers"), signal.SIGKILL)
    eventually(lambda: not house.processes())
    house.ready_user()
    assert rows(house) == [(7,)]


def test_next_user_does_not_trust_a_server_that_is_about_to_die(house: House) -> None:
    """Just after the death of their parent the servers may still answer, for some milliseconds."""
    house.ready_user()
    old = house.pid(POSTMASTER)
    os.kill(house.pid("services.dev_servers"), signal.SIGKILL)
    house.ready_user()
    assert old not in house.processes(POSTMASTER)
    with house.connect() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_initdb_killed_in_the_middle_is_forgotten(house: House) -> None:
    draft = house.var.root / "postgres.new"
    house.user()
    eventually((draft / "PG_VERSION").exists, every=0.001)  # it is there for half a second
    house.kill("services.dev_servers", "initdb")
    house.ready_user()
    assert not draft.exists()
    assert (house.var.root / "postgres" / "PG_VERSION").read_text() == "18\n"


def test_pid_file_whose_number_belongs_to_another_program_is_stale(house: House) -> None:
    house.ready_user().communicate("\n")
    eventually(lambda: not house.processes())
    other = as_the_servers_user("sleep", "60")
    pid_file = house.var.root / "postgres" / "postmaster.pid"
    pid_file.write_text(f"{other.pid}\n{house.var.root}/postgres\n")
    try:
        house.ready_user()
        assert not pid_file.read_text().startswith(f"{other.pid}\n")
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


@pytest.mark.parametrize("name", ["long" * 25, "with a space, and 100 %"])
def test_path_that_a_socket_cannot_have_gets_a_short_private_folder(
    house: House, name: str
) -> None:
    long = House(house.var.root / name)
    try:
        long.ready_user()
        sockets = long.var.sockets
        assert sockets.parent == Path("/tmp")
        assert sockets.stat().st_mode & 0o777 == 0o700
        with long.connect("scorecard_app") as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("scorecard_app",)
    finally:
        long.close()


def test_servers_named_in_the_environment_are_used_and_none_started(house: House) -> None:
    script = "from config.services import ensure; print(ensure())"
    named = {"DATABASE_URL": "postgresql://me@db/x", "REDIS_URL": "redis://cache:6379/0"}
    said, _ = house.start("-c", script, env=named).communicate()
    assert "owner_url='postgresql://me@db/x'" in said
    assert "redis_url='redis://cache:6379/0'" in said
    assert not house.var.servers_lock.exists()
