"""Everything that is made from the rows, made again: documents, search rows, sounds of names."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Table, select

from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.database import Database
from app.tables.rows import BATCH
from app.writing.changes import make_stamp
from app.writing.documents import materialise
from app.writing.names import index_names

# An entity's document is made from rows alone, not from other documents: any order would do.
ACTOR = "timeline rebuild"


def rebuild(database: Database) -> None:
    """Make every document, the full-text index and the sounds of names again, in one transaction.

    Memory does not grow with the database. A document that comes out different gets its next
    revision and an entry in the change log, like any other change.
    """
    with database.write() as connection:
        stamp = make_stamp(connection, ACTOR, "made again by a new version of the program")
        for kind, table in t.ENTITIES.items():
            for keys in _keys(connection, table):
                materialise(connection, kind, keys, stamp)
                if kind is EntityKind.PARTICIPANT:
                    index_names(connection, keys)


def _keys(connection: Connection, table: Table) -> Iterator[Sequence[int]]:
    """The keys of a table's rows, a batch at a time."""
    keys: Sequence[int] = [0]
    while keys:
        following = select(table.c.id).where(table.c.id > keys[-1]).order_by(table.c.id)
        keys = connection.scalars(following.limit(BATCH)).all()
        if keys:
            yield keys
