"""The script that loads a server: its arrivals are open, and its sessions work."""

import asyncio
import random
import subprocess
import sys
from collections import Counter
from contextlib import closing

import httpx
import pytest

from app.settings import PROJECT_ROOT
from app.tables.database import Database
from bench.load.arrivals import Crowd, Sample, Visit, schedule
from bench.load.report import Step, first_sign, percentile
from tests.support.apps import make_key
from tests.support.databases import NewDatabase
from tests.support.servers import PATIENCE, served

pytestmark = pytest.mark.sqlite


def test_arrivals_are_a_poisson_process() -> None:
    instants = [*schedule(50, 200, random.Random(1))]
    in_seconds = Counter(map(int, instants))

    counts = [in_seconds[second] for second in range(200)]
    mean = sum(counts) / 200
    variance = sum((count - mean) ** 2 for count in counts) / 200

    assert instants == sorted(instants)
    assert mean == pytest.approx(50, rel=0.05)
    # Of a Poisson process they are equal; of arrivals at equal distances the variance is nearly 0.
    assert variance == pytest.approx(mean, rel=0.3)


def test_latency_counts_from_the_instant_at_which_a_request_was_due() -> None:
    """A server that answers one request at a time, each in 10 ms, falls behind: the wait counts."""
    turn = asyncio.Lock()

    async def answer(_: httpx.Request) -> httpx.Response:
        async with turn:
            await asyncio.sleep(0.01)
        return httpx.Response(200)

    async def ask(visit: Visit) -> None:
        await visit.get("page", "/")

    async def run() -> list[Sample]:
        transport = httpx.MockTransport(answer)
        async with Crowd("http://test", {"reader": (1, ask)}, 3, transport=transport) as crowd:
            return await crowd.run(400, 0.5)

    samples = asyncio.run(run())

    # 200 requests need 2 s; they were due in half a second.
    assert len(samples) > 120
    assert max(each.seconds for each in samples) > 0.01 * len(samples) - 0.5


def test_the_first_sign_of_overload_is_named() -> None:
    quick = Step(5, 10, [Sample("page", 0.1)], 1, 1)
    slow = Step(10, 10, [*[Sample("write", 3)] * 50, Sample("page", 3)], 1, 1)
    failing = Step(20, 10, [Sample("page", 3, "status 503")], 1, 1)

    assert first_sign([quick]) == "Nothing failed, and no p99 passed 1 s."
    assert first_sign([quick, slow, failing]) == (
        "At 10 sessions a second the p99 passed 1 s: write 3.0 s."
    )
    assert first_sign([quick, failing]) == (
        "At 20 sessions a second the first requests failed: page: status 503 (1)."
    )


def test_percentiles_are_values_that_were_seen() -> None:
    assert [percentile([4, 1, 3, 2], share) for share in (0.5, 0.75, 0.99, 1)] == [2, 3, 4, 4]


@pytest.mark.load
def test_sessions_work(seeds_in_sqlite: NewDatabase) -> None:
    url = seeds_in_sqlite("loaded")
    with closing(Database(url)) as database:
        key = make_key(database)
    with served(url) as (base, _):
        done = subprocess.run(
            [sys.executable, "-m", "bench.load", "--url", base, "--key", key]
            + ["--rates", "6", "--seconds", "6"],
            cwd=PROJECT_ROOT,
            capture_output=True,
            text=True,
            timeout=2 * PATIENCE,
            check=False,
        )

    assert done.returncode == 0, done.stderr
    rows = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")][1:]
    assert {"| event", "| list", "| page"} <= {row[0] for row in rows}
    assert all(row[-1] == "0 |" for row in rows), done.stdout
