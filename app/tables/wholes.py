"""Entities within entities of their kind: places in places, tags below tags, copies of a house.

They nest to any depth.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import CTE, Column, ColumnElement, Select, exists, select

from app.domain.vocabulary import EntityKind
from app.tables import core as t


class Whole(NamedTuple):
    """The field of a record that names the whole, and the columns with the keys of both.

    `relation` says in words how the part relates to the whole.
    """

    field: str
    relation: str
    part: Column[Any]
    whole: Column[Any]


WHOLES: Final[Mapping[EntityKind, Whole]] = {
    EntityKind.PLACE: Whole(
        "part_of",
        "the place within which it lies",
        t.place_part.c.place_id,
        t.place_part.c.whole_id,
    ),
    EntityKind.PUBLISHER: Whole(
        "house",
        "the house that it copies",
        t.publisher_house.c.publisher_id,
        t.publisher_house.c.house_id,
    ),
    EntityKind.TAG: Whole(
        "broader", "the broader tag", t.tag_broader.c.tag_id, t.tag_broader.c.broader_id
    ),
}


def keys_within(kind: EntityKind, named: ColumnElement[bool]) -> Select[tuple[int]]:
    """Return the keys of the entities that meet the condition, and of all entities within them."""
    key, whole = t.ENTITIES[kind].c.id, WHOLES[kind]
    wholes = select(key).where(named).cte(f"{kind}_within", recursive=True)
    parts = select(whole.part).join(wholes, wholes.c.id == whole.whole)
    return select(wholes.union(parts).c.id)


def enclosures(kind: EntityKind) -> CTE:
    """Return a row for each entity and each entity that it lies within, itself included.

    The columns are `part_id` and `whole_id`.
    """
    key, whole = t.ENTITIES[kind].c.id, WHOLES[kind]
    itself = select(key.label("part_id"), key.label("whole_id"))
    pairs = itself.cte(f"{kind}_enclosure", recursive=True)
    further = select(pairs.c.part_id, whole.whole).join(
        whole.part.table, whole.part == pairs.c.whole_id
    )
    return pairs.union(further)


def outermost(kind: EntityKind) -> CTE:
    """Return a row for each entity and the outermost entity that it lies within, perhaps itself.

    The columns are `part_id` and `whole_id`. Entities of a circle, which only the state in the middle
    of a write may have, are absent.
    """
    key, whole = t.ENTITIES[kind].c.id, WHOLES[kind]
    on_top = select(key.label("part_id"), key.label("whole_id")).where(
        ~exists().where(whole.part == key)
    )
    pairs = on_top.cte(f"{kind}_outermost", recursive=True)
    parts = select(whole.part, pairs.c.whole_id).join(pairs, pairs.c.part_id == whole.whole)
    return pairs.union(parts)
