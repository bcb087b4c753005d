"""The OpenAPI document describes the answers, parameters and headers of each operation."""

import re
from collections.abc import Iterator

import httpx2
import pytest
from starlette.testclient import TestClient

from app.api.problems.catalogue import PROBLEMS
from app.domain.vocabulary import EntityKind
from tests.support.answers import EXAMPLE_IDS, JsonObject, example_url
from tests.support.contract import COMPONENTS, OPERATIONS, PARAMETERS, WRITES, walk_nodes
from tests.support.rules import offenders

REQUIRED_IN_QUERY = {
    ("resolve_participants", "name", "query"),
    ("resolve_name", "name", "query"),
    *((f"diff_{kind}", name, "query") for kind in EntityKind for name in ("from", "to")),
    *((f"withdraw_{kind}", "reason", "query") for kind in EntityKind),
    *((f"revert_{kind}", "to", "query") for kind in EntityKind),
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
    "revert",
    "import",
    "draft",
)
PROBLEM_TYPES = {problem.type_uri(): problem for problem in PROBLEMS}
# Headers about the message itself, which no operation declares.
OF_HTTP = {"content-type", "content-length", "content-encoding", "transfer-encoding"}
DECLARED = {name: operation for name, (*_, operation) in OPERATIONS.items()}
EACH_PARAMETER = {f"{p['name']} {n}": p for n, p in enumerate(PARAMETERS.values())}


class TestOperations:
    def test_is_named_verb_noun(self) -> None:
        def rule(operation: JsonObject) -> None:
            assert re.fullmatch(f"({'|'.join(VERBS)})(_[a-z]+)+", operation["operationId"])

        assert offenders(DECLARED, rule) == []

    def test_is_explained(self) -> None:
        def rule(operation: JsonObject) -> None:
            assert len(operation["summary"]) > 5
            assert len(operation["description"]) > 20
            assert len(operation["tags"]) == 1

        assert offenders(DECLARED, rule) == []

    def test_answers_with_a_named_schema_or_a_problem(self) -> None:
        def rule(operation: JsonObject) -> None:
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

        assert offenders(DECLARED, rule) == []

    def test_describes_each_answer_and_its_headers(self) -> None:
        def rule(operation: JsonObject) -> None:
            for answer in operation["responses"].values():
                assert answer["description"] not in ("", "Successful Response")
                assert {"Cache-Control", "X-Request-Id"} <= answer["headers"].keys()
                for header in answer["headers"].values():
                    assert header["description"] and header["schema"]["type"] in (
                        "string",
                        "integer",
                    )

        assert offenders(DECLARED, rule) == []

    def test_declares_only_statuses_that_it_can_answer(self) -> None:
        def rule(operation: JsonObject) -> None:
            possible = {"200", "400", "404", "410", "500", "503"}
            if operation["operationId"] in WRITES:
                possible |= {"201", "403", "408", "409", "412", "413", "415", "422", "428"}
            else:
                possible |= {"206", "303", "304", "308", "416"}
            if operation["operationId"].endswith("_parquet"):
                possible.add("501")  # A server without the extra.
            answered = operation["responses"].keys()
            refusals = {"401", "414", "429", "431"}
            if operation["operationId"] in ("get_health", "get_readiness"):
                refusals.remove("429")  # The rate limit does not count them.
            assert {"400", "500"} | refusals <= answered <= possible | refusals

        assert offenders(DECLARED, rule) == []


class TestLinks:
    def test_a_link_gives_the_path_parameters_and_the_precondition(self) -> None:
        def rule(name: str) -> None:
            link = COMPONENTS["links"][name]
            *_, operation = OPERATIONS[link["operationId"]]

            parameters = {p["name"]: p for p in operation["parameters"]}
            needed = {n for n, p in parameters.items() if p["in"] == "path" or n == "If-Match"}
            assert needed <= link["parameters"].keys() <= parameters.keys()

        assert offenders(COMPONENTS["links"].keys(), rule) == []

    def test_reads_below_an_entity_are_all_linked_from_it(self) -> None:
        below = [name for name, (path, *_) in OPERATIONS.items() if "_id}/" in path]

        assert {name for name in below if not name.startswith("merge")} <= COMPONENTS[
            "links"
        ].keys()


