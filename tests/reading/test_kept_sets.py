"""Sets of events are of the state that a request sees, and follow each kind of write."""

from typing import Any

import pytest
from sqlalchemy import Connection

from app.documents.counting import Facet
from app.domain.vocabulary import EntityKind
from app.reading.counts.facets import count_facets
from app.reading.parameters.events import EventFilters, EventView
from app.reading.sets.event_sets import EventSets
from app.reading.sets.kept import KeptSets
from app.reading.sets.matching import count_matches
from app.records.models.base import MAX_ITEMS
from app.tables.at_once import at_once
from app.tables.database import Database
from tests.support.builders import (
    end,
    make_cast,
    make_event,
    make_participant,
    make_place,
    make_source,
    make_tag,
    store,
)

_LAVROV = {"id": "sergey-lavrov", "role": "host", "side": "RU"}
_TWIN = {"id": "twin", "role": "host", "side": "RU"}


@pytest.fixture
def kept(database: Database) -> KeptSets:
    """Sets that are kept, with every facet read, of a few events."""
    store(
        database,
        *make_cast(),
        make_participant("twin"),
        make_place("russia", precision="country"),
        make_place("moscow"),
        make_tag("y"),
        make_event("2024-01-01-a", place="moscow", tags=["x"], participants=[_LAVROV]),
        make_event("2024-01-02-b", place="moscow", participants=[_TWIN]),
    )
    # On PostgreSQL the keys of events go on from one test to the next.
    kept = KeptSets(1_000_000)
    _compare(database, kept)
    return kept


def _compare(database: Database, kept: KeptSets) -> EventSets:
    """Require that the sets count as the database does, and return them."""
    with database.read() as connection:
        sets = kept.find(connection)
        assert sets is not None
        assert _facets(connection, sets) == _facets(connection)
        return sets


def _facets(connection: Connection, sets: EventSets | None = None) -> Any:
    return count_facets(connection, EventFilters(), EventView(facets=[*Facet]), sets)


def test_without_a_write_they_stay(database: Database, kept: KeptSets) -> None:
    assert _compare(database, kept) is _compare(database, kept)


def test_they_follow_an_added_event(database: Database, kept: KeptSets) -> None:
    store(database, make_tag("z"), make_event("1990-01-01-c", date="1990", tags=["z"]))

    _compare(database, kept)


def test_they_follow_an_edited_event(database: Database, kept: KeptSets) -> None:
    store(database, make_event("2024-01-01-a", date="2023", tags=["y"], participants=[_TWIN]))

    _compare(database, kept)


def test_they_follow_an_edited_place(database: Database, kept: KeptSets) -> None:
    store(database, make_place("moscow", part_of="russia"))

    _compare(database, kept)


def test_they_follow_an_edited_name(database: Database, kept: KeptSets) -> None:
    store(database, make_tag("x", names={"en": "Another name"}))

    _compare(database, kept)


def test_they_follow_a_withdrawal(database: Database, kept: KeptSets) -> None:
    end(database, EntityKind.EVENT, "2024-01-02-b")

    _compare(database, kept)


def test_they_follow_a_merge(database: Database, kept: KeptSets) -> None:
    end(database, EntityKind.PARTICIPANT, "twin", into="sergey-lavrov")

    _compare(database, kept)


def test_they_have_the_event_with_the_most_sources(database: Database, kept: KeptSets) -> None:
    sources = [make_source(f"page-{n}") for n in range(MAX_ITEMS)]
    store(database, *sources)
    store(database, make_event("2024-01-03-c", sources=[each.id for each in sources]))
    with database.read() as connection:
        sets = kept.find(connection)
        assert sets is not None
        assert count_matches(sets, connection, EventFilters(min_sources=2)) == 1
        assert count_matches(sets, connection, EventFilters(max_sources=100)) == 2


def test_a_request_that_sees_an_older_state_has_none(database: Database, kept: KeptSets) -> None:
    with database.read() as older:
        facets = _facets(older)
        store(database, make_event("2024-01-03-c"))
        newer = _compare(database, kept)

        assert kept.find(older) is None
        assert _facets(older) == facets

    assert _compare(database, kept) is newer


def test_a_state_that_an_earlier_read_noted_does_not_count(
    database: Database, kept: KeptSets
) -> None:
    with database.for_one_request(lambda seq: None).read() as connection:
        assert kept.find(connection) is not None

    with database.read() as connection:
        store(database, make_event("2024-01-03-c", participants=[_TWIN]))
        sets = kept.find(connection)
        assert sets is not None
        assert _facets(connection, sets) == _facets(connection)


@pytest.mark.parametrize("limit", [0, 1])
def test_too_many_events_have_none(database: Database, kept: KeptSets, limit: int) -> None:
    with database.read() as connection:
        assert KeptSets(limit).find(connection) is None


def test_too_many_events_are_noticed_once(database: Database, kept: KeptSets) -> None:
    """Otherwise a page would be read twice: first in the event loop, which may not count them."""
    few = KeptSets(1)
    with database.read() as connection:
        assert few.find(connection) is None
        with at_once():
            assert few.find(connection) is None


def test_an_empty_database_has_none(database: Database) -> None:
    with database.read() as connection:
        assert KeptSets(1_000_000).find(connection) is None
