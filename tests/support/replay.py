"""Compare the examples of the docs with real answers; `…` in an example matches anything.

In JSON, `"…"` as the last element of a list matches further elements, `"…": "…"` matches further
keys, and `…` within a string matches any characters.
"""

import json
import re
from typing import Any, NamedTuple

from httpx2 import Response
from starlette.testclient import TestClient

from app.settings import PROJECT_ROOT

ELISION = "…"
_EXAMPLE = re.compile(r"^`GET (/[^`]*)`\n\n?```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXCHANGE = re.compile(r"^```http\n([A-Z]+ /.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """A request of the docs, and the shown part of its answer."""

    url: str
    language: str
    shown: str

    def json(self) -> Any:
        """The shown value."""
        return json.loads(self.shown)


class Request(NamedTuple):
    """A request of the docs, with the headers and the body from the HTTP fence below its line."""

    method: str
    url: str
    headers: dict[str, str]
    body: str


_REQUEST = re.compile(r"^`([A-Z]+) (/[^`]*)`$(?:\n+```http\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
_WRITE = re.compile(
    r"(^`[A-Z]+ /[^`]*`\n\n```http\n.*?^```)\n\n```json\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
_GROUP = re.compile(r"^## (\d{3}) [^\n]*\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_PROBLEM = re.compile(
    r"^### `/problems/([a-z-]+)`\n(?=\*\*([^*]+)\.\*\* )(.*?)^```json\n(.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
# The sections of docs/errors.md leave out these keys if they are null.
_NO_ERROR = dict.fromkeys(("parameter", "record", "pointer", "line", "detail"))
_KEY = "Bearer tl_…"
_REVERT = re.compile(r"^/v1/imports/\d+/revert")


def find_requests(text: str, key: str) -> list[Request]:
    """Return the requests of a section, in order; `key` replaces the elided key."""
    found = _REQUEST.findall(text)
    return [_request(method, url, fence, key) for method, url, fence in found]


def _request(method: str, url: str, fence: str, key: str) -> Request:
    head, _, body = fence.partition("\n\n")
    headers = _headers(head.splitlines())
    if headers.get("Authorization") == _KEY:
        headers["Authorization"] = f"Bearer {key}"
    return Request(method, url, headers, body.strip())


class Write(NamedTuple):
    """A request that writes, and the shown part of its answer."""

    request: Request
    shown: str

    def json(self) -> Any:
        """The shown value."""
        return json.loads(self.shown)


def find_writes(text: str, key: str) -> list[Write]:
    """Return each request with a fence of headers and body, and with its answer below."""
    return [Write(find_requests(request, key)[0], shown) for request, shown in _WRITE.findall(text)]


def send(client: TestClient, request: Request) -> Response:
    """Send the request, with the present ETag in place of an elided `If-Match`.

    The number of an import to revert depends on the requests before: the import is the last one that
    created an entity.
    """
    headers = dict(request.headers)
    url = _REVERT.sub(lambda _: f"/v1/imports/{_last_creation(client)}/revert", request.url)
    if ELISION in headers.get("If-Match", ""):
        path = request.url.partition("?")[0].removesuffix("/merge").removesuffix("/revert")
        headers["If-Match"] = client.get(path).headers["etag"]
    return client.request(request.method, url, headers=headers, content=request.body)


def _last_creation(client: TestClient) -> int:
    """Return the number of the last edit that created an entity."""
    changes = client.get("/v1/changes?direct=true&limit=1000&after=3799").json()["items"]
    number: int = [change["seq"] for change in changes if change["op"] == "create"][-1]
    return number


class ShownProblem(NamedTuple):
    """A section of docs/errors.md: the status of its group, its title, and its fence of JSON."""

    slug: str
    status: int
    title: str
    text: str
    fence: str

    def document(self, answer: Response) -> dict[str, Any]:
        """Return the whole problem document for the request that got this answer."""
        short = json.loads(self.fence)
        return {
            "type": f"/problems/{self.slug}",
            "title": self.title,
            "status": self.status,
            "detail": short["detail"],
            "instance": answer.request.url.path,
            "request_id": answer.headers["x-request-id"],
            "errors": [{**_NO_ERROR, **each} for each in short.get("errors", [])],
        }


def shown_problems() -> dict[str, ShownProblem]:
    """Return the problems of docs/errors.md by their slugs."""
    groups = _GROUP.findall((PROJECT_ROOT / "docs/errors.md").read_text())
    return {
        slug: ShownProblem(slug, int(status), title, text, fence)
        for status, group in groups
        for slug, title, text, fence in _PROBLEM.findall(group)
    }


def shown_problem(slug: str, answer: Response) -> dict[str, Any]:
    """Return the problem document that docs/errors.md shows for this type, for this answer's request."""
    return shown_problems()[slug].document(answer)


class Exchange(NamedTuple):
    """A request with its headers, and the shown status and headers of its answer."""

    method: str
    url: str
    request: dict[str, str]
    status: int
    response: dict[str, str]


def examples(text: str) -> list[Example]:
    """Return each request on a separate line, with its answer in a fence below."""
    return [Example(*found) for found in _EXAMPLE.findall(text)]


def exchanges(text: str) -> list[Exchange]:
    """Return each HTTP fence: the request and its headers, an empty line, the status and headers."""
    return [_exchange(block) for block in _EXCHANGE.findall(text)]


def _exchange(block: str) -> Exchange:
    (request, *sent), (status, *shown) = (part.splitlines() for part in block.split("\n\n"))
    method, url = request.split(" ")[:2]
    return Exchange(method, url, _headers(sent), int(status.split(" ")[1]), _headers(shown))


def _headers(lines: list[str]) -> dict[str, str]:
    pairs = (line.partition(": ") for line in lines)
    return {name: value for name, _, value in pairs}


def is_answer(example: Example, answer: Response) -> bool:
    """Whether the answer matches the example."""
    if example.language == "json":
        return matches(example.json(), answer.json())
    text = answer.text.removeprefix("\ufeff").replace("\r\n", "\n")
    return _like(example.shown.strip(), text.strip())


def matches(shown: Any, answer: Any) -> bool:
    """Whether the JSON value equals the shown value, apart from elisions."""
    match shown, answer:
        case dict(), dict():
            named = shown.keys() - {ELISION}
            found = answer.keys()
            fits = named < found if ELISION in shown else named == found
            return fits and all(matches(shown[key], answer[key]) for key in named)
        case list(), list():
            if shown[-1:] == [ELISION]:
                shown = shown[:-1]
                return len(answer) > len(shown) and matches(shown, answer[: len(shown)])
            return len(shown) == len(answer) and all(map(matches, shown, answer))
        case str(), str():
            return _like(shown, answer)
    return type(shown) is type(answer) and bool(shown == answer)


def _like(shown: str, text: str) -> bool:
    parts = (re.escape(part) for part in shown.split(ELISION))
    return re.fullmatch(".*".join(parts), text, re.DOTALL) is not None
