"""Find the entity that an id in a query names."""

from fastapi import Request
from sqlalchemy import Connection

from app.api.problems.catalogue import NotFound
from app.api.routes.reconciliation.router import id_space
from app.documents.reconciliation.types import EntityId, read_id
from app.reading.reconciling.entities import KnownEntity, find_entity


def named_entity(request: Request, text: str) -> EntityId:
    """Return the id; raises NotFound for a text that is none."""
    named = read_id(text, id_space(request))
    if named is None:
        raise NotFound(
            f"id: {text[:100]!r} is no id of an entity; one has a kind and a name, such as places/moscow"
        )
    return named


def existing_entity(connection: Connection, id_: EntityId) -> KnownEntity:
    """Return the entity with an id, or the one that took its place; raises NotFound."""
    known = find_entity(connection, id_)
    if known is None:
        raise NotFound(f"id: no entity has the id {str(id_)!r}")
    return known
