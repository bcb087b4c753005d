"""The documents and search rows that show another entity, and so change with it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Column, Select, select

from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.wholes import keys_within

# From the keys of changed entities to a select of the keys of the entities that show them.
_Shows = Callable[[Sequence[int]], Select[Any]]


def _naming(owner: Column[Any], reference: Column[Any]) -> _Shows:
    return lambda keys: select(owner).where(reference.in_(keys))


def _sources_of(publishers: Sequence[int]) -> Select[Any]:
    """Select the sources that name these publishers, or publishers that copy them."""
    source = t.source.c
    copies = keys_within(EntityKind.PUBLISHER, t.publisher.c.id.in_(publishers))
    return select(source.id).where(source.publisher_id.in_(copies) | source.agency_id.in_(copies))


def _events_of_publishers(publishers: Sequence[int]) -> Select[Any]:
    citation = t.citation.c
    return select(citation.event_id).where(citation.source_id.in_(_sources_of(publishers)))


def _events_with_tags(tags: Sequence[int]) -> Select[Any]:
    slugs = select(t.tag.c.slug).where(t.tag.c.id.in_(tags))
    return select(t.event_tag.c.event_id).where(t.event_tag.c.tag.in_(slugs))


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
    ),
}
