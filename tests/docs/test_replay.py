"""The matcher of shown and real answers accepts elisions, and refuses every other difference."""

from typing import Any

import pytest

from tests.support.replay import examples, exchanges, matches


@pytest.mark.parametrize(
    ("shown", "answer", "expected"),
    [
        pytest.param({"a": 1}, {"a": 1}, True, id="equal"),
        pytest.param({"a": 1}, {"a": 2}, False, id="another value"),
        pytest.param({"a": 1}, {"a": 1.0}, False, id="another type"),
        pytest.param({"a": 1}, {"a": True}, False, id="a boolean is no number"),
        pytest.param({"a": 1}, {"a": 1, "b": 2}, False, id="a key that is not shown"),
        pytest.param({"a": 1, "…": "…"}, {"a": 1, "b": 2}, True, id="further keys"),
        pytest.param({"a": 1, "…": "…"}, {"a": 1}, False, id="no further keys"),
        pytest.param({"a": 1, "c": 3, "…": "…"}, {"a": 1, "b": 2}, False, id="a missing key"),
        pytest.param([1, "…"], [1, 2], True, id="further elements"),
        pytest.param([1, "…"], [1], False, id="no further elements"),
        pytest.param([1, "…"], [2, 3], False, id="another first element"),
        pytest.param([1], [1, 2], False, id="an element that is not shown"),
        pytest.param("2026-…Z", "2026-11-21Z", True, id="the middle of a text"),
        pytest.param("2026-…Z", "2025-11-21Z", False, id="another beginning"),
        pytest.param("a.c", "abc", False, id="a dot matches only a dot"),
        pytest.param(None, [], False, id="null is no list"),
    ],
)
def test_matches_only_equal_values_or_elisions(shown: Any, answer: Any, expected: bool) -> None:
    assert matches(shown, answer) is expected


def test_finds_examples_and_exchanges() -> None:
    text = (
        "Words.\n\n`GET /a?b=c`\n```json\n{}\n```\n\n`GET /not-shown`\n\nWords.\n"
        '```http\nGET /a HTTP/1.1\nIf-None-Match: "x"\n\nHTTP/1.1 304 Not Modified\nETag: "x"\n```\n'
    )

    assert [tuple(example) for example in examples(text)] == [("/a?b=c", "json", "{}\n")]
    [exchange] = exchanges(text)
    assert exchange == ("GET", "/a", {"If-None-Match": '"x"'}, 304, {"ETag": '"x"'})
