"""The OpenAPI document tells the truth, and is fit for generating clients."""

import inspect
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from answers import EXAMPLE_IDS, JsonObject, example_url
from fastapi import FastAPI
from starlette.testclient import TestClient

from app import tables
from app.api import (
    changes,
    dataset,
    event_feeds,
    event_formats,
    events,
    network,
    participants,
    places,
    releases,
    service,
    sources,
    treaties,
    vocabularies,
)
from app.domain.vocabulary import EntityKind
from app.main import create_app
from app.settings import PROJECT_ROOT, Settings

COMMITTED = PROJECT_ROOT / "openapi.json"
ROUTERS = (
    changes,
    dataset,
    releases,
    events,
    event_formats,
    event_feeds,
    network,
    participants,
    places,
    releases,
    service,
    sources,
    treaties,
    vocabularies,
)
# Made in a loop, for each kind of entity.
OF_EACH_KIND = ("list_{}_revisions", "get_{}_revision", "diff_{}")
WRITES = {
    *(f"{verb}_{kind}" for verb in ("put", "patch", "withdraw") for kind in EntityKind),
    *("merge_event", "merge_participant", "import_records"),
}
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


def _app() -> FastAPI:
    return create_app(Settings(database_url="sqlite:///never-opened.db"))


DOCUMENT: JsonObject = _app().openapi()
SCHEMAS: JsonObject = DOCUMENT["components"]["schemas"]
OPERATIONS: dict[str, tuple[str, JsonObject]] = {
    operation["operationId"]: (path, operation)
    for path, item in DOCUMENT["paths"].items()
    for operation in item.values()
}
PARAMETERS = [
    pytest.param(parameter, id=f"{name}: {parameter['name']}")
    for name, (_, operation) in OPERATIONS.items()
    for parameter in operation.get("parameters", ())
]
# The optional keys of each schema; all others are always there.
LEFT_OUT = {
    "PatchStep": {"from", "value"},
    "PartialEvent": SCHEMAS["EventDocument"]["properties"].keys() - {"id"},
    "LanguageMap": {"fr", "ru", "ko"},
    "JsonFeed": {"next_url"},
    "JsonFeedItem": {"external_url"},
    "TimelineJsSlide": {"end_date", "display_date"},
    "TimelineJsDate": {"month", "day"},
}
OBJECTS = [name for name, schema in SCHEMAS.items() if schema["type"] == "object"]
# The ends of the names of what is sent; all else is answered.
SENT = ("Record", "Patch")
each_operation = pytest.mark.parametrize(
    "operation", [pytest.param(o, id=name) for name, (_, o) in OPERATIONS.items()]
)
each_parameter = pytest.mark.parametrize("parameter", PARAMETERS)


