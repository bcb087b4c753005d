"""The statements of each kind of page, which ARCHITECTURE.md states."""

import pytest
from starlette.testclient import TestClient

from app.tables.database import Database
from tests.support.apps import client_of
from tests.support.statements import counting_statements

TALKS = "2024-11-01-lavrov-choe-strategic-consultations"

pytestmark = pytest.mark.sqlite


@pytest.mark.parametrize(
    ("path", "statements"),
    [
        pytest.param(f"events/{TALKS}", 4, id="an event"),
        pytest.param("participants/sergey-lavrov", 7, id="a participant"),
        pytest.param("offices/kp-foreign-minister", 7, id="an office"),
        pytest.param("tags/military", 6, id="a tag"),
        pytest.param("publishers/kcna", 7, id="a publisher"),
        pytest.param("places/moscow", 5, id="a place"),
        pytest.param("sources/tass-1865655", 5, id="a source"),
        pytest.param("treaties/friendship-treaty-1961", 3, id="a treaty"),
        pytest.param("places", 2, id="a list"),
        pytest.param(f"events/{TALKS}/revisions/1", 2, id="a first revision"),
        pytest.param("changes", 1, id="changes without earlier documents"),
        pytest.param("releases", 1, id="releases"),
        pytest.param("about", 5, id="the coverage"),
        pytest.param("explore.json", 8, id="the data of the explorer"),
        pytest.param("explore/matches.json?month_day=08-15", 1, id="matches for the explorer"),
    ],
)
def test_a_page_takes_so_many(seeded_sqlite: Database, path: str, statements: int) -> None:
    with client_of(seeded_sqlite) as client:
        database: Database = client.app.state.database  # type: ignore[attr-defined]
        # The first request prepares the connection.
        client.get("/en/releases?limit=1")
        with counting_statements(*database.engines) as seen:
            assert client.get(f"/en/{path}").status_code == 200

    assert len(seen) <= statements, seen


def test_the_list_of_events(seeded_sqlite: Database) -> None:
    with client_of(seeded_sqlite) as client:
        database: Database = client.app.state.database  # type: ignore[attr-defined]
        with counting_statements(*database.engines) as seen:
            _get(client, "/en/explore?date=2024")
        with counting_statements(*database.engines) as more:
            _get(client, "/en/explore?date=2024&place=moscow&tag=summit")

    # The first request after a write reads the sets that count; without them each facet takes more.
    assert len(seen) <= 23
    assert len(more) <= len(seen) + 2


def _get(client: TestClient, url: str) -> None:
    assert client.get(url).status_code == 200
