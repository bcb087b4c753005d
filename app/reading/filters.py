"""Filters as SQL conditions: pure functions over the parameters that have a value."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import ColumnElement, FromClause, or_, select

from app.domain.bounding_box import parse_box
from app.domain.dates import parse_range
from app.domain.instants import parse_instant
from app.domain.names.folding import fold
from app.domain.search.query import parse_query
from app.domain.values import CountryCode
from app.domain.vocabulary import EntityKind, Rank, Role
from app.reading.names.candidates import named_from
from app.reading.parameters.common import Certainty, OfficeId
from app.reading.parameters.entities import (
    OfficeFilters,
    ParticipantFilters,
    PlaceFilters,
    PublisherFilters,
    SourceFilters,
    TagFilters,
    TreatyFilters,
)
from app.reading.parameters.events import EventFilters
from app.reading.search import search_hits
from app.reading.wholes import keys_within
from app.tables import core as t
from app.tables.search import without_index

Condition = ColumnElement[bool]


class Manner(Protocol):
    """The filters that one participation must meet."""

    role: list[Role]
    side: list[CountryCode]
    office: list[OfficeId]
    rank: list[Rank]


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
        *_tag(filters),
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


def office_conditions(filters: OfficeFilters) -> list[Condition]:
    """Return the conditions on an office."""
    office, organisation = t.office.c, t.participant.c
    keys = select(organisation.id).where(organisation.slug.in_(filters.organisation))
    return [
        *_one_of(office.rank, filters.rank),
        *_one_of(office.country, filters.country),
        *([office.organisation_id.in_(keys)] if filters.organisation else []),
        *_one_of(office.slug, filters.id),
    ]


def publisher_conditions(filters: PublisherFilters) -> list[Condition]:
    """Return the conditions on a publisher."""
    publisher, copy, house = t.publisher.c, t.publisher_house.c, t.publisher.alias("house").c
    copies = select(copy.publisher_id).join(house.slug.table, house.id == copy.house_id)
    return [
        *_one_of(publisher.kind, filters.kind),
        *_one_of(publisher.country, filters.country),
        *([publisher.id.in_(copies.where(house.slug.in_(filters.house)))] if filters.house else []),
        *_one_of(publisher.slug, filters.id),
    ]


def tag_conditions(filters: TagFilters) -> list[Condition]:
    """Return the conditions on a tag."""
    tag, part, broader = t.tag.c, t.tag_broader.c, t.tag.alias("broader").c
    narrower = select(part.tag_id).join(broader.slug.table, broader.id == part.broader_id)
    return [
        *(
            [tag.id.in_(narrower.where(broader.slug.in_(filters.broader)))]
            if filters.broader
            else []
        ),
        *_one_of(tag.slug, filters.id),
    ]


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
        *_published_by(source.publisher_id, filters.publisher),
        *_published_by(source.agency_id, filters.agency),
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
    manner = manner_conditions(t.participation, filters)
    named = [_took_part(filters.participant, manner)] if filters.participant else []
    every = [
        _took_part([participant], manner) for participant in dict.fromkeys(filters.participant_all)
    ]
    if manner and not named and not every:
        named = [t.event.c.id.in_(select(part.event_id).where(*manner))]
    company = [_took_part([participant], ()) for participant in dict.fromkeys(filters.company)]
    return named + every + company


def manner_conditions(part: FromClause, filters: Manner) -> list[Condition]:
    """Return the conditions on the manner of a participation: its role, side, office and rank."""
    office = t.office.c
    named = [*_one_of(office.slug, filters.office), *_one_of(office.rank, filters.rank)]
    return [
        *_one_of(part.c.role, filters.role),
        *_one_of(part.c.side, filters.side),
        *([part.c.office_id.in_(select(office.id).where(*named))] if named else []),
    ]


def _took_part(participants: Sequence[str], manner: Sequence[Condition]) -> Condition:
    part, participant = t.participation.c, t.participant.c
    keys = select(participant.id).where(participant.slug.in_(participants))
    events = select(part.event_id).where(part.participant_id.in_(keys), *manner)
    return t.event.c.id.in_(events)


def _place(filters: EventFilters) -> list[Condition]:
    place = t.place.c
    where = _one_of(place.country, filters.country)
    if filters.place and filters.within:
        where.append(place.id.in_(keys_within(EntityKind.PLACE, filters.place)))
    elif filters.place:
        where += _one_of(place.slug, filters.place)
    return [_happened_at(*where)] if where else []


def _happened_at(*where: Condition) -> Condition:
    """Require a place that meets all these conditions."""
    of = t.event_place.c
    places = select(t.place.c.id).where(*where)
    return t.event.c.id.in_(select(of.event_id).where(of.place_id.in_(places)))


def _treaty(treaties: Sequence[str]) -> list[Condition]:
    if not treaties:
        return []
    treaty = t.treaty.c
    keys = select(treaty.id).where(treaty.slug.in_(treaties))
    return [t.event.c.treaty_id.in_(keys)]


def _tag(filters: EventFilters) -> list[Condition]:
    if not filters.tag:
        return []
    tagged, tag = t.event_tag.c, t.tag.c
    # By their ids too: in past states, tags from before tags were entities have no row.
    named: Condition = tagged.tag.in_(filters.tag)
    if filters.within:
        narrower = keys_within(EntityKind.TAG, filters.tag)
        named |= tagged.tag.in_(select(tag.slug).where(tag.id.in_(narrower)))
    return [t.event.c.id.in_(select(tagged.event_id).where(named))]


def _box(text: str) -> list[Condition]:
    if not text:
        return []
    box, place = parse_box(text), t.place.c
    east, west = place.longitude <= box.east, place.longitude >= box.west
    between = or_(east, west) if box.west > box.east else east & west
    inside = between & place.latitude.between(box.south, box.north)
    return [_happened_at(inside)]


def _sources(filters: EventFilters) -> list[Condition]:
    """Return the conditions on the sources; a different citation may meet each of them."""
    citation, source = t.citation.c, t.source.c
    conditions = (
        *_one_of(source.slug, filters.source),
        *_published_by(source.publisher_id, filters.publisher),
        *_published_by(source.agency_id, filters.agency),
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
    # Every event has a source.
    return [t.event.c.independent_sources >= least] if least > 1 else []


def _published_by(column: ColumnElement[Any], publishers: Sequence[str]) -> list[Condition]:
    # Making a condition that nobody needs takes longer than reading five events.
    if not publishers:
        return []
    keys = select(t.publisher.c.id).where(t.publisher.c.slug.in_(publishers))
    return [column.in_(keys)]


def _updated(after: str) -> list[Condition]:
    return [t.event.c.updated_at > parse_instant(after)] if after else []
