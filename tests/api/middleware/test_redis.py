"""A real Redis counts for several servers; without it requests are answered, and counted alone."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from app.api.middleware import rate_limit
from app.api.middleware.rate_limit import RateLimitMiddleware
from app.api.middleware.request_log import RequestLogMiddleware
from tests.support.cluster import wait_until
from tests.support.rig import make_redis
from tests.support.servers import free_port
from tests.support.units import Unit, start_all, stop_all

pytestmark = [pytest.mark.proxy, pytest.mark.sqlite]

ALONE = "this process counts requests alone"
TOGETHER = "this process counts requests with the others again"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[tuple[Unit, str]]:
    """A running Redis, and its URL."""
    port = free_port()
    redis = make_redis(tmp_path, port)
    try:
        start_all([redis])
        yield redis, f"redis://127.0.0.1:{port}/0"
    finally:
        stop_all([redis])


@pytest.fixture
def servers(counter: tuple[Unit, str]) -> Iterator[list[TestClient]]:
    """Two servers that let each caller send 100 requests in an hour, and ask Redis again at once."""

    async def answer(_: Request) -> Response:
        return Response()

    def make() -> TestClient:
        limit = Middleware(RateLimitMiddleware, "100/hour", counter[1], 0)
        middleware = [Middleware(RequestLogMiddleware), limit]
        return TestClient(Starlette(routes=[Route("/", answer)], middleware=middleware))

    with make() as first, make() as second:
        yield [first, second]


def _remaining(client: TestClient) -> int:
    answer = client.get("/")
    assert answer.status_code == 200
    return int(answer.headers["ratelimit"].partition(";r=")[2].partition(";")[0])


def test_two_servers_count_together(servers: list[TestClient]) -> None:
    assert [_remaining(server) for server in (*servers, *servers)] == [99, 98, 97, 96]


def test_a_killed_redis_is_used_again_when_it_is_back(
    servers: list[TestClient], counter: tuple[Unit, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limit, "_log", structlog.get_logger())
    _remaining(servers[0])
    with structlog.testing.capture_logs() as log:
        counter[0].kill()
        alone = [_remaining(server) for server in (*servers, *servers)]
        counter[0].start()
        counter[0].wait()
        # The new Redis has forgotten the counts.
        wait_until(lambda: _remaining(servers[0]) == 99, "it does not count in Redis")
        together = _remaining(servers[1])

    assert alone == [99, 99, 98, 98]
    assert together == 98
    events = [each["event"] for each in log if each["event"] in (ALONE, TOGETHER)]
    assert sorted(events) == sorted([ALONE, TOGETHER] * 2)


def test_a_hanging_redis_stops_nobody(servers: list[TestClient], counter: tuple[Unit, str]) -> None:
    redis = counter[0]
    together = _remaining(servers[0])
    os.kill(redis.pid, signal.SIGSTOP)
    try:
        alone = _remaining(servers[0])
    finally:
        os.kill(redis.pid, signal.SIGCONT)

    assert (together, alone) == (99, 99)
    # The request that Redis read late may have counted.
    wait_until(lambda: _remaining(servers[0]) < 99, "it does not count in Redis")
