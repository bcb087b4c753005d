"""Pages that sets find equal those of statements, in both directions and orders."""

import json
from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from app.reading import lists
from app.reading.listing import Listing, fetch_page
from app.reading.parameters.common import PageRequest
from app.reading.parameters.events import EventFilters, EventSort
from app.reading.sets import event_sets, kept
from app.reading.sets.kept import KeptSets
from app.reading.sets.pages import with_sets
from app.tables.at_once import NotAtOnceError, at_once
from app.tables.database import Database
from tests.support.builders import make_cast, make_event, make_participant, store
from tests.support.timelines import Made, filters, on_a_database, play, set_stage, timelines

BY_DATE = (EventSort.DATE, EventSort.DATE_DESCENDING)
ASKED = [
    EventFilters(type=["letter"], date=["1990/2000"]),
    EventFilters(participant=["kim-jong-il", "vladimir-putin"]),
    EventFilters(participant=["kim-jong-un"], type=["meeting", "visit"], date=["2018-05/2019-04"]),
    EventFilters(place=["moscow"], top=True),
    EventFilters(tag=["military"], certainty="certain"),
    EventFilters(status=["cancelled"], date=["1900/1901"]),
]


@pytest.fixture(autouse=True)
def from_the_first_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find the first page with sets, too."""
    monkeypatch.setattr(kept, "_PAGES", 0)


def _walk(connection: Connection, listing: Listing, size: int) -> Iterator[list[str]]:
    """Yield the ids of each page to the end, and of each page on the way back."""
    cursor, forward = "", True
    while True:
        page = fetch_page(connection, listing, PageRequest(limit=size, cursor=cursor), "")
        yield [json.loads(item)["id"] for item in page.items]
        forward = forward and page.cursor is not None
        cursor = (page.cursor if forward else page.prev_cursor) or ""
        if not cursor:
            return


@pytest.mark.parametrize("sort", BY_DATE)
@pytest.mark.parametrize(
    "asked", ASKED, ids=lambda asked: str(asked.model_dump(exclude_defaults=True))
)
def test_pages_of_the_seeds(seeded_sqlite: Database, asked: EventFilters, sort: EventSort) -> None:
    listing = lists.events(asked, sort)
    with seeded_sqlite.read() as connection:
        expected = [*_walk(connection, listing, 7)]
        # Without its conditions, the list has only what the sets find.
        found = with_sets(replace(listing, make_conditions=tuple), asked, KeptSets(10_000))
        assert [*_walk(connection, found, 7)] == expected


@pytest.mark.parametrize("sort", [EventSort.DATE, EventSort.UPDATED], ids=["sets", "statement"])
def test_days_of_a_year_are_not_found_at_once(seeded_sqlite: Database, sort: EventSort) -> None:
    """They would be compared with the days of every event, in the event loop."""
    asked, kept_sets = EventFilters(month_day=["10-31"]), KeptSets(10_000)

    def count(connection: Connection) -> int:
        listing = with_sets(lists.events(asked, sort), asked, kept_sets)
        return len(fetch_page(connection, listing, PageRequest(), "").items)

    with seeded_sqlite.read() as connection:
        assert count(connection)
        with pytest.raises(NotAtOnceError), at_once():
            count(connection)


@pytest.fixture
def staged(database: Database) -> Database:
    """A database in which the events of an example can be stored."""
    set_stage(database)
    return database


@pytest.fixture
def shared() -> KeptSets:
    """Sets that the examples of a test share."""
    return KeptSets(1_000_000)


@pytest.mark.thorough
@on_a_database
@given(timelines, filters, st.sampled_from(BY_DATE), st.integers(1, 4))
def test_pages_of_any_list(
    staged: Database,
    shared: KeptSets,
    timeline: list[Made],
    asked: EventFilters,
    sort: EventSort,
    size: int,
) -> None:
    play(staged, timeline)
    listing = lists.events(asked, sort)
    with staged.read() as connection:
        found = _walk(connection, with_sets(listing, asked, shared), size)
        assert [*found] == [*_walk(connection, listing, size)]


def test_sets_are_read_only_if_pages_are_asked_for_often(
    seeded_sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_PAGES", 2)
    find = Mock(return_value={})
    monkeypatch.setattr(event_sets, "_read", find)
    shared = KeptSets(10_000)
    with seeded_sqlite.read() as connection:
        for _ in range(2):
            listing = with_sets(lists.events(ASKED[0], EventSort.DATE), ASKED[0], shared)
            assert fetch_page(connection, listing, PageRequest(), "").items
        assert not find.called
        assert fetch_page(connection, listing, PageRequest(), "").items == []
    # The events of each type, and of each span of days.
    assert find.call_count == 2


def test_sets_wait_for_pages_again_after_a_write_that_ends_them(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_PAGES", 1)
    shared = KeptSets(10_000)

    def found() -> list[bool]:
        with database.read() as connection:
            return [shared.find_for_page(connection) is not None for _ in range(3)]

    store(database, *make_cast(), make_event())
    assert found() == [False, True, True]
    store(database, make_event("2024-06-18-another"))
    assert found() == [True, True, True]
    store(database, make_participant(names={"en": "Sergey V. Lavrov"}))
    assert found() == [False, False, True]
