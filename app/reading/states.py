"""Moments: the states that the data went through, each named by the change that ended it."""

from bisect import bisect_right
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from app.domain.instants import rfc3339
from app.records.parsing.errors import nearest
from app.tables import core as t
from app.tables.log import STATE_COLUMNS, DataState, newest_change


class NoSuchStateError(ValueError):
    """There is no such moment; the text says which there are."""


def newest_state(connection: Connection) -> DataState:
    """The present state; raises NoSuchStateError when nothing was ever written."""
    newest = newest_change(connection, *STATE_COLUMNS)
    if newest is None:
        raise NoSuchStateError("there is no change yet: nothing was ever written")
    return DataState(*newest)


def state_of_change(connection: Connection, seq: int) -> DataState:
    """The state after this change; raises NoSuchStateError."""
    newest = newest_state(connection)
    # Compared here: a number may be larger than any that the database takes.
    found = _find(connection, _numbered(seq)) if 1 <= seq <= newest.seq else None
    if found is None:
        raise NoSuchStateError(f"there is no change {seq}: there are 1 to {newest.seq}")
    return found


def state_at(connection: Connection, instant: datetime) -> DataState:
    """The state at an instant, after the last change until then; raises NoSuchStateError before the first.

    Instants grow with the numbers, which have no gaps: some twenty rows of a million are looked at,
    and there is no index to keep.
    """
    seqs = range(1, newest_state(connection).seq + 1)
    passed = bisect_right(seqs, instant, key=lambda seq: _at(connection, seq))
    if not passed:
        first = rfc3339(_at(connection, 1))
        raise NoSuchStateError(f"there was nothing yet; the first change was made at {first}")
    return state_of_change(connection, passed)


def state_of_release(connection: Connection, name: str) -> DataState:
    """The state to which a release gave its name; raises NoSuchStateError."""
    found = _find(connection, _moments().join(t.release).where(t.release.c.name == name))
    if found is None:
        names = connection.scalars(select(t.release.c.name)).all()
        raise NoSuchStateError(f"there is no release {name!r}{nearest(name, names)}")
    return found


def released_states(connection: Connection) -> list[DataState]:
    """The states that have the name of a release, in their order."""
    rows = connection.execute(_moments().join(t.release).distinct().order_by(t.change.c.seq))
    return [DataState(row.seq, row.at, row.digest) for row in rows]


def _moments() -> Select[Any]:
    return select(*STATE_COLUMNS)


def _numbered(seq: int) -> Select[Any]:
    return _moments().where(t.change.c.seq == seq)


def _find(connection: Connection, statement: Select[Any]) -> DataState | None:
    row: Row[Any] | None = connection.execute(statement).one_or_none()
    return None if row is None else DataState(row.seq, row.at, row.digest)


def _at(connection: Connection, seq: int) -> datetime:
    at: datetime = connection.execute(_numbered(seq)).one().at
    return at
