"""The revisions of the schema, and the revision of a database.

Separate from `migrations`, which imports Alembic: a server with nothing to migrate starts faster.

A revision is named by its number. `0016_from_0015` says as well that programs of revision 0015 run on
the schema after it; without a second number only programs of the same revision do. So a program
knows whether it runs on a newer schema, whose migrations it does not have.
"""

import re

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
    "0014_from_0013",
    "0015_from_0014",
    "0016_from_0015",
    "0017_from_0016",
)
NEWEST = REVISIONS[-1]
_NAME = re.compile(r"(\d{4})(?:_from_(\d{4}))?")


def number_of(revision: str) -> str:
    """Return the number of a revision, such as `0016`; raises ValueError if the name has none."""
    return _parts(revision)[0]


def oldest_program(revision: str) -> str:
    """Return the number of the oldest revision whose program runs on the schema of this one.

    Raises ValueError if the name has no number.
    """
    number, oldest = _parts(revision)
    return oldest or number


def _parts(revision: str) -> tuple[str, str | None]:
    match = _NAME.fullmatch(revision)
    if match is None:
        raise ValueError(f"{revision!r}: expected a revision such as 0016 or 0016_from_0015")
    return match[1], match[2]


def runs_on(revision: str | None) -> bool:
    """Return whether this program runs on a database at the revision: at its own, or a newer one that says so."""
    if revision == NEWEST:
        return True
    if revision is None or revision in REVISIONS:
        return False
    try:
        return oldest_program(revision) <= number_of(NEWEST) < number_of(revision)
    except ValueError:
        return False


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
