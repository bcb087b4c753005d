"""`renew` replaces only changed values of JSON."""

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
        pytest.param(
            '{"a": 1, "b": [null]}', {"a": 2, "b": [0.5]}, '{"a": 2, "b": [0.5]}', id="others"
        ),
        pytest.param(
            '[{"a": 1},\n {"a": 1}, "…"]',
            [{"a": 1}, {"a": 2}, {"a": 3}],
            '[{"a": 1},\n {"a": 2}, "…"]',
            id="only the second of two equal values",
        ),
        pytest.param(
            '{"a": 1, "b": []}', {"b": [1]}, '{"a": 1, "b": []}', id="another shape stays"
        ),
        pytest.param(
            '{"a": "b",\n "…": "…"}',
            {"a": "b", "c": "d"},
            '{"a": "b",\n "…": "…"}',
            id="equal texts stay",
        ),
    ],
)
def test_renews_only_changed_values(fence: str, answer: Any, renewed: str) -> None:
    assert renew(fence, answer) == renewed
