"""The entities of each kind, for sitemaps: their number, their ids, and when they last changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, literal, select, union_all

from app.domain.vocabulary import EntityKind
from app.tables import core as t


def count_entities(connection: Connection) -> Mapping[EntityKind, int]:
    """Return the number of entities of each kind: one statement."""
    counts = union_all(
        *(
            select(literal(kind.value).label("kind"), func.count().label("number")).select_from(
                t.ENTITIES[kind]
            )
            for kind in EntityKind
        )
    )
    return {EntityKind(kind): number for kind, number in connection.execute(counts)}


def entities_changed(
    connection: Connection, kind: EntityKind, skipped: int, most: int
) -> Sequence[tuple[str, datetime]]:
    """Return the ids of some entities by id, each with the time of its last change: one statement."""
    table = t.ENTITIES[kind].c
    statement = select(table.slug, table.updated_at).order_by(table.slug)
    rows = connection.execute(statement.offset(skipped).limit(most))
    return [(slug, at) for slug, at in rows]
