"""A published file has the same tables as a migrated database, except the tables of a server."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.tables import migrations
from app.tables.database import Database
from app.tables.engines import new_file
from app.tables.schema import create_indexes, create_tables

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
