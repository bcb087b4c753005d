"""Limits on requests, URLs, headers and time; each refusal names its limit."""

import asyncio
import json
import re
import time
from collections.abc import Iterator
from typing import Any

import fakeredis
import pytest
import redis.asyncio
import structlog
from limits.aio.storage.redis.redispy import RedispyBridge
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from app.api.dependencies.reader import ReaderDep
from app.api.middleware import rate_limit
from app.api.middleware.rate_limit import RateLimitMiddleware
from app.api.middleware.request_log import RequestLogMiddleware
from app.domain.api_keys import new_key
from app.main import create_app
from app.settings import Settings
from app.tables.database import Database
from tests.support.apps import make_key
from tests.support.builders import make_place
from tests.support.replay import shown_problem

PATH = "/v1/vocabularies"
# Takes a tenth of a second or more.
_SLOW = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000) "
    "SELECT max(i) FROM n"
)


def _client(address: str = "192.0.2.1", **settings: Any) -> TestClient:
    settings.setdefault("database_url", "sqlite:///never-opened.db")
    return TestClient(create_app(Settings(**settings)), client=(address, 1))


def _counting(limit: str, storage: str = "memory://", pause_seconds: float = 10) -> TestClient:
    """Return a client of a server that only counts requests, and so starts fast."""

    async def answer(_: Request) -> Response:
        return Response()

    counting = Middleware(RateLimitMiddleware, limit, storage, pause_seconds)
    app = Starlette(
        routes=[Route(PATH, answer)], middleware=[Middleware(RequestLogMiddleware), counting]
    )
    return TestClient(app, client=("192.0.2.1", 1))


def _from(client: TestClient, address: str) -> TestClient:
    """Return a client of the same server at another address."""
    return TestClient(client.app, client=(address, 1))


def _statuses(client: TestClient, times: int, **headers: str) -> list[int]:
    return [client.get(PATH, headers=headers).status_code for _ in range(times)]


@pytest.fixture(scope="module")
def _limited() -> Iterator[TestClient]:
    with _client(rate_limit="3/hour") as client:
        yield client


_addresses = (f"192.0.2.{n}" for n in range(1, 255))


@pytest.fixture
def limited(_limited: TestClient) -> TestClient:
    """Return a client at an unused address; its server answers three requests in an hour."""
    return _from(_limited, next(_addresses))


@pytest.fixture(scope="module")
def strict_client() -> Iterator[TestClient]:
    """Yield a client of a server with small limits."""
    with _client(url_bytes=2000, header_bytes=2000) as client:
        yield client


@pytest.fixture(scope="module")
def default_client() -> Iterator[TestClient]:
    """Yield a client of a server with default settings."""
    with _client() as client:
        yield client


