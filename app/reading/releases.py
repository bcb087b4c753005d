"""Releases: the named states of the data."""

from typing import Any

from sqlalchemy import Connection, Row, Select, select

from app.reading.cursors import instant_key, text_key
from app.reading.listing import Listing
from app.tables import core as t


def releases() -> Listing:
    """Return the releases with their states, newest first; the caller sets `render`."""
    release = t.release.c
    order = (instant_key(release.created_at), text_key(release.name))
    return Listing(_releases(), order, descending=True)


def find_release(connection: Connection, name: str) -> Row[Any] | None:
    """Return the release of this name with its state, or None."""
    return connection.execute(_releases().where(t.release.c.name == name)).one_or_none()


def find_releases(connection: Connection) -> list[Row[Any]]:
    """Return all releases with their states, newest first."""
    release = t.release.c
    return list(connection.execute(_releases().order_by(release.created_at.desc(), release.name)))


def _releases() -> Select[Any]:
    release, change = t.release.c, t.change.c
    columns = (release.name, release.seq, release.created_at, change.at, change.digest)
    return select(*columns).join_from(t.release, t.change)
