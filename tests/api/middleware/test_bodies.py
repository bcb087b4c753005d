"""Bodies: what is not taken is refused before it is read, and no more is read than is taken."""

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

TAKEN = 1_000


@pytest.fixture
def echo() -> Iterator[TestClient]:
    """A path that takes JSON of up to 1,000 bytes and gives it back."""
    app = FastAPI(middleware=[Middleware(RequestLogMiddleware)])
    install_handlers(app)

    @app.put("/")
    async def give_back(request: Request) -> Response:
        return Response(await read_body(request, TAKEN), media_type=_media_type(request))

    with TestClient(app) as client:
        yield client


def _media_type(request: Request) -> str:
    return check_media_type(request, "application/json", "application/x-ndjson")


class TestSize:
    def test_up_to_the_limit_all_is_read(self, echo: TestClient) -> None:
        body = b"x" * TAKEN

        answer = echo.put("/", content=body, headers={"Content-Type": "application/json"})

        assert answer.content == body

    @pytest.mark.parametrize("announced", [True, False])
    def test_beyond_it_nothing(self, echo: TestClient, announced: bool) -> None:
        body = b"x" * (TAKEN + 1)

        answer = echo.put(
            "/",
            content=body if announced else iter([body[:TAKEN], body[TAKEN:]]),
            headers={"Content-Type": "application/json"},
        )

        assert answer.status_code == 413
        assert answer.json()["type"] == "/problems/body-too-large"
        assert answer.json()["detail"] == "a body may have at most 1000 bytes here"

    def test_what_is_announced_as_too_large_is_not_waited_for(self) -> None:
        async def never() -> Message:
            raise AssertionError("it was asked for")

        headers = [(b"content-length", b"1001")]
        request = Request({"type": "http", "method": "PUT", "headers": headers}, never)

        with pytest.raises(BodyTooLarge):
            asyncio.run(read_body(request, TAKEN))

    def test_a_length_that_is_no_number_is_no_reason_to_fail(self, echo: TestClient) -> None:
        headers = {"Content-Type": "application/json", "Content-Length": "²"}

        given = {name.encode(): value.encode() for name, value in headers.items()}
        assert echo.put("/", content=b"{}", headers=given).status_code == 200


class TestTime:
    def test_a_body_that_stops_is_not_waited_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        parts: list[Message] = [{"type": "http.request", "body": b"{", "more_body": True}]
        monkeypatch.setattr(bodies, "_STALL_SECONDS", 0.05)

        async def stop() -> Message:
            if not parts:
                await asyncio.sleep(60)
            return parts.pop()

        request = Request({"type": "http", "method": "PUT", "headers": []}, stop)

        with pytest.raises(RequestTimeout, match="no part of the body arrived for 0.05 s"):
            asyncio.run(read_body(request, TAKEN))

    def test_is_told_as_the_docs_show(self) -> None:
        app = FastAPI(middleware=[Middleware(RequestLogMiddleware)])
        install_handlers(app)

        @app.put("/v1/places/moscow")
        async def give_up() -> None:
            raise RequestTimeout("no part of the body arrived for 30 s")

        with TestClient(app) as client:
            answer = client.put("/v1/places/moscow")

        assert answer.status_code == 408
        assert answer.json() == shown_problem("request-timeout", answer)

    def test_a_body_may_take_longer_than_a_pause(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bodies, "_STALL_SECONDS", 0.5)
        left = [b"5", b"4", b"3", b"2", b"1", b"0"]

        async def trickle() -> Message:
            await asyncio.sleep(0.1)
            body = left.pop()
            return {"type": "http.request", "body": body, "more_body": bool(left)}

        request = Request({"type": "http", "method": "PUT", "headers": []}, trickle)

        assert asyncio.run(read_body(request, TAKEN)) == b"012345"


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
    def test_those_that_are_named_are_taken(self, echo: TestClient, given: str) -> None:
        answer = echo.put("/", content=b"{}", headers={"Content-Type": given})

        assert answer.status_code == 200

    @pytest.mark.parametrize(
        ("headers", "detail"),
        [
            pytest.param(
                {},
                "the request has no Content-Type; this path takes "
                "application/json or application/x-ndjson",
                id="none",
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
    def test_others_are_refused(
        self, echo: TestClient, headers: dict[str, str], detail: str
    ) -> None:
        answer = echo.put("/", content=b"{}", headers=headers)

        assert answer.status_code == 415
        assert answer.json()["type"] == "/problems/unsupported-media-type"
        assert answer.json()["detail"] == detail

    def test_the_answer_says_what_is_taken(self, echo: TestClient) -> None:
        answer = echo.put("/", content=b"", headers={"Content-Type": "text/csv"})

        assert answer.headers["accept"] == "application/json, application/x-ndjson"
