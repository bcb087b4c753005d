"""Places within places and tags below tags, to any depth, as SQL."""

from collections.abc import Sequence

from sqlalchemy import CTE, Select, select

from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.wholes import WHOLES


def keys_within(kind: EntityKind, slugs: Sequence[str]) -> Select[tuple[int]]:
    """Return the keys of these entities, and of all entities within them."""
    entity, whole = t.ENTITIES[kind].c, WHOLES[kind]
    wholes = select(entity.id).where(entity.slug.in_(slugs)).cte(f"{kind}_within", recursive=True)
    parts = select(whole.part).join(wholes, wholes.c.id == whole.whole)
    return select(wholes.union(parts).c.id)


def enclosures(kind: EntityKind) -> CTE:
    """Return a row for each entity and each entity that it lies within, itself included.

    The columns are `part_id` and `whole_id`.
    """
    entity, whole = t.ENTITIES[kind].c, WHOLES[kind]
    itself = select(entity.id.label("part_id"), entity.id.label("whole_id"))
    pairs = itself.cte(f"{kind}_enclosure", recursive=True)
    further = select(pairs.c.part_id, whole.whole).join(
        whole.part.table, whole.part == pairs.c.whole_id
    )
    return pairs.union(further)
