"""No reader gets an answer that is older than a commit acknowledged before the request began.

Eight readers ask for the same few URLs, so most answers come from memory, while two writers change what
is in them. Run on two applications in this process, and on a server with two worker processes.
"""

import random
import re
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from app.tables.database import Database
from tests.support.apps import client_of, make_key
from tests.support.builders import make_place, store
from tests.support.databases import NewDatabase
from tests.support.servers import started

PLACES = ("place-0", "place-1")
URLS = (*(f"/v1/places/{slug}" for slug in PLACES), "/v1/places", "/v1/places?limit=9")
_NUMBERED = re.compile(r"(place-\d) has (\d+)")
Send = Callable[..., Any]


class Trial:
    """Readers and writers, and the numbers that writers have been promised."""

    def __init__(self, key: str) -> None:
        self.acknowledged = dict.fromkeys(PLACES, 0)
        self.reads = 0
        self.failures: list[str] = []
        self._headers = {"Authorization": f"Bearer {key}", "If-Match": "*"}
        self._stopped = threading.Event()

    def run(self, sends: Sequence[Send], seconds: float) -> None:
        """Let eight readers and two writers use these clients in turn for a time."""
        readers = [(self._read, sends[n % len(sends)], n) for n in range(8)]
        writers = [(self._write, sends[n % len(sends)], n) for n in range(2)]
        threads = [threading.Thread(target=self._repeat, args=one) for one in (*readers, *writers)]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        self._stopped.set()
        for thread in threads:
            thread.join()

    def _repeat(self, turn: Callable[[Send, Any], None], send: Send, number: int) -> None:
        chance = random.Random(number)
        try:
            while not self._stopped.is_set() and not self.failures:
                turn(send, chance if turn == self._read else number)
        except Exception as error:  # noqa: BLE001 - the test must hear of it
            self.failures.append(repr(error))

    def _read(self, send: Send, chance: random.Random) -> None:
        url, promised = chance.choice(URLS), dict(self.acknowledged)
        answer = send("GET", url)
        for slug, number in _NUMBERED.findall(answer.text):
            if int(number) < promised[slug]:
                self.failures.append(f"{url}: {slug} has {number}, promised {promised[slug]}")
        self.reads += 1

    def _write(self, send: Send, number: int) -> None:
        slug = PLACES[number]
        following = self.acknowledged[slug] + 1
        body = make_place(slug, names={"en": f"{slug} has {following}"})
        json = body.model_dump(mode="json", exclude_none=True)
        answer = send("PUT", f"/v1/places/{slug}", json=json, headers=self._headers)
        assert answer.status_code == 200, answer.text
        self.acknowledged[slug] = following
        # Between two writes, some reads come from memory.
        time.sleep(0.03)


def _fill(database: Database) -> str:
    store(database, *(make_place(slug, names={"en": f"{slug} has 0"}) for slug in PLACES))
    return make_key(database)


def _check(trial: Trial) -> None:
    assert trial.failures == []
    assert min(trial.acknowledged.values()) > 0
    assert trial.reads > 10


@pytest.mark.thorough
def test_two_applications(database: Database) -> None:
    trial = Trial(_fill(database))
    with client_of(database) as one, client_of(database) as other:
        clients: list[TestClient] = [one, other]
        trial.run([client.request for client in clients], seconds=2)
        kept = [client.app.state.kept_answers for client in clients]  # type: ignore[attr-defined]

    _check(trial)
    # On a busy machine few reads fit between two writes; on PostgreSQL all writes of the server count.
    assert all(each.hits > 0 for each in kept) or not database.is_sqlite


@pytest.mark.load
def test_two_worker_processes(new_database: NewDatabase, tmp_path: Path) -> None:
    url = new_database("fresh")
    none = tmp_path / "none"
    with started(url, log=tmp_path / "log", seeds=none, workers=2) as (base, _):
        with closing(Database(url)) as database:
            trial = Trial(_fill(database))
        # A request on a new connection may have any of the workers; open connections have the shortcut.
        with (
            httpx.Client(base_url=base, headers={"Connection": "close"}) as client,
            httpx.Client(base_url=base) as keeping,
        ):
            trial.run([client.request, keeping.request], seconds=5)

    _check(trial)
    log = (tmp_path / "log").read_text()
    assert log.count('"kept": true') > 10
    assert log.count("kept answers") == 2
