"""Circles of relations, of places, of tags and of houses: nothing is a part of itself."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from sqlalchemy import Connection, Table, select

from app.domain.vocabulary import EntityKind, RelationType
from app.records.models import Plain
from app.tables import core as t
from app.tables.rows import batches
from app.tables.wholes import WHOLES, Whole

# An error names at most this many events of a circle.
_MAX_NAMED = 10
# The relations of one type: the keys of the targets of each entity.
_Targets = Mapping[int, Sequence[int]]


class CircleError(Exception):
    """Relations of one type would lead from an entity through others back to it.

    `ids` are the ids along the circle; the first is the last as well. `pointer` leads to the relation
    in the record of any of them.
    """

    def __init__(self, kind: EntityKind, type_: str, ids: Sequence[str]) -> None:
        path = f" {type_} ".join(map(repr, ids[:_MAX_NAMED]))
        more = f" {type_} …" if len(ids) > _MAX_NAMED else ""
        super().__init__(f"the relations would form a circle: {path}{more}")
        self.kind = kind
        self.ids = ids
        self.pointer = f"/{WHOLES[kind].field}" if kind in WHOLES else "/relations"


def has_relations(kind: EntityKind, record: Plain) -> bool:
    """Return whether the record may be part of a circle."""
    field = WHOLES[kind].field if kind in WHOLES else "relations"
    return bool(record.get(field))


def refuse_circles(connection: Connection, written: Mapping[EntityKind, Sequence[int]]) -> None:
    """Raise CircleError if one of these entities is in a circle of relations of one type.

    All types are one-way: a part, a sequel, a reply or an announcement cannot be its own. Circles of
    other events, which older versions accepted, are ignored. Memory holds the relations that begin at
    the events, and those that follow: some 600 bytes for each. It holds the wholes of all places,
    tags and publishers.
    """
    events = written.get(EntityKind.EVENT, ())
    for type_, targets in _find_relations(connection, events).items():
        if circle := _find_circle(targets, events):
            raise CircleError(EntityKind.EVENT, type_, _slugs(connection, t.event, circle))
    for kind, whole in WHOLES.items():
        parts = written.get(kind, ())
        if parts and (circle := _find_circle(_find_wholes(connection, whole), parts)):
            raise CircleError(kind, whole.field, _slugs(connection, t.ENTITIES[kind], circle))


def _find_wholes(connection: Connection, whole: Whole) -> _Targets:
    rows = connection.execute(select(whole.part, whole.whole))
    return {part: [target] for part, target in rows}


def _find_relations(
    connection: Connection, written: Sequence[int]
) -> dict[RelationType, dict[int, list[int]]]:
    """Return the relations of the events, of their targets, and so on, along each type."""
    relation = t.relation.c
    found: dict[RelationType, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for batch in batches(written):
        statement = select(relation.type, relation.event_id, relation.target_id)
        for type_, event, target in connection.execute(
            statement.where(relation.event_id.in_(batch))
        ):
            found[type_][event].append(target)
    for type_, targets in found.items():
        _follow(connection, type_, targets)
    return found


def _follow(connection: Connection, type_: RelationType, targets: dict[int, list[int]]) -> None:
    """Add the relations of this type that begin at a target, until there are no further ones."""
    relation = t.relation.c
    ends = {target for each in targets.values() for target in each}
    seen = ends | targets.keys()
    ends -= targets.keys()
    while ends:
        further: set[int] = set()
        for batch in batches([*ends]):
            statement = select(relation.event_id, relation.target_id).where(
                relation.event_id.in_(batch), relation.type == type_
            )
            for event, target in connection.execute(statement):
                targets[event].append(target)
                further.add(target)
        ends = further - seen
        seen |= ends


def _find_circle(targets: _Targets, written: Collection[int]) -> Sequence[int] | None:
    """Return a circle with a written entity in it, beginning and ending there; None without one."""
    try:
        TopologicalSorter(targets).prepare()
    except CycleError:
        # Rare, so this may be slower: the sorter may have found another circle.
        return next(filter(None, (_path_back(targets, each) for each in written)), None)
    return None


def _path_back(targets: _Targets, start: int) -> Sequence[int] | None:
    """Return the shortest path along the relations from an entity back to it."""
    paths: list[tuple[int, ...]] = [(start,)]
    seen: set[int] = set()
    for path in paths:
        for target in targets.get(path[-1], ()):
            if target == start:
                return (*path, start)
            if target not in seen:
                seen.add(target)
                paths.append((*path, target))
    return None


def _slugs(connection: Connection, table: Table, keys: Sequence[int]) -> list[str]:
    rows = connection.execute(select(table.c.id, table.c.slug).where(table.c.id.in_(keys)))
    slugs = {row.id: row.slug for row in rows}
    return [slugs[key] for key in keys]
