"""Entities of several kinds with their documents, by their ids."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from app.documents.reconciliation.types import EntityId, TypeScope
from app.documents.tombstone import find_survivors
from app.domain.vocabulary import EntityKind
from app.reading.listing import find_document, find_documents


class KnownEntity(NamedTuple):
    """An entity, and its document."""

    id: EntityId
    document: Mapping[str, Any]

    def is_in(self, scope: TypeScope) -> bool:
        """Return whether the entity has one of the types of the scope."""
        narrower = self.document["kind"] if self.id.kind is EntityKind.PARTICIPANT else None
        return scope.holds(self.id.kind, narrower)


def find_entity(connection: Connection, id_: EntityId) -> KnownEntity | None:
    """Return the entity with an id, or the one that took its place; None for an unknown id.

    One statement; an unknown id takes another, and a merged entity one more.
    """
    document = find_document(connection, *id_)
    if document is None and (survivor := find_survivors(connection, [id_]).get(id_)):
        id_ = EntityId(id_.kind, survivor)
        document = find_document(connection, *id_)
    return None if document is None else KnownEntity(id_, json.loads(document))


def documents_of(
    connection: Connection, ids: Sequence[EntityId]
) -> dict[EntityId, Mapping[str, Any]]:
    """Return the documents of the entities that exist among these: one statement for each kind."""
    found: dict[EntityId, Mapping[str, Any]] = {}
    for kind in dict.fromkeys(id_.kind for id_ in ids):
        slugs = [id_.slug for id_ in ids if id_.kind is kind]
        for text in find_documents(connection, kind, slugs):
            document = json.loads(text)
            found[EntityId(kind, document["id"])] = document
    return found
