"""Followers of the change log get each change once and soon; none leaves a connection open."""

import asyncio
import json
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import QueuePool
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from app.api.runtime import change_feed
from app.api.runtime.gates import Shares
from app.api.streaming.change_stream import ChangeStream
from app.main import create_app
from app.reading import log
from app.settings import Settings
from app.tables.database import Database, SlowQueryError
from app.tables.schema.creation import create_if_empty
from tests.support.answers import walk_items
from tests.support.apps import make_key
from tests.support.builders import make_cast, make_event, make_participant, make_place, store
from tests.support.databases import NewDatabase
from tests.support.logs import read_log
from tests.support.servers import served
from tests.support.streams import ServerSentEvent, events_of, parse_event, read_stream

STREAM = "/v1/changes/stream"


@pytest.fixture
def app(database: Database) -> Iterator[FastAPI]:
    """Yield an API over `database` that allows two followers and polls every 0.01 s."""
    url = database.url.render_as_string(hide_password=False)
    app = create_app(Settings(database_url=url, streams=2))
    app.state.change_feed.poll_seconds = 0.01
    yield app
    pool = app.state.database.engine.pool
    assert isinstance(pool, QueuePool)
    deadline = time.monotonic() + 2
    while pool.checkedout() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert pool.checkedout() == 0
    app.state.database.close()


def _events(body: bytes) -> list[ServerSentEvent]:
    """Return the changes of a stream, without its comments."""
    found = map(parse_event, body.split(b"\n\n")[:-1])
    return [event for event in found if "event" in event]


def _read(app: FastAPI, query: str, count: int, **headers: str) -> list[ServerSentEvent]:
    """Read a stream until it has `count` changes, and return them."""
    url = f"{STREAM}?{query}" if query else STREAM
    enough = lambda body: len(_events(body)) >= count
    return _events(asyncio.run(read_stream(app, url, enough, **headers))[2])


class TestEvents:
    def test_events_are_the_items_of_the_list(
        self, app: FastAPI, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_event())

        events = _read(app, "after=0", 4)

        items = walk_items(client, "/v1/changes")
        assert [json.loads(event["data"]) for event in events] == items
        assert [event["id"] for event in events] == ["1", "2", "3", "4"]
        assert {event["event"] for event in events} == {"change"}
        text = client.get("/v1/changes").text
        assert all(event["data"] in text for event in events)

    def test_kind_filters_the_events(self, app: FastAPI, database: Database) -> None:
        store(database, *make_cast(), make_place(), make_event())

        events = _read(app, "after=0&kind=place&kind=event", 2)

        assert [event["id"] for event in events] == ["3", "5"]

    def test_direct_leaves_out_the_changes_that_follow_from_an_edit(
        self, app: FastAPI, database: Database
    ) -> None:
        store(database, *make_cast(), make_event())
        store(database, make_participant(names={"en": "S. Lavrov"}))
        store(database, make_place())

        events = _read(app, "after=4&direct=true", 2)

        assert [event["id"] for event in events] == ["5", "7"]

    def test_events_come_in_several_batches(self, app: FastAPI, database: Database) -> None:
        app.state.change_feed.batch_size = 2
        store(database, *(make_place(f"place-{n}") for n in range(7)))

        assert [event["id"] for event in _read(app, "after=0", 7)] == [*"1234567"]

    def test_last_event_id_resumes_after_that_event(self, app: FastAPI, database: Database) -> None:
        store(database, *(make_place(f"place-{n}") for n in range(5)))

        events = _read(app, "after=0", 2, last_event_id="3")

        assert [event["id"] for event in events] == ["4", "5"]


