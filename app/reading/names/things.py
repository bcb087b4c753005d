"""Resolve a name to entities of any kind: participants, places, treaties, offices, publishers, tags."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection, Table, select

from app.documents.pages import NamedEntity
from app.domain.names.folding import fold
from app.domain.names.fuzzy import match_fuzzily
from app.domain.names.half_typed import begins_in_order
from app.domain.names.matching import AskedName, Match, MatchKind, StoredName, asked_name, match
from app.domain.names.readings import readings
from app.domain.names.same_name import Bearer
from app.domain.values import LanguageMap
from app.domain.vocabulary import EntityKind
from app.reading.listing import Page
from app.reading.names.resolve import BEST_FIRST, name_match, participants_named
from app.reading.parameters.names import EntityNameQuery, NamedKind
from app.tables import core as t
from app.tables.utf8 import utf8

_THINGS: Mapping[NamedKind, Table] = {
    kind: t.ENTITIES[EntityKind(kind)] for kind in NamedKind if kind != NamedKind.PARTICIPANT
}
_MatchNames = Callable[[AskedName, Sequence[StoredName]], Match | None]


class _Found(NamedTuple):
    """An entity, with the match of one of its names."""

    kind: EntityKind
    slug: str
    names: LanguageMap
    match: Match


class _Thing(NamedTuple):
    """An entity other than a participant, with its names."""

    kind: EntityKind
    slug: str
    names: LanguageMap
    stored: Sequence[StoredName]


def resolve_entities(connection: Connection, query: EntityNameQuery) -> Page:
    """Return the likeliest entities, and their total number: one statement for each kind of thing.

    Participants take the statements of `resolve`. Things are few, so their names are read and compared
    one by one.
    """
    kinds = query.kind or [*NamedKind]
    things = [thing for kind in kinds if kind in _THINGS for thing in _things(connection, kind)]
    found = list(_certain(things, query.name))
    if NamedKind.PARTICIPANT in kinds:
        found += _participants(connection, query.name)
    # A similar name counts only if nothing has the name itself.
    certain = [each for each in found if each.match.kind is not MatchKind.FUZZY]
    kept = certain or [*found, *_similar(things, query.name)]
    order = [*NamedKind]
    kept.sort(
        key=lambda f: (BEST_FIRST[f.match.kind], -f.match.score, order.index(NamedKind(f.kind)))
    )
    items = [_item(each) for each in kept[: query.limit]]
    return Page(items, query.limit, cursor=None, total=len(kept))


def named_so(connection: Connection, kind: EntityKind, typed: str) -> set[int]:
    """Return the keys of the things of a kind with a name or alias that begins so: one statement."""
    table = t.ENTITIES[kind]
    return {
        row.id
        for row in connection.execute(select(table.c.id, utf8(table.c.document)))
        if any(begins_in_order(typed, name.folded) for name in _names(row.document)[1])
    }


def _things(connection: Connection, kind: NamedKind) -> Iterator[_Thing]:
    table = _THINGS[kind]
    for row in connection.execute(
        select(table.c.slug, utf8(table.c.document)).order_by(table.c.slug)
    ):
        names, stored = _names(row.document)
        yield _Thing(EntityKind(kind), row.slug, names, stored)


@lru_cache(maxsize=4096)
def _names(document: bytes) -> tuple[LanguageMap, Sequence[StoredName]]:
    """Return the names and aliases in a document. A tag has no aliases."""
    entity = json.loads(document)
    names = LanguageMap(**entity["names"])
    texts = [*names.model_dump().items(), *((None, alias) for alias in entity.get("aliases", ()))]
    return names, [StoredName(text, language, fold(text), "") for language, text in texts]


def _certain(things: Sequence[_Thing], name: str) -> Iterator[_Found]:
    """Yield the things that fit the first reading of the name that any of them fits."""
    for reading in readings(name):
        found = list(_matching(things, reading.name, _match_thing))
        if found:
            yield from found
            return


def _similar(things: Sequence[_Thing], name: str) -> Iterator[_Found]:
    return _matching(things, readings(name)[-1].name, _match_thing_fuzzily)


def _match_thing(asked: AskedName, names: Sequence[StoredName]) -> Match | None:
    return match(asked, names, Bearer.THING)


def _match_thing_fuzzily(asked: AskedName, names: Sequence[StoredName]) -> Match | None:
    return match_fuzzily(asked, names, Bearer.THING)


def _matching(things: Sequence[_Thing], name: str, matches: _MatchNames) -> Iterator[_Found]:
    asked = asked_name(name)
    for thing in things:
        if agreement := matches(asked, thing.stored):
            yield _Found(thing.kind, thing.slug, thing.names, agreement)


def _participants(connection: Connection, name: str) -> Iterator[_Found]:
    for document, agreement in participants_named(connection, name):
        participant = json.loads(document)
        names = LanguageMap(**participant["names"])
        yield _Found(EntityKind.PARTICIPANT, participant["id"], names, agreement)


def _item(found: _Found) -> bytes:
    entity = NamedEntity(
        kind=found.kind,
        id=found.slug,
        names=found.names,
        **name_match(found.match).model_dump(),
    )
    return entity.model_dump_json().encode()
