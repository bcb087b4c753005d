"""The doors that OpenAPI does not define take any input: an answer of their standard, or a clear error of it."""

import json
from collections.abc import Iterator
from typing import Any, Final
from xml.etree import ElementTree

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.support.reconciliation_schemas import check_message

pytestmark = pytest.mark.fuzz

# A server on a busy machine has no deadline; a slow answer is no fault here.
_RUN: Final = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
_WORDS: Final = st.sampled_from(
    [
        "Lavrov",
        "최선희",
        "participants/sergey-lavrov",
        "wikidata",
        "person",
        "office",
        "2024-06",
        "",
    ]
)
_SCALARS: Final = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | _WORDS
)
_KEYS: Final = st.text() | st.sampled_from(
    ["query", "type", "limit", "properties", "pid", "v", "ids", "id", "type_strict", "settings"]
)
_JSON: Final = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)
_MCP: Final = {"Accept": "application/json, text/event-stream"}


@pytest.fixture
def client(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=60) as made:
        yield made


def _is_problem(answer: httpx.Response) -> bool:
    return answer.headers["content-type"].startswith("application/problem+json") and bool(
        answer.json()["detail"]
    )


def _storable(text: str) -> str:
    """Return the text without lone surrogates, which no request can have."""
    return text.encode(errors="replace").decode()


@_RUN
@given(st.sampled_from(["queries", "query", "extend"]), _JSON, st.sampled_from(["", "/ko"]))
@example("queries", {"q": {"query": "Lavrov", "properties": [{"pid": "office", "v": []}]}}, "")
def test_reconciliation(client: httpx.Client, field: str, value: Any, language: str) -> None:
    text = value if isinstance(value, str) else json.dumps(value)

    answer = client.post(f"{language}/reconcile", data={field: _storable(text)})

    assert answer.status_code in (200, 400, 413), answer.text
    if answer.status_code != 200:
        assert _is_problem(answer)
    elif field == "queries":
        check_message("batch", answer.json())


@_RUN
@given(
    st.sampled_from(
        ["suggest/entity", "suggest/type", "suggest/property", "properties", "preview"]
    ),
    st.dictionaries(
        st.sampled_from(["prefix", "cursor", "type", "id", "limit", "callback"]),
        (st.text() | _WORDS).map(_storable),
        max_size=3,
    ),
)
def test_suggestions(client: httpx.Client, path: str, query: dict[str, str]) -> None:
    answer = client.get(f"/reconcile/{path}", params=query)

    assert answer.status_code in (200, 400, 404), answer.text
    assert answer.status_code == 200 or _is_problem(answer)


@_RUN
@given(_JSON)
@example({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "who_is"}})
def test_messages_to_assistants(client: httpx.Client, message: Any) -> None:
    # httpx sends no body for a JSON null.
    headers = _MCP | {"Content-Type": "application/json"}

    answer = client.post("/mcp", content=json.dumps(message), headers=headers)

    assert answer.status_code < 500, answer.text
    assert answer.status_code == 202 or answer.json()


@_RUN
@given(st.data())
def test_tools(client: httpx.Client, data: st.DataObject) -> None:
    tools = _ask(client, "tools/list", {})["result"]["tools"]
    tool = data.draw(st.sampled_from(tools))
    names = st.sampled_from([*tool["inputSchema"].get("properties", {}), "colour"])
    arguments = data.draw(st.dictionaries(names, _JSON, max_size=4))

    reply = _ask(client, "tools/call", {"name": tool["name"], "arguments": arguments})

    if "error" in reply:
        assert reply["error"]["code"] == -32602, reply
    else:
        assert reply["result"]["content"][0]["text"]


def _ask(client: httpx.Client, method: str, params: Any) -> dict[str, Any]:
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    answer = client.post("/mcp", json=message, headers=_MCP)
    assert answer.status_code == 200, answer.text
    reply: dict[str, Any] = answer.json()
    return reply


@_RUN
@given(
    st.dictionaries(
        st.sampled_from(["q", "date", "type", "place", "participant", "lang", "limit", "colour"]),
        (st.text() | _WORDS).map(_storable),
        max_size=3,
    )
)
@example({"q": "Lavrov", "lang": "ko"})
def test_rss(client: httpx.Client, query: dict[str, str]) -> None:
    answer = client.get("/v1/events.rss", params=query)

    # A filter by an id that nothing has is a 404.
    assert answer.status_code in (200, 400, 404), answer.text
    if answer.status_code == 200:
        assert ElementTree.fromstring(answer.content).tag == "rss"
    else:
        assert _is_problem(answer)
