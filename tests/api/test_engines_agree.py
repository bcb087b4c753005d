"""The same request gives the same answer on SQLite and on PostgreSQL, byte for byte but the stamps."""

import re

import pytest
from starlette.testclient import TestClient

from tests.support.queries import QUERIES

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)|\d{8}T\d{6}Z")
# A cursor of a list that is ordered by a stamp holds the stamp.
CURSOR = re.compile(r'cursor(=|":")[\w-]+')


def _answer(client: TestClient, url: str) -> str:
    """The body without the instants at which the seeds were loaded into that database."""
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    return CURSOR.sub("cursor=…", STAMP.sub("(instant)", answer.text))


def test_there_are_a_hundred() -> None:
    assert len(set(QUERIES)) >= 100


@pytest.mark.parametrize("url", QUERIES)
def test_answers_are_the_same(seeded_twins: tuple[TestClient, TestClient], url: str) -> None:
    sqlite, postgresql = (_answer(client, url) for client in seeded_twins)

    assert sqlite == postgresql