class TestNewChanges:
    def test_a_waiting_follower_gets_only_new_changes(
        self, app: FastAPI, database: Database
    ) -> None:
        store(database, make_place())

        async def run() -> list[ServerSentEvent]:
            begun = asyncio.Event()

            def enough(body: bytes) -> bool:
                begun.set()
                return b"event: change" in body

            reading = asyncio.create_task(read_stream(app, STREAM, enough))
            await begun.wait()
            await asyncio.to_thread(store, database, make_place("omsk"))
            return _events((await reading)[2])

        assert [event["id"] for event in asyncio.run(run())] == ["2"]

    def test_a_follower_that_reconnects_before_any_change_misses_none(
        self, app: FastAPI, database: Database
    ) -> None:
        """Without `after` a stream first sends the position in the log where it begins."""
        store(database, make_place())

        _, _, body = asyncio.run(read_stream(app, STREAM, lambda body: b"\n\n" in body))
        store(database, make_place("omsk"))
        position = parse_event(body.split(b"\n\n")[0])

        assert position == {"": "changes follow", "id": "1", "retry": "3000"}
        assert [e["id"] for e in _read(app, "", 1, last_event_id=position["id"])] == ["2"]

    def test_heartbeats_come_until_a_change_comes(
        self, app: FastAPI, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ChangeStream, "heartbeat_seconds", 0.02)
        store(database, make_place("omsk"), make_place("moscow"))

        url = f"{STREAM}?after=0&kind=event"
        enough = lambda body: body.count(b"no change yet") == 2
        _, _, body = asyncio.run(read_stream(app, url, enough))

        assert body == b": changes follow\nretry: 3000\n" + b": no change yet\n" * 2

    @pytest.mark.parametrize(
        ("query", "headers"),
        [
            pytest.param("?after=0", {}, id="after"),
            pytest.param("", {"last_event_id": "0"}, id="Last-Event-ID"),
        ],
    )
    def test_every_block_is_an_event_with_data(
        self,
        app: FastAPI,
        database: Database,
        monkeypatch: pytest.MonkeyPatch,
        query: str,
        headers: dict[str, str],
    ) -> None:
        """Some clients yield an empty event for a block without data, and fail to parse it."""
        monkeypatch.setattr(ChangeStream, "heartbeat_seconds", 0.02)
        store(database, make_place("omsk"), make_place("moscow"))
        enough = lambda body: body.count(b"\n:") == 2

        _, _, body = asyncio.run(read_stream(app, f"{STREAM}{query}", enough, **headers))

        blocks = body.split(b"\n\n")
        assert [json.loads(parse_event(block)["data"])["seq"] for block in blocks[:-1]] == [1, 2]
        assert all(line.startswith(b":") for line in blocks[-1].splitlines())

    def test_a_database_outage_loses_no_change(
        self, app: FastAPI, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        app.state.change_feed.retry_seconds = 0.01
        app.state.change_feed.batch_size = 1
        gone = OperationalError("SELECT", {}, Exception("gone"))
        failures = iter([gone, None, SlowQueryError("it took longer"), gone])

        def fetch(*arguments: object) -> log.ChangeBatch:
            if failure := next(failures, None):
                raise failure
            return log.fetch_changes(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(change_feed, "fetch_changes", fetch)
        store(database, *(make_place(f"place-{n}") for n in range(3)))

        with capture_logs() as logs:
            assert [event["id"] for event in _read(app, "after=0", 3)] == ["1", "2", "3"]
        assert len([log for log in logs if log["log_level"] == "warning"]) == 3


class TestFollowers:
    def test_a_server_refuses_followers_above_its_limit(self, app: FastAPI) -> None:
        async def run() -> list[int]:
            async with _following(app), _following(app):
                status, headers, _ = await read_stream(app, STREAM, lambda _: True)
                assert headers["retry-after"] == "10"
            return [status, (await read_stream(app, STREAM, lambda _: True))[0]]

        assert asyncio.run(run()) == [503, 200]

    def test_one_caller_cannot_take_every_place(self, app: FastAPI, database: Database) -> None:
        app.state.change_feed.shares = Shares(1, "streams of changes")
        key = f"Bearer {make_key(database)}"

        async def run() -> list[int]:
            async with _following(app):
                second, _, body = await read_stream(app, STREAM, lambda _: True)
                assert b"at most 1 streams of changes at once for one key or address" in body
                other = await read_stream(app, STREAM, lambda _: True, authorization=key)
            return [second, other[0], (await read_stream(app, STREAM, lambda _: True))[0]]

        assert asyncio.run(run()) == [503, 200, 200]

    def test_waiting_followers_hold_no_connection(self, app: FastAPI, database: Database) -> None:
        """One poll of the database serves all of them."""
        polls = []

        def find(connection: object) -> int:
            polls.append(connection)
            return 0

        async def run() -> None:
            async with _following(app), _following(app):
                await asyncio.sleep(0.05)
                polls.clear()
                await asyncio.sleep(0.2)
            await asyncio.sleep(0.1)
            after = len(polls)
            await asyncio.sleep(0.1)
            assert len(polls) == after

        app.state.change_feed.poll_seconds = 0.04
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(change_feed, "newest_seq", find)
            asyncio.run(run())
        assert 1 <= len(polls) <= 8

    def test_a_server_that_stops_ends_streams_and_refuses_new_followers(self, app: FastAPI) -> None:
        async def run() -> tuple[int, int]:
            async with _following(app) as reading:
                app.state.change_feed.stop()
                status, _, body = await asyncio.wait_for(reading, timeout=2)
            assert body.endswith(b"\n\n")
            return status, (await read_stream(app, STREAM, lambda _: True))[0]

        assert asyncio.run(run()) == (200, 503)


@asynccontextmanager
async def _following(
    app: FastAPI,
) -> AsyncIterator["asyncio.Task[tuple[int, dict[str, str], bytes]]"]:
    """Follow the stream until the block ends."""
    begun = asyncio.Event()

    def begin(_: bytes) -> bool:
        begun.set()
        return False

    task = asyncio.create_task(read_stream(app, STREAM, begin))
    await asyncio.wait_for(begun.wait(), timeout=5)
    yield task
    task.cancel()
    await asyncio.wait([task])


class TestAnswer:
    def test_is_neither_stored_nor_compressed(self, app: FastAPI, database: Database) -> None:
        store(database, *(make_place(f"place-{n}") for n in range(20)))
        url = f"{STREAM}?after=0"

        _, headers, body = asyncio.run(
            read_stream(app, url, lambda body: b"place-19" in body, accept_encoding="gzip, br")
        )

        assert headers["content-type"] == "text/event-stream; charset=utf-8"
        assert headers["cache-control"] == "no-store"
        assert headers["x-accel-buffering"] == "no"
        assert not {"etag", "content-encoding", "content-length"} & headers.keys()
        assert len(body) > 2000

    def test_head_ends(self, client: TestClient) -> None:
        answer = client.head(STREAM)

        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["cache-control"] == "no-store"

    @pytest.mark.parametrize(
        ("query", "headers", "parameter"),
        [
            pytest.param("?after=2", {}, "after", id="a number above the newest change"),
            pytest.param("?after=x", {}, "after", id="not a number"),
            pytest.param("?kind=moon", {}, "kind", id="an unknown kind"),
            pytest.param(
                "", {"Last-Event-ID": "2"}, "Last-Event-ID", id="an id above the newest change"
            ),
            pytest.param(
                "", {"Last-Event-ID": "x"}, "Last-Event-ID", id="an id that is not a number"
            ),
        ],
    )
    def test_an_invalid_position_or_kind_is_refused(
        self,
        client: TestClient,
        database: Database,
        query: str,
        headers: dict[str, str],
        parameter: str,
    ) -> None:
        store(database, make_place())

        answer = client.get(STREAM + query, headers=headers)

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == parameter


class TestOverTheWire:
    """These tests use a real server; this process writes to its database."""

    @pytest.mark.thorough
    def test_each_change_comes_once_and_within_a_second_until_the_server_stops(
        self, new_database: NewDatabase, tmp_path: Path
    ) -> None:
        database = Database(new_database("stream"))
        create_if_empty(database)
        store(database, make_place())
        url = database.url.render_as_string(hide_password=False)
        log = tmp_path / "log"

        with served(url, log=log) as (base, process):
            with httpx.stream("GET", f"{base}{STREAM}?after=0") as first:
                events = (event for event in events_of(first) if "event" in event)
                assert next(events)["id"] == "1"
                waits = [_wait_for(database, events, number) for number in (2, 3, 4)]
                # The least of three, because only the load of the machine makes a wait longer.
                assert min(waits) < 1
            store(database, make_place("place-5"))

            resuming = {"Last-Event-ID": "4"}
            with httpx.stream("GET", f"{base}{STREAM}", headers=resuming) as second:
                events = (event for event in events_of(second) if "event" in event)
                assert next(events)["id"] == "5"
                process.send_signal(signal.SIGTERM)
                stopped_at = time.monotonic()
                assert [*events] == []
                process.wait(timeout=10)
                assert time.monotonic() - stopped_at < 2

        lines = read_log(log)
        assert [line for line in lines if "exception" in line or line["level"] == "error"] == []
        database.close()


def _wait_for(database: Database, events: Iterator[ServerSentEvent], number: int) -> float:
    """Write the change of this number, and return how many seconds later it arrives."""
    store(database, make_place(f"place-{number}"))
    written = time.monotonic()
    assert next(events)["id"] == str(number)
    return time.monotonic() - written
