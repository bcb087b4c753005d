"""A page's statement: its fixed part is made once, and an index has its order."""

import pytest
from sqlalchemy import Label

from app.reading import lists
from app.reading.listing import fetch_page, in_order
from app.reading.parameters.common import PageRequest
from app.reading.parameters.entities import TreatyFilters, TreatySort
from app.reading.parameters.events import EventFilters, EventSort
from app.reading.parameters.participants import ParticipantFilters, ParticipantSort
from app.tables.database import Database


def test_columns_and_order_are_made_once(
    seeded_sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch() -> None:
        chosen = [
            *(lists.events(EventFilters(), sort) for sort in EventSort if sort != "relevance"),
            *(lists.participants(ParticipantFilters(), (), sort) for sort in ParticipantSort),
            *(lists.treaties(TreatyFilters(), (), sort) for sort in TreatySort),
        ]
        for listing in chosen:
            fetch_page(connection, listing, PageRequest(limit=1), "list")

    made: list[str] = []
    with seeded_sqlite.read() as connection:
        fetch()
        monkeypatch.setattr(Label, "__init__", lambda self, name, *_: made.append(name))
        fetch()

    assert made == []


@pytest.mark.sqlite
@pytest.mark.parametrize("sort", [each for each in EventSort if each is not EventSort.RELEVANCE])
def test_an_index_has_the_events_in_each_order(database: Database, sort: EventSort) -> None:
    page = in_order(lists.events(EventFilters(), sort)).limit(50)

    with database.read() as connection:
        statement = page.compile(connection, compile_kwargs={"literal_binds": True})
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()

    assert [step for *_, step in plan if "TEMP B-TREE" in step] == []
