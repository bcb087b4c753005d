"""Bodies: the server refuses an unsupported body unread, and reads no more than the limit."""

import asyncio
from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request, Response
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from starlette.types import Message

from app.api.dependencies.bodies import BodyLimits, check_media_type, read_body
from app.api.middleware.request_log import RequestLogMiddleware
from app.api.problems.catalogue import BodyTooLarge, RequestTimeout
from app.api.problems.handlers import install_handlers
from tests.support.replay import shown_problem

MAX_BYTES = 1_000
LIMITS = BodyLimits(MAX_BYTES, seconds=30, rate=10_000)
# In every 0.2 seconds 10 bytes must arrive.
FAST = BodyLimits(MAX_BYTES, seconds=0.2, rate=50)


@pytest.fixture
def echo() -> Iterator[TestClient]:
    """Yield a client of a path that accepts JSON of up to 1,000 bytes and echoes it."""
    app = FastAPI(middleware=[Middleware(RequestLogMiddleware)])
    install_handlers(app)

    @app.put("/")
    async def give_back(request: Request) -> Response:
        return Response(await read_body(request, LIMITS), media_type=_media_type(request))

    with TestClient(app) as client:
        yield client


def _media_type(request: Request) -> str:
    return check_media_type(request, "application/json", "application/x-ndjson")


class TestSize:
    def test_a_body_of_the_limit_is_read(self, echo: TestClient) -> None:
        body = b"x" * MAX_BYTES

        answer = echo.put("/", content=body, headers={"Content-Type": "application/json"})

        assert answer.content == body

    @pytest.mark.parametrize("announced", [True, False])
    def test_a_body_above_the_limit_is_refused(self, echo: TestClient, announced: bool) -> None:
        body = b"x" * (MAX_BYTES + 1)

        answer = echo.put(
            "/",
            content=body if announced else iter([body[:MAX_BYTES], body[MAX_BYTES:]]),
            headers={"Content-Type": "application/json"},
        )

        assert answer.status_code == 413
        assert answer.json()["type"] == "/problems/body-too-large"
        assert answer.json()["detail"] == "a body may have at most 1000 bytes here"

    def test_a_body_with_too_large_a_content_length_is_not_read(self) -> None:
        async def never() -> Message:
            raise AssertionError("the body was read")

        headers = [(b"content-length", b"1001")]
        request = Request({"type": "http", "method": "PUT", "headers": headers}, never)

        with pytest.raises(BodyTooLarge):
            asyncio.run(read_body(request, LIMITS))

    def test_a_content_length_that_is_not_a_number_is_ignored(self, echo: TestClient) -> None:
        headers = {"Content-Type": "application/json", "Content-Length": "²"}

        given = {name.encode(): value.encode() for name, value in headers.items()}
        assert echo.put("/", content=b"{}", headers=given).status_code == 200


def _arriving(*parts: bytes, pause: float, end: bool = True) -> Request:
    """Return a request whose parts arrive after pauses; without an end its client then falls silent."""
    left = [*parts]

    async def receive() -> Message:
        await asyncio.sleep(pause if left else 60)
        body = left.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(left) or not end}

    return Request({"type": "http", "method": "PUT", "headers": []}, receive)


class TestTime:
    @pytest.mark.parametrize(
        "request_",
        [
            pytest.param(_arriving(b"{", pause=0, end=False), id="stalls"),
            pytest.param(_arriving(*[b"1"] * 100, pause=0.03), id="drips"),
            pytest.param(
                _arriving(b"1" * 500, *[b"1"] * 100, pause=0.03), id="drips after a fast beginning"
            ),
            pytest.param(_arriving(*[b""] * 100, pause=0.03), id="empty parts"),
        ],
    )
    def test_a_body_that_arrives_too_slowly_times_out(self, request_: Request) -> None:
        detail = "in 0.2 s it must end, or 10 bytes of it must arrive"

        with pytest.raises(RequestTimeout, match=detail):
            asyncio.run(read_body(request_, FAST))

    def test_a_timeout_is_answered_as_the_docs_show(self) -> None:
        app = FastAPI(middleware=[Middleware(RequestLogMiddleware)])
        install_handlers(app)

        @app.put("/v1/places/moscow")
        async def give_up() -> None:
            raise RequestTimeout(
                "the body arrived too slowly: in 30 s it must end, or 300000 bytes of it must arrive"
            )

        with TestClient(app) as client:
            answer = client.put("/v1/places/moscow")

        assert answer.status_code == 408
        assert answer.json() == shown_problem("request-timeout", answer)

    def test_a_large_body_may_take_longer_at_the_least_rate(self) -> None:
        slow = _arriving(*[b"x" * 10] * 5, pause=0.06)

        assert len(asyncio.run(read_body(slow, FAST))) == 50

    def test_a_small_body_may_take_all_of_the_time(self) -> None:
        assert asyncio.run(read_body(_arriving(b"{", b"}", pause=0.01), FAST)) == b"{}"


class TestMediaType:
    @pytest.mark.parametrize(
        "given",
        [
            "application/json",
            "Application/JSON; charset=UTF-8",
            'application/json;charset="utf-8"',
            "application/x-ndjson",
            "application/json; profile=x",
        ],
    )
    def test_supported_media_types_are_accepted(self, echo: TestClient, given: str) -> None:
        answer = echo.put("/", content=b"{}", headers={"Content-Type": given})

        assert answer.status_code == 200

    @pytest.mark.parametrize(
        ("headers", "detail"),
        [
            pytest.param(
                {},
                "the request has no Content-Type; send the header Content-Type: application/json or "
                "application/x-ndjson (curl: -H 'Content-Type: application/json')",
                id="no Content-Type",
            ),
            pytest.param(
                {"Content-Type": "application/x-www-form-urlencoded"},
                "the body is 'application/x-www-form-urlencoded'; send the header Content-Type: "
                "application/json or application/x-ndjson (curl: -H 'Content-Type: application/json')",
                id="a form",
            ),
            pytest.param(
                {"Content-Type": "application/json; charset=latin-1"},
                "the charset is 'latin-1'; a body must be in utf-8",
                id="another charset",
            ),
            pytest.param(
                {"Content-Type": "application/json", "Content-Encoding": "gzip"},
                "the body is compressed ('gzip'); send it uncompressed",
                id="compressed",
            ),
        ],
    )
    def test_unsupported_bodies_are_refused(
        self, echo: TestClient, headers: dict[str, str], detail: str
    ) -> None:
        answer = echo.put("/", content=b"{}", headers=headers)

        assert answer.status_code == 415
        assert answer.json()["type"] == "/problems/unsupported-media-type"
        assert answer.json()["detail"] == detail

    def test_the_answer_lists_the_supported_media_types(self, echo: TestClient) -> None:
        answer = echo.put("/", content=b"", headers={"Content-Type": "text/csv"})

        assert answer.headers["accept"] == "application/json, application/x-ndjson"
