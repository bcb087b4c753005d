"""A file that is created at once has the same tables as a migrated database."""

import re
import sqlite3
from pathlib import Path

from app.tables import migrations
from app.tables.database import Database
from app.tables.engines import new_file
from app.tables.schema import create_tables

# Ignore how names and types are quoted.
_FORM = re.compile(r'[\s"]+')


def _objects(path: Path) -> dict[str, str]:
    """Return the statements that created the full-text tables, triggers and indexes, by name."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master "
            "WHERE type <> 'table' OR name LIKE 'event_search%' OR name = 'alembic_version'"
        ).fetchall()
    connection.close()
    return {name: _FORM.sub(" ", sql or "").replace("( ", "(") for name, sql in rows}


def test_they_are_the_same(tmp_path: Path) -> None:
    migrated = Database(f"sqlite:///{tmp_path / 'migrated.db'}")
    migrations.upgrade(migrated)
    migrated.close()
    with new_file(tmp_path / "new.db") as connection:
        create_tables(connection)
    created = Database(f"sqlite:///{tmp_path / 'new.db'}")

    assert migrations.find_differences(created) is None
    created.close()
    ours, theirs = _objects(tmp_path / "new.db"), _objects(tmp_path / "migrated.db")
    assert ours.keys() == theirs.keys()
    for name in ("event_search", "event_search_follows"):
        assert ours[name] == theirs[name]
