"""README.md shows a real answer, and each query of pages without answers finds something."""

import json
import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tests.docs.pages import DOCS, HOST, README, read_blocks, read_prose, read_section
from tests.support.replay import matches

# Other pages show the answers to their queries, or errors.
PAGES_WITH_QUERIES = (README, DOCS / "coverage.md", DOCS / "operations.md")
QUERY = re.compile(r"`(?:GET )?(/(?:v1/|healthz|readyz|problems/)[^`{}]*)`")
# A heading names a path, which may need a parameter.
HEADING = re.compile(r"^#+ .+$", re.MULTILINE)


def _queries() -> list[str]:
    """Return each query of these pages once."""
    queries = [
        query
        for page in PAGES_WITH_QUERIES
        for query in [*QUERY.findall(HEADING.sub("", read_prose(page))), *_curls(page)]
    ]
    return list(dict.fromkeys(queries))


def _curls(page: Path) -> Iterator[str]:
    """Yield the path and query of each curl command that reads."""
    for line in "".join(read_blocks(page, "sh")).replace("\\\n", " ").splitlines():
        words = shlex.split(line.partition(" | ")[0], comments=True)
        if words[:1] == ["curl"] and "-X" not in words:
            url = next(word for word in words if word.startswith(HOST)).removeprefix(HOST)
            parameters = [after for word, after in pairwise(words) if word == "--data-urlencode"]
            yield url + "".join(f"?{quote(each, safe='=')}" for each in parameters)


@pytest.mark.thorough
@pytest.mark.parametrize("query", _queries())
def test_each_query_finds_something(query: str, seeded_client: TestClient) -> None:
    response = seeded_client.get(query)

    assert response.status_code == 200, response.text
    assert response.content
    if response.headers["Content-Type"].endswith(("/json", "partial+json")):
        assert response.json().get("items") != []


def test_the_table_has_ten_queries() -> None:
    section = read_section(README, "Ten useful queries")

    assert len(re.findall(r"^\| .*\| `/v1/.*` \|$", section, re.MULTILINE)) == 10


def test_the_answer_matches_the_page(seeded_client: TestClient) -> None:
    [shown] = read_blocks(README, "json")

    answer = seeded_client.get(next(_curls(README)))

    assert matches(json.loads(shown), answer.json()), answer.text
