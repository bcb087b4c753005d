"""docs/api describes each route that writes, and its examples have the shown effect.

A test replays the examples in their order, on a scratch database.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from app.domain.vocabulary import Scope
from app.tables.database import Database
from tests.docs.pages import API
from tests.support.apps import client_of, make_key
from tests.support.contract import OPERATIONS
from tests.support.replay import find_writes, matches, send

if TYPE_CHECKING:
    from tests.support.databases import NewDatabase

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


@pytest.fixture
def fresh(seeds_in: "NewDatabase") -> Iterator[Database]:
    """A database with the seeds and no other write, so that the numbers of changes are known."""
    with closing(Database(seeds_in("writing"))) as database:
        yield database


@pytest.mark.thorough
def test_the_examples_have_the_shown_effect(fresh: Database) -> None:
    key = make_key(fresh, scope=Scope.ADMIN)
    writes = [write for section in SECTIONS for write in find_writes(section, key)]
    assert len(writes) >= len(SECTIONS)

    with client_of(fresh) as client:
        answers = [send(client, write.request) for write in writes]

    for write, answer in zip(writes, answers, strict=True):
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
