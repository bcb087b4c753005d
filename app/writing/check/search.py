"""The full-text index proved: no row of it is without its event.

That each event has its row, with the right tokens, is seen where its document is made again.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, exists, select

from app.tables import core as t
from app.tables.search import event_search
from app.writing.check.faults import Fault


def check_search_rows(connection: Connection) -> Iterator[Fault]:
    """Rows of the full-text index that belong to no event; they can be hits."""
    key = event_search.c.rowid
    orphans = select(key).where(~exists().where(t.event.c.id == key))
    for orphan in connection.scalars(orphans):
        yield Fault("table", "event_search", f"row {orphan} belongs to no event")
