"""A primary is killed under writers and readers, and a standby is promoted: nothing that was promised is lost.

Two servers run over a primary with two standbys. A commit is acknowledged when a standby has it.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest

from app.setup import prepare
from app.tables.database import Database
from app.writing.upkeep.check import find_faults
from tests.support.apps import make_key
from tests.support.builders import make_cast, make_event, make_place, store
from tests.support.cluster import Cluster, Node, cluster, wait_until
from tests.support.servers import served

pytestmark = pytest.mark.cluster

WRITERS, READERS = 4, 8
PLACES = [f"place-{number}" for number in range(WRITERS)]


class Traffic:
    """Writers that count up the names of places, and readers that ask for at least the last promised state."""

    def __init__(self, servers: list[str], key: str) -> None:
        self.servers = servers
        self.acknowledged = dict.fromkeys(PLACES, 0)
        self.seq = 0
        self.statuses: set[int] = set()
        self.faults: list[str] = []
        self.reads = 0
        self.last_write = 0.0
        self._key = {"Authorization": f"Bearer {key}"}
        self._stopped = threading.Event()
        turns = [(self._write, n) for n in range(WRITERS)] + [
            (self._read, n) for n in range(READERS)
        ]
        self._threads = [threading.Thread(target=self._run, args=turn) for turn in turns]

    def start(self) -> None:
        """Let all of them begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let all of them end."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def wait_for_writes(self, after: float) -> None:
        """Wait until a write that began after this instant succeeded."""
        wait_until(lambda: self.last_write > after or self.faults, f"{self.statuses}")

    def _run(self, turn: Callable[[httpx.Client, int], None], number: int) -> None:
        try:
            with httpx.Client(timeout=60) as client:
                while not self._stopped.is_set() and not self.faults:
                    turn(client, number)
                    time.sleep(0.01)
        except Exception as error:  # noqa: BLE001 - the test must hear of it
            self.faults.append(repr(error))

    def _write(self, client: httpx.Client, number: int) -> None:
        slug, server = PLACES[number], self.servers[number % len(self.servers)]
        url = f"{server}/v1/places/{slug}"
        read = client.get(url, headers=self._key)
        if read.status_code != 200:
            self._expect_unavailable(read)
            return
        stored = int(read.json()["names"]["en"].split()[1])
        if stored < self.acknowledged[slug]:
            self.faults.append(f"{slug} has {stored}, promised {self.acknowledged[slug]}")
        began = time.monotonic()
        record = make_place(slug, names={"en": f"Number {stored + 1}"})
        answer = client.put(
            url,
            json=record.model_dump(mode="json", exclude_none=True),
            headers={**self._key, "If-Match": read.headers["ETag"]},
        )
        if answer.status_code == 200:
            self.acknowledged[slug] = stored + 1
            self.seq = max(self.seq, int(answer.headers["Timeline-Seq"]))
            self.last_write = max(self.last_write, began)
        else:
            self._expect_unavailable(answer)

    def _read(self, client: httpx.Client, number: int) -> None:
        promised, seq = dict(self.acknowledged), self.seq
        server = self.servers[number % len(self.servers)]
        answer = client.get(f"{server}/v1/places?limit=20", headers={"Timeline-At-Least": str(seq)})
        if answer.status_code != 200:
            self._expect_unavailable(answer)
            return
        self.reads += 1
        found = {each["id"]: int(each["names"]["en"].split()[1]) for each in answer.json()["items"]}
        less = {slug: number for slug, number in found.items() if number < promised[slug]}
        if less:
            self.faults.append(f"asked for {seq}: read {less}, promised {promised}")

    def _expect_unavailable(self, answer: httpx.Response) -> None:
        self.statuses.add(answer.status_code)
        if answer.status_code != 503 or "Retry-After" not in answer.headers:
            self.faults.append(answer.text)


@pytest.fixture
def servers(postgres_url: str) -> Iterator[Cluster]:
    """A primary with two standbys of which one must have each commit."""
    assert postgres_url
    with cluster(synchronous=True) as servers:
        yield servers


@pytest.mark.parametrize("end", [Node.kill, Node.pause], ids=["killed", "hung"])
def test_a_failover_loses_no_acknowledged_write(
    servers: Cluster, tmp_path: Path, end: Callable[[Node], None]
) -> None:
    with closing(Database(servers.primary.url)) as database:
        prepare(database, Path("no-seeds"))
        places = (make_place(slug, names={"en": "Number 0"}) for slug in PLACES)
        store(database, *make_cast(), make_event(), *places)
        key = make_key(database)
    servers.catch_up()
    with ExitStack() as stack:
        bases = [
            stack.enter_context(
                served(
                    servers.write_url,
                    log=tmp_path / f"log{n}",
                    seeds="none",
                    read_urls=servers.read_urls,
                    read_lag_seconds=60,
                    past_folder=tmp_path / "past",
                )
            )[0]
            for n in range(2)
        ]
        traffic = Traffic(bases, key)
        traffic.start()
        stack.callback(traffic.stop)
        traffic.wait_for_writes(0)
        before = dict(traffic.acknowledged)
        end(servers.primary)
        if end is Node.pause:
            # It must not go on as a primary beside the new one.
            stack.callback(servers.primary.kill)
        promoted, at = servers.fail_over()
        (other,) = (node for node in servers.standbys if node is not promoted)
        traffic.wait_for_writes(at)
        took = time.monotonic() - at
        wait_until(
            lambda: (
                min(traffic.acknowledged[slug] - before[slug] for slug in PLACES) > 2
                or traffic.faults
            ),
            "not every writer goes on",
        )
        traffic.stop()
        print(f"the first write succeeded {took:.1f} s after the promotion")

        assert traffic.faults == []
        assert traffic.statuses <= {503}
        assert traffic.reads > READERS
        # The standby follows the new primary, and answers reads.
        seq = str(traffic.seq)
        wait_until(
            lambda: int(other.ask("SELECT max(seq) FROM change")) >= traffic.seq,
            "the other standby does not follow the new primary",
        )
        for base in bases:
            answer = httpx.get(f"{base}/v1/places", headers={"Timeline-At-Least": seq})
            assert answer.status_code == 200
    with closing(Database(promoted.url)) as database:
        assert [str(fault) for fault in find_faults(database)] == []
