"""The values of properties of entities, for the columns of a table."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from app.documents.reconciliation.properties import (
    REFERRED,
    PropertyId,
    PropertyValues,
    values_of,
)
from app.documents.reconciliation.types import EntityId, read_id
from app.documents.tombstone import find_survivors
from app.reading.reconciling.entities import documents_of
from app.reading.reconciling.evidence import activity_values


class Extension(NamedTuple):
    """The values of each entity by the id that the client sent, and the documents of entities in them."""

    rows: Mapping[str, Mapping[PropertyId, PropertyValues]]
    referred: Mapping[EntityId, Mapping[str, Any]]


def find_extension(
    connection: Connection, ids: Sequence[str], wanted: Collection[PropertyId], space: str
) -> Extension:
    """Return the values of these properties; an id of no entity has none.

    Statements: one for each kind of entity, one for each kind of entities in values, one for each kind that
    has an activity, and, to follow merges, one for each kind of which an id is unknown.
    """
    given = {text: id_ for text in ids if (id_ := read_id(text, space))}
    documents = documents_of(connection, [*dict.fromkeys(given.values())])
    missing = [id_ for id_ in given.values() if id_ not in documents]
    survivors = {
        EntityId(*ended): EntityId(ended[0], survivor)
        for ended, survivor in find_survivors(connection, missing).items()
    }
    documents |= documents_of(connection, [*survivors.values()])
    has_activity = not {
        PropertyId.EVENTS,
        PropertyId.FIRST_EVENT,
        PropertyId.LAST_EVENT,
    }.isdisjoint(wanted)
    activity = activity_values(connection, [*documents]) if has_activity else {}
    rows = {}
    for text in ids:
        id_ = given.get(text)
        id_ = survivors.get(id_, id_) if id_ else None
        document = documents.get(id_) if id_ else None
        values = {}
        if id_ and document is not None:
            values = {**values_of(id_.kind, document), **activity.get(id_, {})}
        rows[text] = {name: values.get(name, PropertyValues()) for name in wanted}
    return Extension(rows, _referred(connection, rows, wanted))


def _referred(
    connection: Connection,
    rows: Mapping[str, Mapping[PropertyId, PropertyValues]],
    wanted: Collection[PropertyId],
) -> Mapping[EntityId, Mapping[str, Any]]:
    names = [name for name in REFERRED if name in wanted]
    ids = {id_ for row in rows.values() for name in names for id_ in row[name].entities}
    return documents_of(connection, sorted(ids))
