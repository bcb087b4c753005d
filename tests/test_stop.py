"""A real server that stops during an import: a 503 means that nothing was written."""

import json
import signal
import threading
import time
from contextlib import closing

import httpx
import pytest
from sqlalchemy import func, select

from app.tables import core as t
from app.tables.database import Database
from app.tables.schema.creation import create_if_empty
from tests.support.apps import make_key
from tests.support.builders import make_place
from tests.support.databases import NewDatabase
from tests.support.editing import plain
from tests.support.servers import served

pytestmark = pytest.mark.kill

PLACES = 4000
_IMPORTED = select(func.count()).where(t.place.c.slug.startswith("stop-"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_import_is_written_or_refused(new_database: NewDatabase, number: signal.Signals) -> None:
    url = new_database(f"stopped{number}")
    with closing(Database(url)) as database:
        create_if_empty(database)
        headers = {"Authorization": f"Bearer {make_key(database)}"}
        body = json.dumps({"places": [plain(make_place(f"stop-{n}")) for n in range(PLACES)]})
        answers: list[httpx.Response] = []

        def send(server: str) -> None:
            typed = headers | {"Content-Type": "application/json"}
            url = f"{server}/v1/imports"
            answers.append(httpx.post(url, content=body, headers=typed, timeout=60))

        with served(url, shutdown_seconds=0) as (server, process):
            thread = threading.Thread(target=send, args=(server,))
            thread.start()
            _wait_for_a_writer(database)
            process.send_signal(number)
            thread.join(60)
            process.wait(30)

        with database.read() as connection:
            stored = connection.scalar(_IMPORTED)
    (answer,) = answers
    assert (answer.status_code, stored) in ((503, 0), (200, PLACES))
    assert answer.status_code == 200 or "nothing was written" in answer.json()["detail"]


def _wait_for_a_writer(database: Database) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with database.read() as connection:
            if database.is_written(connection):
                return
        time.sleep(0.01)
    raise AssertionError("the import did not begin to write")
