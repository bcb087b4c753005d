"""Whole lists, a row at a time: what exports read, in the order of the pages and without their end."""

from collections.abc import Generator

from sqlalchemy import Connection, select

from app.reading.paging import Listing, in_order
from app.tables import core as t


def data_version(connection: Connection) -> bytes:
    """A word that is another one after every write: the last change, and when it was made."""
    change = t.change.c
    newest = select(change.seq, change.at).order_by(change.seq.desc()).limit(1)
    row = connection.execute(newest).first()
    return b"empty" if row is None else f"{row.seq} {row.at.isoformat()}".encode()


def stream_items(connection: Connection, listing: Listing) -> Generator[str, None, None]:
    """Every item of the list as JSON, in its order: one statement, read as far as it is asked for."""
    with connection.execute(in_order(listing, listing.statement)) as rows:
        for row in rows:
            yield listing.render(row)
