"""The data proved: is everything that is stored what this program would have stored?"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import func, select

from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.database import Database, storage_faults
from app.tables.search import index_fault
from app.writing.upkeep.check.entities import check_entities
from app.writing.upkeep.check.fault import Fault
from app.writing.upkeep.check.log import LogEnd, check_log, check_tombstones, find_log_end
from app.writing.upkeep.check.rows import check_search_rows

__all__ = ["Extent", "Fault", "find_faults", "measure"]


def find_faults(database: Database) -> Iterator[Fault]:
    """Everything that is wrong with the data, of one snapshot; memory does not grow with it.

    The tables must be those of this program. What cannot be read at all is a fault like any other.
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
    """How much there is: entities by kind, and where the change log ends."""

    entities: Mapping[EntityKind, int]
    log: LogEnd


def measure(database: Database) -> DatabaseExtent:
    """How much there is to check."""
    with database.read() as connection:
        counts = {
            kind: connection.scalar(select(func.count()).select_from(table)) or 0
            for kind, table in t.ENTITIES.items()
        }
        return DatabaseExtent(counts, find_log_end(connection))
