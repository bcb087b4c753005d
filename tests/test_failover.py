"""A primary is killed under writers and readers, and a standby is promoted: nothing that was promised is lost.

Two servers run over a primary with two standbys. A commit is acknowledged when a standby has it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest

from app.tables.database import Database
from app.writing.upkeep.check import find_faults
from tests.support.cluster import Cluster, Node, cluster, wait_until
from tests.support.servers import served
from tests.support.traffic import (
    PLACES,
    WRITERS,
    Traffic,
    check_history,
    fill_places,
    first_success,
)

pytestmark = pytest.mark.cluster


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
    key = fill_places(servers)
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
        traffic = Traffic(key, *bases)
        traffic.start()
        stack.callback(traffic.stop)
        traffic.wait_for(0)
        before = _written(traffic)
        end(servers.primary)
        if end is Node.pause:
            # It must not go on as a primary beside the new one.
            stack.callback(servers.primary.kill)
        promoted, at = servers.fail_over()
        (other,) = (node for node in servers.standbys if node is not promoted)
        traffic.wait_for(at)
        wait_until(lambda: traffic.faults or _went_on(traffic, before), "not every writer goes on")
        traffic.stop()
        print(
            f"the first write succeeded {first_success(traffic.writes, at):.1f} s after the promotion"
        )

        assert traffic.faults == []
        assert set().union(*traffic.statuses.values()) <= {200, 412, 503}
        assert traffic.walks > 0
        # The standby follows the new primary, and answers reads.
        wait_until(
            lambda: int(other.ask("SELECT max(seq) FROM change")) >= traffic.seq,
            "the other standby does not follow the new primary",
        )
        for base in bases:
            held = {"Timeline-At-Least": str(traffic.seq)}
            with httpx.Client(base_url=base, headers=held, timeout=30) as client:
                check_history(client, traffic)
    with closing(Database(promoted.url)) as database:
        assert [str(fault) for fault in find_faults(database)] == []


def _went_on(traffic: Traffic, before: Counter[int]) -> bool:
    """Return whether each writer has written since, and each place was written often enough for its history."""
    written = _written(traffic)
    return all(written[n] - before[n] > 2 for n in range(WRITERS)) and all(
        len(traffic.acknowledged[slug]) > 5 for slug in PLACES
    )


def _written(traffic: Traffic) -> Counter[int]:
    """Return the number of acknowledged versions of each writer."""
    made = [*traffic.acknowledged.values()]
    return Counter(version.writer for versions in made for version in [*versions])
