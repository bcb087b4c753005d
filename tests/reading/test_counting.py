"""Counts equal the lists: the facets, the histogram and the network of any timeline."""

import json
from collections import Counter, defaultdict
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.counting import Facet, GroupBy, Interval
from app.domain.days_of_year import DAYS_OF_YEAR
from app.reading import lists
from app.reading.counts.facets import count_facets
from app.reading.counts.histogram import count_histogram
from app.reading.counts.network import find_network
from app.reading.listing import Listing, count_items, fetch_page
from app.reading.parameters.common import PageRequest, Total
from app.reading.parameters.events import (
    EventFilters,
    EventSort,
    EventView,
    HistogramRequest,
    NetworkRequest,
)
from app.reading.parameters.participants import CounterpartFilters
from app.reading.sets.kept import KeptSets
from app.reading.sets.matching import count_matches
from app.tables.database import Database
from tests.support.builders import store
from tests.support.timelines import (
    OFFICES,
    PEOPLE,
    PLACES,
    PUBLISHERS,
    ROLES,
    SIDES,
    TAGS,
    TREATIES,
    TYPES,
    Made,
    filters,
    on_a_database,
    play,
    set_stage,
    timelines,
)

OF_DATE = (Facet.YEAR, Facet.DECADE)
# Days at the ends of the dates of a random timeline, and beside them.
DAYS = ["01-01", "01-02", "02-29", "03-05", "06-01", "06-18", "06-19", "11-01", "12-31"]
# Every value that an event of a random timeline can have.
VALUES: dict[Facet, Any] = {
    Facet.TYPE: TYPES,
    Facet.SUBTYPE: TYPES.values(),
    Facet.STATUS: ("occurred", "announced", "reported", "cancelled"),
    Facet.CONFIDENCE: ("high", "medium", "low"),
    Facet.YEAR: [str(year) for year in range(1999, 2031)],
    Facet.DECADE: [f"{decade}X" for decade in range(199, 204)],
    Facet.MONTH_DAY: [f"{day // 100:02}-{day % 100:02}" for day in DAYS_OF_YEAR],
    Facet.PARTICIPANT: PEOPLE,
    Facet.ROLE: ROLES,
    Facet.SIDE: SIDES,
    Facet.PLACE: PLACES,
    Facet.COUNTRY: PLACES.values(),
    Facet.TREATY: TREATIES,
    Facet.TAG: TAGS,
    Facet.PUBLISHER: PUBLISHERS,
    Facet.AGENCY: PUBLISHERS,
    Facet.HOUSE: PUBLISHERS,
    Facet.OFFICE: OFFICES,
    Facet.RANK: OFFICES.values(),
}


@pytest.fixture
def staged(database: Database) -> Database:
    """A database in which the events of an example can be stored."""
    set_stage(database)
    return database


@pytest.fixture
def kept() -> KeptSets:
    """Sets that the examples of a test share."""
    return KeptSets(1_000_000)


def _page(
    database: Database, listing: Listing, limit: int = 200
) -> tuple[list[dict[str, Any]], int]:
    request = PageRequest(limit=limit, total=Total.EXACT)
    with database.read() as connection:
        page = fetch_page(connection, listing, request, query="")
    assert page.total is not None
    return [json.loads(item) for item in page.items], page.total


def _total(database: Database, asked: EventFilters, **changed: Any) -> int:
    changed_filters = EventFilters(**{**asked.model_dump(), **changed})
    return _page(database, lists.events(changed_filters, EventSort.DATE), limit=1)[1]


def _listed(database: Database, asked: EventFilters) -> list[dict[str, Any]]:
    return _page(database, lists.events(asked, EventSort.DATE))[0]


class TestFacets:
    @pytest.mark.thorough
    @on_a_database
    @given(timelines, filters, st.sets(st.sampled_from(Facet), min_size=5, max_size=5))
    def test_each_count_is_the_total_of_the_list_with_that_value(
        self,
        staged: Database,
        timeline: list[Made],
        asked: EventFilters,
        compared: set[Facet],
    ) -> None:
        asked = asked.model_copy(update={"id": play(staged, timeline)})

        with staged.read() as connection:
            found = count_facets(connection, asked, EventView(facets=[*Facet], facet_limit=400))

        assert [*found] == [*Facet]
        for facet, of in found.items():
            counts = {each["value"]: each["count"] for each in of.values}
            assert len(counts) == of.distinct
            assert counts.keys() <= set(VALUES[facet])
            assert [*counts] == sorted(counts, key=lambda value: (-counts[value], value))
            # Each value costs a query, so an example compares those of five facets.
            for value in _candidates(facet, counts) if facet in compared else ():
                name = "date" if facet in OF_DATE else facet.value
                total = _total(staged, asked, **{name: [value]})
                assert counts.get(value, 0) == total, (facet, value)

    @pytest.mark.thorough
    @on_a_database
    @given(timelines, filters)
    def test_sets_count_as_the_database_does(
        self, staged: Database, kept: KeptSets, timeline: list[Made], asked: EventFilters
    ) -> None:
        ids = play(staged, timeline)
        view = EventView(facets=[*Facet], facet_limit=10_000)

        # Of all examples so far: the sets of the example before are brought up to date.
        with staged.read() as connection:
            sets = kept.find(connection)
            assert sets is not None
            found = count_facets(connection, asked, view, sets)
            assert found == count_facets(connection, asked, view)

        store(staged, timeline[-1].record(ids[0]))

        with staged.read() as connection:
            edited = kept.find(connection)
            assert edited is not None
            found = count_facets(connection, asked, view, edited)
            assert found == count_facets(connection, asked, view)
            listing = lists.events(asked, EventSort.DATE)
            assert count_matches(edited, connection, asked) == count_items(connection, listing)


