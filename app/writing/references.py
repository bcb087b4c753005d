"""What a record refers to, and the integer keys that the ids stand for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, select

from app.domain.vocabulary import EntityKind
from app.records import Plain
from app.tables import core as t
from app.tables.rows import batches

Keys = dict[tuple[EntityKind, str], int]


class Reference(NamedTuple):
    """An id that a record names, and where in the record."""

    pointer: str
    kind: EntityKind
    slug: str


def references(kind: EntityKind, record: Plain) -> Iterator[Reference]:
    """Every id that the record names, in its order."""
    if kind is EntityKind.PARTICIPANT:
        for i, position in enumerate(record["positions"]):
            if position["organisation"] is not None:
                pointer = f"/positions/{i}/organisation"
                yield Reference(pointer, EntityKind.PARTICIPANT, position["organisation"])
    elif kind is EntityKind.EVENT:
        yield from _event_references(record)


def _event_references(event: Plain) -> Iterator[Reference]:
    if event["place"] is not None:
        yield Reference("/place", EntityKind.PLACE, event["place"])
    for i, participant in enumerate(event["participants"]):
        yield Reference(f"/participants/{i}/id", EntityKind.PARTICIPANT, participant["id"])
    if event["treaty"] is not None:
        yield Reference("/treaty", EntityKind.TREATY, event["treaty"])
    for i, relation in enumerate(event["relations"]):
        yield Reference(f"/relations/{i}/event", EntityKind.EVENT, relation["event"])
    for i, citation in enumerate(event["sources"]):
        yield Reference(f"/sources/{i}", EntityKind.SOURCE, citation["source"])


def find_keys(connection: Connection, wanted: Iterable[tuple[EntityKind, str]]) -> Keys:
    """The integer keys of those of the wanted entities that are there."""
    slugs: dict[EntityKind, list[str]] = defaultdict(list)
    for kind, slug in dict.fromkeys(wanted):
        slugs[kind].append(slug)
    return {
        (kind, row.slug): row.id
        for kind in slugs
        for batch in batches(slugs[kind])
        for row in connection.execute(
            select(t.ENTITIES[kind].c.slug, t.ENTITIES[kind].c.id).where(
                t.ENTITIES[kind].c.slug.in_(batch)
            )
        )
    }
