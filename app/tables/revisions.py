"""The revisions of the schema, and the revision of a database.

Separate from `migrations`, which imports Alembic: a server with nothing to migrate starts faster.
"""

from sqlalchemy import column, inspect, select, table

from app.tables.database import Database

# Every revision in migrations/versions, oldest first; a test compares them with the scripts.
REVISIONS = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
)
NEWEST = REVISIONS[-1]


def current_revision(database: Database) -> str | None:
    """Return the revision of the database, or None if it has no tables of this program."""
    with database.read() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        version = table("alembic_version", column("version_num"))
        revision: str | None = connection.execute(select(version.c.version_num)).scalar()
        return revision


def remedy(current: str | None) -> str:
    """Return the next step for an operator whose database is not at the newest revision."""
    if current is None or current in REVISIONS:
        return "timeline db upgrade"
    return "it was made by a newer version of this program, which is the one to use"