def _candidates(facet: Facet, counts: dict[str, int]) -> list[str]:
    """Return every value; of years only those that events name, as an open end has no last year."""
    if facet is Facet.MONTH_DAY:
        return DAYS
    if facet not in OF_DATE:
        return sorted(set(VALUES[facet]))
    return [each for each in VALUES[facet] if counts and min(counts) <= each <= max(counts)]


class TestHistogram:
    # The part of an ISO day that decides its bucket.
    PREFIX = {Interval.DECADE: 3, Interval.YEAR: 4, Interval.MONTH: 7, Interval.DAY: 10}

    @pytest.mark.thorough
    @on_a_database
    @given(timelines, filters, st.sampled_from(Interval), st.sampled_from(GroupBy))
    def test_each_event_is_counted_once_where_it_certainly_began(
        self,
        staged: Database,
        timeline: list[Made],
        asked: EventFilters,
        interval: Interval,
        group_by: GroupBy,
    ) -> None:
        asked = asked.model_copy(update={"id": play(staged, timeline)})
        request = HistogramRequest(interval=interval, group_by=group_by)

        with staged.read() as connection:
            found = count_histogram(connection, asked, request)

        expected: dict[str, Counter[str]] = defaultdict(Counter)
        for event in _listed(staged, asked):
            bucket = self._bucket(event["date_bounds"]["start"], interval)
            expected[bucket][event.get(group_by.value, "")] += 1
        uncertain = expected.pop("", Counter())
        assert [each.date for each in found.buckets] == sorted(expected)
        assert found.total == uncertain.total() + sum(map(Counter.total, expected.values()))
        assert found.uncertain.count == uncertain.total()
        for each in found.buckets:
            assert each.count == expected[each.date].total()
            if group_by is not GroupBy.NONE:
                assert {g["value"]: g["count"] for g in each.groups} == expected[each.date]
            assert str(each.start).startswith(each.date.replace("X", "0"))

    @pytest.mark.thorough
    @on_a_database
    @given(timelines, filters, st.sampled_from(Interval), st.sampled_from(GroupBy))
    def test_sets_count_as_the_database_does(
        self,
        staged: Database,
        kept: KeptSets,
        timeline: list[Made],
        asked: EventFilters,
        interval: Interval,
        group_by: GroupBy,
    ) -> None:
        play(staged, timeline)
        request = HistogramRequest(interval=interval, group_by=group_by)

        with staged.read() as connection:
            sets = kept.find(connection)
            assert sets is not None
            found = count_histogram(connection, asked, request, sets)
            assert found == count_histogram(connection, asked, request)

    def _bucket(self, start: dict[str, str | None], interval: Interval) -> str:
        earliest, latest = (
            (day or "")[: self.PREFIX[interval]] for day in (start["earliest"], start["latest"])
        )
        if not earliest or earliest != latest:
            return ""
        return f"{earliest}X" if interval is Interval.DECADE else earliest


class TestNetwork:
    @pytest.mark.thorough
    @on_a_database
    @given(timelines, filters, st.integers(1, 3), st.sampled_from([[], ["person"]]))
    def test_joins_the_participants_of_the_listed_events(
        self,
        staged: Database,
        timeline: list[Made],
        asked: EventFilters,
        least: int,
        kinds: list[Any],
    ) -> None:
        asked = asked.model_copy(update={"id": play(staged, timeline)})

        with staged.read() as connection:
            found = find_network(connection, asked, NetworkRequest(min_weight=least, kind=kinds))

        shared, took_part = defaultdict(set), Counter[str]()
        for event in _listed(staged, asked):
            ids = {p["id"] for p in event["participants"] if not kinds or p["kind"] in kinds}
            took_part.update(ids)
            for pair in combinations(sorted(ids), 2):
                shared[pair].add(event["id"])
        edges = {pair: sorted(ids) for pair, ids in shared.items() if len(ids) >= least}
        assert {(e.source, e.target): e.events for e in found.edges} == edges
        assert [e.weight for e in found.edges] == sorted(map(len, edges.values()), reverse=True)
        ends = {id for pair in edges for id in pair}
        assert {n.id: n.events for n in found.nodes} == {id: took_part[id] for id in ends}

    @pytest.mark.thorough
    @on_a_database
    @given(timelines, filters)
    def test_counterparts_have_the_weights_of_its_edges(
        self, staged: Database, timeline: list[Made], asked: EventFilters
    ) -> None:
        play(staged, timeline)
        # Only the filters that counterparts have too; so this covers every example's events.
        narrowed = asked.model_dump(include={"date", "certainty", "type", "status"})

        with staged.read() as connection:
            found = find_network(connection, EventFilters(**narrowed), NetworkRequest())

        for node in found.nodes:
            listing = lists.counterparts(node.id, CounterpartFilters(**narrowed))
            counterparts = _page(staged, listing)[0]
            weights = {
                next(id for id in (edge.source, edge.target) if id != node.id): edge.weight
                for edge in found.edges
                if node.id in (edge.source, edge.target)
            }
            assert {each["participant"]["id"]: each["events"] for each in counterparts} == weights
