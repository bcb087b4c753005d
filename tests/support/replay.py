"""Examples of the docs held against real answers; `…` in what is shown stands for anything.

In JSON, `"…"` as the last element of a list stands for further elements, `"…": "…"` for further
keys, and `…` within a string for any characters.
"""

import json
import re
from typing import Any, NamedTuple

from httpx2 import Response

from app.settings import PROJECT_ROOT

ELISION = "…"
_EXAMPLE = re.compile(r"^`GET (/[^`]*)`\n\n?```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXCHANGE = re.compile(r"^```http\n([A-Z]+ /.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """A request of the docs, and what they show of its answer."""

    url: str
    language: str
    shown: str


class Request(NamedTuple):
    """A request of the docs: its headers and body stand in a fence of HTTP below its line."""

    method: str
    url: str
    headers: dict[str, str]
    body: str


_REQUEST = re.compile(r"^`([A-Z]+) (/[^`]*)`$(?:\n+```http\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
_KEY = "Bearer tl_…"


def find_requests(text: str, key: str) -> list[Request]:
    """The requests of a section, in order; `key` stands in for the one that is not shown."""
    found = _REQUEST.findall(text)
    return [_request(method, url, fence, key) for method, url, fence in found]


def _request(method: str, url: str, fence: str, key: str) -> Request:
    head, _, body = fence.partition("\n\n")
    headers = _headers(head.splitlines())
    if headers.get("Authorization") == _KEY:
        headers["Authorization"] = f"Bearer {key}"
    return Request(method, url, headers, body.strip())


def shown_problem(slug: str, answer: Response) -> dict[str, Any]:
    """The problem document that docs/errors.md shows for this type, with the answer's request id."""
    text = (PROJECT_ROOT / "docs/errors.md").read_text()
    section = text.partition(f"## `/problems/{slug}`\n")[2].partition("\n## ")[0]
    shown: dict[str, Any] = json.loads(section.partition("```json\n")[2].partition("```")[0])
    return {**shown, "request_id": answer.headers["x-request-id"]}


class Exchange(NamedTuple):
    """A request with its headers, and the status and headers that the docs show of its answer."""

    method: str
    url: str
    request: dict[str, str]
    status: int
    response: dict[str, str]


def examples(text: str) -> list[Example]:
    """Each request that stands on a line of its own with its answer in a fence below."""
    return [Example(*found) for found in _EXAMPLE.findall(text)]


def exchanges(text: str) -> list[Exchange]:
    """Each fence of HTTP: the request and its headers, an empty line, the status and headers."""
    return [_exchange(block) for block in _EXCHANGE.findall(text)]


def _exchange(block: str) -> Exchange:
    (request, *given), (status, *shown) = (part.splitlines() for part in block.split("\n\n"))
    method, url = request.split(" ")[:2]
    return Exchange(method, url, _headers(given), int(status.split(" ")[1]), _headers(shown))


def _headers(lines: list[str]) -> dict[str, str]:
    pairs = (line.partition(": ") for line in lines)
    return {name: value for name, _, value in pairs}


def is_answer(example: Example, answer: Response) -> bool:
    """Whether the answer is what the example shows."""
    if example.language == "json":
        return matches(json.loads(example.shown), answer.json())
    text = answer.text.removeprefix("\ufeff").replace("\r\n", "\n")
    return _like(example.shown.strip(), text.strip())


def matches(shown: Any, answer: Any) -> bool:
    """Whether the JSON value is the one that is shown, as far as it is."""
    match shown, answer:
        case dict(), dict():
            named = shown.keys() - {ELISION}
            there = answer.keys()
            fits = named < there if ELISION in shown else named == there
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
