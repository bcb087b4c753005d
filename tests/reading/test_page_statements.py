"""The part of a page's statement that is the same for each request is made once."""

import pytest
from sqlalchemy import Label

from app.reading import lists
from app.reading.listing import fetch_page
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
