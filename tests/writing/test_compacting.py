"""`db compact`, and the upgrade that ends with it: a smaller file with the same data."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import func, select, text

from app.setup import migrate
from app.tables import core as t
from app.tables.database import Database, ReadOnlyError
from app.tables.engines import immutable_url
from app.tables.schema import migrations
from app.writing.snapshots.build import build_snapshot
from app.writing.upkeep.backup import back_up
from app.writing.upkeep.check import find_faults
from app.writing.upkeep.compacting import Compacted, CompactingError, compact
from tests.support.builders import make_cast, make_event, make_place, store
from tests.support.databases import NewDatabase


@pytest.fixture
def timeline(new_sqlite: NewDatabase, request: pytest.FixtureRequest) -> Iterator[Database]:
    with closing(Database(new_sqlite(f"compact-{request.node.originalname}"))) as database:
        migrate(database)
        place = make_place(names={"en": "Moscow", "ru": "Москва"})
        store(database, *make_cast(), place, make_event())
        yield database


def _path(database: Database) -> Path:
    return Path(str(database.url.database))


def _documents(database: Database) -> list[str | None]:
    with database.read() as connection:
        return list(connection.scalars(select(t.change.c.document).order_by(t.change.c.seq)))


def _types(path: Path) -> set[str]:
    """Return how SQLite stores the documents of the log."""
    with closing(sqlite3.connect(path)) as connection:
        return {kind for (kind,) in connection.execute("SELECT typeof(document) FROM change")}


def _store_plainly(database: Database) -> None:
    """Store the documents of the log as older versions did, and leave free pages."""
    documents = _documents(database)
    with database.write() as connection:
        plain = text("UPDATE change SET document = :document WHERE seq = :seq")
        rows = [{"seq": seq, "document": each} for seq, each in enumerate(documents, 1)]
        connection.execute(plain, rows)
        connection.execute(text("CREATE TABLE waste (x)"))
        connection.execute(text("INSERT INTO waste VALUES (zeroblob(1000000))"))
        connection.execute(text("DROP TABLE waste"))


def test_the_log_is_packed_and_reads_as_before(timeline: Database) -> None:
    packed = _documents(timeline)
    assert _types(_path(timeline)) == {"blob"}
    _store_plainly(timeline)
    assert _types(_path(timeline)) == {"text"}
    assert _documents(timeline) == packed

    compacted = compact(timeline)

    assert isinstance(compacted, Compacted)
    assert compacted.after == _path(timeline).stat().st_size
    assert _types(_path(timeline)) == {"blob"}
    assert _documents(timeline) == packed
    assert [*find_faults(timeline)] == []
    with timeline.read() as connection:
        assert connection.exec_driver_sql("PRAGMA freelist_count").scalar() == 0


def test_letters_are_not_escaped(timeline: Database) -> None:
    """A Cyrillic letter would take six bytes instead of two."""

    def names() -> str:
        with closing(sqlite3.connect(_path(timeline))) as connection:
            (found,) = connection.execute("SELECT names FROM place").fetchone()
        return str(found)

    written = names()
    with timeline.write() as connection:
        escaped = json.dumps(json.loads(written))
        connection.execute(text("UPDATE place SET names = :names"), {"names": escaped})

    compact(timeline)

    assert names() == written
    assert "Москва" in written and "\\u" not in written
    assert [*find_faults(timeline)] == []


def test_an_upgrade_ends_with_it(timeline: Database) -> None:
    _store_plainly(timeline)
    documents = _documents(timeline)
    command.downgrade(migrations._config(timeline.url), "0011")

    assert migrate(timeline) == ("0011", True)

    assert _types(_path(timeline)) == {"blob"}
    assert _documents(timeline) == documents
    assert [*find_faults(timeline)] == []


def test_an_upgrade_succeeds_without_space_for_it(
    timeline: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil._ntuple_diskusage(10, 10, 0)
    monkeypatch.setattr("app.writing.upkeep.compacting.shutil.disk_usage", lambda _: full)
    command.downgrade(migrations._config(timeline.url), "0011")

    assert migrate(timeline) == ("0011", True)

    assert [*find_faults(timeline)] == []
    needed = r"needs \d+ bytes on its disk, and 0 are free; make room, then run timeline db compact"
    with pytest.raises(CompactingError, match=needed):
        compact(timeline)


def test_a_published_file_has_a_log_that_any_tool_reads(timeline: Database, tmp_path: Path) -> None:
    build_snapshot(timeline, len(_documents(timeline)), tmp_path / "published.sqlite")

    assert _types(tmp_path / "published.sqlite") == {"text"}
    with closing(Database(f"sqlite:///{tmp_path}/published.sqlite")) as published:
        assert _documents(published) == _documents(timeline)
        assert [*find_faults(published)] == []


def test_it_leaves_postgresql_alone(new_postgresql: NewDatabase) -> None:
    with closing(Database(new_postgresql("compact"))) as database:
        migrate(database)
        store(database, make_place())

        assert compact(database) is None

        with database.read() as connection:
            stored = connection.scalar(select(func.max(func.length(t.change.c.document))))
        assert stored == len(_documents(database)[0] or "")


def test_a_database_whose_url_is_a_uri(timeline: Database, tmp_path: Path) -> None:
    path = _path(timeline)
    with closing(Database(f"sqlite:///file:{path}?uri=true")) as database:
        assert compact(database)
        back_up(database, tmp_path / "backup.db")

    with closing(Database(f"sqlite:///{tmp_path / 'backup.db'}")) as backup:
        assert not [*find_faults(backup)]


def test_an_immutable_file_is_not_compacted(tmp_path: Path) -> None:
    path = tmp_path / "timeline.db"
    with closing(Database(f"sqlite:///{path}")) as database:
        migrate(database)

    url = immutable_url(path)
    with closing(Database(url)) as database, pytest.raises(ReadOnlyError, match="immutable"):
        compact(database)
