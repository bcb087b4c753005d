"""What the OpenAPI document says of each operation: its answers, its parameters, its headers."""

import re
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from app.api.problems.catalogue import PROBLEMS
from app.domain.vocabulary import EntityKind
from tests.support.answers import EXAMPLE_IDS, JsonObject, example_url
from tests.support.contract import COMPONENTS, OPERATIONS, PARAMETERS, WRITES, walk_nodes

REQUIRED_IN_QUERY = {
    ("resolve_participants", "name", "query"),
    *((f"diff_{kind}", name, "query") for kind in EntityKind for name in ("from", "to")),
    *((f"withdraw_{kind}", "reason", "query") for kind in EntityKind),
    *((f"merge_{k}", n, "query") for k in ("event", "participant") for n in ("into", "reason")),
}
VERBS = (
    "list",
    "get",
    "resolve",
    "export",
    "diff",
    "follow",
    "put",
    "patch",
    "withdraw",
    "merge",
    "import",
)
PROBLEM_TYPES = {problem.type_uri(): problem for problem in PROBLEMS}
# They tell of the message itself, whatever is in it.
OF_HTTP = {"content-type", "content-length", "content-encoding", "transfer-encoding"}
each_operation = pytest.mark.parametrize(
    "operation", [pytest.param(o, id=name) for name, (*_, o) in OPERATIONS.items()]
)
each_parameter = pytest.mark.parametrize(
    "parameter",
    [pytest.param(p, id=f"{p['name']} {n}") for n, p in enumerate(PARAMETERS.values())],
)


class TestOperations:
    @each_operation
    def test_is_named_verb_noun(self, operation: JsonObject) -> None:
        assert re.fullmatch(f"({'|'.join(VERBS)})(_[a-z]+)+", operation["operationId"])

    @each_operation
    def test_is_explained(self, operation: JsonObject) -> None:
        assert len(operation["summary"]) > 5
        assert len(operation["description"]) > 20
        assert len(operation["tags"]) == 1

    @each_operation
    def test_answers_with_a_named_schema_or_a_problem(self, operation: JsonObject) -> None:
        answers = operation["responses"]

        for status in answers.keys() & {"200", "201", "206"}:
            for media_type, content in answers[status]["content"].items():
                if "json" in media_type and not media_type.endswith("ndjson"):
                    assert content["schema"].keys() == {"$ref"}
                elif media_type.startswith("text/"):
                    assert content["schema"] == {"type": "string"}
                else:
                    assert content["schema"] == {"type": "string", "format": "binary"}
        problem = {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}
        for status in answers.keys() - {"200", "201", "206", "303", "304", "308"}:
            assert answers[status]["content"] == {"application/problem+json": problem}
            types = answers[status]["x-problem-types"]
            assert {PROBLEM_TYPES[uri].status for uri in types} == {int(status)}

    @each_operation
    def test_says_of_each_answer_what_it_is_and_what_headers_it_has(
        self, operation: JsonObject
    ) -> None:
        for answer in operation["responses"].values():
            assert answer["description"] not in ("", "Successful Response")
            assert {"Cache-Control", "X-Request-Id"} <= answer["headers"].keys()
            for header in answer["headers"].values():
                assert header["description"] and header["schema"]["type"] in ("string", "integer")

    @each_operation
    def test_declares_no_status_that_is_never_answered(self, operation: JsonObject) -> None:
        possible = {"200", "400", "404", "410", "500", "503"}
        if operation["operationId"] in WRITES:
            possible |= {"201", "403", "408", "409", "412", "413", "415", "422", "428"}
        else:
            possible |= {"206", "303", "304", "308", "416"}
        answered = operation["responses"].keys()
        refusals = {"401", "414", "429", "431"}
        if operation["operationId"] in ("get_health", "get_readiness"):
            refusals.remove("429")  # They are not counted.
        assert {"400", "500"} | refusals <= answered <= possible | refusals


class TestLinks:
    @pytest.mark.parametrize("name", COMPONENTS["links"])
    def test_gives_an_operation_what_its_path_and_its_precondition_need(self, name: str) -> None:
        link = COMPONENTS["links"][name]
        *_, operation = OPERATIONS[link["operationId"]]

        parameters = {p["name"]: p for p in operation["parameters"]}
        needed = {n for n, p in parameters.items() if p["in"] == "path" or n == "If-Match"}
        assert needed <= link["parameters"].keys() <= parameters.keys()

    def test_reads_below_an_entity_are_all_linked_from_it(self) -> None:
        below = [name for name, (path, *_) in OPERATIONS.items() if "_id}/" in path]

        assert {name for name in below if not name.startswith("merge")} <= COMPONENTS[
            "links"
        ].keys()


