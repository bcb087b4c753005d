"""Filters of events as they are meant: by ids of survivors, without titles, in known spellings."""

from sqlalchemy import Connection

from app.documents.tombstone import find_survivors
from app.reading.merged_ids import mergeable_ids, with_survivors
from app.reading.names.known import with_known_people
from app.reading.names.titled import has_titles, without_titles
from app.reading.parameters.events import EventFilters


def as_meant(connection: Connection, filters: EventFilters) -> EventFilters:
    """Return the filters as an export understands them, all from the snapshot of the connection.

    The steps of `Reader.follow_whole`, which reads a snapshot for each, and names merged ids in the
    answer. An answer that is to be proved must read one snapshot only.
    """
    q = filters.q
    if q and has_titles(q):
        q = without_titles(connection, q)
    if q:
        q = with_known_people(connection, q)
    filters = filters.model_copy(update={"q": q})
    ids = mergeable_ids(filters)
    return with_survivors(filters, find_survivors(connection, ids)) if ids else filters
