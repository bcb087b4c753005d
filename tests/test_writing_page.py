"""The chapters of docs/api.md on writing: each route is described, and the examples do what they show.

They are replayed in their order, on a database of their own.
"""

import json
import re
from typing import Any, NamedTuple

from starlette.testclient import TestClient

from app.settings import PROJECT_ROOT
from tests.support.contract import OPERATIONS
from tests.support.replay import ELISION, Request, find_requests, matches

PAGE = (PROJECT_ROOT / "docs/api.md").read_text()
SECTION = re.compile(r"^### `(PUT|PATCH|POST|DELETE) .*?(?=^##)", re.MULTILINE | re.DOTALL)
SECTIONS = [found[0] for found in SECTION.finditer(PAGE)]
# A request without the fence of headers and body that each has.
EXAMPLE = re.compile(
    r"(^`[A-Z]+ /[^`]*`\n\n```http\n.*?^```)\n\n```json\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
METHODS = ("put", "patch", "post", "delete")


class Write(NamedTuple):
    """A request that writes, and what the page shows of its answer."""

    request: Request
    shown: Any


def _writes(text: str, key: str) -> list[Write]:
    return [
        Write(find_requests(request, key)[0], json.loads(shown))
        for request, shown in EXAMPLE.findall(text)
    ]


# Every operation that writes, by its method and path.
WRITERS = {
    f"{method.upper()} {path}": operation
    for path, method, operation in OPERATIONS.values()
    if method in METHODS
}


def test_the_examples_do_what_they_show(scratch_client: TestClient, scratch_key: str) -> None:
    writes = [write for section in SECTIONS for write in _writes(section, scratch_key)]
    assert len(writes) >= len(SECTIONS)

    for request, shown in writes:
        path = request.url.partition("?")[0].removesuffix("/merge")
        if ELISION in request.headers.get("If-Match", ""):
            request.headers["If-Match"] = scratch_client.get(path).headers["etag"]
        answer = scratch_client.request(
            request.method, request.url, headers=request.headers, content=request.body
        )
        assert answer.status_code in (200, 201), answer.text
        assert matches(shown, answer.json()), answer.text


def test_each_operation_is_named() -> None:
    named = {name for section in SECTIONS for name in re.findall(r"`([A-Z]+ /v1[^`? ]*)`", section)}

    assert WRITERS.keys() <= named


def test_each_parameter_is_described() -> None:
    for name, operation in WRITERS.items():
        section = next(text for text in SECTIONS if f"`{name}`" in text)
        for parameter in operation["parameters"]:
            if parameter["in"] == "query":
                assert f"`{parameter['name']}`" in section, (name, parameter["name"])
