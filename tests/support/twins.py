"""Compare the answers of SQLite and PostgreSQL to each request that a test sends to the seeds."""

from typing import Any

from httpx2 import Request, Response
from starlette.testclient import TestClient

# Each response has another id, and a problem repeats it in its body.
_ID = "x-request-id"


class TwinClient(TestClient):
    """A client of one server that sends each new read to a second one, and fails if they differ.

    It also sends each to the first server again, because the second answer may come from memory.

    Tests of HTTP therefore run once, and every URL that they request is compared on both engines:
    status, headers and body, byte for byte. Both servers hold the same instants (`load_seeds`), so
    ETags and cursors are equal too. A repeated request is compared once. A request with a key is
    not compared, because each database has its own keys.
    """

    def __init__(self, app: Any, twin: TestClient) -> None:
        super().__init__(app)
        self._twin = twin
        self._compared: set[tuple[object, ...]] = set()

    def send(self, request: Request, *, stream: bool = False, **options: Any) -> Response:
        """Send the request; the first time, to the second server as well."""
        identity = (request.method, request.url, *request.headers.raw, *sorted(options.items()))
        answer = super().send(request, stream=stream, **options)
        if identity not in self._compared and _is_comparable(request):
            self._compared.add(identity)
            # The caller may read a stream without decoding, so send the request once more.
            first = super().send(request, **options) if stream else answer
            second = self._twin.send(request, **options)
            assert content_of(first) == content_of(second), f"engines differ: {request.url}"
            if "etag" in first.headers:
                # It comes from memory now, if it is an answer that is kept.
                again = super().send(request, **options)
                assert content_of(first) == content_of(again), f"kept differently: {request.url}"
        return answer


def _is_comparable(request: Request) -> bool:
    return request.method in ("GET", "HEAD") and "authorization" not in request.headers


def content_of(answer: Response) -> list[object]:
    """Return status, headers and body of a response and of its redirects, without request ids."""
    parts: list[object] = []
    for each in (*answer.history, answer):
        parts += (each.status_code, [p for p in each.headers.multi_items() if p[0] != _ID])
    return [*parts, answer.content.replace(answer.headers[_ID].encode(), b"")]
