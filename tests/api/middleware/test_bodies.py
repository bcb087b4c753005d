"""Bodies: the server refuses an unsupported body unread, and reads no more than the limit."""

import asyncio
from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request, Response
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from starlette.types import Message

from app.api.dependencies import bodies
from app.api.dependencies.bodies import check_media_type, read_body
from app.api.middleware.request_log import RequestLogMiddleware
from app.api.problems.catalogue import BodyTooLarge, RequestTimeout
from app.api.problems.handlers import install_handlers
from tests.support.replay import shown_problem

MAX_BYTES = 1_000


@pytest.fixture
def echo() -> Iterator[TestClient]:
    """Yield a client of a path that accepts JSON of up to 1,000 bytes and echoes it."""
    app = FastAPI(middleware=[Middleware(RequestLogMiddleware)])
    install_handlers(app)

    @app.put("/")
    async def give_back(request: Request) -> Response:
        return Response(await read_body(request, MAX_BYTES), media_type=_media_type(request))

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
            asyncio.run(read_body(request, MAX_BYTES))

    def test_a_content_length_that_is_not_a_number_is_ignored(self, echo: TestClient) -> None:
        headers = {"Content-Type": "application/json", "Content-Length": "²"}

        given = {name.encode(): value.encode() for name, value in headers.items()}
        assert echo.put("/", content=b"{}", headers=given).status_code == 200


class TestTime:
    def test_a_stalled_body_times_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        parts: list[Message] = [{"type": "http.request", "body": b"{", "more_body": True}]
        monkeypatch.setattr(bodies, "_STALL_SECONDS", 0.05)

        async def stop() -> Message:
            if not parts:
                await asyncio.sleep(60)
            return parts.pop()

        request = Request({"type": "http", "method": "PUT", "headers": []}, stop)

        with pytest.raises(RequestTimeout, match="no part of the body arrived for 0.05 s"):
            asyncio.run(read_body(request, MAX_BYTES))

    def test_a_timeout_is_answered_as_the_docs_show(self) -> None:
        app = FastAPI(middleware=[Middleware(RequestLogMiddleware)])
        install_handlers(app)

        @app.put("/v1/places/moscow")
        async def give_up() -> None:
            raise RequestTimeout("no part of the body arrived for 30 s")

        with TestClient(app) as client:
            answer = client.put("/v1/places/moscow")

        assert answer.status_code == 408
        assert answer.json() == shown_problem("request-timeout", answer)

    def test_a_slow_body_may_take_longer_than_the_limit_of_a_pause(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bodies, "_STALL_SECONDS", 0.5)
        left = [b"5", b"4", b"3", b"2", b"1", b"0"]

        async def trickle() -> Message:
            await asyncio.sleep(0.1)
            body = left.pop()
            return {"type": "http.request", "body": body, "more_body": bool(left)}

        request = Request({"type": "http", "method": "PUT", "headers": []}, trickle)

        assert asyncio.run(read_body(request, MAX_BYTES)) == b"012345"


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
                "the request has no Content-Type; this path takes "
                "application/json or application/x-ndjson",
                id="no Content-Type",
            ),
            pytest.param(
                {"Content-Type": "application/x-www-form-urlencoded"},
                "the body is 'application/x-www-form-urlencoded'; this path takes "
                "application/json or application/x-ndjson",
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
