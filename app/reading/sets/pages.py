"""Pages of a list of events, found in sets: the database reads the events of one page, and no others."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pyroaring import BitMap
from sqlalchemy import Connection

from app.reading.listing import Listing, Narrowing, Stretch
from app.reading.lists import DATE_ORDER
from app.reading.parameters.events import EventFilters
from app.reading.sets.event_sets import EventSets
from app.reading.sets.kept import KeptSets
from app.reading.sets.matching import count_matches, find_matches, is_walked
from app.tables import core as t


def with_sets(listing: Listing, filters: EventFilters, kept: KeptSets) -> Listing:
    """Return the list of the events that meet the filters, counted and divided into pages with sets.

    Without sets of the state that a connection sees, statements do both.
    """

    def count(connection: Connection) -> int | None:
        sets = kept.find(connection)
        return None if sets is None else count_matches(sets, connection, filters)

    def find(connection: Connection, stretch: Stretch) -> BitMap | None:
        sets = kept.find_for_page(connection)
        matching = find_matches(sets, connection, filters) if sets else None
        if sets is None or matching is None:
            return None
        return _first_keys(sets, connection, matching, stretch)

    if listing.order is not DATE_ORDER or is_walked(filters):
        return replace(listing, count=count)
    return replace(listing, count=count, narrowing=Narrowing(t.event.c.id, find))


def _first_keys(
    sets: EventSets, connection: Connection, matching: BitMap, stretch: Stretch
) -> BitMap:
    """Return the keys of the first matching events in a stretch of the list, and some of the next ones."""
    begin: date | None = stretch.position[0] if stretch.position else None
    found, needed = BitMap(), stretch.size
    for day, events in _in_order(sets, connection, matching, stretch, begin):
        found |= events
        if begin and day == begin:
            # The statement leaves out those that precede the stretch on its first day.
            needed += len(events)
        if len(found) >= needed:
            break
    return found


def _in_order(
    sets: EventSets, connection: Connection, matching: BitMap, stretch: Stretch, begin: date | None
) -> Iterator[tuple[date | None, BitMap]]:
    """Yield the matching events of each day from `begin` on, or of a whole year if these are few."""
    step = -1 if stretch.descending else 1
    for year, starts in [*sets.of_first_days(connection).items()][::step]:
        if begin and (year > begin.year if stretch.descending else year < begin.year):
            continue
        if not (of_year := starts.events & matching):
            continue
        if len(of_year) <= stretch.size and (begin is None or begin.year != year):
            yield None, of_year
            continue
        for day, events in starts.days[::step]:
            if begin is None or (day <= begin if stretch.descending else day >= begin):
                yield day, events & of_year
