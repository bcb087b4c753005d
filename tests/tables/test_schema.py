"""Tables that are created at once equal migrated ones; a published file lacks the tables of a server."""

import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from app.tables.database import Database
from app.tables.engines import new_file
from app.tables.schema import migrations
from app.tables.schema.creation import create_if_empty, create_indexes, create_tables
from app.tables.schema.revisions import NEWEST, current_revision
from tests.support.builders import make_place, store
from tests.support.databases import NewDatabase

# Ignore how names and types are quoted.
_FORM = re.compile(r'[\s"]+')


def _settings(path: Path) -> list[tuple[str, int]]:
    """Return the settings of the full-text index."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT k, v FROM event_search_config ORDER BY k").fetchall()


def _objects(path: Path) -> dict[str, str]:
    """Return the statements that created the tables, triggers and indexes, by name."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE name <> 'sqlite_sequence'"
        ).fetchall()
    return {name: _FORM.sub(" ", sql or "").replace("( ", "(") for name, sql in rows}


@pytest.fixture
def migrated(tmp_path: Path) -> dict[str, str]:
    """The objects of a migrated database."""
    path = tmp_path / "migrated.db"
    with closing(Database(f"sqlite:///{path}")) as database:
        migrations.upgrade(database)
    return _objects(path)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """The path of a published file without a row."""
    path = tmp_path / "published.db"
    with new_file(path) as connection:
        create_tables(connection)
        create_indexes(connection)
    return path


def test_they_are_the_same_except_the_tables_of_a_server(
    published: Path, migrated: dict[str, str]
) -> None:
    ours = _objects(published)

    missing = migrated.keys() - ours.keys()
    assert {name for name in missing if migrated[name].startswith("CREATE TABLE")} == {
        "api_key",
        "import_answer",
        "import_run",
        "loaded_record",
        "pending_rebuild",
        "release",
    }
    assert all(
        re.search(r"api_key|import_answer|import_run|loaded_record|pending_rebuild|release", name)
        for name in missing
    )
    assert ours.keys() - migrated.keys() == set()
    full_text = [name for name in migrated if name.startswith("event_search")]
    assert len(full_text) > 4
    for name in full_text:
        assert ours[name] == migrated[name]
    with closing(Database(f"sqlite:///{published}")) as database:
        assert migrations.find_differences(database) is None


def test_the_full_text_index_has_the_same_settings(
    published: Path, migrated: dict[str, str], tmp_path: Path
) -> None:
    assert migrated
    assert _settings(published) == _settings(tmp_path / "migrated.db")
    assert ("hashsize", 8 << 20) in _settings(published)


def test_an_upgrade_adds_the_tables_of_a_server(published: Path, migrated: dict[str, str]) -> None:
    with closing(Database(f"sqlite:///{published}")) as database:
        migrations.upgrade(database)

        assert migrations.find_differences(database) is None
    upgraded = _objects(published)
    assert upgraded.keys() == migrated.keys()
    for name in (
        "api_key",
        "import_answer",
        "import_run",
        "loaded_record",
        "pending_rebuild",
        "release",
        "ix_release__seq",
    ):
        assert upgraded[name] == migrated[name]


def _parts(connection: Connection) -> Iterator[str]:
    """Yield each column, key, constraint and index; on SQLite also each view and trigger."""
    inspector = inspect(connection)
    for table in {*inspector.get_table_names()} - {"alembic_version"}:
        # SQLite cannot describe the columns of a virtual table.
        columns = [] if table == "event_search" else inspector.get_columns(table)
        for part in chain(
            columns,
            [inspector.get_pk_constraint(table)],
            inspector.get_foreign_keys(table),
            inspector.get_unique_constraints(table),
            inspector.get_indexes(table),
            inspector.get_check_constraints(table),
        ):
            yield f"{table}: {part}"
    if connection.dialect.name == "sqlite":
        objects = text("SELECT type, name FROM sqlite_master WHERE name <> 'sqlite_sequence'")
        yield from (str(row) for row in connection.execute(objects))


# Migration 0001 names no key on SQLite, because it counts by AUTOINCREMENT, and 0008 left a default.
_ONLY_MIGRATED = re.compile(
    "change: .*'constrained_columns': |event: .*'independent_sources', .*'default'"
)


def test_an_empty_database_gets_the_tables_of_all_migrations(new_database: NewDatabase) -> None:
    found = []
    for make in (migrations.upgrade, create_if_empty):
        with closing(Database(new_database(f"made_by_{make.__name__}"))) as database:
            make(database)
            with database.read() as connection:
                found.append(
                    {each for each in _parts(connection) if not _ONLY_MIGRATED.match(each)}
                )
            assert migrations.find_differences(database) is None
            assert current_revision(database) == NEWEST

    migrated, created = found
    assert len(created) > 300
    assert created == migrated


def test_a_database_with_tables_stays_as_it_is(new_database: NewDatabase) -> None:
    with closing(Database(new_database("has_tables"))) as database:
        assert create_if_empty(database)
        store(database, make_place())

        assert not create_if_empty(database)

        with database.read() as connection:
            assert connection.scalar(text("SELECT count(*) FROM place")) == 1


def test_of_programs_that_start_together_one_creates_the_tables(new_database: NewDatabase) -> None:
    url = new_database("started_together")

    def start(_: int) -> bool:
        with closing(Database(url)) as database:
            return create_if_empty(database)

    with ThreadPoolExecutor(4) as starts:
        assert sorted(starts.map(start, range(4))) == [False, False, False, True]