class TestParameters:
    @each_parameter
    def test_is_described(self, parameter: JsonObject) -> None:
        assert len(parameter["description"]) > 10

    @each_parameter
    def test_is_constrained(self, parameter: JsonObject) -> None:
        """What may be repeated, how often and with what; how long a text is; how large a number."""
        schema = parameter["schema"]
        if schema.get("type") == "array":
            assert schema["maxItems"] == 100
            schema = schema["items"]
        bounds = {"$ref", "maxLength", "pattern", "maximum"}
        # All headers together have a limit; those that are read by hand have none of their own.
        unbounded = schema.get("type") == "boolean" or parameter["in"] == "header"
        assert schema.keys() & bounds or unbounded, schema

    @each_parameter
    def test_is_never_null(self, parameter: JsonObject) -> None:
        schema = parameter["schema"]

        assert not [node for node in walk_nodes(schema) if node.get("type") == "null"]
        assert "anyOf" not in schema
        if schema.get("type") == "array":
            assert schema["default"] == []
        if schema.get("type") != "string":
            assert parameter["required"] is ("default" not in schema)

    @each_parameter
    def test_is_never_empty(self, parameter: JsonObject) -> None:
        """A text that is left out has no value; an empty one would be refused."""
        schema = parameter["schema"]
        text = schema.get("items", schema)

        assert schema.get("default") != ""
        if parameter["in"] == "query" and text.get("type") == "string":
            assert text.get("minLength", 0) > 0 or "pattern" in text

    def test_is_required_in_a_path_and_in_few_queries(self) -> None:
        required = {
            (name, parameter["name"], parameter["in"])
            for name, (*_, operation) in OPERATIONS.items()
            for parameter in operation["parameters"]
            if parameter["required"]
        }

        assert {"path"} == {place for *_, place in required - REQUIRED_IN_QUERY}
        assert REQUIRED_IN_QUERY <= required


UNKNOWN_ID = "2024-no-such-thing"


def _unknown(path: str) -> tuple[str, str]:
    """What is to be replaced in the example of a path, and by what, to name what is not there."""
    named = [name for name in EXAMPLE_IDS if f"{{{name}}}" in path]
    return EXAMPLE_IDS[named[0]] if named else "", UNKNOWN_ID


def _declared() -> Iterator[Any]:
    """Each declared status that a request can bring about, with the request."""
    for name, (path, _, operation) in OPERATIONS.items():
        if name in WRITES:
            continue  # What they answer is in the tests of writing.
        urls = {
            "200": example_url(path),
            "400": f"{path.format(**EXAMPLE_IDS)}?no_such_parameter=1",
            "404": example_url(path).replace(*_unknown(path)),
        }
        if "text/event-stream" in operation["responses"]["200"]["content"]:
            del urls["200"]  # It has no end.
        for status in sorted(operation["responses"].keys() & urls.keys()):
            yield pytest.param(urls[status], status, operation, id=f"{name} {status}")


@pytest.mark.parametrize(("url", "status", "operation"), [*_declared()])
def test_what_is_declared_is_answered(
    seeded_client: TestClient, url: str, status: str, operation: JsonObject
) -> None:
    answer = seeded_client.get(url)

    assert answer.status_code == int(status)
    declared = operation["responses"][status]["headers"]
    needed = {name.lower() for name, header in declared.items() if header.get("required")}
    assert needed <= answer.headers.keys()
    own = {n for n in answer.headers if n not in OF_HTTP and not n.startswith("access-control-")}
    assert own <= {name.lower() for name in declared}


@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - WRITES - {"follow_changes"}))
def test_a_default_may_be_sent(seeded_client: TestClient, name: str) -> None:
    """Generated clients send all of them. The stream has no end, and -1 means there: not given."""
    path, _, operation = OPERATIONS[name]
    defaults = {
        parameter["name"]: str(parameter["schema"]["default"]).lower()
        for parameter in operation["parameters"]
        if parameter["schema"].get("default", []) != []
    }

    answer = seeded_client.get(httpx2.URL(example_url(path)).copy_merge_params(defaults))

    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_unknown_id_is_declared_where_it_can_be(name: str) -> None:
    path, _, operation = OPERATIONS[name]

    assert ("404" in operation["responses"]) is ("{" in path and not name.startswith("put_"))
