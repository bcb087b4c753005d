"""The documents and search rows that show another entity, and so change with it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Column, Select, or_, select

from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.wholes import enclosures

# From the keys of changed entities to a select of pairs: the key of an entity that shows one of them,
# `owner`, and the key of that one, `shown`.
_Shows = Callable[[Sequence[int]], Select[Any]]


def _naming(owner: Column[Any], reference: Column[Any]) -> _Shows:
    pairs = select(owner.label("owner"), reference.label("shown"))
    return lambda keys: pairs.where(reference.in_(keys))


def _sources_of(publishers: Sequence[int]) -> Select[Any]:
    """Select the sources that name these publishers, or publishers that copy them."""
    source, copies = t.source.c, enclosures(EntityKind.PUBLISHER)
    named = or_(source.publisher_id == copies.c.part_id, source.agency_id == copies.c.part_id)
    return (
        select(source.id.label("owner"), copies.c.whole_id.label("shown"))
        .join(copies, named)
        .where(copies.c.whole_id.in_(publishers))
    )


def _events_of_publishers(publishers: Sequence[int]) -> Select[Any]:
    citation, sources = t.citation.c, _sources_of(publishers).subquery()
    return select(citation.event_id.label("owner"), sources.c.shown).join(
        sources, sources.c.owner == citation.source_id
    )


def _events_with_tags(tags: Sequence[int]) -> Select[Any]:
    event_tag, tag = t.event_tag.c, t.tag.c
    return (
        select(event_tag.event_id.label("owner"), tag.id.label("shown"))
        .join_from(t.event_tag, t.tag, tag.slug == event_tag.tag)
        .where(tag.id.in_(tags))
    )


_PART = t.participation.c
# By the kind that shows others: those others.
SHOWN_IN: Final[Mapping[EntityKind, Sequence[tuple[EntityKind, _Shows]]]] = {
    EntityKind.SOURCE: ((EntityKind.PUBLISHER, _sources_of),),
    EntityKind.EVENT: (
        (EntityKind.PARTICIPANT, _naming(_PART.event_id, _PART.participant_id)),
        (EntityKind.OFFICE, _naming(_PART.event_id, _PART.office_id)),
        (EntityKind.SOURCE, _naming(t.citation.c.event_id, t.citation.c.source_id)),
        (EntityKind.PUBLISHER, _events_of_publishers),
        (EntityKind.PLACE, _naming(t.event_place.c.event_id, t.event_place.c.place_id)),
        (EntityKind.TREATY, _naming(t.event.c.id, t.event.c.treaty_id)),
        (EntityKind.TAG, _events_with_tags),
        (EntityKind.EVENT, _naming(t.relation.c.event_id, t.relation.c.target_id)),
    ),
}
