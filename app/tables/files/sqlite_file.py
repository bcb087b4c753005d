"""Work on a whole SQLite file: copy it, look for damage, and remove its free pages."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote


def copy_sqlite_file(source: Path, target: Path) -> None:
    """Copy a snapshot of an SQLite database into a new file, while others write to it.

    `VACUUM INTO` reads one snapshot, whereas SQLite's backup functions restart whenever another
    process writes. Raises sqlite3.Error.
    """
    with closing(_open_sqlite_file(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def sqlite_file_problems(path: Path) -> list[str]:
    """Return the problems that SQLite finds in a file; raises sqlite3.Error if it cannot read it."""
    with closing(_open_sqlite_file(path)) as connection:
        problems = [problem for (problem,) in connection.execute("PRAGMA integrity_check")]
    return [] if problems == ["ok"] else problems


def used_bytes(path: Path) -> int:
    """Return the size of an SQLite file without its free pages. Raises sqlite3.Error."""
    with closing(_open_sqlite_file(path)) as connection:
        names = ("page_count", "freelist_count", "page_size")
        pages, free, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names)
    return int((pages - free) * size)


def vacuum_sqlite_file(path: Path) -> None:
    """Write an SQLite file again without free pages; readers continue. Raises sqlite3.Error."""
    with closing(_open_sqlite_file(path)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _open_sqlite_file(path: Path) -> sqlite3.Connection:
    uri = f"file:{quote(str(path.absolute()))}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    connection.execute("PRAGMA busy_timeout = 30000")
    return connection
