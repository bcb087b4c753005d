"""Each program of a cluster is killed in turn under writers and readers, and no promise is broken.

`TEST_KILLS=timed` holds the measured times to their limits too: `make cluster-check` sets it.
"""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from app.domain.vocabulary import KINDS_OF_COLLECTIONS
from app.tables.database import Database
from app.writing.upkeep.check import find_faults
from tests.support.answers import walk_items
from tests.support.cluster import Cluster, Node, cluster, wait_until
from tests.support.rig import WORKERS, Rig, running
from tests.support.traffic import (
    Traffic,
    check_history,
    fill_places,
    first_success,
    last_failure,
    slowest,
)

pytestmark = pytest.mark.cluster

# Seconds from a kill to the first read, and from the promotion to the first write.
READ_SECONDS, WRITE_SECONDS = 2, 15
# Seconds of traffic after all is back.
SETTLING = 2


class Figures(NamedTuple):
    """The seconds after a kill until reads and writes succeeded; None without a failure."""

    killed: str
    first_read: float
    last_failed_read: float | None
    slowest_read: float
    first_write: float
    last_failed_write: float | None

    def __str__(self) -> str:
        """Return a row of the table in docs/replicas.md."""
        cells = ("none" if each is None else f"{each:.2f}" for each in self[1:])
        return f"| {self.killed} | {' | '.join(cells)} |"


@pytest.fixture
def servers(postgres_url: str) -> Iterator[Cluster]:
    """A primary with two standbys of which one must have each commit."""
    assert postgres_url
    with cluster(synchronous=True) as servers:
        yield servers


def test_no_promise_is_broken_by_kills(servers: Cluster, tmp_path: Path) -> None:
    key = fill_places(servers)
    with running(Rig(servers, tmp_path)) as rig:
        traffic = Traffic(key, rig.url)
        traffic.start()
        try:
            traffic.wait_for(0)
            figures = [_measure(traffic, name, kill) for name, kill in _kills(rig).items()]
            promoted, failover = _fail_over(rig, traffic)
            rig.wait_for_log("this process counts requests with the others again")
        finally:
            traffic.stop()
        # make cluster-check shows them.
        print(
            f"\n{len(traffic.reads)} reads, {len(traffic.writes)} writes",
            *figures,
            failover,
            sep="\n",
        )

        assert traffic.faults == []
        assert traffic.walks > 100
        # One of the servers was always there, and nginx knew it.
        assert 502 not in traffic.statuses["GET"]
        # Writers met on one place.
        assert 412 in traffic.statuses["PUT"]
        with _client(rig, traffic) as client:
            check_history(client, traffic)
            _check_mirror(client, rig, traffic)
    with closing(Database(promoted.url)) as database:
        assert [str(fault) for fault in find_faults(database)] == []
    if os.environ.get("TEST_KILLS") == "timed":
        assert max(each.first_read for each in figures) <= READ_SECONDS
        assert failover.first_write <= WRITE_SECONDS


def _kills(rig: Rig) -> dict[str, Callable[[], object]]:
    """Return the kills, each of which ends when the program does its work again."""

    def kill_worker() -> None:
        server = rig.servers[0]
        dying, *_ = before = server.workers()
        os.kill(dying, signal.SIGKILL)
        wait_until(
            lambda: dying not in (now := server.workers()) and len(now) == len(before) == WORKERS,
            "the worker was not replaced",
        )

    def kill_replica() -> None:
        replica = rig.cluster.standbys[0]
        replica.kill()
        replica.start()

    return {
        "a worker": kill_worker,
        "a server": rig.servers[1].restart,
        "a replica": kill_replica,
        "the pooler": rig.pooler.restart,
        "Redis": rig.redis.restart,
        "the cache": rig.cache.restart,
    }


def _measure(traffic: Traffic, name: str, kill: Callable[[], object]) -> Figures:
    since = time.monotonic()
    kill()
    traffic.wait_for(time.monotonic())
    time.sleep(SETTLING)
    return _figures(traffic, name, since, since)


def _figures(traffic: Traffic, name: str, since: float, written_since: float) -> Figures:
    first_read = first_success(traffic.reads, since)
    first_write = first_success(traffic.writes, written_since)
    assert first_read is not None and first_write is not None, traffic.faults
    return Figures(
        name,
        first_read,
        last_failure(traffic.reads, since),
        slowest(traffic.reads, since),
        first_write,
        last_failure(traffic.writes, written_since),
    )


def _fail_over(rig: Rig, traffic: Traffic) -> tuple[Node, Figures]:
    """Kill the primary, and promote a standby as docs/replicas.md says."""
    servers = rig.cluster
    since = time.monotonic()
    servers.primary.kill()
    time.sleep(SETTLING)
    promoted, at = servers.fail_over()
    rig.point_pooler_at(promoted)
    traffic.wait_for(at)
    time.sleep(SETTLING)
    return promoted, _figures(traffic, "the primary", since, at)


def _check_mirror(client: Any, rig: Rig, traffic: Traffic) -> None:
    """The mirror has each document and the digest of the log, and all servers send the same log."""
    served = {
        (kind, item["id"]): client.get(f"/v1/{collection}/{item['id']}").text
        for collection, kind in KINDS_OF_COLLECTIONS.items()
        for item in walk_items(client, f"/v1/{collection}?limit=200")
    }
    assert traffic.documents == served
    logs = {
        httpx.get(f"{base}/v1/changes.ndjson", headers=client.headers).content
        for base in (rig.url, *rig.bases)
    }
    (log,) = logs
    last = json.loads(log.splitlines()[-1])
    assert (last["seq"], last["digest"]) == traffic.mirrored


def _client(rig: Rig, traffic: Traffic) -> httpx.Client:
    headers = {"Timeline-At-Least": str(traffic.seq)}
    return httpx.Client(base_url=rig.url, headers=headers, timeout=60)