class TestRateLimit:
    def test_counts_down_and_then_refuses(self, limited: TestClient) -> None:
        answers = [limited.get(PATH) for _ in range(5)]

        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        remaining = [answer.headers["ratelimit"].partition(";t=") for answer in answers]
        assert [each[0] for each in remaining] == [f'"default";r={n}' for n in (2, 1, 0, 0, 0)]
        assert {3590 < int(each[2]) <= 3600 for each in remaining} == {True}
        assert {a.headers["ratelimit-policy"] for a in answers} == {'"default";q=3;w=3600'}

    def test_a_refusal_says_when_to_retry(self, limited: TestClient) -> None:
        _statuses(limited, 3)

        answer = limited.get(PATH)

        seconds = answer.headers["retry-after"]
        assert 3590 < int(seconds) <= 3600
        shown = shown_problem("too-many-requests", answer)
        assert {**answer.json(), "detail": ""} == {**shown, "detail": ""}
        assert answer.json()["detail"] == re.sub(r"\d+ s$", f"{seconds} s", shown["detail"])
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "RateLimit" in answer.headers["access-control-expose-headers"]

    def test_answers_again_after_the_window(self, monkeypatch: pytest.MonkeyPatch) -> None:
        begin = time.time()
        monkeypatch.setattr(time, "time", lambda: begin)
        with _counting("1/hour") as client:
            first = _statuses(client, 2)
            monkeypatch.setattr(time, "time", lambda: begin + 3601)
            later = _statuses(client, 1)

        assert (first, later) == ([200, 429], [200])

    def test_each_address_has_a_separate_limit(self, limited: TestClient) -> None:
        assert _statuses(limited, 4)[-1] == 429
        assert _statuses(_from(limited, "198.51.100.1"), 1) == [200]

    def test_an_ipv6_network_counts_as_one_address(self, limited: TestClient) -> None:
        """A client with one IPv6 address has the 2⁶⁴ addresses of its network."""
        same = [_from(limited, f"2001:db8::{n:x}") for n in range(1, 5)]

        assert [_statuses(client, 1)[0] for client in same] == [200, 200, 200, 429]
        assert _statuses(_from(limited, "2001:db8:0:1::1"), 1) == [200]

    def test_an_ipv4_address_mapped_to_ipv6_counts_as_ipv4(self, limited: TestClient) -> None:
        assert _statuses(_from(limited, "198.51.100.2"), 3) == [200] * 3
        assert _statuses(_from(limited, "::ffff:198.51.100.2"), 1) == [429]
        assert _statuses(_from(limited, "::ffff:198.51.100.3"), 1) == [200]

    def test_a_304_counts(self, limited: TestClient) -> None:
        """It costs the same query as the 200."""
        tag = limited.get(PATH).headers["etag"]

        statuses = _statuses(limited, 3, **{"If-None-Match": tag})

        assert statuses == [304, 304, 429]

    @pytest.mark.parametrize("tags", ["*", '"old"', '"a", *'])
    def test_no_header_makes_a_request_free(self, limited: TestClient, tags: str) -> None:
        """`If-None-Match: *` used to be answered by 304, uncounted, after the whole query."""
        statuses = _statuses(limited, 4, **{"If-None-Match": tags})

        assert statuses[3] == 429
        assert 429 not in statuses[:3]

    def test_a_request_is_counted_before_any_work(self) -> None:
        """Requests at the same time cannot exceed the limit together."""
        started: list[str] = []

        async def work(scope: Any, receive: Any, send: Any) -> None:
            started.append(scope["path"])
            await asyncio.sleep(0.05)

        async def ignore(*_: Any) -> Any: ...

        async def ask(limit: RateLimitMiddleware) -> None:
            headers = [(b"if-none-match", b"*")]
            scope = {"type": "http", "path": PATH, "headers": headers, "client": ("192.0.2.1", 1)}
            await limit(scope, ignore, ignore)

        async def run() -> None:
            limit = RateLimitMiddleware(work, "3/hour", "memory://")
            await asyncio.gather(*(ask(limit) for _ in range(5)))

        asyncio.run(run())

        assert started == [PATH] * 3

    def test_head_counts_like_get(self, limited: TestClient) -> None:
        statuses = [limited.head(PATH).status_code for _ in range(4)]

        assert statuses == [200, 200, 200, 429]
        assert limited.head(PATH).content == b""

    @pytest.mark.parametrize("path", ["/healthz", "/readyz"])
    def test_health_checks_are_never_limited(self, limited: TestClient, path: str) -> None:
        _statuses(limited, 4)

        answer = limited.get(path)

        assert answer.status_code != 429
        assert "ratelimit" not in answer.headers

    def test_a_404_counts(self, limited: TestClient) -> None:
        statuses = [limited.get("/nothing").status_code for _ in range(4)]

        assert statuses == [404, 404, 404, 429]

    def test_a_preflight_does_not_count(self, limited: TestClient) -> None:
        preflight = {"Origin": "https://a.example", "Access-Control-Request-Method": "PUT"}

        assert {limited.options(PATH, headers=preflight).status_code for _ in range(5)} == {200}

    def test_a_server_without_a_limit_sends_no_ratelimit_header(
        self, default_client: TestClient
    ) -> None:
        assert "ratelimit" not in default_client.get(PATH).headers


class TestRateLimitOfKeys:
    @pytest.fixture
    def limited(self, database: Database) -> Iterator[TestClient]:
        url = database.url.render_as_string(hide_password=False)
        with _client(database_url=url, rate_limit="3/hour") as client:
            yield client

    def test_each_key_has_a_separate_limit_at_every_address(
        self, limited: TestClient, database: Database
    ) -> None:
        first, second = (f"Bearer {make_key(database, name)}" for name in ("one", "two"))

        assert _statuses(limited, 2, Authorization=first) == [200, 200]
        other_address = _from(limited, "192.0.2.2")
        assert _statuses(other_address, 2, Authorization=first) == [200, 429]
        assert _statuses(limited, 1, Authorization=second) == [200]
        assert _statuses(limited, 1) == [200]

    def test_an_invalid_key_counts_for_its_address(self, limited: TestClient) -> None:
        """Otherwise a client could avoid the limit with invented keys."""
        statuses = [_statuses(limited, 1, Authorization=f"Bearer {new_key()}")[0] for _ in range(4)]

        assert statuses == [401, 401, 401, 429]
        assert _statuses(limited, 1) == [429]


