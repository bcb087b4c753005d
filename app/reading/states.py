"""The states of the data: one after each change, found by change, instant or release."""

from bisect import bisect_left, bisect_right
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from app.domain.instants import rfc3339
from app.domain.vocabulary import EntityKind
from app.domain.wording import did_you_mean
from app.tables import core as t
from app.tables.log import STATE_COLUMNS, DataState, newest_change, newest_seq


class NoSuchStateError(ValueError):
    """No state fits; the text says which exist."""


def newest_state(connection: Connection) -> DataState:
    """Return the present state. Raises NoSuchStateError if nothing was ever written."""
    newest = newest_change(connection, *STATE_COLUMNS)
    if newest is None:
        raise NoSuchStateError("there is no change yet: nothing was ever written")
    return DataState(*newest)


def state_of_change(connection: Connection, seq: int) -> DataState:
    """Return the state after this change. Raises NoSuchStateError."""
    newest = newest_state(connection)
    # Compared here: the number may be too large for the database.
    state = _find(connection, _numbered(seq)) if 1 <= seq <= newest.seq else None
    if state is None:
        raise NoSuchStateError(f"there is no change {seq}: there are 1 to {newest.seq}")
    return state


def seq_at(connection: Connection, instant: datetime) -> int:
    """Return the number of the last change until an instant; 0 before the first one.

    Instants grow with the numbers, which have no gaps: a search reads some twenty rows of a million,
    without an index.
    """
    seqs = range(1, newest_seq(connection) + 1)
    return bisect_right(seqs, instant, key=lambda seq: _at(connection, seq))


def end_of_write(connection: Connection, state: DataState) -> int:
    """Return the number of the last change of the write to which the state's change belongs.

    All changes of a write have one instant, and no other change has it. One statement if the state is
    the end, as each state was that anybody could read when it was the newest.
    """
    after = connection.execute(_numbered(state.seq + 1)).one_or_none()
    in_write = after is not None and after.at == state.at
    return seq_at(connection, state.at) if in_write else state.seq


def start_of_write(connection: Connection, state: DataState) -> int:
    """Return the number of the first change of the write to which the state's change belongs."""
    seqs = range(1, state.seq + 1)
    return bisect_left(seqs, state.at, key=lambda seq: _at(connection, seq)) + 1


def first_digest(connection: Connection) -> str:
    """Return the digest of the first change, which no other log has. Raises NoSuchStateError."""
    return state_of_change(connection, 1).digest


def state_at(connection: Connection, instant: datetime) -> DataState:
    """Return the state at an instant, after the last change until then.

    Raises NoSuchStateError before the first change.
    """
    newest_state(connection)
    passed = seq_at(connection, instant)
    if not passed:
        first = rfc3339(_at(connection, 1))
        raise NoSuchStateError(f"there was nothing yet; the first change was made at {first}")
    return state_of_change(connection, passed)


def first_state_of(connection: Connection, kind: EntityKind, slug: str) -> DataState | None:
    """Return the state after the write that added an entity; None if none ever had this id."""
    change = t.change.c
    this = _states().where(change.kind == kind, change.slug == slug).order_by(change.seq).limit(1)
    added = _find(connection, this)
    return None if added is None else state_of_change(connection, end_of_write(connection, added))


def state_of_release(connection: Connection, name: str) -> DataState:
    """Return the state that a release names. Raises NoSuchStateError."""
    state = _find(connection, _states().join(t.release).where(t.release.c.name == name))
    if state is None:
        names = connection.scalars(select(t.release.c.name)).all()
        raise NoSuchStateError(f"there is no release {name!r}{did_you_mean(name, names)}")
    return state


def released_states(connection: Connection) -> list[DataState]:
    """Return the states that releases name, oldest first."""
    rows = connection.execute(_states().join(t.release).distinct().order_by(t.change.c.seq))
    return [DataState(row.seq, row.at, row.digest) for row in rows]


def _states() -> Select[Any]:
    return select(*STATE_COLUMNS)


def _numbered(seq: int) -> Select[Any]:
    return _states().where(t.change.c.seq == seq)


def _find(connection: Connection, statement: Select[Any]) -> DataState | None:
    row: Row[Any] | None = connection.execute(statement).one_or_none()
    return None if row is None else DataState(row.seq, row.at, row.digest)


def _at(connection: Connection, seq: int) -> datetime:
    at: datetime = connection.execute(_numbered(seq)).one().at
    return at