class TestParameters:
    def test_is_described(self) -> None:
        def rule(parameter: JsonObject) -> None:
            assert len(parameter["description"]) > 10

        assert offenders(EACH_PARAMETER, rule) == []

    def test_is_constrained(self) -> None:
        """A list has a maximum of values, a text a maximum length, a number a maximum."""

        def rule(parameter: JsonObject) -> None:
            schema = parameter["schema"]
            if schema.get("type") == "array":
                schema, most = schema["items"], schema["maxItems"]
                assert most == (2 if schema.get("type") == "boolean" else 100)
            bounds = {"$ref", "maxLength", "pattern", "maximum"}
            # One limit covers all headers together; the headers read by hand have no other limit.
            unbounded = schema.get("type") == "boolean" or parameter["in"] == "header"
            assert schema.keys() & bounds or unbounded, schema

        assert offenders(EACH_PARAMETER, rule) == []

    def test_is_never_null(self) -> None:
        def rule(parameter: JsonObject) -> None:
            schema = parameter["schema"]

            assert not [node for node in walk_nodes(schema) if node.get("type") == "null"]
            assert "anyOf" not in schema
            if schema.get("type") == "array":
                assert schema["default"] == []
            if schema.get("type") != "string":
                assert parameter["required"] is ("default" not in schema)

        assert offenders(EACH_PARAMETER, rule) == []

    def test_is_never_empty(self) -> None:
        """An absent text has no default; an empty text would be refused."""

        def rule(parameter: JsonObject) -> None:
            schema = parameter["schema"]
            text = schema.get("items", schema)

            assert schema.get("default") != ""
            if parameter["in"] == "query" and text.get("type") == "string":
                assert text.get("minLength", 0) > 0 or "pattern" in text

        assert offenders(EACH_PARAMETER, rule) == []

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
    """Return the id to replace in the example of a path, and an id that does not exist."""
    if "{seq}" in path:
        return EXAMPLE_IDS["seq"], "999999"
    named = [name for name in EXAMPLE_IDS if f"{{{name}}}" in path]
    return EXAMPLE_IDS[named[0]] if named else "", UNKNOWN_ID


def _requests() -> Iterator[tuple[str, str, JsonObject]]:
    """Yield a URL for each declared status that a read can give, the status and the operation."""
    for name, (path, _, operation) in OPERATIONS.items():
        if name in WRITES:
            continue  # The tests of writing cover their answers.
        urls = {
            "200": example_url(path),
            "400": f"{path.format(**EXAMPLE_IDS)}?no_such_parameter=1",
            "404": example_url(path).replace(*_unknown(path)),
        }
        if "text/event-stream" in operation["responses"]["200"]["content"]:
            del urls["200"]  # The stream has no end.
        for status in sorted(operation["responses"].keys() & urls.keys()):
            yield urls[status], status, operation


@pytest.mark.thorough
def test_each_read_gives_its_declared_status_and_headers(seeded_client: TestClient) -> None:
    def rule(request: tuple[str, str, JsonObject]) -> None:
        url, status, operation = request
        answer = seeded_client.get(url)

        assert answer.status_code == int(status), url
        declared = operation["responses"][status]["headers"]
        needed = {name.lower() for name, header in declared.items() if header.get("required")}
        assert needed <= answer.headers.keys(), url
        sent = {n for n in answer.headers if not n.startswith("access-control-")} - OF_HTTP
        assert sent <= {name.lower() for name in declared}, url

    assert offenders({f"{o['operationId']} {s}": (u, s, o) for u, s, o in _requests()}, rule) == []


@pytest.mark.thorough
def test_a_default_may_be_sent(seeded_client: TestClient) -> None:
    """Generated clients send every default.

    The stream is left out: it has no end, and its default of -1 means that no number is given.
    """

    def rule(name: str) -> None:
        path, _, operation = OPERATIONS[name]
        defaults = {
            parameter["name"]: str(parameter["schema"]["default"]).lower()
            for parameter in operation["parameters"]
            if parameter["schema"].get("default", []) != []
        }

        answer = seeded_client.get(httpx2.URL(example_url(path)).copy_merge_params(defaults))

        assert answer.status_code == 200, answer.text

    assert offenders(OPERATIONS.keys() - WRITES - {"follow_changes"}, rule) == []


def test_404_is_declared_wherever_an_id_can_be_unknown() -> None:
    files = {name for name in OPERATIONS if name.startswith("export_")}
    files |= {"get_network_graphml", "get_places_geojson"}

    def rule(name: str) -> None:
        path, _, operation = OPERATIONS[name]

        of_an_entity = "{" in path and not name.startswith("put_")
        # A list without a match names unknown ids; a file cannot, so it is refused.
        file_of_entities = name in files - {
            "export_changes_ndjson",
            "export_dataset",
            "export_records_ndjson",
        }
        assert ("404" in operation["responses"]) is (of_an_entity or file_of_entities)

    assert offenders(OPERATIONS.keys(), rule) == []
