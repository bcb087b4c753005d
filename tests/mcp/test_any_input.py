"""Any input gets an answer or a clear error: of the tool, of the protocol or of HTTP."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.mcp.tools import TOOLS
from app.tables.database import Database
from tests.support.apps import client_of
from tests.support.builders import NASTY
from tests.support.chance import scaled

pytestmark = [pytest.mark.thorough, pytest.mark.sqlite]
HEADERS = {"Host": "127.0.0.1", "Accept": "application/json", "Content-Type": "application/json"}
# A lone surrogate is JSON, and no text that can be sent on.
TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", " ", NASTY, "\ud800", "2024", "../..", "a/b?c#d", "Putin", "x" * 5000, "%00", "-1"]
    ),
)
VALUES = st.one_of(
    TEXTS,
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.lists(TEXTS, max_size=3),
    st.dictionaries(TEXTS, TEXTS, max_size=1),
)
NAMES = st.sampled_from(sorted({name for tool in TOOLS for name in tool.schema["properties"]}))
CALLS = st.tuples(
    st.sampled_from([tool.name for tool in TOOLS]), st.dictionaries(NAMES, VALUES, max_size=3)
)
# Arguments without which a tool has no use for a limit: periods are all counted.
NEEDED = {
    "who_is": {"name": "Putin"},
    "who_met_whom": {"participant": "vladimir-putin"},
    "count_events": {"by": "type"},
}
COUNTED = [tool.name for tool in TOOLS if "limit" in tool.schema["properties"]]
a_hundred = settings(
    max_examples=scaled(100),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def client(seeded_sqlite: Database) -> Iterator[TestClient]:
    with client_of(seeded_sqlite) as client:
        yield client


def message(method: str, params: Any) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()


class TestCalls:
    @a_hundred
    @given(call=CALLS)
    def test_a_tool_answers_or_says_why_not(
        self, client: TestClient, call: tuple[str, dict[str, Any]]
    ) -> None:
        name, arguments = call
        body = message("tools/call", {"name": name, "arguments": arguments})

        answer = client.post("/mcp", content=body, headers=HEADERS)

        assert answer.status_code in (200, 400), answer.text
        reply = answer.json()
        if "error" in reply:
            # The protocol's own words for a message that it cannot read.
            assert reply["error"]["code"] in (-32602, -32600, -32700), (call, reply)
        else:
            [content] = reply["result"]["content"]
            assert len(content["text"]) > 10, call

    @a_hundred
    @given(
        call=CALLS.filter(
            lambda call: (
                "\\ud" not in json.dumps(call)
                and "NaN" not in json.dumps(call)
                and "Infinity" not in json.dumps(call)
            )
        )
    )
    def test_a_readable_call_is_never_an_error_of_the_protocol(
        self, client: TestClient, call: tuple[str, dict[str, Any]]
    ) -> None:
        name, arguments = call
        body = message("tools/call", {"name": name, "arguments": arguments})

        reply = client.post("/mcp", content=body, headers=HEADERS).json()

        assert "result" in reply, (call, reply)

    @pytest.mark.parametrize("wrong", ["", " ", "x", "1.5", "-1", "²", "1e9", 10**9])
    @pytest.mark.parametrize("name", COUNTED)
    def test_a_wrong_number_is_an_error_that_names_it(
        self, client: TestClient, name: str, wrong: str | int
    ) -> None:
        body = message(
            "tools/call", {"name": name, "arguments": {**NEEDED.get(name, {}), "limit": wrong}}
        )

        reply = client.post("/mcp", content=body, headers=HEADERS).json()

        assert reply["result"]["isError"], reply
        assert "limit" in reply["result"]["content"][0]["text"]


class TestMessages:
    @a_hundred
    @given(
        method=st.one_of(
            st.sampled_from(["resources/read", "prompts/get", "tools/list", "ping", "x"]), TEXTS
        ),
        params=st.dictionaries(st.sampled_from(["uri", "name", "arguments", "cursor"]), VALUES),
    )
    def test_any_message_is_answered(
        self, client: TestClient, method: str, params: dict[str, Any]
    ) -> None:
        answer = client.post("/mcp", content=message(method, params), headers=HEADERS)

        assert answer.status_code in (200, 202, 400, 404), (method, params, answer.text)
        assert answer.json()["id"] in (1, None)

    @a_hundred
    @given(body=st.one_of(st.binary(max_size=50), TEXTS.map(json.dumps).map(str.encode)))
    def test_any_body_is_refused_as_json(self, client: TestClient, body: bytes) -> None:
        answer = client.post("/mcp", content=body, headers=HEADERS)

        assert answer.status_code == 400
        assert answer.json()["error"]["code"] in (-32600, -32602, -32700)
