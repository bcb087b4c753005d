"""Reads in the event loop: they see each commit, and neither wait nor take long."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select, text

from app.setup import migrate
from app.tables import at_once as module
from app.tables import core as t
from app.tables.at_once import NotAtOnceError, at_once
from app.tables.base import utc_now
from app.tables.database import Database
from app.tables.files.database_file import UnusableFileError

# Counts for some seconds.
LONG = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000) "
    "SELECT count(*) FROM n"
)


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Database]:
    """A database in a file, which can be read in the event loop."""
    with closing(Database(f"sqlite:///{tmp_path}/t.db", at_once=True)) as database:
        migrate(database)
        yield database


def _count(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(t.change)) or 0


def _add(database: Database) -> None:
    """Add a change."""
    with database.write() as connection:
        seq = _count(connection) + 1
        values = {"seq": seq, "at": utc_now(), "actor": "test", "op": "create", "kind": "event"}
        rest = {"slug": "2024-01-01-x", "revision": seq, "document": "{}", "digest": ""}
        connection.execute(insert(t.change), [values | rest])


class TestRead:
    def test_sees_each_commit_and_its_number(self, local: Database) -> None:
        numbers: list[int] = []
        asked = local.for_one_request(numbers.append)
        for number in range(3):
            with at_once(), asked.read() as connection:
                assert _count(connection) == number
            _add(local)

        assert numbers == [0, 1, 2]

    def test_sees_one_snapshot(self, local: Database) -> None:
        with at_once(), local.read() as connection:
            before = _count(connection)
            _add(local)
            assert _count(connection) == before

    def test_outside_the_event_loop_it_takes_the_pool(self, local: Database) -> None:
        with at_once(), local.read() as connection:
            inside = connection.engine
        with local.read() as connection:
            assert connection.engine is not inside

    def test_a_statement_that_an_error_left_ends(self, local: Database) -> None:
        with pytest.raises(RuntimeError) as kept, at_once(), local.read() as connection:
            rows = connection.execute(text("VALUES (1), (2), (3)"))
            assert rows.fetchone() is not None
            raise RuntimeError
        _add(local)

        with at_once(), local.read() as connection:
            assert _count(connection) == 1
        assert kept.value is not None

    def test_a_deleted_file_is_noticed(self, local: Database, tmp_path: Path) -> None:
        with at_once(), local.read() as connection:
            assert _count(connection) == 0
        (tmp_path / "t.db").rename(tmp_path / "other.db")

        with pytest.raises(UnusableFileError), at_once(), local.read():
            pass


class TestNotAtOnce:
    """The reads that a thread must do."""

    def test_a_long_query(self, local: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "_SECONDS", 0.02)
        start = time.monotonic()
        with pytest.raises(NotAtOnceError), at_once(), local.read() as connection:
            connection.execute(LONG)
        assert time.monotonic() - start < 5
        _add(local)

        monkeypatch.setattr(module, "_SECONDS", 60)
        with at_once(), local.read() as connection:
            assert _count(connection) == 1

    def test_damage_is_noticed_by_a_thread(self, local: Database) -> None:
        with pytest.raises(NotAtOnceError), at_once(), local.read():
            raise sqlite3.DatabaseError("database disk image is malformed")

    def test_a_read_within_a_read(self, local: Database) -> None:
        with at_once(), local.read() as connection:
            with pytest.raises(NotAtOnceError), local.read():
                pass
            assert _count(connection) == 0

    def test_a_locked_file(self, local: Database, tmp_path: Path) -> None:
        for engine in local.engines:
            engine.dispose()
        other = sqlite3.connect(tmp_path / "t.db", isolation_level=None)
        with closing(other):
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("BEGIN IMMEDIATE")
            start = time.monotonic()
            with pytest.raises(NotAtOnceError), at_once(), local.read():
                pass
            assert time.monotonic() - start < 5

        with at_once(), local.read() as connection:
            assert _count(connection) == 0

    def test_a_stream(self, local: Database) -> None:
        with pytest.raises(NotAtOnceError), at_once(), local.stream():
            pass

    def test_a_database_without_a_connection_for_it(self, database: Database) -> None:
        with pytest.raises(NotAtOnceError), at_once(), database.read():
            pass
