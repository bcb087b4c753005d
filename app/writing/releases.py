"""Releases: names for states of the data, given once and for ever."""

from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from app.tables import core as t
from app.tables.database import current_instant


class ReleaseError(ValueError):
    """A release that cannot be made; the text says why."""


class NewRelease(NamedTuple):
    """A release that was made: the number of its last change, and the digest of the log up to it."""

    seq: int
    digest: str


def create_release(connection: Connection, name: str, seq: int | None = None) -> NewRelease:
    """Name the state after a change, or the present one; raises ReleaseError.

    A release is never moved, renamed or taken away: what was cited under its name stays what it was.
    """
    release, change = t.release.c, t.change.c
    taken = connection.scalar(select(release.seq).where(release.name == name))
    if taken is not None:
        raise ReleaseError(f"{name!r} is there already, after change {taken}, and is never moved")
    newest = select(change.seq, change.digest).order_by(change.seq.desc()).limit(1)
    last = connection.execute(newest).one_or_none()
    if last is None:
        raise ReleaseError("there is nothing to release: nothing was ever written")
    if seq is not None and not 1 <= seq <= last.seq:
        raise ReleaseError(f"there is no change {seq}: there are 1 to {last.seq}")
    if seq is not None:
        _refuse_middle(connection, seq)
    chosen = select(change.seq, change.digest).where(change.seq == (seq or last.seq))
    row = connection.execute(chosen).one()
    created_at = current_instant(connection)
    values = {"name": name, "seq": row.seq, "created_at": created_at}
    connection.execute(insert(t.release).values(values))
    return NewRelease(row.seq, row.digest)


def _refuse_middle(connection: Connection, seq: int) -> None:
    """Raise ReleaseError for a change with others of the same write after it."""
    change = t.change.c
    at = select(change.at).where(change.seq == seq).scalar_subquery()
    end = select(change.seq).where(change.at == at).order_by(change.seq.desc()).limit(1)
    if (last := connection.scalar(end)) != seq:
        raise ReleaseError(f"change {seq} is in the middle of a write, which ends with {last}")
