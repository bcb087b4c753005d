"""Check the tables: compare them with the tables of this program."""

from collections.abc import Iterator

from app.tables.database import Database
from app.tables.schema.migrations import find_differences
from app.writing.upkeep.check.fault import DAMAGE, Fault


def check_schema(database: Database) -> Iterator[Fault]:
    """Yield a fault if the tables differ, or are too damaged to be compared."""
    try:
        differences = find_differences(database)
    except DAMAGE as error:
        differences = f"cannot be compared with this program's: {' '.join(str(error).split())}"
    if differences:
        yield Fault("schema", "of the database", differences)
