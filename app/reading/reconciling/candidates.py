"""The entities that a row of a table may mean, with a score for each and its reasons."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection

from app.documents.reconciliation.types import EntityId, TypeScope, read_id, scope_of
from app.domain.names.matching import MatchKind
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.listing import Listing, stream_items
from app.reading.names.things import entities_named
from app.reading.parameters.entities import OfficeFilters, PlaceFilters, TreatyFilters
from app.reading.parameters.names import NamedKind, is_name
from app.reading.parameters.participants import ParticipantFilters
from app.reading.parameters.reconciliation import ReconciliationQuery, TypeStrictness
from app.reading.reconciling.entities import KnownEntity, documents_of, find_entity
from app.reading.reconciling.evidence import (
    AskedProperty,
    Evidence,
    Verdicts,
    evidence_of,
    find_meanings,
    find_verdicts,
)

# The name counts as much as two properties.
_NAME_WEIGHT: Final = 2
# A name that more entities have in it, such as Kim, decides little.
_MOST_COMPARED: Final = 100
# Without a name, every entity of a kind is compared, up to this number.
_MOST_SCANNED: Final = 1000


@dataclass(frozen=True)
class RowCandidate:
    """An entity that a row may mean.

    `name` is the likeness of its name, from 0 to 1; None for a row without a name. `certain` is whether the
    row gives its id, or a name that it alone has, and nothing that contradicts it.
    """

    id: EntityId
    document: Mapping[str, Any]
    name: float | None
    evidence: Evidence
    certain: bool

    @property
    def score(self) -> float:
        """The mean of the name, which counts twice, and of the properties that are known, from 0 to 100."""
        known = [float(agrees) for agrees in self.evidence.values()]
        if self.name is not None:
            known += [self.name] * _NAME_WEIGHT
        return round(100 * sum(known) / len(known), 2) if known else 0.0


@dataclass(frozen=True)
class _ByName:
    compared: KnownEntity
    name: float | None
    exact: bool = False


def find_candidates(
    connection: Connection, query: ReconciliationQuery, space: str
) -> list[RowCandidate]:
    """Return the likeliest entities for a row, the likeliest first.

    A row may give an id, also after the URL `space` with which ids begin. A text that can be no name has no
    candidate. `entities_named`, the documents of each kind and `find_verdicts` take statements.
    """
    meanings = find_meanings(connection, query.properties)
    if not query.query.strip():
        return _without_name(connection, query, meanings)
    given = _given(connection, query, read_id(query.query, space))
    named = given or _named(connection, query)
    verdicts = find_verdicts(connection, [each.compared for each in named], meanings)
    evidence = [evidence_of(meanings, each) for each in verdicts]
    unique = sum(each.exact for each in named) == 1
    candidates = [
        RowCandidate(
            *each.compared,
            each.name,
            known,
            certain=each.exact and unique and all(known.values()),
        )
        for each, known in zip(named, evidence, strict=True)
    ]
    # Equal scores stay in the order of `entities_named`.
    return sorted(candidates, key=lambda each: -each.score)[: query.most]


def _given(
    connection: Connection, query: ReconciliationQuery, id_: EntityId | None
) -> list[_ByName]:
    """Return the entity with an id, or the one that took its place."""
    found = None if id_ is None else find_entity(connection, id_)
    if found is None or not _is_wanted(query, found):
        return []
    return [_ByName(found, name=1.0, exact=True)]


def _named(connection: Connection, query: ReconciliationQuery) -> list[_ByName]:
    if not is_name(query.query):
        return []
    scope = query.scope
    kinds = [NamedKind(kind) for kind in scope.kinds]
    found = entities_named(connection, query.query, kinds, scope.participants)[:_MOST_COMPARED]
    ids = [EntityId(each.kind, each.slug) for each in found]
    documents = documents_of(connection, ids)
    named = (
        _ByName(
            KnownEntity(id_, documents[id_]),
            each.match.score,
            exact=each.match.kind is MatchKind.EXACT,
        )
        for id_, each in zip(ids, found, strict=True)
    )
    return [each for each in named if _is_wanted(query, each.compared)]


def _is_wanted(query: ReconciliationQuery, each: KnownEntity) -> bool:
    if query.type_strict is TypeStrictness.ALL:
        return all(each.is_in(scope_of([type_])) for type_ in query.type)
    return each.is_in(query.scope)


def _without_name(
    connection: Connection, query: ReconciliationQuery, meanings: Sequence[AskedProperty]
) -> list[RowCandidate]:
    """Return the first entities that have every property, in the order of their ids."""
    # An empty cell says nothing. Any other value that means nothing here is one that no entity has.
    if not 0 < len([each for each in query.properties if each.texts]) == len(meanings):
        return []
    found = (
        RowCandidate(*each, name=None, evidence=evidence_of(meanings, verdicts), certain=False)
        for kind in query.scope.kinds
        for each, verdicts in _scan(connection, kind, query.scope, meanings)
        if all(verdicts)
        if _is_wanted(query, each)
    )
    return [*islice(found, query.most)]


def _scan(
    connection: Connection, kind: EntityKind, scope: TypeScope, meanings: Sequence[AskedProperty]
) -> Iterator[tuple[KnownEntity, Verdicts]]:
    items = islice(stream_items(connection, _everything(kind, scope)), _MOST_SCANNED)
    documents = [json.loads(item) for item in items]
    compared = [KnownEntity(EntityId(kind, each["id"]), each) for each in documents]
    yield from zip(compared, find_verdicts(connection, compared, meanings), strict=True)


def _everything(kind: EntityKind, scope: TypeScope) -> Listing:
    match kind:
        case EntityKind.PARTICIPANT:
            return lists.participants(ParticipantFilters(kind=[*scope.participants]))
        case EntityKind.PLACE:
            return lists.places(PlaceFilters())
        case EntityKind.OFFICE:
            return lists.offices(OfficeFilters())
    return lists.treaties(TreatyFilters())
