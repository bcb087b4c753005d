"""Reads from a replica, where primary and replica are one server: the choice, and the way back to the primary.

The cluster tests have real standbys, which take long to start.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.tables.database import Database
from app.tables.replicas.replicas import Replicas
from app.tables.schema.creation import create_if_empty
from tests.support.apps import make_key
from tests.support.builders import make_cast, make_event, make_place, store
from tests.support.databases import NewDatabase
from tests.support.statements import counting_statements

READ = "/v1/events?limit=1"


@pytest.fixture(scope="module")
def url(new_postgresql: NewDatabase) -> str:
    """The URL of a database with one event."""
    return new_postgresql("one_replica")


@pytest.fixture(scope="module")
def database(url: str) -> Iterator[Database]:
    """The database beside the server."""
    database = Database(url)
    create_if_empty(database)
    store(database, *make_cast(), make_place(), make_event())
    yield database
    database.close()


@pytest.fixture
def client(url: str, database: Database, tmp_path: Path) -> Iterator[TestClient]:
    """A client of a server that has its primary as a replica too."""
    assert database
    settings = Settings(database_url=url, read_urls=url, past_folder=tmp_path, kept_bytes=0)
    with TestClient(create_app(settings)) as client:
        yield client


def _state(client: TestClient) -> tuple[Replicas, Database]:
    state = cast("FastAPI", client.app).state
    return state.replicas, state.database


def test_the_replica_is_used_and_answers(client: TestClient) -> None:
    replicas, primary = _state(client)
    (status,) = replicas.statuses

    with counting_statements(*primary.engines) as seen:
        answer = client.get(READ)

    assert (status.is_used, status.fault, status.changes) == (True, "", 0)
    assert "@" not in status.name
    assert (answer.status_code, seen) == (200, [])
    assert int(answer.headers["Timeline-Seq"]) == status.seq


def test_the_primary_answers_requests_with_a_key(client: TestClient, database: Database) -> None:
    key = make_key(database)
    _, primary = _state(client)

    with counting_statements(*primary.engines) as seen:
        answer = client.get(READ, headers={"Authorization": f"Bearer {key}"})

    assert (answer.status_code, len(seen) > 0) == (200, True)


def test_a_state_that_nobody_has_is_a_503_and_a_malformed_number_a_400(client: TestClient) -> None:
    replicas, _ = _state(client)
    newest = str(replicas.everywhere)

    behind = client.get(READ, headers={"Timeline-At-Least": str(int(newest) + 1)})

    assert client.get(READ, headers={"Timeline-At-Least": newest}).status_code == 200
    assert (behind.status_code, behind.headers["Retry-After"]) == (503, "1")
    assert behind.json()["type"].endswith("behind")
    assert client.get(READ, headers={"Timeline-At-Least": "new"}).status_code == 400


def test_the_primary_answers_while_the_replica_is_left_out(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    replicas, primary = _state(client)
    (replica,) = replicas.replicas
    # The next check would take it in again.
    monkeypatch.setattr(replica, "take_in", lambda: None)
    replica.leave_out("a test")

    with counting_statements(*primary.engines) as seen:
        answer = client.get(READ)

    assert (answer.status_code, len(seen) > 0) == (200, True)
    assert replicas.statuses[0].fault == "a test"
