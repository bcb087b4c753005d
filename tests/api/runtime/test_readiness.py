"""`/readyz` answers at once, also while every thread and connection of reads is in use."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection
from starlette.testclient import TestClient

from app.api.dependencies.reader import ReaderDep
from app.api.runtime.readiness import ReadinessCheck
from app.main import create_app
from app.settings import Settings
from app.tables.database import Database


class _Hanging(Database):
    """A database that answers nothing until it is let go."""

    def __init__(self) -> None:
        super().__init__("sqlite:///never-opened.db")
        self.asked = 0
        self.go_on = threading.Event()

    @contextmanager
    def read(self, *, unlimited: bool = False) -> Iterator[Connection]:
        self.asked += 1
        self.go_on.wait(30)
        with super().read(unlimited=unlimited) as connection:
            yield connection


def test_readers_do_not_delay_it(seeded: Database) -> None:
    url = seeded.url.render_as_string(hide_password=False)
    reading, go_on = threading.Event(), threading.Event()
    app: Any = create_app(Settings(database_url=url, pool_size=1))

    def read_slowly(reader: ReaderDep) -> None:
        reading.set()
        reader.find(lambda _: go_on.wait(30))

    app.get("/v1/slow")(read_slowly)
    app.state.query_parameters[read_slowly.__name__] = {}
    with TestClient(app) as client:
        readers = [threading.Thread(target=client.get, args=["/v1/slow"]) for _ in range(3)]
        for reader in readers:
            reader.start()
        assert reading.wait(30)

        started = time.monotonic()
        answer = client.get("/readyz")
        took = time.monotonic() - started

        go_on.set()
        for reader in readers:
            reader.join()

    assert answer.status_code == 200
    assert took < 10, "it waited for the readers"


class TestDatabaseThatHangs:
    @pytest.fixture
    def hanging(self) -> Iterator[_Hanging]:
        hanging = _Hanging()
        yield hanging
        hanging.go_on.set()
        hanging.close()

    def test_the_answer_comes_in_time(self, hanging: _Hanging) -> None:
        async def run() -> str:
            fault = await ReadinessCheck(hanging, hanging, wait_seconds=0.05).find_fault()
            hanging.go_on.set()
            return fault

        started = time.monotonic()

        assert asyncio.run(run()) == "the database did not answer in 0.05 s"
        assert time.monotonic() - started < 10

    def test_all_requests_share_one_check(self, hanging: _Hanging) -> None:
        async def run() -> set[str]:
            check = ReadinessCheck(hanging, hanging, wait_seconds=0.05)
            faults = await asyncio.gather(*(check.find_fault() for _ in range(100)))
            faults += [await check.find_fault()]
            hanging.go_on.set()
            return {*faults}

        assert asyncio.run(run()) == {"the database did not answer in 0.05 s"}
        assert hanging.asked == 1
