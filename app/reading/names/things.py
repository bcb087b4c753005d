"""Resolve a name to entities of any kind: participants, places, treaties, offices, publishers, tags."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from sqlalchemy import Connection, Table, select

from app.documents.pages import NamedEntity
from app.domain.names.around.offices import HeldOffice, held_office
from app.domain.names.folding import fold
from app.domain.names.fuzzy import match_fuzzily
from app.domain.names.half_typed import begins_in_order
from app.domain.names.matching import (
    SCORES,
    AskedName,
    Match,
    MatchKind,
    StoredName,
    asked_name,
    match,
)
from app.domain.names.readings import NameReading, readings
from app.domain.names.same_name import Bearer
from app.domain.values import CountryCode, LanguageMap
from app.domain.vocabulary import EntityKind, ParticipantKind
from app.reading.listing import Page
from app.reading.names.resolve import BEST_FIRST, name_match, participants_named
from app.reading.parameters.names import EntityNameQuery, NamedKind
from app.tables import core as t
from app.tables.utf8 import utf8

_THINGS: Mapping[NamedKind, Table] = {
    kind: t.ENTITIES[EntityKind(kind)] for kind in NamedKind if kind != NamedKind.PARTICIPANT
}
_HELD: Final = {
    MatchKind.OTHER_SPELLING: "It is {name}, an office of the country in the query.",
    MatchKind.PART_OF_NAME: "It is a part of {name}, an office of the country in the query.",
}
_MatchNames = Callable[[AskedName, Sequence[StoredName]], Match | None]


class NamedMatch(NamedTuple):
    """An entity, with the match of one of its names."""

    kind: EntityKind
    slug: str
    names: LanguageMap
    match: Match
    explanation: str = ""


class _Thing(NamedTuple):
    """An entity other than a participant, with its names; `country` is the one that holds an office."""

    kind: EntityKind
    slug: str
    names: LanguageMap
    stored: Sequence[StoredName]
    country: CountryCode | None


def resolve_entities(connection: Connection, query: EntityNameQuery) -> Page:
    """Return the likeliest entities, and their total number, with the statements of `entities_named`."""
    found = entities_named(connection, query.name, query.kind or [*NamedKind])
    items = [_item(each) for each in found[: query.limit]]
    return Page(items, query.limit, cursor=None, total=len(found))


def entities_named(
    connection: Connection,
    name: str,
    kinds: Collection[NamedKind],
    participants: Sequence[ParticipantKind] = (),
) -> list[NamedMatch]:
    """Return the entities of these kinds that a name may mean, the likeliest first.

    One statement for each kind of thing; participants, who may be of all `participants` kinds or of any,
    take the statements of `resolve`. Things are few, so their names are read and compared one by one.
    """
    things = [thing for kind in kinds if kind in _THINGS for thing in _things(connection, kind)]
    found = list(_certain(things, name))
    if NamedKind.PARTICIPANT in kinds:
        found += _participants(connection, name, participants)
    # A similar name counts only if nothing has the name itself.
    certain = [each for each in found if each.match.kind is not MatchKind.FUZZY]
    kept = certain or [*found, *_similar(things, name)]
    order = [*NamedKind]
    kept.sort(
        key=lambda f: (BEST_FIRST[f.match.kind], -f.match.score, order.index(NamedKind(f.kind)))
    )
    return kept


def named_so(connection: Connection, kind: EntityKind, typed: str) -> set[int]:
    """Return the keys of the things of a kind with a name or alias that begins so: one statement.

    If none begins so, they are the things that `resolve_entities` finds.
    """
    table = t.ENTITIES[kind]
    rows = connection.execute(select(table.c.id, table.c.slug, utf8(table.c.document))).all()
    begun = {
        row.id
        for row in rows
        if any(begins_in_order(typed, name.folded) for name in _names(row.document)[1])
    }
    if begun:
        return begun
    found = _certain([_Thing(kind, row.slug, *_names(row.document)) for row in rows], typed)
    slugs = {each.slug for each in found}
    return {row.id for row in rows if row.slug in slugs}


def _things(connection: Connection, kind: NamedKind) -> Iterator[_Thing]:
    table = _THINGS[kind]
    documents = select(table.c.slug, utf8(table.c.document)).order_by(table.c.slug)
    for row in connection.execute(documents):
        yield _Thing(EntityKind(kind), row.slug, *_names(row.document))


@lru_cache(maxsize=4096)
def _names(document: bytes) -> tuple[LanguageMap, Sequence[StoredName], CountryCode | None]:
    """Return the names and aliases in a document, and the country of an office. A tag has no aliases."""
    entity = json.loads(document)
    names = LanguageMap(**entity["names"])
    texts = [*names.model_dump().items(), *((None, alias) for alias in entity.get("aliases", ()))]
    stored = [StoredName(text, language, fold(text), "") for language, text in texts]
    return names, stored, entity.get("country")


def _certain(things: Sequence[_Thing], name: str) -> Iterator[NamedMatch]:
    """Yield the things that fit the first reading of the name that any of them fits.

    A title belongs to the name of an office, and no other thing has one.
    """
    names = [reading for reading in readings(name) if not reading.titled]
    offices = [thing for thing in things if thing.kind is EntityKind.OFFICE]
    held = held_office(name)
    yield from _held(offices, name, held) if held else _first(offices, names)
    yield from _first([thing for thing in things if thing.kind is not EntityKind.OFFICE], names)


def _first(things: Sequence[_Thing], names: Sequence[NameReading]) -> Sequence[NamedMatch]:
    """Return the things with the first of these names that any of them has."""
    found = (list(_as_read(things, name)) for name in names)
    return next(filter(None, found), [])


def _as_read(things: Sequence[_Thing], reading: NameReading) -> Iterator[NamedMatch]:
    """Yield the things with the name of a reading, each with the match of the whole text."""
    also = asked_name(reading.also)
    by_slug = {thing.slug: thing for thing in things} if reading.also else {}
    for found in _matching(things, reading.name, _match_thing):
        other = _match_thing(also, by_slug[found.slug].stored) if reading.also else None
        yield found._replace(match=reading.judge(found.match, other))


def _held(offices: Sequence[_Thing], name: str, held: HeldOffice) -> Iterator[NamedMatch]:
    """Yield the offices that have the whole name, and the country's offices that have the rest of it.

    `Ambassador of Russia` is another spelling of `Ambassador to Russia`, an office of the other side.
    """
    of_country = [office for office in offices if office.country == held.country]
    found = [
        *map(_as_held, _matching(of_country, held.name, _match_thing)),
        *_matching(of_country, name, _match_thing),
        *(f for f in _matching(offices, name, _match_thing) if f.match.kind is MatchKind.EXACT),
    ]
    found.sort(key=lambda each: each.match.score)
    yield from {each.slug: each for each in found}.values()


def _as_held(found: NamedMatch) -> NamedMatch:
    """Return an office that has a name without its country: never as the name itself."""
    kind, name = found.match.kind, found.match.name
    kind = MatchKind.OTHER_SPELLING if kind is MatchKind.EXACT else kind
    explanation = _HELD[kind].format(name=name.text)
    return found._replace(match=Match(kind, SCORES[kind], name), explanation=explanation)


def _similar(things: Sequence[_Thing], name: str) -> Iterator[NamedMatch]:
    *_, last = [reading.name for reading in readings(name) if not reading.titled]
    return _matching(things, last, _match_thing_fuzzily)


def _match_thing(asked: AskedName, names: Sequence[StoredName]) -> Match | None:
    return match(asked, names, Bearer.THING)


def _match_thing_fuzzily(asked: AskedName, names: Sequence[StoredName]) -> Match | None:
    return match_fuzzily(asked, names, Bearer.THING)


def _matching(things: Sequence[_Thing], name: str, matches: _MatchNames) -> Iterator[NamedMatch]:
    asked = asked_name(name)
    for thing in things:
        if agreement := matches(asked, thing.stored):
            yield NamedMatch(thing.kind, thing.slug, thing.names, agreement)


def _participants(
    connection: Connection, name: str, kinds: Sequence[ParticipantKind]
) -> Iterator[NamedMatch]:
    for document, agreement in participants_named(connection, name, kinds):
        participant = json.loads(document)
        names = LanguageMap(**participant["names"])
        yield NamedMatch(EntityKind.PARTICIPANT, participant["id"], names, agreement)


def _item(found: NamedMatch) -> bytes:
    match = name_match(found.match).model_dump()
    if found.explanation:
        match["explanation"] = found.explanation
    entity = NamedEntity(kind=found.kind, id=found.slug, names=found.names, **match)
    return entity.model_dump_json().encode()
