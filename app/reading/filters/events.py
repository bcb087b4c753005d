"""Filters of events as SQL conditions: pure functions over the parameters that have a value."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    bindparam,
    case,
    cast,
    extract,
    or_,
    select,
)

from app.domain.dates import parse_range
from app.domain.days_of_year import LEAP_DAY, RecurringDays, parse_days
from app.domain.instants import parse_instant
from app.domain.search.query import parse_query
from app.domain.values import CountryCode, OfficeId
from app.domain.vocabulary import EntityKind, Rank, RelationType, Role
from app.reading.filters.shared import Condition, find_offices, one_of, published_by, within_box
from app.reading.houses import is_of_house
from app.reading.parameters.common import Certainty
from app.reading.parameters.events import MAX_SOURCES, EventFilters
from app.reading.search import search_hits
from app.tables import core as t
from app.tables.at_once import refuse_at_once
from app.tables.keys import has_key
from app.tables.search import without_index
from app.tables.wholes import keys_within


class Manner(Protocol):
    """The filters that one participation must meet."""

    role: list[Role]
    side: list[CountryCode]
    office: list[OfficeId]
    rank: list[Rank]


def event_conditions(filters: EventFilters, hits: Collection[int] | None = None) -> list[Condition]:
    """Return the conditions on an event; `hits` are the keys that match `q`, if they are known."""
    event = t.event.c
    return [
        *_text(filters.q, hits),
        *_overlaps(filters.date, filters.certainty),
        *_recurs(filters.month_day, filters.certainty),
        *one_of(event.type, filters.type),
        *one_of(event.subtype, filters.subtype),
        *one_of(event.status, filters.status),
        *one_of(event.confidence, filters.confidence),
        *_participations(filters),
        *_places(filters),
        *_treaty(filters.treaty),
        *_tag(filters),
        *_sources(filters),
        *_independent_sources(filters),
        *_after(event.created_at, filters.created_after),
        *_after(event.updated_at, filters.updated_after),
        *one_of(event.slug, filters.id),
        *([_is_occasion()] if filters.top else []),
    ]


def _is_occasion() -> Condition:
    """Require an event that is no part of another one."""
    relation = t.relation.c
    parts = select(relation.event_id).where(relation.type == RelationType.PART_OF)
    return t.event.c.id.not_in(parts)


def _text(q: str, hits: Collection[int] | None) -> list[Condition]:
    if hits is not None:
        return [has_key(t.event.c.id, hits)]
    return [without_index(t.event.c.id).in_(search_hits(parse_query(q)))] if q else []


def span_columns(certainty: Certainty) -> tuple[ColumnElement[date], ColumnElement[date]]:
    """Return the columns of the first and last day of an event, as it may or must have been."""
    event = t.event.c
    if certainty is Certainty.CERTAIN:
        return event.start_latest, event.end_earliest
    return event.start_earliest, event.end_latest


def _overlaps(dates: Sequence[str], certainty: Certainty) -> list[Condition]:
    return [_in_any(map(parse_range, dates), certainty)] if dates else []


def _in_any(periods: Iterable[tuple[Any, Any]], certainty: Certainty) -> Condition:
    """Require a common day with one of the periods, each a first and a last day."""
    start, end = span_columns(certainty)
    return or_(*((start <= last) & (end >= first) for first, last in periods))


@lru_cache(maxsize=64)
def in_periods(count: int, certainty: Certainty) -> Condition:
    """Return the condition of the filter `date` with so many values, whose days `days_of` gives as parameters.

    To make it takes longer than to read a page with it.
    """
    names = ((f"first_day_{i}", f"last_day_{i}") for i in range(count))
    periods = ((bindparam(first, type_=Date), bindparam(last, type_=Date)) for first, last in names)
    return _in_any(periods, certainty)


def days_of(dates: Sequence[str]) -> dict[str, date]:
    """Return the parameters of `in_periods` for the values of the filter `date`."""
    return {
        f"{end}_day_{i}": day
        for i, each in enumerate(dates)
        for end, day in zip(("first", "last"), parse_range(each), strict=True)
    }


def _recurs(days: Sequence[str], certainty: Certainty) -> list[Condition]:
    """Require one of these days of a year, in any year."""
    if not days:
        return []
    # The condition of each day takes long to make and to read.
    refuse_at_once()
    start, end = span_columns(certainty)
    ranges = [*map(parse_days, days)]
    parts = [part for each in ranges for part in each.parts]
    return [
        or_(
            *(_overlaps_part(start, end, part) for part in parts),
            *(_certain_on_both_sides(start, end, each) for each in ranges if each.crosses),
        )
    ]


def _overlaps_part(
    start: ColumnElement[date], end: ColumnElement[date], part: RecurringDays
) -> Condition:
    """Require one of these days, which are within a year, from the start to the end."""
    first, last = part
    if first == last == LEAP_DAY:
        return _has_leap_day(start, end)
    years = extract("year", end) - extract("year", start)
    # In the year in which the event starts, or in the next one.
    in_first_year = (_day_of_year(start) <= last) & (
        (years == 1) | (years == 0) & (_day_of_year(end) >= first)
    )
    return (years > 1) | in_first_year | ((years == 1) & (_day_of_year(end) >= first))


def _certain_on_both_sides(
    start: ColumnElement[date], end: ColumnElement[date], days: RecurringDays
) -> Condition:
    """Require an event that must have been on days of both years, of which the range has all.

    The start is then the last day on which it may have begun, and lies in the year after the end.
    """
    years = extract("year", end) - extract("year", start)
    return (years == -1) & (_day_of_year(start) <= days.last) & (_day_of_year(end) >= days.first)


def _day_of_year(day: ColumnElement[date]) -> ColumnElement[int]:
    return extract("month", day) * 100 + extract("day", day)


def _has_leap_day(start: ColumnElement[date], end: ColumnElement[date]) -> Condition:
    """Require a 29 February between two days, as `has_leap_day` does: most years have none."""
    before_start = _leap_days(start, until=LEAP_DAY + 1)
    return before_start < _leap_days(end, until=LEAP_DAY)


def _leap_days(day: ColumnElement[date], *, until: int) -> ColumnElement[int]:
    """Return the number of leap days in the years up to a day, its own year from the day `until` on."""
    # PostgreSQL extracts decimals, which it would not divide as integers.
    year = cast(extract("year", day), Integer)
    last = year - case((_day_of_year(day) < until, 1), else_=0)
    return last // 4 - last // 100 + last // 400


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
    offices = find_offices(filters.office, filters.rank)
    return [
        *one_of(part.c.role, filters.role),
        *one_of(part.c.side, filters.side),
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
    conditions = (
        *_named_places(filters),
        *one_of(place.country, filters.country),
        *within_box(filters.bbox),
    )
    return [
        t.event.c.id.in_(
            select(of.event_id).where(of.place_id.in_(select(place.id).where(condition)))
        )
        for condition in conditions
    ]


def _named_places(filters: EventFilters) -> list[Condition]:
    if not filters.place:
        return []
    named = t.place.c.slug.in_(filters.place)
    if filters.within:
        named = t.place.c.id.in_(keys_within(EntityKind.PLACE, named))
    return [named]


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


def _sources(filters: EventFilters) -> list[Condition]:
    """Return the conditions on the sources; a different citation may meet each of them."""
    citation, source = t.citation.c, t.source.c
    conditions = (
        *one_of(source.slug, filters.source),
        *published_by(source.publisher_id, filters.publisher),
        *published_by(source.agency_id, filters.agency),
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


def _after(column: ColumnElement[datetime], instant: str) -> list[Condition]:
    return [column > parse_instant(instant)] if instant else []
