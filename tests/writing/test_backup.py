"""Backups: made while others write, and restored on either engine."""

import os
import stat
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import func, select
from sqlmodel import SQLModel

from app.setup import migrate
from app.tables import core as t
from app.tables.database import Database
from app.tables.schema import migrations
from app.tables.schema.revisions import NEWEST, current_revision
from app.writing.snapshots.build import build_snapshot
from app.writing.upkeep.backup import BackupError, back_up
from app.writing.upkeep.check import find_faults
from app.writing.upkeep.restore import restore
from tests.support.apps import make_key
from tests.support.builders import make_cast, make_event, make_tag, store
from tests.support.raw_files import opened

Contents = dict[str, list[tuple[object, ...]]]


def _contents(database: Database) -> Contents:
    """Return every row of every table."""
    with database.read() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=str)
            for table in SQLModel.metadata.sorted_tables
        }


def _opened(path: Path) -> "closing[Database]":
    return closing(Database(f"sqlite:///{path}"))


def _log(database: Database) -> list[tuple[int, str]]:
    with database.read() as connection:
        rows = connection.execute(
            select(t.change.c.seq, t.change.c.digest).order_by(t.change.c.seq)
        )
        return [(seq, digest) for seq, digest in rows]


@contextmanager
def _writers(database: Database, count: int) -> Iterator[threading.Event]:
    """Run threads that each write one event after another; yield a function that waits for some."""
    stop, busy = threading.Event(), threading.Event()

    def write(number: int) -> None:
        for n in range(10_000):
            if stop.is_set():
                return
            store(database, make_event(f"2024-01-01-{number}-{n}"))
            if n == 3:
                busy.set()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield busy
    finally:
        stop.set()
        for thread in threads:
            thread.join()


