"""Sets of events in memory: for each value, the keys of the events that have it.

A set is a bitmap, so counting the events that several values share reads no row. The sets belong to
one state of the data; each kind of value is read when it is first needed, in one statement.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping
from datetime import date
from threading import RLock
from typing import Any, Final, NamedTuple, TypeVar

from pyroaring import BitMap
from sqlalchemy import ColumnElement, Connection, Text, cast, func, select

from app.documents.counting import Facet
from app.domain.values import LanguageMap
from app.domain.vocabulary import RelationType
from app.reading.counts.facet_labels import label_values
from app.reading.counts.values import Pairs, facet_pairs
from app.reading.filters.events import span_columns
from app.reading.filters.shared import Condition
from app.reading.parameters.common import Certainty
from app.tables import core as t
from app.tables.at_once import refuse_at_once

# The events of each value.
Sets = Mapping[Any, BitMap]
_Derived = TypeVar("_Derived")

_EVENT: Final = t.event.c
_STARTS: Final = Pairs((_EVENT.start_earliest, _EVENT.start_latest), _EVENT.id, t.event)
_SOURCES: Final = Pairs((_EVENT.independent_sources,), _EVENT.id, t.event)
_RELATIONS: Final = Pairs((t.relation.c.type,), t.relation.c.event_id, t.relation)


class LogEnd(NamedTuple):
    """The number of the newest change, and the digest that vouches for the log up to it."""

    seq: int
    digest: str


class YearSpan(NamedTuple):
    """The events that span the same years: all, and by their first and last day."""

    events: BitMap
    days: list[tuple[date, date, BitMap]]


class YearOfStarts(NamedTuple):
    """The events that start in a year at the earliest: all, and by that day, in the order of days."""

    events: BitMap
    days: list[tuple[date, BitMap]]


class EventSets:
    """The sets of one state of the data, which each connection here must see."""

    def __init__(self, state: LogEnd) -> None:
        self.state = state
        self._stored: dict[Hashable, tuple[Pairs, Sets]] = {}
        self._derived: dict[Hashable, Any] = {}
        self._labels: dict[Facet, dict[str, LanguageMap]] = defaultdict(dict)
        self._lock = RLock()

    def after(self, connection: Connection, state: LogEnd, changed: Collection[int]) -> "EventSets":
        """Return the sets of a later state, in which only these events differ."""
        later, keys = EventSets(state), BitMap(changed)
        later._labels = self._labels
        for name, (pairs, sets) in [*self._stored.items()]:
            following = {v: s - keys if s.intersect(keys) else s for v, s in sets.items()}
            for value, added in _read(connection, pairs, pairs.event.in_(changed)).items():
                following[value] = following.get(value, BitMap()) | added
            later._stored[name] = pairs, following
        return later

    def of_facet(self, connection: Connection, facet: Facet, *, within: bool) -> Sets:
        """Return the events with each value of a facet."""
        within = within and facet in (Facet.PLACE, Facet.TAG)
        return self._find(connection, (facet, within), facet_pairs(facet, within=within))

    def has_participant(self, slug: str) -> bool:
        """Return whether a participant is known to have events: takes no statement."""
        stored = self._stored.get((Facet.PARTICIPANT, False))
        return stored is not None and bool(stored[1].get(slug))

    def of_sources(self, connection: Connection) -> Sets:
        """Return the events with each number of independent sources."""
        return self._find(connection, "sources", _SOURCES)

    def of_parts(self, connection: Connection) -> BitMap:
        """Return the events that are part of another one."""
        return self._find(connection, "relations", _RELATIONS).get(RelationType.PART_OF, BitMap())

    def of_years(
        self, connection: Connection, certainty: Certainty
    ) -> Mapping[tuple[int, int], YearSpan]:
        """Return the events by the first and last year in which they may or must have been."""
        sets = self._of_spans(connection, certainty)
        return self._derive(("years", certainty), lambda: _by_years(sets))

    def of_starts(
        self, connection: Connection, name: str, bucket: Callable[[date, date], str]
    ) -> Sets:
        """Return the events by the bucket of their earliest and latest first day."""
        sets = self._find(connection, "starts", _STARTS)
        return self._derive(("starts", name), lambda: _by_bucket(sets, bucket))

    def of_first_days(self, connection: Connection) -> Mapping[int, YearOfStarts]:
        """Return the events by the year of their earliest day, in the order of years."""
        sets = self._of_spans(connection, Certainty.POSSIBLE)
        return self._derive("first days", lambda: _by_first_day(sets))

    def labels(
        self, connection: Connection, facet: Facet, values: Collection[str]
    ) -> Mapping[str, LanguageMap]:
        """Return the labels of these values, and perhaps of others."""
        known = self._labels[facet]
        if unknown := [value for value in values if value not in known]:
            known |= label_values(connection, facet, unknown)
        return known

    def _of_spans(self, connection: Connection, certainty: Certainty) -> Sets:
        """Return the events by the first and last day on which they may or must have been."""
        pairs = Pairs(span_columns(certainty), _EVENT.id, t.event)
        return self._find(connection, certainty, pairs)

    def _find(self, connection: Connection, name: Hashable, pairs: Pairs) -> Sets:
        if name not in self._stored:
            refuse_at_once()
            with self._lock:
                if name not in self._stored:
                    self._stored[name] = pairs, _read(connection, pairs)
        return self._stored[name][1]

    def _derive(self, name: Hashable, derive: Callable[[], _Derived]) -> _Derived:
        if name not in self._derived:
            refuse_at_once()
            with self._lock:
                if name not in self._derived:
                    self._derived[name] = derive()
        found: _Derived = self._derived[name]
        return found


def read_keys(connection: Connection, key: ColumnElement[int], *conditions: Condition) -> BitMap:
    """Return the keys in a column, in one statement and one row."""
    return _bitmap(connection.scalar(select(_joined(key)).where(*conditions)))


def _read(connection: Connection, pairs: Pairs, *conditions: Condition) -> Sets:
    statement = select(*pairs.values, _joined(pairs.event)).select_from(pairs.rows)
    rows = connection.execute(statement.where(*conditions).group_by(*pairs.values))
    alone = len(pairs.values) == 1
    return {value[0] if alone else tuple(value): _bitmap(keys) for *value, keys in rows}


def _joined(key: ColumnElement[int]) -> ColumnElement[str]:
    """Join the keys into one text: a row for each would take ten times as long."""
    return func.aggregate_strings(cast(key, Text), ",")


def _bitmap(keys: str | None) -> BitMap:
    return BitMap([*map(int, keys.split(","))]) if keys else BitMap()


def _by_years(sets: Sets) -> dict[tuple[int, int], YearSpan]:
    days: dict[tuple[int, int], list[tuple[date, date, BitMap]]] = defaultdict(list)
    for (first, last), events in sets.items():
        days[first.year, last.year].append((first, last, events))
    return {
        years: YearSpan(BitMap.union(*(each[2] for each in of)), of) for years, of in days.items()
    }


def _by_first_day(sets: Sets) -> dict[int, YearOfStarts]:
    of: dict[date, list[BitMap]] = defaultdict(list)
    for (first, _), events in sets.items():
        of[first].append(events)
    years: dict[int, list[tuple[date, BitMap]]] = defaultdict(list)
    for day in sorted(of):
        # Most days have one set already.
        events = of[day][0] if len(of[day]) == 1 else BitMap.union(*of[day])
        years[day.year].append((day, events))
    return {
        year: YearOfStarts(BitMap.union(*(events for _, events in days)), days)
        for year, days in years.items()
    }


def _by_bucket(sets: Sets, bucket: Callable[[date, date], str]) -> Sets:
    of: dict[str, list[BitMap]] = defaultdict(list)
    for (first, last), events in sets.items():
        of[bucket(first, last)].append(events)
    return {name: BitMap.union(*each) for name, each in of.items()}
