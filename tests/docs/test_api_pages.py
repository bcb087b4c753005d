"""docs/api describes every path and parameter; each answer in it or in docs/recipes is real."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.tables.database import Database
from tests.docs.pages import API, HOST, LINK, RECIPES, anchor_of
from tests.support.apps import client_of
from tests.support.contract import OPERATIONS
from tests.support.replay import ELISION, Example, Exchange, examples, exchanges, is_answer, matches
from tests.support.streams import read_stream

PAGES = {page.name: page.read_text() for page in sorted(API.glob("*.md"))}
QUESTIONS = {page.name: page.read_text() for page in sorted(RECIPES.glob("*.md"))}
EXAMPLES = [each for text in (*PAGES.values(), *QUESTIONS.values()) for each in examples(text)]
EXCHANGES = [each for text in PAGES.values() for each in exchanges(text)]
# An answer that is not text appears as an exchange.
SHOWN: list[Example | Exchange] = [*EXAMPLES, *EXCHANGES]
SECTION = re.compile(r"^## `GET (/[^`]*)`\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
SECTIONS = dict(each for text in PAGES.values() for each in SECTION.findall(text))
# A question of a recipe.
QUESTION = re.compile(r"^### (.+)$", re.MULTILINE)
MOST_LINES = 300
# A section with this phrase has the parameters of that list.
AS_IN_LIST = re.compile(r"every (?:parameter|filter)\s+of\s+`(/v1/\w+)`")
# Each kind of entity has these paths; the pages have them once, for events.
OF_OTHER_KINDS = re.compile(r"/v1/(?!events/)\w+/\{\w+_id\}/(revisions|diff|record)")
IN_EVERY_LIST = {"limit", "cursor", "total"}
IN_EVERY_READ = {"as_of", "release"}


@pytest.fixture(scope="module")
def local(seeded: Database) -> Iterator[TestClient]:
    """A client of a server whose links begin with the address that the pages show."""
    with client_of(seeded) as client:
        client.base_url = HOST
        yield client


# Two pages may show different parts of one answer.
BY_URL = [list(same) for _, same in groupby(sorted(EXAMPLES), key=lambda example: example.url)]


@pytest.mark.parametrize("shown", BY_URL, ids=lambda shown: shown[0].url)
def test_the_answer_matches_the_page(shown: list[Example], local: TestClient) -> None:
    url = shown[0].url

    answer = _read_beginning(local, shown[0]) if "/stream" in url else local.get(url)

    assert answer.status_code == 200, answer.text
    assert [example for example in shown if not is_answer(example, answer)] == [], answer.text


def _read_beginning(client: TestClient, example: Example) -> Response:
    """Return the shown part of an endless answer."""
    blocks = example.shown.count("\n\n") + 1
    enough = lambda body: body.count(b"\n\n") >= blocks
    assert client.portal is not None
    status, _, body = client.portal.call(read_stream, client.app, example.url, enough)
    return Response(status, content=body)


@pytest.mark.parametrize("exchange", EXCHANGES, ids=lambda exchange: exchange.url)
def test_the_headers_match_the_page(exchange: Exchange, local: TestClient) -> None:
    request = dict(exchange.request)
    if ELISION in request.get("If-None-Match", ""):
        request["If-None-Match"] = local.get(exchange.url).headers["etag"]

    answer = local.request(exchange.method, exchange.url, headers=request, follow_redirects=False)

    assert answer.status_code == exchange.status
    headers = {name: answer.headers.get(name) for name in exchange.response}
    assert matches(exchange.response, headers), headers


class TestPages:
    def test_the_index_links_to_each_page(self) -> None:
        linked = {link.partition("#")[0] for link in LINK.findall(PAGES["README.md"])}

        assert [name for name in PAGES if name != "README.md" and name not in linked] == []

    def test_the_index_of_recipes_links_to_each_question(self) -> None:
        index = LINK.findall(QUESTIONS["README.md"])
        asked = {
            f"{name}#{anchor_of(heading)}"
            for name, text in QUESTIONS.items()
            for heading in QUESTION.findall(text)
        }

        assert sorted(asked - {*index}) == []

    def test_no_page_is_longer_than_300_lines(self) -> None:
        pages = [*PAGES.items(), *QUESTIONS.items()]
        lines = {name: len(text.splitlines()) for name, text in pages}

        assert [name for name, count in lines.items() if count > MOST_LINES] == []


class TestOperations:
    def test_each_has_a_section(self) -> None:
        assert SECTIONS.keys() == READS.keys()

    def test_each_has_an_example_with_its_answer(self) -> None:
        # The pages show only the headers of an answer that is not text.
        without = [path for path in READS if not any(_is_of(example, path) for example in SHOWN)]

        assert without == []


class TestParameters:
    def test_each_parameter_is_described(self) -> None:
        missing = [
            f"{path} {name}{'*' * repeatable}"
            for path, operation in READS.items()
            for name, repeatable in _parameters(operation)
            if not _is_described(path, name, repeatable)
        ]

        assert missing == []

    def test_each_has_an_example_with_its_answer(self) -> None:
        missing = [
            f"{path} {name}"
            for path, operation in READS.items()
            for name, _ in _parameters(operation)
            if not _is_shown(path, name)
        ]

        assert missing == []


def _is_described(path: str, name: str, repeatable: bool) -> bool:
    """Whether the section of the path, or the section to which it refers, describes the parameter."""
    if name in IN_EVERY_LIST | IN_EVERY_READ:
        return True
    section = SECTIONS[path]
    for other in AS_IN_LIST.findall(section):
        section += SECTIONS[other]
    return bool(re.search(re.escape(f"`{name}`{'*' * repeatable}") + r"(?!\*)", section))


def _is_shown(path: str, name: str) -> bool:
    """Whether the pages show an answer with this parameter, for this path or the path it refers to."""
    if name in IN_EVERY_LIST | IN_EVERY_READ:
        return any(name in _query(example) for example in EXAMPLES)
    # Paths that take the filters of a list choose the same entities with them.
    paths = [path, *AS_IN_LIST.findall(SECTIONS[path])]
    return any(
        _is_of(example, each) and name in _query(example) for example in SHOWN for each in paths
    )


def _is_of(example: Example | Exchange, path: str) -> bool:
    """Whether the example requests this path of the document."""
    requested = urlsplit(example.url).path
    if requested in SECTIONS:
        return requested == path
    return _template(path).fullmatch(requested) is not None


def _query(example: Example | Exchange) -> set[str]:
    return {name for name, _ in parse_qsl(urlsplit(example.url).query, keep_blank_values=True)}


def _template(path: str) -> re.Pattern[str]:
    """Return a pattern for the paths of requests."""
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
