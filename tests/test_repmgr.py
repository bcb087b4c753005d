"""repmgr replaces a primary that dies under writers and readers, with the files of `deploy/repmgr`.

The test needs Debian's packages, and is skipped without them.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import httpx
import pytest

from app.tables.database import Database
from app.writing.upkeep.check import find_faults
from tests.support.cluster import Cluster, wait_until
from tests.support.repmgr import Machine, watched_machines
from tests.support.servers import served
from tests.support.traffic import Traffic, check_history, fill_places, first_success, last_failure

pytestmark = pytest.mark.cluster

# Seconds of traffic after the last event.
SETTLING = 2


@pytest.fixture
def machines(postgres_url: str) -> Iterator[list[Machine]]:
    """A primary and two standbys, each with repmgrd; one of the standbys must have each commit."""
    assert postgres_url
    with watched_machines() as machines:
        yield machines


def test_a_standby_takes_over_and_the_killed_primary_comes_back_as_one(
    machines: list[Machine], tmp_path: Path
) -> None:
    old, *standbys = machines
    servers = Cluster(old, standbys)
    key = fill_places(servers)
    logs = [tmp_path / f"log{number}" for number in range(2)]
    with ExitStack() as stack:
        bases = [stack.enter_context(_server(servers, log)) for log in logs]
        traffic = Traffic(key, *bases)
        traffic.start()
        stack.callback(traffic.stop)
        traffic.wait_for(0)
        began = time.monotonic()
        old.kill()
        old.daemon.kill()
        wait_until(lambda: any(map(Machine.is_primary, standbys)), "repmgrd promoted nobody")
        promoted, other = sorted(standbys, key=Machine.is_primary, reverse=True)
        at = time.monotonic()
        wait_until(lambda: other.upstream() == str(promoted.socket), "nobody follows")
        followed = time.monotonic()
        traffic.wait_for(at)
        first_write = first_success(traffic.writes, began)
        back = time.monotonic()
        offsets = [len(log.read_text()) for log in logs]
        old.recover()
        output = old.rejoin(promoted)
        old.daemon.start()
        old.daemon.wait()
        rejoined = time.monotonic()
        for log, offset in zip(logs, offsets, strict=True):
            _wait_for_replica(log, offset, old)
        used = time.monotonic()
        time.sleep(SETTLING)
        traffic.stop()
        # make cluster-check shows them.
        print(
            f"\nseconds after the kill: promotion {at - began:.1f}, standby follows"
            f" {followed - began:.1f}, first write {first_write:.1f},"
            f" last failed read {last_failure(traffic.reads, began)};"
            f" return of the old primary {rejoined - back:.1f}, used {used - back:.1f}",
            f"{len(traffic.reads)} reads, {len(traffic.writes)} writes, {traffic.statuses}",
            output,
            promoted.repmgr("cluster", "show"),
            sep="\n",
        )

        assert traffic.faults == []
        # Each write is on a standby again, without a changed setting: the list names all three.
        assert promoted.synchronous_standbys() == {old.name, other.name}
        headers = {"Timeline-At-Least": str(traffic.seq)}
        for base in bases:
            with httpx.Client(base_url=base, headers=headers, timeout=60) as client:
                check_history(client, traffic)
    wait_until(
        lambda: old.ask("SELECT max(seq) FROM change") >= traffic.seq,
        "the old primary does not follow the new one",
    )
    with closing(Database(promoted.url)) as database:
        assert [str(fault) for fault in find_faults(database)] == []


def test_a_primary_that_hung_stops_itself_when_it_goes_on(machines: list[Machine]) -> None:
    old, *standbys = machines
    old.hang()
    wait_until(lambda: any(map(Machine.is_primary, standbys)), "repmgrd promoted nobody")
    promoted, other = sorted(standbys, key=Machine.is_primary, reverse=True)
    # Before that, the other standby would go back to the old primary, and the promoted one could confirm nothing.
    wait_until(lambda: other.upstream() == str(promoted.socket), "nobody follows")
    old.go_on()

    # Two servers accept connections as primaries until the old one misses its standbys.
    wait_until(lambda: not old.is_running, "the old primary goes on as a primary")
    assert promoted.is_primary()
    assert promoted.synchronous_standbys() == {other.name}


@contextmanager
def _server(servers: Cluster, log: Path) -> Iterator[str]:
    """Run a server that reads from all machines, so that it uses a primary that came back."""
    with served(
        servers.write_url,
        log=log,
        seeds="none",
        read_urls=" ".join(node.url for node in servers.nodes),
        read_lag_seconds=60,
        past_folder=log.parent / "past",
    ) as (base, _):
        yield base


def _wait_for_replica(log: Path, offset: int, machine: Machine) -> None:
    """Wait until the server has logged, after the offset, that this machine answers reads."""

    def is_logged() -> bool:
        lines = log.read_text()[offset:].splitlines()
        return any(
            "a replica answers reads" in line and str(machine.socket) in line for line in lines
        )

    wait_until(is_logged, f"{machine.name} is not used as a replica: {log.read_text()[-2000:]}")
