"""Several workers have their metrics on one port, and leave no files."""

import os
import signal
import time
from pathlib import Path

import httpx
import pytest

from tests.support.exposition import scrape, scrape_until
from tests.support.servers import free_port, started

pytestmark = [pytest.mark.start, pytest.mark.sqlite]

REQUESTS = "timeline_http_request_duration_seconds_count"


def test_the_port_sums_all_workers_and_a_dead_one_keeps_its_totals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    port, log = free_port(), tmp_path / "log"
    url = f"http://127.0.0.1:{port}/metrics"
    with started(
        f"sqlite:///{tmp_path}/t.db",
        log=log,
        seeds=tmp_path / "none",
        metrics_port=port,
        workers=2,
    ) as (base, _):
        # Each connection goes to one of the workers.
        for _ in range(40):
            assert httpx.get(f"{base}/v1/places").status_code == 200
        metrics = scrape_until(
            url,
            lambda found: (
                found.total("timeline_workers") == 2
                and found.total(REQUESTS, route="/v1/places") == 40
            ),
        )
        assert metrics.total("timeline_slots_limit", work="writes") == 2
        (folder,) = temporary.glob("timeline-metrics-*")
        workers = {int(path.stem.rpartition("_")[2]) for path in folder.glob("*.db")}
        assert len(workers) == 2

        # It dies while it owes uvicorn an answer, which asks twice a second.
        os.kill(killed := min(workers), signal.SIGSTOP)
        time.sleep(1.5)
        os.kill(killed, signal.SIGKILL)

        # Until uvicorn has started another one, which is sooner than its health check runs out of time.
        scrape_until(
            url,
            lambda found: (
                found.total("timeline_workers") == 2
                and not [*folder.glob(f"gauge_live*_{killed}.db")]
            ),
        )
        assert scrape(url).total(REQUESTS, route="/v1/places") == 40

    assert not [*temporary.glob("timeline-metrics-*")]
