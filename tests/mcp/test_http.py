"""`/mcp` as a client sees it without the SDK's client: JSON in and out, hosts, sizes, errors."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.domain.vocabulary import EntityKind
from app.mcp.http import security
from app.tables.database import Database
from tests.support.apps import client_of
from tests.support.assistant_calls import CALLS, Call
from tests.support.builders import end, make_cast, make_event, make_participant, make_place, store

LOCAL = {"Host": "127.0.0.1:8000", "Accept": "application/json, text/event-stream"}
# 4 characters make a token, as the study of other servers counted: no tokenizer is the one of all models.
CHARACTERS_OF_A_TOKEN = 4
MOST_TOKENS = 6_000


@pytest.fixture(scope="module")
def reader(seeded_sqlite: Database) -> Iterator[TestClient]:
    with client_of(seeded_sqlite) as client:
        yield client


def _with(key: str, value: object) -> bytes:
    """Return a message with another value of one key."""
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list", key: value}).encode()


def ask(client: TestClient, method: str, **params: Any) -> dict[str, Any]:
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    answer = client.post("/mcp", json=message, headers=LOCAL)
    assert answer.status_code == 200, answer.text
    reply: dict[str, Any] = answer.json()
    return reply


def call(client: TestClient, name: str, /, **arguments: Any) -> tuple[bool, str]:
    result = ask(client, "tools/call", name=name, arguments=arguments)["result"]
    [content] = result["content"]
    return result.get("isError", False), content["text"]


@pytest.mark.sqlite
class TestList:
    def test_the_tools_cost_few_tokens(self, reader: TestClient) -> None:
        result = ask(reader, "tools/list")["result"]

        text = json.dumps(result, ensure_ascii=False, separators=(",", ":"))

        assert len(result["tools"]) == 8
        assert len(text) / CHARACTERS_OF_A_TOKEN <= MOST_TOKENS

    def test_each_tool_only_reads(self, reader: TestClient) -> None:
        tools = ask(reader, "tools/list")["result"]["tools"]

        assert all(tool["annotations"]["readOnlyHint"] for tool in tools)

    def test_resources_and_prompts_are_listed(self, reader: TestClient) -> None:
        templates = ask(reader, "resources/templates/list")["result"]["resourceTemplates"]
        resources = ask(reader, "resources/list")["result"]["resources"]
        prompts = ask(reader, "prompts/list")["result"]["prompts"]

        assert "timeline://events/{id}{?as_of}" in [each["uriTemplate"] for each in templates]
        assert resources[0]["uri"] == "timeline://vocabularies"
        assert prompts[0]["arguments"][0] == {
            "name": "name",
            "description": "A name in any script and spelling.",
            "required": True,
        }


@pytest.mark.sqlite
class TestRareAnswers:
    def test_a_decade_has_the_thin_years_of_its_years(self, reader: TestClient) -> None:
        answers = [json.loads(call(reader, "count_events", by=by)[1]) for by in ("decade", "year")]

        by_decade, by_year = (each["thinly_documented_years"] for each in answers)
        assert by_decade == by_year
        assert by_year[-1] > 2020

    @pytest.mark.parametrize("address", ["timeline://[a", "timeline://events/..", "timeline://"])
    def test_an_odd_address_is_no_resource(self, reader: TestClient, address: str) -> None:
        error = ask(reader, "resources/read", uri=address)["error"]

        assert error["code"] == -32602
        assert error["message"].startswith(f"there is no resource {address!r}")


@pytest.mark.sqlite
class TestErrors:
    @pytest.mark.parametrize(
        ("tool", "arguments", "message"),
        [
            pytest.param(
                "find_events",
                {"date": "2024-13"},
                "date: month 13 is not in 01–12 (in '2024-13')",
                id="a value, as the API says it",
            ),
            pytest.param(
                "find_events",
                {"participant": "Zzyzx Qqqq"},
                "no participant is called 'Zzyzx Qqqq'",
                id="an unknown name",
            ),
            pytest.param(
                "find_events",
                {"participant": "Kim"},
                "'Kim' may be any of",
                id="a name of several",
            ),
            pytest.param(
                "find_events",
                {"participant": "spokesman for Vladimir Putin"},
                "no participant is called 'spokesman for Vladimir Putin'",
                id="somebody who serves a person",
            ),
            pytest.param(
                "find_events",
                {"participant": "김정은 특사"},
                "no participant is called '김정은 특사'; near it are kim-jong-un (Kim Jong Un)",
                id="a name with other words",
            ),
            pytest.param(
                "get_event",
                {"id": "2024-no-such-event"},
                "there is no event with the id '2024-no-such-event'",
                id="an unknown event",
            ),
            pytest.param(
                "count_events",
                {"by": "tag", "limit": "x"},
                "limit: found the text 'x'",
                id="a limit of values",
            ),
            pytest.param("what_changed", {"kind": "nope"}, "kind: found", id="a kind"),
            pytest.param("what_changed", {"limit": "9" * 30}, "limit: found", id="a long limit"),
            pytest.param(
                "count_events", {"by": "titel"}, "by takes year, month, day, decade", id="by"
            ),
            pytest.param(
                "find_events", {"as_of": "999999"}, "as_of: there is no change 999999", id="a state"
            ),
            pytest.param("find_events", {"cursor": "x"}, "the cursor", id="a cursor of nothing"),
            pytest.param("find_events", {"participant": ""}, "participant: ", id="no name"),
            pytest.param(
                "find_events", {"tag": ["a" * 400 + " b"]}, "tag: found", id="a long name"
            ),
            pytest.param(
                "get_event",
                {"id": "nope"},
                "id: found the text 'nope', expected an event's id",
                id="an id of another form",
            ),
            pytest.param(
                "how_do_we_know", {"id": "a" * 500}, "there is no event with the id", id="a long id"
            ),
            pytest.param(
                "find_events",
                {"q": "x" * 70_000},
                "q: a text may have at most 2000 characters; found 70000",
                id="a text that no address can hold",
            ),
            pytest.param(
                "who_is",
                {"name": "x" * 60_000},
                "name: a text may have at most 2000 characters; found 60000",
                id="a text that the server refuses as an address",
            ),
            pytest.param(
                "find_events",
                {"participant": ["북" * 150] * 20, "type": "meeting"},
                "participant: the arguments together may have at most 15000 characters",
                id="texts that are too many",
            ),
            pytest.param(
                "get_event",
                {"id": "2024-a", "as_of": "9" * 70_000},
                "as_of: a text",
                id="a long state",
            ),
        ],
    )
    def test_a_call_that_cannot_be_answered_says_why(
        self, reader: TestClient, tool: str, arguments: dict[str, Any], message: str
    ) -> None:
        is_error, text = call(reader, tool, **arguments)

        assert is_error
        assert text.startswith(message)
        assert len(text) < 600

    @pytest.mark.parametrize(
        ("tool", "required"),
        [
            ("find_events", {}),
            ("get_event", {"id": "2024-11-01-lavrov-choe-strategic-consultations"}),
            ("who_is", {"name": "Choe Son Hui"}),
            ("who_met_whom", {"participant": "Kim Jong Un"}),
            ("count_events", {}),
            ("count_events", {"by": "place"}),
            ("how_do_we_know", {"id": "2024-11-01-lavrov-choe-strategic-consultations"}),
            ("find_treaties", {}),
        ],
    )
    def test_a_wrong_state_is_said_once(
        self, reader: TestClient, tool: str, required: dict[str, Any]
    ) -> None:
        is_error, text = call(reader, tool, **required, as_of="yesterday")

        assert is_error
        assert text.startswith("as_of: found the text 'yesterday': expected ")
        assert text.count("as_of") == text.count("expected") == 1

    @pytest.mark.parametrize(
        ("method", "params", "message"),
        [
            pytest.param(
                "tools/call",
                {"name": "find_event", "arguments": {}},
                "there is no tool 'find_event': tools are find_events, ",
                id="tool",
            ),
            pytest.param(
                "prompts/get",
                {"name": "brief"},
                "there is no prompt 'brief': prompts are brief_me_on_a_person, ",
                id="prompt",
            ),
            pytest.param(
                "prompts/get",
                {"name": "brief_me_on_a_person", "arguments": {}},
                "name is missing: ",
                id="argument of a prompt",
            ),
            pytest.param(
                "resources/read",
                {"uri": "timeline://nothing"},
                "there is no resource 'timeline://nothing'",
                id="resource",
            ),
            pytest.param(
                "resources/read",
                {"uri": "timeline://events/2024-no-such-event"},
                "there is no event with the id '2024-no-such-event'",
                id="record",
            ),
            pytest.param(
                "resources/read",
                {"uri": "timeline://participants/kim-jong-un?foo=1"},
                "unknown parameter 'foo'; an address takes as_of alone",
                id="parameter of a record",
            ),
            pytest.param(
                "resources/read",
                {"uri": "timeline://vocabularies?foo"},
                "unknown parameter 'foo'; an address takes as_of alone",
                id="parameter without a value",
            ),
            pytest.param(
                "resources/read",
                {"uri": f"timeline://participants/{'a' * 70_000}"},
                "uri: an address may have at most 2000 characters; found 7",
                id="a long address",
            ),
        ],
    )
    def test_a_wrong_name_is_an_error_of_the_protocol(
        self, reader: TestClient, method: str, params: dict[str, Any], message: str
    ) -> None:
        error = ask(reader, method, **params)["error"]

        assert error["code"] == -32602
        assert error["message"].startswith(message)

    def test_a_body_that_is_too_large_is_refused_before_it_is_read(
        self, reader: TestClient
    ) -> None:
        sent = {**LOCAL, "Content-Type": "application/json"}

        answer = reader.post("/mcp", content=b"x" * 1_000_001, headers=sent)

        assert answer.status_code == 413
        assert answer.json()["type"] == "/problems/body-too-large"

    @pytest.mark.parametrize(
        ("content", "headers", "status", "message"),
        [
            pytest.param(b"", {"Host": "evil.example"}, 421, "nothing is answered at", id="host"),
            pytest.param(b"", {"Origin": "http://evil.example"}, 403, "pages of", id="origin"),
            pytest.param(b"[]", {}, 400, "a body is one message", id="batch"),
            pytest.param(b"1", {}, 400, "a message is a JSON object", id="number"),
            pytest.param(b"{}", {}, 400, "jsonrpc: expected", id="no version"),
            pytest.param(b'{"jsonrpc": "2.0", "id": 1}', {}, 400, "method: ", id="no method"),
            pytest.param(_with("id", None), {}, 400, "id: expected a text or", id="id null"),
            pytest.param(_with("id", 1.5), {}, 400, "id: expected a text or", id="id a fraction"),
            pytest.param(_with("method", 1), {}, 400, "method: expected", id="method a number"),
            pytest.param(_with("params", []), {}, 400, "params: expected", id="params a list"),
        ],
    )
    def test_a_refusal_is_an_error_of_the_protocol_in_plain_words(
        self,
        reader: TestClient,
        content: bytes,
        headers: dict[str, str],
        status: int,
        message: str,
    ) -> None:
        sent = {**LOCAL, "Content-Type": "application/json", **headers}

        answer = reader.post("/mcp", content=content, headers=sent)

        assert (answer.status_code, answer.json()["error"]["code"]) == (status, -32600)
        assert answer.json()["error"]["message"].startswith(message)

    @pytest.mark.parametrize("media_type", ["", "text/plain", "application/x-www-form-urlencoded"])
    def test_another_media_type_is_refused(self, reader: TestClient, media_type: str) -> None:
        sent = {**LOCAL, **({"Content-Type": media_type} if media_type else {})}

        answer = reader.post("/mcp", content=b"", headers=sent)

        assert answer.status_code == 415
        assert "send the header Content-Type: application/json" in answer.json()["detail"]

    def test_the_media_type_has_any_case(self, reader: TestClient) -> None:
        sent = {**LOCAL, "Content-Type": "Application/JSON; Charset=UTF-8"}

        answer = reader.post("/mcp", content=_with("method", "ping"), headers=sent)

        assert answer.json()["result"] == {}

    def test_a_notification_needs_no_answer(self, reader: TestClient) -> None:
        message = {"jsonrpc": "2.0", "method": "notifications/initialized"}

        assert reader.post("/mcp", json=message, headers=LOCAL).status_code == 202

    def test_no_stream_is_opened(self, reader: TestClient) -> None:
        answer = reader.get("/mcp", headers=LOCAL)

        assert answer.status_code == 405
        assert answer.json()["detail"] == "this path does not support GET; it supports POST"


@pytest.mark.sqlite
class TestPage:
    @pytest.mark.parametrize("shown", CALLS, ids=lambda shown: f"{shown.tool} {shown.arguments}")
    def test_the_answer_matches_the_page(self, reader: TestClient, shown: Call) -> None:
        """tests/clients/test_mcp.py does the same through the client of the SDK."""
        is_error, text = call(reader, shown.tool, **json.loads(shown.arguments))

        assert shown.is_shown(is_error, text), text

    def test_a_page_continues_after_the_one_before(self, reader: TestClient) -> None:
        first = json.loads(call(reader, "find_events", type="letter", limit=2)[1])

        more = {"type": "letter", "limit": 2, "cursor": first["next_cursor"]}
        second = json.loads(call(reader, "find_events", **more)[1])

        ids = [event["id"] for event in (*first["events"], *second["events"])]
        listed = reader.get("/v1/events?type=letter&limit=4").json()["items"]
        assert ids == [event["id"] for event in listed]

    def test_an_uncertain_event_says_so(self, reader: TestClient) -> None:
        announced = json.loads(call(reader, "find_events", status="announced", limit=1)[1])

        [event] = announced["events"]

        assert event["status"] == "announced"

    def test_a_whole_event_has_its_participants_in_their_offices(self, reader: TestClient) -> None:
        id = "2024-11-01-lavrov-choe-strategic-consultations"

        event = json.loads(call(reader, "get_event", id=id, lang="fr")[1])

        assert event["participants"][0] == {
            "id": "sergey-lavrov",
            "name": "Sergueï Lavrov",
            "role": "host",
            "side": "RU",
            "as": "Ministre des Affaires étrangères",
        }
        assert "began_between" not in event


@pytest.mark.sqlite
class TestHosts:
    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            pytest.param({"Host": "127.0.0.1:8000"}, 200, id="this machine"),
            pytest.param({"Host": "localhost"}, 200, id="without a port"),
            pytest.param({"Host": "evil.example"}, 421, id="another host"),
            pytest.param({"Origin": "http://localhost:6274"}, 200, id="a page on this machine"),
            pytest.param({"Origin": "https://evil.example"}, 403, id="a page elsewhere"),
        ],
    )
    def test_only_this_machine_may_ask(
        self, reader: TestClient, headers: dict[str, str], status: int
    ) -> None:
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}

        answer = reader.post("/mcp", json=message, headers={**LOCAL, **headers})

        assert answer.status_code == status

    @pytest.mark.parametrize(
        ("public_url", "host", "origin"),
        [
            pytest.param(
                "https://example.org/timeline", "example.org", "https://example.org", id="name"
            ),
            pytest.param(
                "http://example.org:8080", "example.org:8080", "http://example.org:8080", id="port"
            ),
        ],
    )
    def test_the_public_url_may_ask_too(self, public_url: str, host: str, origin: str) -> None:
        found = security(public_url)

        assert host in found.allowed_hosts
        assert origin in found.allowed_origins
        assert "127.0.0.1:*" in found.allowed_hosts


class TestAnswers:
    """On both engines."""

    def test_an_answer_is_pinned_to_the_state_that_it_was_read_from(
        self, engine_client: TestClient
    ) -> None:
        _, text = call(
            engine_client, "find_events", participant_all=["Putin", "김정은"], type="call"
        )
        answer = json.loads(text)

        again = json.loads(
            call(
                engine_client,
                "find_events",
                participant_all=["Putin", "김정은"],
                type="call",
                as_of=answer["as_of"],
            )[1]
        )

        assert answer["link"].endswith(f"&as_of={answer['as_of']}")
        assert again == answer

    @pytest.mark.parametrize("limit", [2, 2.0])
    def test_the_newest_changes_of_a_kind_are_found_wherever_they_are(
        self, engine_client: TestClient, limit: float
    ) -> None:
        changes = engine_client.get("/v1/changes?kind=tag&kind=office&limit=1000").json()["items"]

        _, text = call(
            engine_client, "what_changed", kind=["tag", "office"], direct=True, limit=limit
        )

        answer = json.loads(text)
        assert [each["seq"] for each in answer["changes"]] == [c["seq"] for c in changes[-2:]]
        assert "next_after" not in answer
        # The page lists the same changes.
        assert "/en/changes?kind=tag&kind=office&direct=true&as_of=" in answer["link"]
        assert engine_client.get(answer["link"]).status_code == 200

    def test_a_resource_is_the_record_of_the_api(self, engine_client: TestClient) -> None:
        result = ask(engine_client, "resources/read", uri="timeline://places/moscow")["result"]

        [content] = result["contents"]

        assert json.loads(content["text"]) == engine_client.get("/v1/places/moscow").json()

    def test_a_prompt_names_its_values_and_the_rules(self, engine_client: TestClient) -> None:
        arguments = {"name": "최선희", "period": "2024"}
        result = ask(engine_client, "prompts/get", name="brief_me_on_a_person", arguments=arguments)

        text = result["result"]["messages"][0]["content"]["text"]

        assert text.startswith("Brief me on 최선희 in the diplomacy")
        assert " in 2024. " in text


class TestIds:
    """On both engines."""

    def test_a_merged_participant_is_the_survivor(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_participant("lavrov-twin"), make_event())
        end(database, EntityKind.PARTICIPANT, "lavrov-twin", into="sergey-lavrov")

        _, text = call(client, "find_events", participant="lavrov-twin")

        answer = json.loads(text)
        assert answer["total"] == 1
        assert answer["names_taken_for"] == {"lavrov-twin": "sergey-lavrov"}

    def test_a_resource_of_a_merged_participant_is_the_survivor(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_participant("lavrov-twin"))
        end(database, EntityKind.PARTICIPANT, "lavrov-twin", into="sergey-lavrov")

        result = ask(client, "resources/read", uri="timeline://participants/lavrov-twin")["result"]

        assert json.loads(result["contents"][0]["text"])["id"] == "sergey-lavrov"

    def test_a_kind_of_participants_leaves_out_other_things(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_place(), make_participant("moscow-people", names={"en": "Moscow"}))

        _, of_any_kind = call(client, "who_is", name="Moscow")
        _, of_one_kind = call(client, "who_is", name="Moscow", kind=["person"])

        assert {c["id"] for c in json.loads(of_any_kind)["candidates"]} >= {
            "moscow",
            "moscow-people",
        }
        assert [c["id"] for c in json.loads(of_one_kind)["candidates"]] == ["moscow-people"]

    def test_a_withdrawn_event_says_so(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast(), make_event())
        end(database, EntityKind.EVENT, "2024-11-01-talks")

        is_error, text = call(client, "get_event", id="2024-11-01-talks")

        assert is_error
        assert "withdrawn" in text
