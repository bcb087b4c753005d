"""Two servers over one database: each knows the work that the other has begun or ended."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any, cast

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.tables.database import Database
from app.tables.log import newest_seq
from app.writing.api_keys import revoke_key
from app.writing.snapshots.build import build_snapshot
from tests.support.apps import make_key
from tests.support.builders import make_place, store
from tests.support.editing import plain


@pytest.fixture
def servers(database: Database, tmp_path: Path) -> Iterator[list[TestClient]]:
    """Two servers that share the database and the folder of past states."""
    url = database.url.render_as_string(hide_password=False)
    settings = Settings(database_url=url, past_folder=tmp_path)
    with TestClient(create_app(settings)) as one, TestClient(create_app(settings)) as other:
        for client in (one, other):
            cast("FastAPI", client.app).state.snapshots.wait_seconds = 120
        yield [one, other]


def test_an_import_with_one_key_runs_once(database: Database, servers: list[TestClient]) -> None:
    headers = {"Authorization": f"Bearer {make_key(database)}", "Idempotency-Key": "the-same"}
    body = {"places": [plain(make_place(f"place-{n}")) for n in range(20)]}
    begun = Barrier(2)

    def send(client: TestClient) -> Any:
        begun.wait()
        return client.post("/v1/imports", json=body, headers=headers)

    with ThreadPoolExecutor(2) as threads:
        answers = [*threads.map(send, servers)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert sum("idempotent-replayed" in answer.headers for answer in answers) == 1
    with database.read() as connection:
        assert newest_seq(connection) == 20


def test_a_past_state_is_built_once(
    database: Database,
    servers: list[TestClient],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store(database, *(make_place(f"place-{n}") for n in range(3)))
    built: list[int] = []

    def build_and_note(present: Database, seq: int, path: Path, **more: Any) -> None:
        built.append(seq)
        build_snapshot(present, seq, path, **more)

    monkeypatch.setattr("app.api.runtime.snapshots.build_snapshot", build_and_note)
    begun = Barrier(2)

    def read(client: TestClient) -> Any:
        begun.wait()
        return client.get("/v1/places?as_of=2")

    with ThreadPoolExecutor(2) as threads:
        answers = [*threads.map(read, servers)]

    assert [answer.headers["Timeline-Seq"] for answer in answers] == ["2", "2"]
    assert answers[0].json()["items"] == answers[1].json()["items"]
    assert built == [2]
    assert [file.suffix for file in tmp_path.iterdir()] == [".sqlite"]


def test_turns_of_writers_lose_no_update(database: Database, servers: list[TestClient]) -> None:
    store(database, make_place("minsk", names={"en": "Number 0"}))
    key = {"Authorization": f"Bearer {make_key(database)}"}

    def count_up(client: TestClient) -> int:
        done = 0
        while done < 5:
            read = client.get("/v1/places/minsk", headers=key)
            number = int(read.json()["names"]["en"].split()[1])
            record = plain(make_place("minsk", names={"en": f"Number {number + 1}"}))
            written = client.put(
                "/v1/places/minsk", json=record, headers={**key, "If-Match": read.headers["ETag"]}
            )
            assert written.status_code in (200, 412), written.text
            done += written.status_code == 200
        return done

    with ThreadPoolExecutor(2) as threads:
        assert [*threads.map(count_up, servers)] == [5, 5]

    for client in servers:
        assert client.get("/v1/places/minsk").json()["names"]["en"] == "Number 10"


def test_a_key_that_is_revoked_is_refused_by_the_other(
    database: Database, servers: list[TestClient]
) -> None:
    key = {"Authorization": f"Bearer {make_key(database, 'gone')}"}
    assert [client.get("/v1/places", headers=key).status_code for client in servers] == [200, 200]
    with database.write() as connection:
        revoke_key(connection, "gone")

    assert [client.get("/v1/places", headers=key).status_code for client in servers] == [401, 401]


def test_a_follower_goes_on_at_the_other(database: Database, servers: list[TestClient]) -> None:
    store(database, make_place("minsk"), make_place("omsk"))
    first = servers[0].get("/v1/changes?limit=1").json()

    following = servers[1].get(f"/v1/changes?after={first['page']['last']}").json()

    assert [each["seq"] for each in following["items"]] == [2]
    assert json.dumps(following["page"]["next"]) == "null"