class TestRedis:
    """fakeredis needs a separate interpreter for Lua, so `server` has the one script in Python."""

    URL = "redis://redis.example:6379/0"

    @pytest.fixture
    def server(self, monkeypatch: pytest.MonkeyPatch) -> fakeredis.FakeServer:
        server = fakeredis.FakeServer()

        async def incr(self: RedispyBridge, key: str, expiry: int, amount: int = 1) -> int:
            connection: Any = self.get_connection()
            count: int = await connection.incrby(self.prefixed_key(key), amount)
            if count == amount:
                await connection.expire(self.prefixed_key(key), expiry)
            return count

        monkeypatch.setattr(RedispyBridge, "incr", incr)
        monkeypatch.setattr(
            redis.asyncio.Redis,
            "from_url",
            lambda *_, **__: fakeredis.FakeAsyncRedis(server=server),
        )
        return server

    def test_servers_count_together(self, server: fakeredis.FakeServer) -> None:
        with (
            _counting("3/hour", self.URL) as first,
            _counting("3/hour", self.URL) as second,
        ):
            statuses = _statuses(first, 2) + _statuses(second, 2)

        assert statuses == [200, 200, 200, 429]

    def test_without_redis_each_process_counts_alone(
        self, server: fakeredis.FakeServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rate_limit, "_log", structlog.get_logger())
        server.connected = False
        with (
            _counting("2/hour", self.URL) as first,
            _counting("2/hour", self.URL) as second,
            structlog.testing.capture_logs() as log,
        ):
            statuses = _statuses(first, 3), _statuses(second, 3)
            answer = first.get(PATH)

        assert statuses == ([200, 200, 429], [200, 200, 429])
        assert "r=0" in answer.headers["ratelimit"]
        warnings = [e for e in log if e["event"] == "this process counts requests alone"][:-1]
        assert len(warnings) == 1, "once in a while, not for each request"

    def test_redis_is_retried_after_a_pause(self, server: fakeredis.FakeServer) -> None:
        with _counting("1/hour", self.URL, pause_seconds=0) as client:
            server.connected = False
            down = _statuses(client, 2)
            server.connected = True
            up = _statuses(client, 2)

        assert (down, up) == ([200, 429], [200, 429])

    def test_only_one_request_asks_again_after_a_pause(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """All requests of half a second used to wait for a Redis that hangs, after each pause."""
        asked: list[str] = []

        async def hang(_: RedispyBridge, key: str, *__: Any) -> int:
            asked.append(key)
            await asyncio.sleep(60)
            return 1

        async def ignore(*_: Any) -> Any: ...

        async def ask(limit: RateLimitMiddleware, address: str) -> None:
            scope = {"type": "http", "path": PATH, "headers": [], "client": (address, 1)}
            await limit(scope, ignore, ignore)

        async def ask_five(limit: RateLimitMiddleware) -> int:
            before = len(asked)
            await asyncio.gather(*(ask(limit, f"192.0.2.{n}") for n in range(5)))
            return len(asked) - before

        async def run() -> list[int]:
            limit = RateLimitMiddleware(ignore, "9/hour", self.URL)
            first = await ask_five(limit)
            during = await ask_five(limit)
            monkeypatch.setattr(limit, "_paused_until", 0)
            return [first, during, await ask_five(limit)]

        monkeypatch.setattr(RedispyBridge, "incr", hang)

        assert asyncio.run(run()) == [5, 0, 1]

    def test_the_log_has_the_beginning_and_the_end_of_an_outage(
        self, server: fakeredis.FakeServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rate_limit, "_log", structlog.get_logger())
        with (
            _counting("9/hour", self.URL, pause_seconds=0) as client,
            structlog.testing.capture_logs() as log,
        ):
            server.connected = False
            _statuses(client, 3)
            server.connected = True
            _statuses(client, 3)

        assert [each["event"] for each in log if each["event"] != "request"] == [
            "this process counts requests alone",
            "this process counts requests with the others again",
        ]

    def test_a_hanging_redis_delays_a_request_by_half_a_second(
        self, server: fakeredis.FakeServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def hang(*_: Any, **__: Any) -> int:
            await asyncio.sleep(60)
            return 1

        monkeypatch.setattr(RedispyBridge, "incr", hang)
        with _counting("3/hour", self.URL) as client:
            started = time.monotonic()
            statuses = _statuses(client, 3)

        assert statuses == [200] * 3
        assert time.monotonic() - started < 5


class TestSizes:
    """A request of exactly the limit is answered."""

    def test_a_url_above_the_limit_is_refused(self, strict_client: TestClient) -> None:
        longest = f"{PATH}?{'a' * (2000 - len(PATH))}"

        answers = [strict_client.get(longest), strict_client.get(f"{longest}a")]

        assert [answer.status_code for answer in answers] == [400, 414]
        assert answers[1].json()["detail"] == "path and query may have at most 2000 bytes"

    def test_a_path_counts_with_its_percent_encoding(self, strict_client: TestClient) -> None:
        """The problem shows 200 characters of the path, so it does not grow with the path."""
        answers = [strict_client.get("/" + "a" * 1999), strict_client.get("/" + "%41" * 700)]

        assert [answer.status_code for answer in answers] == [404, 414]
        assert len(answers[1].json()["instance"]) == 200

    def test_headers_above_the_limit_are_refused(self, strict_client: TestClient) -> None:
        plain = sum(len(n) + len(v) for n, v in strict_client.get(PATH).request.headers.raw)
        room = 2000 - plain - len("x")

        answers = [
            strict_client.get(PATH, headers={"X": "a" * length}) for length in (room, room + 1)
        ]

        assert [answer.status_code for answer in answers] == [200, 431]
        assert answers[1].json()["detail"] == "headers may have at most 2000 bytes"

    def test_refusals_are_as_the_docs_show(self, default_client: TestClient) -> None:
        url = default_client.get(f"{PATH}?{'a' * 17_000}")
        headers = default_client.get(PATH, headers={"Cookie": "a" * 17_000})

        assert url.json() == shown_problem("uri-too-long", url)
        assert headers.json() == shown_problem("headers-too-large", headers)

    def test_the_largest_batch_of_ids_fits_into_a_url(self) -> None:
        """A hundred ids, each as long as an id may be."""
        query = "&".join(f"id=2024-{'a' * 115}" for _ in range(100))

        assert len(query) + len("/v1/participants") < Settings().url_bytes

    def test_thousands_of_parameters_are_refused_within_a_second(
        self, default_client: TestClient
    ) -> None:
        """So the number of parameters needs no separate limit."""
        started = time.perf_counter()
        answer = default_client.get(f"{PATH}?{'&'.join(['a=1'] * 4000)}")
        took = time.perf_counter() - started

        assert answer.status_code == 400
        assert took < 1


class TestTime:
    @pytest.fixture
    def impatient_client(self, database: Database) -> Iterator[TestClient]:
        url = database.url.render_as_string(hide_password=False)
        with _client(database_url=url, query_seconds=0.02) as client:
            app: Any = client.app

            def query(reader: ReaderDep) -> int:
                return int(reader.find(lambda connection: connection.execute(_SLOW).scalar_one()))

            app.get("/v1/slow")(query)
            app.state.query_parameters[query.__name__] = {}
            yield client

    def test_a_slow_query_is_cancelled(self, impatient_client: TestClient) -> None:
        answer = impatient_client.get("/v1/slow")

        assert answer.status_code == 503
        assert answer.json()["type"] == "/problems/query-timeout"
        assert answer.json()["detail"] == (
            "the query was cancelled: it took longer than 0.02 s; narrow it"
        )
        assert "retry-after" not in answer.headers
        shown = shown_problem("query-timeout", answer)["detail"]
        assert answer.json()["detail"] == shown.replace("10 s", "0.02 s")

    def test_a_write_that_waits_too_long_gets_503_with_retry_after(
        self, client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        app: Any = client.app
        monkeypatch.setattr(app.state.database, "lock_seconds", 0.2)
        headers = {
            "Authorization": f"Bearer {make_key(database)}",
            "Content-Type": "application/json",
            "If-None-Match": "*",
        }
        place = make_place("sochi").model_dump(mode="json", exclude_unset=True)

        with database.write():
            # On PostgreSQL this transaction holds the writers' lock; on SQLite it locks the file.
            answer = client.put("/v1/places/sochi", headers=headers, content=json.dumps(place))

        assert answer.status_code == 503
        assert answer.json()["type"] == "/problems/not-ready"
        assert answer.json()["detail"] == ("another write has been going on for 0.2 s: retry later")
        assert answer.headers["retry-after"] == "10"
