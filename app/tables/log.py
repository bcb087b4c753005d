"""The end of the change log: its newest change, and the state that a change left."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Row, select

from app.tables import core as t

# The columns that make a DataState.
STATE_COLUMNS = (t.change.c.seq, t.change.c.at, t.change.c.digest)


class DataState(NamedTuple):
    """The state of the data after a change: the number, instant and digest of that change.

    The digest vouches for the whole log up to it.
    """

    seq: int
    at: datetime
    digest: str


def newest_change(connection: Connection, *columns: Column[Any]) -> Row[*tuple[Any, ...]] | None:
    """Return these columns of the newest change, by default all; None before the first write."""
    newest = select(*(columns or t.change.c)).order_by(t.change.c.seq.desc()).limit(1)
    return connection.execute(newest).one_or_none()


def newest_seq(connection: Connection) -> int:
    """Return the number of the newest change; 0 before the first write."""
    newest = newest_change(connection, t.change.c.seq)
    return newest.seq if newest else 0
