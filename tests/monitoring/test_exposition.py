"""The files of workers, without workers: tests/monitoring/test_workers.py has real ones."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from app.monitoring.exposition import exposed
from app.settings import PROJECT_ROOT
from tests.support.exposition import Metrics, parse
from tests.support.servers import free_port

pytestmark = pytest.mark.sqlite

WORKER = """
from app.monitoring import metrics
metrics.WORKERS.set(1)
metrics.LAST_SEQ.set(7)
metrics.KEPT_HITS.inc(5)
"""


def _run_worker() -> None:
    """Count in a process that then ends; it finds the folder in the environment."""
    subprocess.run([sys.executable, "-c", WORKER], cwd=PROJECT_ROOT, check=True)


def _scrape(port: int) -> Metrics:
    return parse(httpx.get(f"http://127.0.0.1:{port}/metrics").text)


def test_a_worker_that_ended_keeps_its_totals_and_loses_its_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    port = free_port()
    with exposed("127.0.0.1", port, workers=2):
        (folder,) = tmp_path.iterdir()
        _run_worker()
        _run_worker()
        assert len([*folder.glob("gauge_*.db")]) > 2

        metrics = _scrape(port)

        assert metrics.total("timeline_kept_answers_hits_total") == 10
        assert "timeline_workers" not in metrics.labels()
        assert "timeline_last_change_seq" not in metrics.labels()

    assert [*tmp_path.iterdir()] == []
    assert "PROMETHEUS_MULTIPROC_DIR" not in os.environ


def test_another_port_is_free_after_the_end() -> None:
    port = free_port()
    for _ in range(2):
        with exposed("127.0.0.1", port):
            assert "process_resident_memory_bytes" in _scrape(port).labels()
