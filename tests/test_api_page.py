"""docs/api.md describes every path and parameter, and each answer that it shows is the real one."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.settings import PROJECT_ROOT
from app.tables.database import Database
from tests.support.apps import client_of
from tests.support.contract import OPERATIONS
from tests.support.replay import ELISION, Example, Exchange, examples, exchanges, is_answer, matches
from tests.support.streams import read_stream

PAGE = (PROJECT_ROOT / "docs/api.md").read_text()
EXAMPLES = examples(PAGE)
HOST = "http://127.0.0.1:8000"
SECTION = re.compile(r"^### `GET (/[^`]*)`\n(.*?)(?=^##)", re.MULTILINE | re.DOTALL)
SECTIONS = dict(SECTION.findall(f"{PAGE}\n##"))
# Sections say so themselves when they take what that list takes.
AS_IN_EVENTS = re.compile(r"every (?:parameter|filter) of\s+`/v1/events`")
# The same for each kind of entity: the page has it once, for events.
OF_OTHER_KINDS = re.compile(r"/v1/(?!events/)\w+/\{\w+_id\}/(revisions|diff)")
IN_EVERY_LIST = {"limit", "cursor", "total"}
IN_EVERY_READ = {"as_of", "release"}


@pytest.fixture(scope="module")
def local(seeded: Database) -> Iterator[TestClient]:
    """A client whose links begin with the address that the page shows."""
    with client_of(seeded) as client:
        client.base_url = HOST
        yield client


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.url)
def test_the_answer_is_the_one_that_is_shown(example: Example, local: TestClient) -> None:
    answer = _beginning(local, example) if "/stream" in example.url else local.get(example.url)

    assert answer.status_code == 200, answer.text
    assert is_answer(example, answer), answer.text


def _beginning(client: TestClient, example: Example) -> Response:
    """As much of an answer without an end as is shown."""
    blocks = example.shown.count("\n\n") + 1
    enough = lambda body: body.count(b"\n\n") >= blocks
    assert client.portal is not None
    status, _, body = client.portal.call(read_stream, client.app, example.url, enough)
    return Response(status, content=body)


@pytest.mark.parametrize("exchange", exchanges(PAGE), ids=lambda exchange: exchange.url)
def test_the_headers_are_those_that_are_shown(exchange: Exchange, local: TestClient) -> None:
    given = dict(exchange.request)
    if ELISION in given.get("If-None-Match", ""):
        given["If-None-Match"] = local.get(exchange.url).headers["etag"]

    answer = local.request(exchange.method, exchange.url, headers=given, follow_redirects=False)

    assert answer.status_code == exchange.status
    headers = {name: answer.headers.get(name) for name in exchange.response}
    assert matches(exchange.response, headers), headers


class TestOperations:
    def test_each_has_a_section(self) -> None:
        assert SECTIONS.keys() == READS.keys()

    def test_each_has_an_example_with_its_answer(self) -> None:
        # What is no text is shown by its headers.
        shown: list[Example | Exchange] = [*EXAMPLES, *exchanges(PAGE)]
        without = [path for path in READS if not any(_is_of(example, path) for example in shown)]

        assert without == []


class TestParameters:
    def test_each_is_described(self) -> None:
        for path, operation in READS.items():
            section = SECTIONS[path]
            if AS_IN_EVENTS.search(section):
                section += SECTIONS["/v1/events"]
            for name, repeatable in _parameters(operation):
                if name not in IN_EVERY_LIST | IN_EVERY_READ:
                    shown = re.escape(f"`{name}`{'*' * repeatable}") + r"(?!\*)"
                    assert re.search(shown, section), f"{path} {name}{'*' * repeatable}"

    def test_each_has_an_example_with_its_answer(self) -> None:
        lacking = [
            f"{path} {name}"
            for path, operation in READS.items()
            for name, _ in _parameters(operation)
            if not _is_shown(path, name)
        ]

        assert lacking == []


def _is_shown(path: str, name: str) -> bool:
    """Whether an answer is shown to this parameter: of this path, or of the one that it refers to."""
    if name in IN_EVERY_LIST | IN_EVERY_READ:
        return any(name in _query(example) for example in EXAMPLES)
    # The page has the answers of `/v1/events` once; they are the same for all that take its filters.
    paths = [path, *(["/v1/events"] if AS_IN_EVENTS.search(SECTIONS[path]) else [])]
    return any(
        _is_of(example, each) and name in _query(example) for example in EXAMPLES for each in paths
    )


def _is_of(example: Example | Exchange, path: str) -> bool:
    """Whether the example asks the path of the document."""
    asked = urlsplit(example.url).path
    if asked in SECTIONS:
        return asked == path
    return _template(path).fullmatch(asked) is not None


def _query(example: Example) -> set[str]:
    return {name for name, _ in parse_qsl(urlsplit(example.url).query, keep_blank_values=True)}


def _template(path: str) -> re.Pattern[str]:
    """What the path of a request looks like."""
    fixed = re.split(r"\{\w+\}", path)
    return re.compile("[^/]+".join(map(re.escape, fixed)))


READS = {
    path: operation
    for path, method, operation in OPERATIONS.values()
    if method == "get" and not OF_OTHER_KINDS.match(path)
}


def _parameters(operation: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    for parameter in operation["parameters"]:
        if parameter["in"] == "query":
            yield parameter["name"], parameter["schema"].get("type") == "array"
