"""The same request gets the same answer on SQLite and on PostgreSQL, byte for byte.

`seeded_client` compares every read of every test that uses it; the queries here are the ones that
no other test asks. The class below proves that the comparison finds a difference.
"""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from app.tables.database import Database
from tests.support.apps import client_of
from tests.support.queries import QUERIES

# The first answer of the two servers differs in the body, the second in the status.
DIFFERENT = ("/v1/places", "/v1/places/moscow")


@pytest.mark.thorough
def test_answers_are_the_same(seeded_client: TestClient) -> None:
    refused = [url for url in QUERIES if seeded_client.get(url).status_code != 200]

    assert refused == []
    assert len(set(QUERIES)) >= 100


def test_instants_are_the_same(
    seeded_sqlite: Database, seeded_postgresql: Database, seeded_client: TestClient
) -> None:
    """Otherwise ETags, cursors and digests would differ, and no answer could be compared."""
    assert "sqlite" in str(seeded_sqlite.url) and "postgresql" in str(seeded_postgresql.url)
    assert seeded_client.get("/v1/events?sort=-updated&limit=1").json()["page"]["next"]


class TestComparison:
    @pytest.fixture
    def unequal(self, seeded_sqlite: Database, client: TestClient) -> Iterator[TestClient]:
        """A client of the seeds whose twin has an almost empty database."""
        with client_of(seeded_sqlite, client) as unequal:
            yield unequal

    @pytest.mark.parametrize("url", DIFFERENT)
    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    def test_finds_a_difference(self, unequal: TestClient, method: str, url: str) -> None:
        with pytest.raises(AssertionError, match="engines differ"):
            unequal.request(method, url)

    def test_finds_a_difference_in_a_stream(self, unequal: TestClient) -> None:
        with (
            pytest.raises(AssertionError, match="engines differ"),
            unequal.stream("GET", "/v1/places"),
        ):
            pass

    def test_finds_a_difference_between_headers(
        self, unequal: TestClient, client: TestClient
    ) -> None:
        """The problems are equal, and one server sends another header."""
        assert unequal.get("/v1/places?limit=-1").status_code == 400
        client.event_hooks["response"].append(lambda answer: answer.headers.update({"X": "1"}))
        try:
            with pytest.raises(AssertionError, match="engines differ"):
                unequal.get("/v1/places?limit=1000")
        finally:
            client.event_hooks["response"].pop()

    def test_sees_each_set_of_request_headers(self, unequal: TestClient) -> None:
        url = "/v1/places?country=FR"
        with pytest.raises(AssertionError, match="engines differ"):
            unequal.get(url)

        assert unequal.get(url).status_code == 200, "a repeated request is not compared"
        with pytest.raises(AssertionError, match="engines differ"):
            unequal.get(url, headers={"Accept-Language": "fr"})
