"""Check the data: compare every stored value with the value that this program would store."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import func, select

from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.database import Database, storage_faults
from app.tables.log import STATE_COLUMNS, DataState, newest_change
from app.tables.search import index_fault
from app.writing.upkeep.check.entities import check_entities
from app.writing.upkeep.check.fault import Fault
from app.writing.upkeep.check.log import check_log, check_tombstones
from app.writing.upkeep.check.rows import check_search_rows

__all__ = ["DatabaseExtent", "Fault", "find_faults", "measure"]


def find_faults(database: Database) -> Iterator[Fault]:
    """Yield every fault in one snapshot of the data. Memory does not grow with the data.

    The schema must be at this program's revision. A row that cannot be read is a fault too.
    """
    with database.read() as connection:
        yield from (Fault(*fault) for fault in storage_faults(connection))
        yield from check_log(connection)
        yield from check_tombstones(connection)
        yield from check_entities(connection)
        yield from check_search_rows(connection)
    if problem := index_fault(database):
        yield Fault("table", "event_search", problem)


class DatabaseExtent(NamedTuple):
    """The number of entities of each kind, and the state after the newest change."""

    entities: Mapping[EntityKind, int]
    log: DataState | None


def measure(database: Database) -> DatabaseExtent:
    """Count the entities of each kind, and find the newest change."""
    with database.read() as connection:
        counts = {
            kind: connection.scalar(select(func.count()).select_from(table)) or 0
            for kind, table in t.ENTITIES.items()
        }
        newest = newest_change(connection, *STATE_COLUMNS)
        return DatabaseExtent(counts, DataState(*newest) if newest else None)
