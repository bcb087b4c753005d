"""Circles of relations, of places, of tags and of houses: nothing is a part of itself."""

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from app.domain.vocabulary import EntityKind, KindAndSlug
from app.records.models import Plain
from app.tables import core as t
from app.tables.rows import batches
from app.tables.wholes import WHOLES

# An error names at most this many entities of a circle.
_MAX_NAMED: Final = 10
# So many circles of one type are found at most: each takes a walk.
_MAX_CIRCLES: Final = 100
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
        self._targets: dict[KindAndSlug, _Targets] = {}

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
        """Yield circles, such that each written entity in a circle is in one of them, up to 100 circles.

        The stored links of `rewritten` entities do not count. Circles of other entities, which older
        versions accepted, are ignored. Memory holds the written links, and those that follow.
        """
        for (kind, type_), written in self._targets.items():
            targets = dict(written)
            _follow(connection, kind, type_, targets, rewritten)
            for ids in islice(_circles(targets, written), _MAX_CIRCLES):
                yield Circle(kind, type_, ids[:_MAX_NAMED])


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
    """Yield shortest circles, until each written entity that is in a circle is in one of them.

    Each circle begins with its first written entity; circles without one are left out.
    """
    order = {slug: number for number, slug in enumerate(written)}
    for group in _groups(targets, written):
        left = group.intersection(written)
        for start in sorted(left, key=order.__getitem__):
            if start in left:
                circle = _shortest_circle(start, targets, group)
                left.difference_update(circle)
                yield circle


def _groups(targets: _Targets, starts: Iterable[str]) -> Iterator[set[str]]:
    """Yield the groups of entities, among those that the starts lead to, that lead to one another.

    An entity alone is a group if it leads to itself. This is Tarjan's algorithm, without recursion.
    """
    numbers: dict[str, int] = {}
    # The lowest number that an entity is known to lead to, among those without a group.
    lowest: dict[str, int] = {}
    ungrouped: list[str] = []
    for start in starts:
        walks = [] if start in numbers else [(start, iter(targets.get(start, ())))]
        while walks:
            slug, ends = walks[-1]
            if slug not in numbers:
                numbers[slug] = lowest[slug] = len(numbers)
                ungrouped.append(slug)
            end = next(ends, None)
            if end is None:
                walks.pop()
                if walks:
                    before = walks[-1][0]
                    lowest[before] = min(lowest[before], lowest[slug])
                if lowest[slug] == numbers[slug]:
                    group = set(_taken_from(ungrouped, slug))
                    # No later link to it leads back.
                    numbers.update(dict.fromkeys(group, sys.maxsize))
                    if len(group) > 1 or slug in targets.get(slug, ()):
                        yield group
            elif end not in numbers:
                walks.append((end, iter(targets.get(end, ()))))
            else:
                lowest[slug] = min(lowest[slug], numbers[end])


def _taken_from(stack: list[str], slug: str) -> Iterator[str]:
    """Take the entities from the end of the stack to this one, and yield them."""
    taken = ""
    while taken != slug:
        taken = stack.pop()
        yield taken


def _shortest_circle(start: str, targets: _Targets, group: Collection[str]) -> Sequence[str]:
    """Return the ids along a shortest circle from an entity of a group back to it."""
    before: dict[str, str] = {}
    front = [start]
    while start not in before:
        reached = [(end, slug) for slug in front for end in targets.get(slug, ()) if end in group]
        front = [end for end, slug in reached if before.setdefault(end, slug) is slug]
    backwards = [before[start]]
    while backwards[-1] != start:
        backwards.append(before[backwards[-1]])
    return backwards[::-1]