class TestBackUp:
    def test_is_a_database_that_can_be_served_as_it_is(
        self, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.tables.database._STREAMED_ROWS", 2)
        events = [make_event(f"2024-11-0{n}-talks", tags=["a", "b"]) for n in range(1, 6)]
        store(database, *make_cast(), make_tag("a"), make_tag("b"), *events)
        make_key(database)

        back_up(database, tmp_path / "copy.db")

        with _opened(tmp_path / "copy.db") as copy:
            assert migrate(copy) == (NEWEST, False)
            assert migrations.find_differences(copy) is None
            assert list(find_faults(copy)) == []
            assert _contents(copy) == _contents(database)

    @pytest.mark.thorough
    def test_is_of_one_instant_while_four_write(self, database: Database, tmp_path: Path) -> None:
        store(database, *make_cast())
        with _writers(database, 4) as busy:
            assert busy.wait(30)
            for name in ("1.db", "2.db"):
                back_up(database, tmp_path / name)

        log = _log(database)
        for name in ("1.db", "2.db"):
            with _opened(tmp_path / name) as copy:
                saved = _log(copy)
                assert list(find_faults(copy)) == []
            assert 4 < len(saved) <= len(log)
            assert saved == log[: len(saved)]

    def test_never_overwrites_a_file(self, database: Database, tmp_path: Path) -> None:
        (tmp_path / "notes").write_text("mine")

        with pytest.raises(BackupError, match="already exists"):
            back_up(database, tmp_path / "notes")

        assert (tmp_path / "notes").read_text() == "mine"

    def test_overwrites_no_file_that_comes_meanwhile(
        self, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "copy.db"
        monkeypatch.setattr(os, "fsync", lambda _: path.write_text("mine"))

        with pytest.raises(BackupError, match="File exists"):
            back_up(database, path)

        assert (path.read_text(), os.listdir(tmp_path)) == ("mine", ["copy.db"])

    def test_leaves_nothing_behind_when_it_fails(
        self, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(_: int) -> None:
            raise OSError("no space left")

        monkeypatch.setattr(os, "fsync", fail)

        with pytest.raises(BackupError, match="no space left"):
            back_up(database, tmp_path / "copy.db")

        assert os.listdir(tmp_path) == []

    def test_says_where_there_is_no_folder(self, database: Database, tmp_path: Path) -> None:
        with pytest.raises(BackupError, match="is a folder: give the path of a new file"):
            back_up(database, Path())
        with pytest.raises(BackupError, match="there is no folder"):
            back_up(database, tmp_path / "nowhere" / "copy.db")

    def test_may_be_read_by_its_owner_only(self, database: Database, tmp_path: Path) -> None:
        back_up(database, tmp_path / "copy.db")

        mode = (tmp_path / "copy.db").stat().st_mode
        assert stat.S_IMODE(mode) == 0o600
        assert sorted(os.listdir(tmp_path)) == ["copy.db", "copy.db.sha256"]

    def test_has_its_digest_beside_it(self, database: Database, tmp_path: Path) -> None:
        store(database, *make_cast())

        back_up(database, tmp_path / "copy.db")

        digest = sha256((tmp_path / "copy.db").read_bytes()).hexdigest()
        assert (tmp_path / "copy.db.sha256").read_text() == f"{digest}  copy.db\n"

    def test_never_overwrites_a_digest(self, database: Database, tmp_path: Path) -> None:
        (tmp_path / "copy.db.sha256").write_text("mine")

        with pytest.raises(BackupError, match="already exists"):
            back_up(database, tmp_path / "copy.db")

        assert os.listdir(tmp_path) == ["copy.db.sha256"]


class TestRestore:
    @pytest.mark.thorough
    def test_brings_everything_back(
        self, database: Database, new: Database, tmp_path: Path
    ) -> None:
        store(database, *make_cast(), make_event(), make_event("2024-11-02-talks"))
        store(database, make_event(note="Changed."))
        make_key(database)
        back_up(database, tmp_path / "copy.db")
        before = (tmp_path / "copy.db").read_bytes()

        restore(new, tmp_path / "copy.db", migrate)

        assert _contents(new) == _contents(database)
        assert list(find_faults(new)) == []
        assert (tmp_path / "copy.db").read_bytes() == before

    @pytest.mark.thorough
    def test_what_comes_next_gets_keys_and_numbers_of_its_own(
        self, database: Database, new: Database, tmp_path: Path
    ) -> None:
        store(database, *make_cast(), make_event())
        back_up(database, tmp_path / "copy.db")
        restore(new, tmp_path / "copy.db", migrate)

        store(new, make_event("2024-11-03-talks"))

        assert list(find_faults(new)) == []
        with new.read() as connection:
            assert connection.scalar(select(func.max(t.change.c.seq))) == 5

    def test_refuses_a_database_that_was_written_to(
        self, database: Database, tmp_path: Path
    ) -> None:
        store(database, *make_cast())
        back_up(database, tmp_path / "copy.db")
        before = _contents(database)

        with pytest.raises(BackupError, match="is not empty"):
            restore(database, tmp_path / "copy.db", migrate)

        assert _contents(database) == before

    def test_refuses_an_older_database_that_was_written_to_and_does_not_migrate_it(
        self, new: Database, tmp_path: Path
    ) -> None:
        with _opened(tmp_path / "source.db") as source:
            migrate(source)
            back_up(source, tmp_path / "copy.db")
        migrate(new)
        make_key(new)
        command.downgrade(migrations._config(new.url), "0014_from_0013")

        with pytest.raises(BackupError, match="is not empty"):
            restore(new, tmp_path / "copy.db", migrate)

        assert current_revision(new) == "0014_from_0013"

    @pytest.mark.thorough
    def test_takes_a_backup_of_an_older_version(self, new: Database, tmp_path: Path) -> None:
        path = tmp_path / "older.db"
        with _opened(path) as older:
            migrate(older)
            store(older, *make_cast(), make_event())
            command.downgrade(migrations._config(older.url), "0001")

            restore(new, path, migrate)

            assert current_revision(older) == "0001"
        assert list(find_faults(new)) == []

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            pytest.param(None, "does not exist", id="no file"),
            pytest.param(b"no database " * 100, "file is not a database", id="no database"),
            pytest.param(b"", "is not a backup of a timeline", id="an empty file"),
        ],
    )
    def test_refuses_what_is_no_backup(
        self, database: Database, tmp_path: Path, content: bytes | None, problem: str
    ) -> None:
        if content is not None:
            (tmp_path / "copy.db").write_bytes(content)

        with pytest.raises(BackupError, match=problem):
            restore(database, tmp_path / "copy.db", migrate)

    @pytest.mark.thorough
    def test_returns_the_digest_that_it_computed(
        self, database: Database, new: Database, tmp_path: Path
    ) -> None:
        store(database, *make_cast(), make_event())
        back_up(database, tmp_path / "copy.db")

        assert restore(new, tmp_path / "copy.db", migrate) == _log(database)[-1][1]

    @pytest.mark.thorough
    @pytest.mark.parametrize(
        ("statement", "fault"),
        [
            pytest.param(
                "UPDATE change SET actor = 'mallory' WHERE seq = 2",
                "change 2: its digest does not match its fields and the digest before it",
                id="an actor in the log",
            ),
            pytest.param(
                "UPDATE event SET note = 'by hand'",
                "event 2024-11-01-talks: its document does not match its rows: note",
                id="a row",
            ),
            pytest.param(
                "DELETE FROM source",
                "table citation: row 1 refers to a row of source that does not exist",
                id="a source whose citations stayed",
            ),
            pytest.param(
                "UPDATE event SET note = CAST(x'C328' AS TEXT)",
                ": note is not UTF-8",
                id="a note that is not UTF-8",
            ),
            pytest.param(
                "UPDATE change SET at = 'yesterday' WHERE seq = 2",
                "change 2: cannot be read: Invalid isoformat string: 'yesterday'",
                id="an instant that is none",
            ),
            pytest.param(
                "UPDATE event_search_tokens SET tokens = x'00'",
                "table event_search: the full-text index does not match its rows",
                id="the search index",
            ),
        ],
    )
    def test_refuses_an_altered_backup_and_lists_the_faults(
        self, database: Database, new: Database, tmp_path: Path, statement: str, fault: str
    ) -> None:
        store(database, *make_cast(), make_event())
        back_up(database, tmp_path / "copy.db")
        (tmp_path / "copy.db.sha256").unlink()
        with opened(tmp_path / "copy.db") as connection:
            connection.execute(statement)

        with pytest.raises(BackupError) as refused:
            restore(new, tmp_path / "copy.db", migrate)

        assert any(fault in str(each) for each in refused.value.faults)
        assert not any(_contents(new).values())

    @pytest.mark.thorough
    def test_refuses_an_altered_backup_of_an_older_version(
        self, new: Database, tmp_path: Path
    ) -> None:
        path = tmp_path / "older.db"
        with _opened(path) as older:
            migrate(older)
            store(older, *make_cast(), make_event())
            command.downgrade(migrations._config(older.url), "0005")
        with opened(path) as connection:
            connection.execute("UPDATE event SET document = replace(document, 'Lavrov', 'X')")

        with pytest.raises(BackupError) as refused:
            restore(new, path, migrate)

        problem = "event 2024-11-01-talks: its document does not match its last change"
        assert [*map(str, refused.value.faults)] == [problem]

    @pytest.mark.thorough
    def test_takes_a_published_file(
        self, database: Database, new: Database, tmp_path: Path
    ) -> None:
        store(database, *make_cast(), make_event())
        build_snapshot(database, 4, tmp_path / "published.sqlite")

        digest = restore(new, tmp_path / "published.sqlite", migrate)

        assert digest == _log(database)[-1][1]
        assert list(find_faults(new)) == []
        assert make_key(new)
