"""The values that events have, by which they are counted: rows of a value and an event's key."""

from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, FromClause, func

from app.documents.counting import Facet
from app.domain.vocabulary import EntityKind
from app.reading.houses import join_houses
from app.tables import core as t
from app.tables.wholes import enclosures


class Pairs(NamedTuple):
    """Rows of a value, in one or more columns, and the key of an event that has it."""

    values: tuple[ColumnElement[Any], ...]
    event: ColumnElement[int]
    rows: FromClause


_PLACES: Final = t.event_place.join(t.place)
_SOURCES: Final = t.citation.join(t.source)
_OFFICES: Final = t.participation.join(t.office)
_EVENT, _PLACED = t.event.c.id, t.event_place.c.event_id
_CITING, _TAKING_PART = t.citation.c.event_id, t.participation.c.event_id
# Facets of which an event has one value at most, in its row or in one that it refers to.
OF_EVENT: Final = {
    Facet.TYPE: Pairs((t.event.c.type,), _EVENT, t.event),
    Facet.SUBTYPE: Pairs((t.event.c.subtype,), _EVENT, t.event),
    Facet.STATUS: Pairs((t.event.c.status,), _EVENT, t.event),
    Facet.CONFIDENCE: Pairs((t.event.c.confidence,), _EVENT, t.event),
    Facet.TREATY: Pairs((t.treaty.c.slug,), _EVENT, t.event.join(t.treaty)),
}
# Facets of the manner of a participation.
OF_MANNER: Final = {
    Facet.ROLE: Pairs((t.participation.c.role,), _TAKING_PART, t.participation),
    Facet.SIDE: Pairs((t.participation.c.side,), _TAKING_PART, t.participation),
    Facet.OFFICE: Pairs((t.office.c.slug,), _TAKING_PART, _OFFICES),
    Facet.RANK: Pairs((t.office.c.rank,), _TAKING_PART, _OFFICES),
}
# Facets with several values per event.
_OF_ROWS: Final = {
    Facet.PARTICIPANT: Pairs(
        (t.participant.c.slug,), _TAKING_PART, t.participation.join(t.participant)
    ),
    Facet.PLACE: Pairs((t.place.c.slug,), _PLACED, _PLACES),
    Facet.COUNTRY: Pairs((t.place.c.country,), _PLACED, _PLACES),
    Facet.TAG: Pairs((t.event_tag.c.tag,), t.event_tag.c.event_id, t.event_tag),
    Facet.PUBLISHER: Pairs(
        (t.publisher.c.slug,),
        _CITING,
        _SOURCES.join(t.publisher, t.publisher.c.id == t.source.c.publisher_id),
    ),
    Facet.AGENCY: Pairs(
        (t.publisher.c.slug,),
        _CITING,
        _SOURCES.join(t.publisher, t.publisher.c.id == t.source.c.agency_id),
    ),
    Facet.HOUSE: Pairs((t.publisher.c.slug,), _CITING, join_houses(_SOURCES)),
}


def facet_pairs(facet: Facet, *, within: bool) -> Pairs:
    """Return the values of a facet; `within` adds the wholes of places, and broader tags."""
    if within and facet is Facet.PLACE:
        return _enclosing_places()
    if within and facet is Facet.TAG:
        return _broader_tags()
    return (OF_EVENT | OF_MANNER | _OF_ROWS)[facet]


def _enclosing_places() -> Pairs:
    """Return an event's places, and each place within which one of them lies."""
    pairs, of = enclosures(EntityKind.PLACE), t.event_place
    rows = of.join(pairs, pairs.c.part_id == of.c.place_id).join(
        t.place, t.place.c.id == pairs.c.whole_id
    )
    return Pairs((t.place.c.slug,), of.c.event_id, rows)


def _broader_tags() -> Pairs:
    """Return an event's tags, and each broader tag of these."""
    pairs, of, tag = enclosures(EntityKind.TAG), t.event_tag, t.tag.alias("narrower")
    rows = (
        of.outerjoin(tag, tag.c.slug == of.c.tag)
        .outerjoin(pairs, pairs.c.part_id == tag.c.id)
        .outerjoin(t.tag, t.tag.c.id == pairs.c.whole_id)
    )
    # A past state may have a tag without a row, from before tags were entities.
    return Pairs((func.coalesce(t.tag.c.slug, of.c.tag),), of.c.event_id, rows)
