"""`renew` replaces only changed strings of JSON."""

import json
from typing import Any

import pytest

from tests.docs.refresh import renew


@pytest.mark.parametrize(
    ("fence", "answer", "renewed"),
    [
        pytest.param(
            '{"detail": "old"}', {"detail": "new"}, '{"detail": "new"}', id="a changed text"
        ),
        pytest.param(
            '{"errors": [{"detail": "old", "line": 4}]}',
            {"errors": [{"detail": 'é "new"', "line": 4}]},
            '{"errors": [{"detail": "é \\"new\\"", "line": 4}]}',
            id="a changed text within a list",
        ),
        pytest.param('{"a": "…b"}', {"a": "ac"}, '{"a": "…b"}', id="a text with an elision stays"),
        pytest.param('{"a": 1}', {"a": 2}, '{"a": 1}', id="a number stays"),
        pytest.param(
            '{"a": "b",\n "…": "…"}',
            {"a": "b", "c": "d"},
            '{"a": "b",\n "…": "…"}',
            id="equal texts stay",
        ),
    ],
)
def test_renews_only_changed_texts(fence: str, answer: Any, renewed: str) -> None:
    assert renew(fence, json.loads(fence), answer) == renewed
