"""A reconciliation and a page of features run as many statements for any number of entities."""

import json
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from app.tables.database import Database
from tests.support.apps import client_of
from tests.support.statements import counting_statements

pytestmark = pytest.mark.sqlite


def _count(client: TestClient, url: str) -> int:
    database: Database = client.app.state.database  # type: ignore[attr-defined]
    # The first request prepares the connection, and may be kept in memory.
    client.get("/en/releases?limit=1")
    with counting_statements(*database.engines) as seen:
        answer = client.get(url)
    assert answer.status_code == 200, answer.text
    # The version of the data decides whether an answer is kept.
    return len(seen)


def _query(name: str, **more: object) -> str:
    queries = {"q": {"query": name, "limit": 50, **more}}
    return f"/reconcile?{urlencode({'queries': json.dumps(queries)})}"


def test_more_candidates_take_no_more_statements(seeded_sqlite: Database) -> None:
    with client_of(seeded_sqlite) as client:
        one = _count(client, _query("Choe Son Hui"))
        many = _count(client, _query("Kim"))
        compared = [{"pid": "country", "v": "KP"}, {"pid": "active_on", "v": "2024"}]
        evident = _count(client, _query("Kim", type="person", properties=compared))

    assert one == 7
    # The documents of each further kind are one statement.
    assert many == one + 2
    # Of persons alone three fewer read names, and the date takes three.
    assert evident == 7


def test_more_columns_and_rows_take_no_more_statements(seeded_sqlite: Database) -> None:
    def extend(ids: list[str], *properties: str) -> str:
        query = {"ids": ids, "properties": [{"id": each} for each in properties]}
        return f"/reconcile?{urlencode({'extend': json.dumps(query)})}"

    people = ["participants/choe-son-hui", "participants/kim-jong-un", "participants/sergey-lavrov"]
    with client_of(seeded_sqlite) as client:
        one = _count(client, extend(people[:1], "office"))
        more = _count(client, extend(people, "office", "country", "alias"))

    assert more == one <= 3


@pytest.mark.parametrize("collection", ["events", "places"])
def test_a_page_of_features_takes_two(seeded_sqlite: Database, collection: str) -> None:
    path = f"/ogc/collections/{collection}/items"
    with client_of(seeded_sqlite) as client:
        small = _count(client, f"{path}?limit=1")
        large = _count(client, f"{path}?limit=500&bbox=124,37,131,43&datetime=2024")

    assert small == large == 2
