"""The schema's version: which revisions there are, and at which a database is.

Apart from `migrations`, which needs Alembic: a server that has nothing to migrate starts without it.
"""

from sqlalchemy import column, inspect, select, table

from app.tables.database import Database

# Every revision in migrations/versions, the oldest first; a test holds it against the scripts.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
NEWEST = REVISIONS[-1]


def current_revision(database: Database) -> str | None:
    """The revision that the database is at, or None when it has no tables of ours."""
    with database.read() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        version = table("alembic_version", column("version_num"))
        found: str | None = connection.execute(select(version.c.version_num)).scalar()
        return found


def remedy(current: str | None) -> str:
    """What to do with a database that is at a revision which is not the newest."""
    if current is None or current in REVISIONS:
        return "timeline db upgrade"
    return "it was made by a newer version of this program, which is the one to use"
