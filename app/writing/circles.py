"""Circles of relations, of places, of tags and of houses: nothing is a part of itself."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain, islice
from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from app.domain.vocabulary import EntityKind
from app.records.models import Plain
from app.tables import core as t
from app.tables.rows import batches
from app.tables.wholes import WHOLES

# An error names at most this many entities of a circle.
_MAX_NAMED: Final = 10
# The links of one type: the ids of the targets of each entity. An entity without a link has no key.
_Targets = dict[str, list[str]]
# From a kind and some ids to the ids of the entities that are written.
_Rewritten = Callable[[EntityKind, Collection[str]], Collection[str]]


class Circle(NamedTuple):
    """Links of one type that lead from a written entity through others back to it.

    `ids` are the ids along the circle, without the return; at most as many as a message names.
    """

    kind: EntityKind
    type: str
    ids: Sequence[str]

    @property
    def pointer(self) -> str:
        """The pointer to the link in the record of the first entity."""
        return f"/{WHOLES[self.kind].field}" if self.kind in WHOLES else "/relations"

    def __str__(self) -> str:
        whole = len(self.ids) < _MAX_NAMED
        path = f" {self.type} ".join(map(repr, [*self.ids, self.ids[0]] if whole else self.ids))
        return f"the relations would form a circle: {path}{'' if whole else f' {self.type} …'}"


class WrittenLinks:
    """The links of entities that are written: to the whole of each, and relations of events.

    All types are one-way: a part, a sequel, a reply or an announcement cannot be its own.
    """

    def __init__(self) -> None:
        self._targets: dict[tuple[EntityKind, str], _Targets] = {}

    def add(self, kind: EntityKind, record: Plain) -> None:
        """Add the links of a record, in which survivors have replaced merged entities."""
        if kind is EntityKind.EVENT:
            for relation in record["relations"]:
                self._add(kind, relation["type"], record["id"], relation["event"])
        elif kind in WHOLES and (whole := record[WHOLES[kind].field]):
            self._add(kind, WHOLES[kind].field, record["id"], whole)

    def _add(self, kind: EntityKind, type_: str, slug: str, target: str) -> None:
        self._targets.setdefault((kind, type_), {}).setdefault(slug, []).append(target)

    def circles(self, connection: Connection, rewritten: _Rewritten) -> Iterator[Circle]:
        """Yield circles, such that each written entity in a circle is in one of them.

        The stored links of `rewritten` entities do not count. Circles of other entities, which older
        versions accepted, are ignored. Memory holds the written links, and those that follow.
        """
        for (kind, type_), written in self._targets.items():
            targets = dict(written)
            _follow(connection, kind, type_, targets, rewritten)
            for ids in _circles(targets, written):
                yield Circle(kind, type_, ids)


def _follow(
    connection: Connection,
    kind: EntityKind,
    type_: str,
    targets: _Targets,
    rewritten: _Rewritten,
) -> None:
    """Add the stored links of this type that begin at a target, until there are no further ones."""
    seen = {*targets}
    ends = {target for each in targets.values() for target in each} - seen
    while ends:
        seen |= ends
        further: set[str] = set()
        for slug, target in _stored(connection, kind, type_, ends - {*rewritten(kind, ends)}):
            targets.setdefault(slug, []).append(target)
            further.add(target)
        ends = further - seen


def _stored(
    connection: Connection, kind: EntityKind, type_: str, slugs: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield the stored links of this type that begin at these entities, as pairs of ids."""
    table = t.ENTITIES[kind]
    beginning, end = table.alias("beginning").c, table.alias("end").c
    relation = t.relation.c
    part, whole = relation.event_id, relation.target_id
    if kind in WHOLES:
        part, whole = WHOLES[kind].part, WHOLES[kind].whole
    statement = (
        select(beginning.slug, end.slug)
        .join_from(part.table, beginning.slug.table, beginning.id == part)
        .join(end.slug.table, end.id == whole)
    )
    if kind is EntityKind.EVENT:
        statement = statement.where(relation.type == type_)
    for batch in batches(sorted(slugs)):
        rows = connection.execute(statement.where(beginning.slug.in_(batch)))
        yield from ((slug, target) for slug, target in rows)


def _circles(targets: _Targets, written: Collection[str]) -> Iterator[Sequence[str]]:
    """Yield a circle for each link that closes one in a walk from the written entities.

    Each circle begins with a written entity; other circles are left out.
    """
    left: set[str] = set()
    for start in written:
        if start not in left:
            yield from _circles_from(start, targets, written, left)


def _circles_from(
    start: str, targets: _Targets, written: Collection[str], left: set[str]
) -> Iterator[Sequence[str]]:
    """Walk along the links, depth first; `left` has the entities that the walk is done with."""
    path, places = [start], {start: 0}
    # The places on the path of written entities.
    own = [0]
    walks = [iter(targets[start])]
    while walks:
        target = next(walks[-1], None)
        if target is None:
            walks.pop()
            done = path.pop()
            left.add(done)
            place = places.pop(done)
            if own and own[-1] == place:
                own.pop()
        elif target in places:
            first = bisect_left(own, places[target])
            if first < len(own):
                yield _from_place(path, places[target], own[first])
        elif target not in left:
            places[target] = len(path)
            if target in written:
                own.append(len(path))
            path.append(target)
            walks.append(iter(targets.get(target, ())))


def _from_place(path: Sequence[str], beginning: int, place: int) -> list[str]:
    """Return the circle of the path's end, from an entity in it; as many ids as a message needs."""
    along = chain(range(place, len(path)), range(beginning, place))
    return [path[each] for each in islice(along, _MAX_NAMED)]
