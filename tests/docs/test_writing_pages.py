"""docs/api describes each route that writes, and its examples have the shown effect.

A test replays the examples in their order, on a scratch database.
"""

import re

from starlette.testclient import TestClient

from tests.docs.pages import API
from tests.support.contract import OPERATIONS
from tests.support.replay import find_writes, matches, send

PAGES = [(API / name).read_text() for name in ("writing.md", "imports.md", "drafts.md")]
SECTION = re.compile(r"^## `(PUT|PATCH|POST|DELETE) .*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
SECTIONS = [found[0] for page in PAGES for found in SECTION.finditer(page)]
METHODS = ("put", "patch", "post", "delete")


# Each operation that writes, by its method and path.
WRITERS = {
    f"{method.upper()} {path}": operation
    for path, method, operation in OPERATIONS.values()
    if method in METHODS
}


def test_the_examples_have_the_shown_effect(scratch_client: TestClient, scratch_key: str) -> None:
    writes = [write for section in SECTIONS for write in find_writes(section, scratch_key)]
    assert len(writes) >= len(SECTIONS)

    for write in writes:
        answer = send(scratch_client, write.request)
        assert answer.status_code in (200, 201), answer.text
        assert matches(write.json(), answer.json()), answer.text


def test_each_operation_is_named() -> None:
    named = {name for section in SECTIONS for name in re.findall(r"`([A-Z]+ /v1[^`? ]*)`", section)}

    assert WRITERS.keys() <= named


def test_each_parameter_is_described() -> None:
    missing = [
        (name, parameter["name"])
        for name, operation in WRITERS.items()
        for parameter in operation["parameters"]
        if parameter["in"] == "query" and f"`{parameter['name']}`" not in _section(name)
    ]

    assert missing == []


def _section(name: str) -> str:
    return next(text for text in SECTIONS if f"`{name}`" in text)
