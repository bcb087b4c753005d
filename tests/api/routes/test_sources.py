"""The routes of sources, as a client sees them."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.documents.pages import SourcePage
from app.tables.database import Database
from tests.support.answers import walk, without_stamps
from tests.support.builders import make_publisher, make_source, store


@pytest.fixture
def article(database: Database) -> dict[str, Any]:
    """Store a source with every field filled in, and return its document."""
    given = {
        "publisher": "rodong",
        "agency": "kcna",
        "title": "The treaty of 2024",
        "language": "ko",
        "published": "2024-11-02~",
        "url": "https://example.org/로동신문?a=1&b=2",
        "archived_url": "https://archive.example.org/로동신문",
        "article": "000_32bf51e976ece39f",
        "note": "Seen in a reprint.",
    }
    rodong = make_publisher("rodong", names={"en": "Rodong Sinmun", "ko": "로동신문"})
    sources = make_source("article-1", **given), make_source("tass-1")
    store(database, rodong, make_publisher("kcna"), *sources)
    return {
        "id": "article-1",
        "revision": 1,
        **given,
        "publisher": {"id": "rodong", "name": {"en": "Rodong Sinmun", "ko": "로동신문"}},
        "agency": {"id": "kcna", "name": {"en": "KCNA"}},
        "house": "kcna",
    }


class TestListSources:
    def test_the_whole_page(self, client: TestClient, article: dict[str, Any]) -> None:
        answer = client.get("/v1/sources", params={"publisher": "rodong", "total": "exact"})

        assert answer.status_code == 200
        assert [without_stamps(item) for item in answer.json()["items"]] == [article]
        assert answer.json()["page"] == {
            "limit": 50,
            "returned": 1,
            "next": None,
            "total": 1,
            "cursor": None,
            "prev": None,
            "prev_cursor": None,
            "unknown": [],
        }

    def test_every_source_of_the_seeds_matches_its_schema(self, seeded_client: TestClient) -> None:
        for page in walk(seeded_client, "/v1/sources?limit=200"):
            assert SourcePage.model_validate(page).model_dump(mode="json") == page


class TestGetSource:
    def test_the_whole_document(self, client: TestClient, article: dict[str, Any]) -> None:
        answer = client.get("/v1/sources/article-1")

        assert answer.status_code == 200
        assert without_stamps(answer.json()) == article

    @pytest.mark.usefixtures("article")
    def test_unknown_fields_are_null(self, client: TestClient) -> None:
        source = client.get("/v1/sources/tass-1").json()

        nulls = {key for key, value in source.items() if value is None}
        given = {"id", "revision", "created_at", "updated_at", "language", "url"}
        assert nulls == source.keys() - given
