"""Releases: permanent names for states of the data."""

from sqlalchemy import Connection, insert, select

from app.tables import core as t
from app.tables.clock import current_instant
from app.tables.log import STATE_COLUMNS, DataState, newest_change


class ReleaseError(ValueError):
    """The release cannot be created; the text says why."""


def create_release(connection: Connection, name: str, seq: int | None = None) -> DataState:
    """Name the state after a change, by default the newest, and return that state.

    A release is never moved, renamed or removed, so a citation of its name stays valid. Raises
    ReleaseError.
    """
    release, change = t.release.c, t.change.c
    taken = connection.scalar(select(release.seq).where(release.name == name))
    if taken is not None:
        raise ReleaseError(f"{name!r} already names change {taken}: a release never moves")
    newest = newest_change(connection, *STATE_COLUMNS)
    if newest is None:
        raise ReleaseError("there is nothing to release: nothing was ever written")
    state = DataState(*newest)
    if seq is not None and seq != state.seq:
        if not 1 <= seq <= state.seq:
            raise ReleaseError(f"there is no change {seq}: there are 1 to {state.seq}")
        _refuse_middle(connection, seq)
        chosen = select(*STATE_COLUMNS).where(change.seq == seq)
        state = DataState(*connection.execute(chosen).one())
    values = {"name": name, "seq": state.seq, "created_at": current_instant(connection)}
    connection.execute(insert(t.release).values(values))
    return state


def _refuse_middle(connection: Connection, seq: int) -> None:
    """Raise ReleaseError for a change that later changes of the same write follow."""
    change = t.change.c
    at = select(change.at).where(change.seq == seq).scalar_subquery()
    end = select(change.seq).where(change.at == at).order_by(change.seq.desc()).limit(1)
    if (last := connection.scalar(end)) != seq:
        raise ReleaseError(f"change {seq} is in the middle of a write, which ends with {last}")
