"""The routes of places, as a client sees them."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.documents.pages import PlacePage
from app.tables.database import Database
from tests.support.answers import walk, without_stamps
from tests.support.builders import make_place, store


@pytest.fixture
def station(database: Database) -> dict[str, Any]:
    """Store a place, and return its document."""
    given = {
        "names": {"en": "Khasan", "fr": "Khassan", "ru": "Хасан", "ko": "하산"},
        "country": "RU",
        "latitude": 42.4286,
        "longitude": 130.6456,
        "precision": "site",
    }
    store(database, make_place("khasan", **given), make_place("moscow"))
    return {"id": "khasan", "revision": 1, **given}


class TestListPlaces:
    def test_a_page_has_items_and_a_link_to_the_next(
        self, client: TestClient, station: dict[str, Any]
    ) -> None:
        answer = client.get("/v1/places?limit=1")

        assert answer.status_code == 200
        assert [without_stamps(item) for item in answer.json()["items"]] == [station]
        page = answer.json()["page"]
        assert (page["limit"], page["returned"], page["total"]) == (1, 1, None)
        assert client.get(page["next"]).json()["items"][0]["id"] == "moscow"

    def test_every_place_of_the_seeds_matches_its_schema(self, seeded_client: TestClient) -> None:
        for page in walk(seeded_client, "/v1/places?limit=20"):
            assert PlacePage.model_validate(page).model_dump(mode="json") == page


class TestGetPlace:
    def test_the_whole_document(self, client: TestClient, station: dict[str, Any]) -> None:
        answer = client.get("/v1/places/khasan")

        assert answer.status_code == 200
        assert without_stamps(answer.json()) == station
