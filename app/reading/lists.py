"""The lists that clients can page through: filters in, a listing of stored documents out."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache

from pydantic import BaseModel
from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Select,
    String,
    Table,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from app.domain.dates import OPEN_END
from app.domain.languages import DEFAULT_LANGUAGE
from app.domain.search.query import parse_query
from app.domain.vocabulary import INVERSES, EntityKind, RelationType
from app.reading.cursors import count_key, day_key, instant_key, name_key, text_key
from app.reading.filters.entities import (
    name_conditions,
    office_conditions,
    participant_conditions,
    place_conditions,
    publisher_conditions,
    source_conditions,
    tag_conditions,
    treaty_conditions,
)
from app.reading.filters.events import (
    days_of,
    event_conditions,
    in_periods,
    manner_conditions,
)
from app.reading.filters.shared import Condition
from app.reading.listing import Listing
from app.reading.parameters.common import Certainty
from app.reading.parameters.entities import (
    NamedFilters,
    OfficeFilters,
    PlaceFilters,
    PublisherFilters,
    SourceFilters,
    TagFilters,
    TreatyFilters,
    TreatySort,
)
from app.reading.parameters.events import EventFilters, EventSort, FeedOrder
from app.reading.parameters.participants import (
    CounterpartFilters,
    ParticipantFilters,
    ParticipantSort,
)
from app.reading.search import few_hits, search_scores
from app.tables import core as t
from app.tables.utf8 import utf8


@cache
def _documents(table: Table) -> Select[bytes]:
    """Return the statement of all documents of a kind."""
    return select(utf8(table.c.document))


_EVENTS = _documents(t.event)
DATE_ORDER = (day_key(t.event.c.start_earliest), text_key(t.event.c.slug))
_UPDATED_ORDER = (instant_key(t.event.c.updated_at), text_key(t.event.c.slug))
_ADDED_ORDER = (instant_key(t.event.c.created_at), text_key(t.event.c.slug))
_SOURCES_ORDER = (count_key(t.event.c.independent_sources), text_key(t.event.c.slug))
_EVENT_ORDERS = {
    EventSort.DATE: (DATE_ORDER, False),
    EventSort.DATE_DESCENDING: (DATE_ORDER, True),
    EventSort.UPDATED: (_UPDATED_ORDER, False),
    EventSort.UPDATED_DESCENDING: (_UPDATED_ORDER, True),
    EventSort.CREATED: (_ADDED_ORDER, False),
    EventSort.CREATED_DESCENDING: (_ADDED_ORDER, True),
    EventSort.SOURCES: (_SOURCES_ORDER, False),
    EventSort.SOURCES_DESCENDING: (_SOURCES_ORDER, True),
}


class SortError(ValueError):
    """The list has no such order."""


def events(filters: EventFilters, sort: EventSort, hits: Collection[int] | None = None) -> Listing:
    """Return events, by date, by last change or by relevance.

    `hits` are the keys of the events that match `q`, if these are few. Raises SortError.
    """
    if sort is EventSort.RELEVANCE:
        return _by_relevance(filters)
    order, descending = _EVENT_ORDERS[sort]
    if filters.sent() == {"date"}:
        statement, days = _of_periods(len(filters.date), filters.certainty), days_of(filters.date)
        return Listing(statement, order, descending, filters=filters, values=days)
    return Listing(
        _EVENTS, order, descending, lambda: event_conditions(filters, hits), filters=filters
    )


@lru_cache(maxsize=64)
def _of_periods(count: int, certainty: Certainty) -> Select[bytes]:
    """Return the statement of the events in so many periods, which are its parameters."""
    return _EVENTS.where(in_periods(count, certainty))


def find_events(connection: Connection, filters: EventFilters, sort: EventSort) -> Listing:
    """Return the list of `events`, by the keys of the hits if `q` has few: one statement with `q`."""
    by_relevance = sort is EventSort.RELEVANCE
    return events(filters, sort, None if by_relevance else few_hits(connection, filters.q))


def _by_relevance(filters: EventFilters) -> Listing:
    if not filters.q:
        raise SortError("relevance orders the results of a search: it needs q")
    scores = search_scores(parse_query(filters.q))
    others = filters.model_copy(update={"q": ""})
    statement = _EVENTS.join(scores, scores.c.key == t.event.c.id)
    order = (count_key(scores.c.score), *DATE_ORDER)
    return Listing(
        statement,
        order,
        descending=True,
        make_conditions=lambda: event_conditions(others),
        filters=filters,
    )


def newest_events(
    filters: EventFilters, by: FeedOrder, hits: Collection[int] | None = None
) -> Listing:
    """Return events for a feed, as `events` does: last added first, or last happened first."""
    newest = events(filters, EventSort.DATE_DESCENDING, hits)
    return replace(newest, order=_ADDED_ORDER) if by is FeedOrder.ADDED else newest


def involving(participant: str, filters: EventFilters) -> EventFilters:
    """Return the filters, narrowed to events in which the participant took part."""
    participants = [*filters.participant_all, participant]
    return filters.model_copy(update={"participant_all": participants})


def participants(
    filters: ParticipantFilters,
    bearers: Collection[int] = (),
    sort: ParticipantSort = ParticipantSort.AUTO,
    known: Collection[int] = (),
) -> Listing:
    """Return participants, by default by id, or with `q` by the number of their events.

    `bearers` are the keys of the participants with one of the names in the filters, and `known` the keys of
    the ones whom `q` means if no name begins so.
    """
    participant = t.participant.c
    if sort is ParticipantSort.AUTO:
        sort = ParticipantSort.EVENTS if filters.q else ParticipantSort.ID
    return Listing(
        _documents(t.participant),
        (*_PARTICIPANT_ORDERS[sort], text_key(participant.slug)),
        make_conditions=lambda: participant_conditions(filters, bearers, known),
        filters=filters,
    )


def _number_of_events() -> ColumnElement[int]:
    part = t.participation.c
    return (
        select(func.count(part.event_id.distinct()))
        .where(part.participant_id == t.participant.c.id)
        .scalar_subquery()
    )


def _english_name() -> ColumnElement[str]:
    name = t.participant_name.c
    return (
        select(name.folded)
        .where(name.participant_id == t.participant.c.id, name.language == DEFAULT_LANGUAGE)
        .scalar_subquery()
    )


_PARTICIPANT_ORDERS = {
    ParticipantSort.ID: (),
    ParticipantSort.NAME: (name_key(_english_name()),),
    ParticipantSort.EVENTS: (count_key(-_number_of_events()),),
}


def treaties(
    filters: TreatyFilters, named: Collection[int] = (), sort: TreatySort = TreatySort.ID
) -> Listing:
    """Return treaties by id, or by the date of the first stage."""
    listing = _named(EntityKind.TREATY, treaty_conditions(filters), filters, named)
    if sort is TreatySort.ID:
        return listing
    return replace(listing, order=_STAGE_ORDER, descending=sort is TreatySort.DATE_DESCENDING)


def _first_stage() -> ColumnElement[date]:
    stage = t.event.c
    first = select(func.min(stage.start_earliest)).where(stage.treaty_id == t.treaty.c.id)
    # A cursor holds no null.
    return func.coalesce(first.scalar_subquery(), literal(OPEN_END, Date))


_STAGE_ORDER = (day_key(_first_stage()), text_key(t.treaty.c.slug))


def places(filters: PlaceFilters, named: Collection[int] = ()) -> Listing:
    """Return places, by id."""
    return _named(EntityKind.PLACE, place_conditions(filters), filters, named)


def offices(filters: OfficeFilters, named: Collection[int] = ()) -> Listing:
    """Return offices, by id."""
    return _named(EntityKind.OFFICE, office_conditions(filters), filters, named)


def publishers(filters: PublisherFilters, named: Collection[int] = ()) -> Listing:
    """Return publishers, by id."""
    return _named(EntityKind.PUBLISHER, publisher_conditions(filters), filters, named)


def tags(filters: TagFilters, named: Collection[int] = ()) -> Listing:
    """Return tags, by id."""
    return _named(EntityKind.TAG, tag_conditions(filters), filters, named)


def sources(filters: SourceFilters) -> Listing:
    """Return sources, by id."""
    return _by_slug(t.source, source_conditions(filters), filters)


def _named(
    kind: EntityKind, conditions: list[Condition], filters: NamedFilters, named: Collection[int]
) -> Listing:
    """Return entities by id; with `q` only `named`, the keys of those with a name that begins so."""
    return _by_slug(
        t.ENTITIES[kind], [*conditions, *name_conditions(kind, filters, named)], filters
    )


def all_of(kind: EntityKind) -> Listing:
    """Return every entity of a kind, by id."""
    table = t.ENTITIES[kind]
    return Listing(_documents(table), (text_key(table.c.slug),))


def _by_slug(table: Table, conditions: list[Condition], filters: BaseModel) -> Listing:
    order = (text_key(table.c.slug),)
    return Listing(_documents(table), order, make_conditions=lambda: conditions, filters=filters)


def counterparts(participant: str, filters: CounterpartFilters) -> Listing:
    """Return the participants of the same events with their number: the most first, then by id."""
    part, other = t.participation.c, t.participant.c
    shared = select(t.event.c.id).where(
        *event_conditions(
            EventFilters(
                date=filters.date,
                certainty=filters.certainty,
                type=filters.type,
                status=filters.status,
                participant_all=[participant],
            )
        )
    )
    counts = (
        select(part.participant_id, func.count(part.event_id.distinct()).label("events"))
        .where(part.event_id.in_(shared))
        .where(*manner_conditions(t.participation, filters))
        .group_by(part.participant_id)
        .subquery()
    )
    statement = (
        select(utf8(other.document), counts.c.events)
        .join(counts, counts.c.participant_id == other.id)
        .where(other.slug != participant)
        .where(*([other.kind.in_(filters.kind)] if filters.kind else []))
    )
    return Listing(
        statement,
        (count_key(-counts.c.events), text_key(other.slug)),
        render=lambda row: b'{"participant":%b,"events":%d}' % (row.document, row.events),
    )


def related(event: str) -> Listing:
    """Return the events that an event relates to, and those that relate to it, in order of date."""
    this, other, relation = t.event.alias("this"), t.event.alias("other"), t.relation
    columns = (
        other.c.document,
        other.c.start_earliest,
        other.c.slug,
        type_coerce(relation.c.type, String).label("type"),
    )
    outgoing = (
        select(*columns, literal(0).label("inverse"))
        .join_from(this, relation, relation.c.event_id == this.c.id)
        .join(other, other.c.id == relation.c.target_id)
        .where(this.c.slug == event)
    )
    incoming = (
        select(*columns, literal(1).label("inverse"))
        .join_from(this, relation, relation.c.target_id == this.c.id)
        .join(other, other.c.id == relation.c.event_id)
        .where(this.c.slug == event)
    )
    both = union_all(outgoing, incoming).subquery()
    order = (
        day_key(both.c.start_earliest),
        text_key(both.c.slug),
        text_key(both.c.type),
        count_key(both.c.inverse),
    )
    return Listing(
        select(utf8(both.c.document), both.c.type, both.c.inverse),
        order,
        render=lambda row: (
            b'{"relation":"%b","event":%b}' % (_relation_name(row.type, row.inverse), row.document)
        ),
    )


def _relation_name(type_: str, inverse: int) -> bytes:
    name = INVERSES[RelationType(type_)] if inverse else type_
    return name.encode()
