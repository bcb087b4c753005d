"""A starting server refuses connections, so that a balancer asks another one."""

import socket
import sys
import time
from pathlib import Path

import httpx
import pytest

from app.settings import PROJECT_ROOT
from tests.support.cluster import wait_until
from tests.support.servers import free_port
from tests.support.units import Unit

pytestmark = [pytest.mark.start, pytest.mark.sqlite]


@pytest.mark.parametrize("workers", [1, 2])
def test_the_first_connection_is_accepted_when_a_worker_answers(
    tmp_path: Path, workers: int
) -> None:
    """A server of two workers used to accept connections seconds before the workers existed."""
    port = free_port()
    server = Unit(
        "server",
        [sys.executable, "-m", "app", "serve", "--port", str(port), "--workers", str(workers)],
        lambda: _accepts(port),
        tmp_path,
        variables={
            "PYTHONPATH": str(PROJECT_ROOT),
            "TIMELINE_DATABASE_URL": f"sqlite:///{tmp_path}/timeline.db",
            "TIMELINE_SEEDS": "none",
            "TIMELINE_PAST_FOLDER": str(tmp_path / "past"),
        },
    )
    server.start()
    try:
        server.wait()
        # The log is written beside the work. The import of the program alone takes longer.
        for _ in range(10):
            if "Application startup complete" in (log := server.log.read_text()):
                break
            time.sleep(0.1)

        assert "Application startup complete" in log
        assert httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
        wait_until(
            lambda: f"running on http://127.0.0.1:{port}" in server.log.read_text(), "no address"
        )
    finally:
        server.stop()


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
