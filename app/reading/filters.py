"""Filters as SQL conditions: pure functions over the parameters that have a value."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, FromClause, Select, extract, or_, select, union_all

from app.domain.bounding_box import parse_box
from app.domain.dates import parse_range
from app.domain.days_of_year import parse_days
from app.domain.instants import parse_instant
from app.domain.search.query import parse_query
from app.domain.values import CountryCode
from app.domain.vocabulary import EntityKind, Rank, RelationType, Role
from app.reading.houses import is_of_house
from app.reading.names.candidates import named_from
from app.reading.parameters.common import Certainty, OfficeId
from app.reading.parameters.entities import (
    NamedFilters,
    OfficeFilters,
    ParticipantFilters,
    PlaceFilters,
    PublisherFilters,
    SourceFilters,
    TagFilters,
    TreatyFilters,
)
from app.reading.parameters.events import MAX_SOURCES, EventFilters
from app.reading.search import search_hits
from app.tables import core as t
from app.tables.search import without_index
from app.tables.wholes import WHOLES, keys_within

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
        *_recurs(filters.month_day, filters.certainty),
        *_one_of(event.type, filters.type),
        *_one_of(event.subtype, filters.subtype),
        *_one_of(event.status, filters.status),
        *_one_of(event.confidence, filters.confidence),
        *_participations(filters),
        *_places(filters),
        *_treaty(filters.treaty),
        *_tag(filters),
        *_sources(filters),
        *_independent_sources(filters),
        *_after(event.created_at, filters.created_after),
        *_after(event.updated_at, filters.updated_after),
        *_one_of(event.slug, filters.id),
        *([_is_occasion()] if filters.top else []),
    ]


def _is_occasion() -> Condition:
    """Require an event that is no part of another one."""
    relation = t.relation.c
    parts = select(relation.event_id).where(relation.type == RelationType.PART_OF)
    return t.event.c.id.not_in(parts)


def participant_conditions(
    filters: ParticipantFilters, bearers: Collection[int] = ()
) -> list[Condition]:
    """Return the conditions on a participant; `bearers` are the keys of those with one of the names."""
    participant = t.participant.c
    return [
        *_one_of(participant.kind, filters.kind),
        *_one_of(participant.country, filters.country),
        *([participant.id.in_(sorted(bearers))] if filters.name else []),
        *([participant.id.in_(named_from(filters.q))] if filters.q else []),
        *_held(_offices(filters.office, filters.rank)),
        *_one_of(participant.slug, filters.id),
    ]


def _held(offices: Select[int] | None) -> list[Condition]:
    """Require a participant who held one of these offices, as a position or in an event."""
    if offices is None:
        return []
    part, position = t.participation.c, t.position.c
    holders = union_all(
        select(position.participant_id).where(position.office_id.in_(offices)),
        select(part.participant_id).where(part.office_id.in_(offices)),
    )
    return [t.participant.c.id.in_(holders)]


def _offices(offices: Sequence[str], ranks: Sequence[Rank]) -> Select[int] | None:
    """Return the keys of the offices with one of these ids and one of these ranks; None without either."""
    office = t.office.c
    named = [*_one_of(office.slug, offices), *_one_of(office.rank, ranks)]
    return select(office.id).where(*named) if named else None


def name_conditions(
    kind: EntityKind, filters: NamedFilters, named: Collection[int]
) -> list[Condition]:
    """Return the condition on a name; `named` are the keys of the entities whose name begins so."""
    return [t.ENTITIES[kind].c.id.in_(sorted(named))] if filters.q else []


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
    publisher = t.publisher.c
    return [
        *_one_of(publisher.kind, filters.kind),
        *_one_of(publisher.country, filters.country),
        *_one_of(publisher.state, filters.state),
        *_directly_within(EntityKind.PUBLISHER, filters.house),
        *_one_of(publisher.slug, filters.id),
    ]


def tag_conditions(filters: TagFilters) -> list[Condition]:
    """Return the conditions on a tag."""
    return [
        *_directly_within(EntityKind.TAG, filters.broader),
        *_one_of(t.tag.c.slug, filters.id),
    ]


def place_conditions(filters: PlaceFilters) -> list[Condition]:
    """Return the conditions on a place."""
    return [
        *_one_of(t.place.c.country, filters.country),
        *_directly_within(EntityKind.PLACE, filters.part_of),
        *_box(filters.bbox),
        *_one_of(t.place.c.slug, filters.id),
    ]


def _directly_within(kind: EntityKind, wholes: Sequence[str]) -> list[Condition]:
    """Require an entity of the kind that is part of one of these, with no other one between them."""
    if not wholes:
        return []
    whole, part = t.ENTITIES[kind].alias("whole"), WHOLES[kind]
    parts = select(part.part).join(whole, whole.c.id == part.whole).where(whole.c.slug.in_(wholes))
    return [t.ENTITIES[kind].c.id.in_(parts)]


def source_conditions(filters: SourceFilters) -> list[Condition]:
    """Return the conditions on a source."""
    source = t.source.c
    return [
        *_published_by(source.publisher_id, filters.publisher),
        *_published_by(source.agency_id, filters.agency),
        *([is_of_house(filters.house)] if filters.house else []),
        *_one_of(source.language, filters.language),
        *_one_of(source.slug, filters.id),
    ]


def _one_of(column: ColumnElement[Any], values: Sequence[str | bool]) -> list[Condition]:
    return [column.in_(values)] if values else []


def _text(q: str) -> list[Condition]:
    return [without_index(t.event.c.id).in_(search_hits(parse_query(q)))] if q else []


def span_columns(certainty: Certainty) -> tuple[ColumnElement[date], ColumnElement[date]]:
    """Return the columns of the first and last day of an event, as it may or must have been."""
    event = t.event.c
    if certainty is Certainty.CERTAIN:
        return event.start_latest, event.end_earliest
    return event.start_earliest, event.end_latest


def _overlaps(dates: Sequence[str], certainty: Certainty) -> list[Condition]:
    if not dates:
        return []
    start, end = span_columns(certainty)
    ranges = map(parse_range, dates)
    return [or_(*((start <= last) & (end >= first) for first, last in ranges))]


def _recurs(days: Sequence[str], certainty: Certainty) -> list[Condition]:
    """Require one of these days of a year, in any year."""
    if not days:
        return []
    start, end = span_columns(certainty)
    years = extract("year", end) - extract("year", start)
    first_day, last_day = (extract("month", c) * 100 + extract("day", c) for c in (start, end))
    ranges = [each for text in days for each in parse_days(text)]
    return [
        or_(
            years > 1,
            *(
                # In the year in which the event starts, or in the next one.
                ((first_day <= last) & ((years == 1) | (years == 0) & (last_day >= first)))
                | ((years == 1) & (last_day >= first))
                for first, last in ranges
            ),
        )
    ]


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
    in_roles = [
        _took_part(participants, [part.role == role])
        for role in Role
        if (participants := getattr(filters, role))
    ]
    return named + every + company + in_roles


def manner_conditions(part: FromClause, filters: Manner) -> list[Condition]:
    """Return the conditions on the manner of a participation: its role, side, office and rank."""
    offices = _offices(filters.office, filters.rank)
    return [
        *_one_of(part.c.role, filters.role),
        *_one_of(part.c.side, filters.side),
        *([] if offices is None else [part.c.office_id.in_(offices)]),
    ]


def _took_part(participants: Sequence[str], manner: Sequence[Condition]) -> Condition:
    part, participant = t.participation.c, t.participant.c
    keys = select(participant.id).where(participant.slug.in_(participants))
    events = select(part.event_id).where(part.participant_id.in_(keys), *manner)
    return t.event.c.id.in_(events)


def _places(filters: EventFilters) -> list[Condition]:
    """Return the conditions on the places; a different place of a journey may meet each of them."""
    of, place = t.event_place.c, t.place.c
    named = place.slug.in_(filters.place)
    if filters.within:
        named = place.id.in_(keys_within(EntityKind.PLACE, named))
    conditions = (
        *([named] if filters.place else []),
        *_one_of(place.country, filters.country),
        *_box(filters.bbox),
    )
    return [
        t.event.c.id.in_(
            select(of.event_id).where(of.place_id.in_(select(place.id).where(condition)))
        )
        for condition in conditions
    ]


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
        narrower = keys_within(EntityKind.TAG, tag.slug.in_(filters.tag))
        named |= tagged.tag.in_(select(tag.slug).where(tag.id.in_(narrower)))
    return [t.event.c.id.in_(select(tagged.event_id).where(named))]


def _box(text: str) -> list[Condition]:
    if not text:
        return []
    box, place = parse_box(text), t.place.c
    east, west = place.longitude <= box.east, place.longitude >= box.west
    between = or_(east, west) if box.west > box.east else east & west
    return [between & place.latitude.between(box.south, box.north)]


def _sources(filters: EventFilters) -> list[Condition]:
    """Return the conditions on the sources; a different citation may meet each of them."""
    citation, source = t.citation.c, t.source.c
    conditions = (
        *_one_of(source.slug, filters.source),
        *_published_by(source.publisher_id, filters.publisher),
        *_published_by(source.agency_id, filters.agency),
        *([is_of_house(filters.house)] if filters.house else []),
    )
    return [
        t.event.c.id.in_(
            select(citation.event_id).where(
                citation.source_id.in_(select(source.id).where(condition))
            )
        )
        for condition in conditions
    ]


def _independent_sources(filters: EventFilters) -> list[Condition]:
    number = t.event.c.independent_sources
    return [
        # Every event has a source.
        *([number >= filters.min_sources] if filters.min_sources > 1 else []),
        *([number <= filters.max_sources] if filters.max_sources < MAX_SOURCES else []),
    ]


def _published_by(column: ColumnElement[Any], publishers: Sequence[str]) -> list[Condition]:
    # Making a condition that nobody needs takes longer than reading five events.
    if not publishers:
        return []
    keys = select(t.publisher.c.id).where(t.publisher.c.slug.in_(publishers))
    return [column.in_(keys)]


def _after(column: ColumnElement[datetime], instant: str) -> list[Condition]:
    return [column > parse_instant(instant)] if instant else []
