"""Arguments of tools: a text or a list is taken, and a wrong name is never ignored."""

from typing import Any

import pytest

from app.mcp.arguments import read_arguments
from app.mcp.asking import RefusedError
from app.mcp.tools import TOOLS

SCHEMAS = {tool.name: tool.schema for tool in TOOLS}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param({"type": "visit"}, {"type": ["visit"]}, id="a text for a list"),
        pytest.param({"type": ["visit", "meeting"]}, {"type": ["visit", "meeting"]}, id="a list"),
        pytest.param({"min_sources": 2}, {"min_sources": ["2"]}, id="a number"),
        pytest.param({"min_sources": 2.0}, {"min_sources": ["2"]}, id="a whole number as a float"),
        pytest.param({"min_sources": 2.5}, {"min_sources": ["2.5"]}, id="another float"),
        pytest.param({"top": True}, {"top": ["true"]}, id="a boolean"),
        pytest.param({"type": None, "tag": []}, {}, id="null and an empty list are absent"),
    ],
)
def test_values_become_query_parameters(given: dict[str, Any], expected: dict[str, Any]) -> None:
    assert read_arguments(given, SCHEMAS["find_events"]) == expected


@pytest.mark.parametrize(
    ("tool", "given", "message"),
    [
        pytest.param(
            "find_events",
            {"lmit": 3},
            "there is no argument 'lmit'; did you mean 'limit'",
            id="misspelt",
        ),
        pytest.param(
            "get_event",
            {"zzz": 1},
            "there is no argument 'zzz'; arguments are id, lang, as_of",
            id="unknown",
        ),
        pytest.param("get_event", {}, "id is missing: Id of an event", id="missing"),
        pytest.param("get_event", {"id": None}, "id is missing: Id of an event", id="null"),
        pytest.param(
            "find_events",
            {"date": {"from": "2024"}},
            "date takes a text or a list of texts, not a dict",
            id="an object",
        ),
        pytest.param(
            "get_event", {"id": ["a", "b"]}, "id takes one value, not 2", id="two for one"
        ),
    ],
)
def test_the_message_says_which_would_be_right(
    tool: str, given: dict[str, Any], message: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        read_arguments(given, SCHEMAS[tool])

    assert str(refused.value).startswith(message)


def test_every_list_of_words_is_the_vocabulary_of_the_api() -> None:
    types = SCHEMAS["find_events"]["properties"]["type"]

    assert types == {
        "type": "array",
        "items": {"type": "string", "enum": [*types["items"]["enum"]]},
    }
    assert "visit" in types["items"]["enum"]
