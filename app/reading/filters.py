"""Filters as SQL conditions: pure functions over the parameters that have a value."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from app.domain.bounding_box import parse_box
from app.domain.dates import parse_range
from app.domain.instants import parse_instant
from app.domain.names.folding import fold
from app.domain.search.query import parse_query
from app.reading.names.candidates import named_from
from app.reading.parameters.common import Certainty
from app.reading.parameters.entities import (
    ParticipantFilters,
    PlaceFilters,
    SourceFilters,
    TreatyFilters,
)
from app.reading.parameters.events import EventFilters
from app.reading.places import keys_within
from app.reading.search import search_hits
from app.tables import core as t
from app.tables.search import without_index

Condition = ColumnElement[bool]


def event_conditions(filters: EventFilters) -> list[Condition]:
    """Return the conditions on an event."""
    event = t.event.c
    return [
        *_text(filters.q),
        *_overlaps(filters.date, filters.certainty),
        *_one_of(event.type, filters.type),
        *_one_of(event.subtype, filters.subtype),
        *_one_of(event.status, filters.status),
        *_one_of(event.confidence, filters.confidence),
        *_participations(filters),
        *_place(filters),
        *_box(filters.bbox),
        *_treaty(filters.treaty),
        *_tag(filters.tag),
        *_sources(filters),
        *_independent_sources(filters.min_sources),
        *_updated(filters.updated_after),
        *_one_of(event.slug, filters.id),
    ]


def participant_conditions(filters: ParticipantFilters) -> list[Condition]:
    """Return the conditions on a participant."""
    participant, name = t.participant.c, t.participant_name.c
    named = select(name.participant_id).where(name.folded.in_([fold(n) for n in filters.name]))
    return [
        *_one_of(participant.kind, filters.kind),
        *_one_of(participant.country, filters.country),
        *([participant.id.in_(named)] if filters.name else []),
        *([participant.id.in_(named_from(filters.q))] if filters.q else []),
        *_one_of(participant.slug, filters.id),
    ]


def treaty_conditions(filters: TreatyFilters) -> list[Condition]:
    """Return the conditions on a treaty."""
    treaty, party = t.treaty.c, t.treaty_party.c
    parties = select(party.treaty_id).where(party.country.in_(filters.party))
    conditions = [
        *_one_of(treaty.kind, filters.kind),
        *([treaty.id.in_(parties)] if filters.party else []),
        *_one_of(treaty.slug, filters.id),
    ]
    if filters.in_force_on:
        first, last = parse_range(filters.in_force_on)
        conditions += [treaty.in_force_first_on <= last, treaty.in_force_last_on >= first]
        if filters.certainty is Certainty.CERTAIN:
            conditions.append(treaty.in_force_known)
    return conditions


def place_conditions(filters: PlaceFilters) -> list[Condition]:
    """Return the conditions on a place."""
    return [
        *_one_of(t.place.c.country, filters.country),
        *_one_of(t.place.c.slug, filters.id),
    ]


def source_conditions(filters: SourceFilters) -> list[Condition]:
    """Return the conditions on a source."""
    source = t.source.c
    return [
        *_one_of(source.publisher, filters.publisher),
        *_one_of(source.agency, filters.agency),
        *_one_of(source.language, filters.language),
        *_one_of(source.slug, filters.id),
    ]


def _one_of(column: ColumnElement[Any], values: Sequence[str]) -> list[Condition]:
    return [column.in_(values)] if values else []


def _text(q: str) -> list[Condition]:
    return [without_index(t.event.c.id).in_(search_hits(parse_query(q)))] if q else []


def _overlaps(date: str, certainty: Certainty) -> list[Condition]:
    if not date:
        return []
    first, last = parse_range(date)
    event = t.event.c
    if certainty is Certainty.CERTAIN:
        return [event.start_latest <= last, event.end_earliest >= first]
    return [event.start_earliest <= last, event.end_latest >= first]


def _participations(filters: EventFilters) -> list[Condition]:
    part = t.participation.c
    manner = [*_one_of(part.role, filters.role), *_one_of(part.side, filters.side)]
    named = [_took_part(filters.participant, manner)] if filters.participant else []
    every = [
        _took_part([participant], manner) for participant in dict.fromkeys(filters.participant_all)
    ]
    if manner and not named and not every:
        return [t.event.c.id.in_(select(part.event_id).where(*manner))]
    return named + every


def _took_part(participants: Sequence[str], manner: Sequence[Condition]) -> Condition:
    part, participant = t.participation.c, t.participant.c
    keys = select(participant.id).where(participant.slug.in_(participants))
    events = select(part.event_id).where(part.participant_id.in_(keys), *manner)
    return t.event.c.id.in_(events)


def _place(filters: EventFilters) -> list[Condition]:
    place = t.place.c
    where = _one_of(place.country, filters.country)
    if filters.place and filters.within:
        where.append(place.id.in_(keys_within(filters.place)))
    elif filters.place:
        where += _one_of(place.slug, filters.place)
    return [t.event.c.place_id.in_(select(place.id).where(*where))] if where else []


def _treaty(treaties: Sequence[str]) -> list[Condition]:
    treaty = t.treaty.c
    keys = select(treaty.id).where(treaty.slug.in_(treaties))
    return [t.event.c.treaty_id.in_(keys)] if treaties else []


def _tag(tags: Sequence[str]) -> list[Condition]:
    tag = t.event_tag.c
    return [t.event.c.id.in_(select(tag.event_id).where(tag.tag.in_(tags)))] if tags else []


def _box(text: str) -> list[Condition]:
    if not text:
        return []
    box, place = parse_box(text), t.place.c
    east, west = place.longitude <= box.east, place.longitude >= box.west
    between = or_(east, west) if box.west > box.east else east & west
    inside = between & place.latitude.between(box.south, box.north)
    return [t.event.c.place_id.in_(select(place.id).where(inside))]


def _sources(filters: EventFilters) -> list[Condition]:
    """Return the conditions on the sources; a different citation may meet each of them."""
    citation, source = t.citation.c, t.source.c
    conditions = (
        *_one_of(source.slug, filters.source),
        *_one_of(source.publisher, filters.publisher),
        *_one_of(source.agency, filters.agency),
    )
    return [
        t.event.c.id.in_(
            select(citation.event_id).where(
                citation.source_id.in_(select(source.id).where(condition))
            )
        )
        for condition in conditions
    ]


def _independent_sources(least: int) -> list[Condition]:
    """Require this many origins: a source's agency, or its publisher if it has none, or its id."""
    if least <= 1:
        return []  # Every event has a source.
    citation, source = t.citation.c, t.source.c
    origin = func.coalesce(source.agency, source.publisher, source.slug)
    origins = (
        select(func.count(origin.distinct()))
        .join_from(t.citation, t.source, source.id == citation.source_id)
        .where(citation.event_id == t.event.c.id)
        .scalar_subquery()
    )
    return [origins >= least]


def _updated(after: str) -> list[Condition]:
    return [t.event.c.updated_at > parse_instant(after)] if after else []
