"""The server raises its limit of open files, and accepts no more connections than it allows."""

import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
import structlog

from app.cli.connections import open_files
from app.cli.connections.open_files import allow_connections
from tests.support.servers import started

INFINITE = resource.RLIM_INFINITY


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Yield the soft and the hard limit of open files, instead of the limits of this process."""
    limits = [1024, 4096]
    monkeypatch.setattr(resource, "getrlimit", lambda _: tuple(limits))
    monkeypatch.setattr(resource, "setrlimit", lambda _, new: limits.__setitem__(slice(2), new))
    monkeypatch.setattr(open_files, "_log", structlog.get_logger())
    yield limits


@pytest.mark.parametrize(
    ("soft", "hard", "allowed", "raised"),
    [
        pytest.param(1024, 4096, 1000, 1100, id="raised as far as needed"),
        pytest.param(1024, INFINITE, 1000, 1100, id="no hard limit"),
        pytest.param(INFINITE, INFINITE, 1000, INFINITE, id="no limit"),
        pytest.param(4096, 4096, 1000, 4096, id="high enough"),
        pytest.param(256, 500, 400, 500, id="raised as far as allowed"),
        pytest.param(64, 64, 10, 64, id="very low"),
    ],
)
def test_the_limit_is_raised_if_need_be(
    limits: list[int], soft: int, hard: int, allowed: int, raised: int
) -> None:
    limits[:] = [soft, hard]

    assert allow_connections(1000, 100) == allowed
    assert limits == [raised, hard]


def test_fewer_connections_than_the_setting_are_logged(limits: list[int]) -> None:
    limits[:] = [500, 500]

    with structlog.testing.capture_logs() as log:
        allow_connections(1000, 100)

    assert [(line["open_files"], line["connections"]) for line in log] == [(500, 400)]


@pytest.mark.start
def test_a_server_with_few_files_stays_ready_behind_silent_connections(tmp_path: Path) -> None:
    """200 silent connections used to take all 120 files: no answer, and no line in the log."""
    log = tmp_path / "log"
    with (
        started(f"sqlite:///{tmp_path}/few.db", log=log, open_files=120) as (base, _),
        ExitStack() as stack,
    ):
        url = httpx.URL(base)
        for _ in range(200):
            stack.enter_context(socket.create_connection((url.host, url.port or 0), timeout=10))

        answers = [httpx.get(f"{base}{path}") for path in ("/readyz", "/v1/events", "/readyz")]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert "all connections are in use" in log.read_text()