def _walk(node: Any) -> Iterator[JsonObject]:
    """Every object in a JSON value, itself included."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from _walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from _walk(value)


class TestDocument:
    def test_is_the_committed_one(self) -> None:
        committed = json.loads(COMMITTED.read_text()) if COMMITTED.is_file() else None

        assert committed == DOCUMENT, "the contract changed: timeline openapi > openapi.json"

    def test_has_each_operation_once_by_the_name_of_its_function(self) -> None:
        functions = {
            name
            for module in ROUTERS
            for name, function in inspect.getmembers(module, inspect.isfunction)
            if function.__module__ == module.__name__ and not name.startswith("_")
        }

        assert len(OPERATIONS) == sum(len(item) for item in DOCUMENT["paths"].values())
        made = {name.format(kind) for name in OF_EACH_KIND for kind in EntityKind} | WRITES
        assert functions | made == OPERATIONS.keys()

    def test_has_every_tag_described(self) -> None:
        described = {tag["name"] for tag in DOCUMENT["tags"] if tag["description"]}

        assert described == {tag for _, o in OPERATIONS.values() for tag in o["tags"]}

    def test_holds_no_table(self) -> None:
        assert SCHEMAS.keys().isdisjoint(tables.__all__)

    def test_refers_only_to_what_is_there_and_holds_nothing_else(self) -> None:
        used = {node["$ref"] for node in _walk(DOCUMENT) if isinstance(node.get("$ref"), str)}

        assert used == {
            f"#/components/{kind}/{name}"
            for kind, parts in DOCUMENT["components"].items()
            if kind != "securitySchemes"  # Those are named, not referred to.
            for name in parts
        }

    def test_every_enum_is_named(self) -> None:
        named = {id(schema) for schema in SCHEMAS.values()}

        assert [node for node in _walk(DOCUMENT) if "enum" in node and id(node) not in named] == []

    def test_no_union_but_with_null(self) -> None:
        unions = [node["anyOf"] for node in _walk(DOCUMENT) if "anyOf" in node]

        assert unions
        assert [u for u in unions if len(u) != 2 or {"type": "null"} not in u] == []
        assert [node for node in _walk(DOCUMENT) if "oneOf" in node or "allOf" in node] == []

    @pytest.mark.parametrize("name", [n for n in OBJECTS if not n.endswith(SENT)])
    def test_every_key_is_always_there_and_others_may_come(self, name: str) -> None:
        """But a language that is not known, what a standard wants absent, and what nobody asked for."""
        schema = SCHEMAS[name]

        required = schema["properties"].keys() - LEFT_OUT.get(name, set())
        assert set(schema["required"]) == required
        assert "additionalProperties" not in schema
        assert schema["description"]

    @pytest.mark.parametrize("name", [n for n in OBJECTS if n.endswith(SENT)])
    def test_what_is_sent_is_closed(self, name: str) -> None:
        """A key that nobody knows is refused, and so a misspelt one; a patch needs none."""
        schema = SCHEMAS[name]

        assert schema["additionalProperties"] is False
        given = {key for key, value in schema["properties"].items() if "default" not in value}
        optional = LEFT_OUT["LanguageMap"] if name == "LanguageMapRecord" else set()
        assert set(schema.get("required", ())) == (
            set() if name.endswith("Patch") else given - optional
        )
        assert schema["description"]


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
        answers = {**operation["responses"]}
        for bodiless in ("304", "308"):
            answers.pop(bodiless, None)

        contents = [answers.pop(status, {}).get("content", {}) for status in ("200", "201")]
        for media_type, content in [each for found in contents for each in found.items()]:
            if "json" in media_type and not media_type.endswith("ndjson"):
                assert content["schema"].keys() == {"$ref"}
            else:
                assert content["schema"] == {"type": "string"}
        answers.pop("206", None)  # A part of the same.
        problem = {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}
        for answer in answers.values():
            if "$ref" in answer:
                answer = DOCUMENT["components"]["responses"][answer["$ref"].rpartition("/")[2]]
            assert answer["content"] == {"application/problem+json": problem}
            assert answer["description"]

    @each_operation
    def test_declares_no_status_that_is_never_answered(self, operation: JsonObject) -> None:
        possible = {"200", "400", "404", "410", "500", "503"}
        if operation["operationId"] in WRITES:
            possible |= {"201", "403", "408", "409", "412", "413", "415", "422", "428"}
        else:
            possible |= {"206", "304", "308", "416"}
        refusals = {"401", "414", "429", "431"}
        answered = operation["responses"].keys()
        assert {"400", "500"} | refusals <= answered <= possible | refusals


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
        assert schema.keys() & bounds or schema["type"] == "boolean", schema

    @each_parameter
    def test_is_never_null(self, parameter: JsonObject) -> None:
        schema = parameter["schema"]

        assert not [node for node in _walk(schema) if node.get("type") == "null"]
        assert "anyOf" not in schema
        if schema.get("type") == "array":
            assert schema["default"] == []
        assert parameter["required"] is ("default" not in schema)

    def test_is_required_in_a_path_and_in_few_queries(self) -> None:
        required = {
            (name, parameter["name"], parameter["in"])
            for name, (_, operation) in OPERATIONS.items()
            for parameter in operation.get("parameters", ())
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
    for name, (path, operation) in OPERATIONS.items():
        if name in WRITES:
            continue  # What they answer is in the tests of writing.
        urls = {
            "200": example_url(path),
            "400": f"{path.format(**EXAMPLE_IDS)}?no_such_parameter=1",
            "404": example_url(path).replace(*_unknown(path)),
        }
        if "text/event-stream" in operation["responses"]["200"].get("content", {}):
            del urls["200"]  # It has no end.
        for status in sorted(operation["responses"].keys() & urls.keys()):
            yield pytest.param(urls[status], int(status), id=f"{name} {status}")


@pytest.mark.parametrize(("url", "status"), [*_declared()])
def test_what_is_declared_is_answered(seeded_client: TestClient, url: str, status: int) -> None:
    assert seeded_client.get(url).status_code == status


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_unknown_id_is_declared_where_it_can_be(name: str) -> None:
    path, operation = OPERATIONS[name]

    assert ("404" in operation["responses"]) is ("{" in path and not name.startswith("put_"))
