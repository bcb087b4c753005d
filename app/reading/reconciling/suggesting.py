"""Entities whose names begin as a user types, for a field that completes them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from app.documents.reconciliation.types import EntityId, TypeScope, read_beginning, read_id
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.listing import Listing, fetch_page
from app.reading.names.bearers import known_by_typed
from app.reading.names.things import named_so
from app.reading.parameters.common import PageRequest
from app.reading.parameters.entities import OfficeFilters, PlaceFilters, TreatyFilters
from app.reading.parameters.names import is_name
from app.reading.parameters.participants import ParticipantFilters
from app.reading.reconciling.entities import KnownEntity, find_entity
from app.tables import core as t

# A page of suggestions, and the most that a client may skip.
SUGGESTED: Final = 20
MOST_SKIPPED: Final = 1000


def suggest_entities(
    connection: Connection, typed: str, scope: TypeScope, skipped: int, space: str
) -> Sequence[KnownEntity]:
    """Return a page of entities with an id or a name that begins so, and their documents.

    Participants come first, those with the most events before others. One or two statements for each kind. An id
    takes those of `find_entity`, and one more if it is half typed.
    """
    given = read_id(typed, space)
    known = find_entity(connection, given) if given else None
    if known is not None:
        return [known][skipped:] if known.is_in(scope) else []
    beginning = read_beginning(typed, space)
    if beginning is not None:
        return _with_id(connection, beginning, scope, skipped + SUGGESTED)[skipped:]
    if not is_name(typed):
        return []
    found: list[KnownEntity] = []
    for kind in scope.kinds:
        missing = skipped + SUGGESTED - len(found)
        if missing > 0:
            found += _begin_so(connection, kind, typed, scope, missing)
    return found[skipped : skipped + SUGGESTED]


def _with_id(
    connection: Connection, beginning: EntityId, scope: TypeScope, limit: int
) -> list[KnownEntity]:
    """Return the entities of the scope whose id begins so, by id: one statement."""
    if beginning.kind not in scope.kinds:
        return []
    table = t.ENTITIES[beginning.kind].c
    conditions = [table.slug.startswith(beginning.slug, autoescape=True)]
    if beginning.kind is EntityKind.PARTICIPANT and scope.participants:
        conditions.append(table.kind.in_(scope.participants))
    listing = replace(lists.all_of(beginning.kind), make_conditions=lambda: conditions)
    return [*_read_page(connection, beginning.kind, listing, limit)]


def _begin_so(
    connection: Connection, kind: EntityKind, typed: str, scope: TypeScope, limit: int
) -> Iterator[KnownEntity]:
    return _read_page(connection, kind, _listing(connection, kind, typed, scope), limit)


def _read_page(
    connection: Connection, kind: EntityKind, listing: Listing, limit: int
) -> Iterator[KnownEntity]:
    page = fetch_page(connection, listing, PageRequest.model_construct(limit=limit), "")
    for item in page.items:
        document = json.loads(item)
        yield KnownEntity(EntityId(kind, document["id"]), document)


def _listing(connection: Connection, kind: EntityKind, typed: str, scope: TypeScope) -> Listing:
    if kind is EntityKind.PARTICIPANT:
        filters = ParticipantFilters(q=typed, kind=[*scope.participants])
        return lists.participants(filters, known=known_by_typed(connection, typed))
    named = named_so(connection, kind, typed)
    match kind:
        case EntityKind.PLACE:
            return lists.places(PlaceFilters(q=typed), named)
        case EntityKind.OFFICE:
            return lists.offices(OfficeFilters(q=typed), named)
    return lists.treaties(TreatyFilters(q=typed), named)
