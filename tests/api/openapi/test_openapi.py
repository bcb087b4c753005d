"""The OpenAPI document matches the program, and generators can make clients from it."""

import inspect

from fastapi import FastAPI

from app.api.openapi.walk import schemas
from app.api.routes import (
    catalog,
    changes,
    dataset,
    entity_tables,
    event_exports,
    event_feeds,
    event_tables,
    events,
    health,
    names,
    network,
    offices,
    participants,
    places,
    proof,
    publishers,
    records,
    releases,
    service_index,
    sources,
    tags,
    treaties,
    vocabularies,
)
from app.domain.vocabulary import EntityKind
from app.main import create_app
from app.settings import Settings
from app.tables import models
from tests.support.contract import DOCUMENT, OPERATIONS, SCHEMAS, WRITES, walk_nodes
from tests.support.rules import offenders

ROUTERS = (
    changes,
    dataset,
    catalog,
    service_index,
    releases,
    events,
    entity_tables,
    event_exports,
    event_feeds,
    event_tables,
    names,
    network,
    offices,
    participants,
    places,
    proof,
    publishers,
    records,
    releases,
    health,
    sources,
    tags,
    treaties,
    vocabularies,
)
# Operations that a loop makes for each kind of entity.
OF_EACH_KIND = ("list_{}_revisions", "get_{}_revision", "diff_{}", "get_{}_record")
# Likewise for each format of citations.
CITATIONS = {
    f"{cited}_{extension}"
    for cited in ("get_event", "export_events", "export_dataset")
    for extension in ("ris", "bib", "csl_json")
}


def _app() -> FastAPI:
    return create_app(Settings(database_url="sqlite:///never-opened.db"))


# The optional keys of each schema; all others are always present.
LEFT_OUT = {
    "PatchStep": {"from", "value"},
    "PartialEvent": SCHEMAS["EventDocument"]["properties"].keys() - {"id"},
    "LanguageMap": {"fr", "ru", "ko"},
    "OptionalLanguageMap": {"en", "fr", "ru", "ko"},
    "GeoProperties": {"date_bounds", "participants"},
    "JsonFeed": {"next_url"},
    "JsonFeedItem": {"external_url"},
    "TimelineJsSlide": {"end_date", "display_date"},
    "TimelineJsDate": {"month", "day"},
}
# The answers in other standards, which define most of their keys; each links to its standard.
STANDARDS = {"CslItem", "DataPackage", "DatasetCatalog", "LinkedEvent"}
OBJECTS = [name for name, schema in SCHEMAS.items() if schema.get("type") == "object"]
# The endings of the names of request schemas; all other schemas are of answers.
REQUESTS = ("Record", "Records", "Patch", "Request")
# The keys that a record may leave out although the document has no default for them.
OPTIONAL_WITHOUT_DEFAULT = {
    "LanguageMapRecord": LEFT_OUT["LanguageMap"],
    "OptionalLanguageMapRecord": LEFT_OUT["OptionalLanguageMap"],
    "ParticipantRecord": {"identifiers"},
    "PlaceRecord": {"identifiers"},
    "OfficeRecord": {"feminine"},
    "Records": {"articles"},
}
NULL = {"type": "null"}


class TestDocument:
    def test_is_the_committed_one(self) -> None:
        made = _app().openapi()

        assert made == DOCUMENT, "the contract changed: timeline openapi > openapi.json"

    def test_has_each_operation_once_by_the_name_of_its_function(self) -> None:
        functions = {
            name
            for module in ROUTERS
            for name, function in inspect.getmembers(module, inspect.isfunction)
            if function.__module__ == module.__name__ and not name.startswith("_")
        }

        assert len(OPERATIONS) == sum(len(item) for item in DOCUMENT["paths"].values())
        made = {name.format(kind) for name in OF_EACH_KIND for kind in EntityKind} | WRITES
        # Beside two writes, which are in WRITES.
        made |= CITATIONS | {"get_import"}
        assert functions | made == OPERATIONS.keys()

    def test_has_every_tag_described(self) -> None:
        described = {tag["name"] for tag in DOCUMENT["tags"] if tag["description"]}

        assert described == {tag for *_, o in OPERATIONS.values() for tag in o["tags"]}

    def test_names_the_contact_the_licence_and_the_server(self) -> None:
        assert DOCUMENT["info"]["contact"]["name"]
        assert DOCUMENT["info"]["license"]["identifier"] == "MIT AND CC-BY-4.0"
        assert [server["url"] for server in DOCUMENT["servers"]] == ["http://127.0.0.1:8000"]

    def test_a_key_is_required_to_write_and_accepted_everywhere(self) -> None:
        assert DOCUMENT["security"] == [{}, {"key": []}]
        needed = {
            name for name, (*_, o) in OPERATIONS.items() if o.get("security") == [{"key": []}]
        }
        assert needed == WRITES
        assert {o["operationId"] for *_, o in OPERATIONS.values() if "security" in o} == WRITES

    def test_shows_no_database_table(self) -> None:
        assert SCHEMAS.keys().isdisjoint(model.__name__ for model in models.MODELS)

    def test_uses_every_component_and_refers_to_no_missing_one(self) -> None:
        used = {node["$ref"] for node in walk_nodes(DOCUMENT) if isinstance(node.get("$ref"), str)}

        assert used == {
            f"#/components/{kind}/{name}"
            for kind, parts in DOCUMENT["components"].items()
            if kind != "securitySchemes"  # Operations name them without a reference.
            for name in parts
        }

    def test_every_enum_is_named(self) -> None:
        named = {id(schema) for schema in SCHEMAS.values()}

        enums = [node for node in walk_nodes(DOCUMENT) if isinstance(node.get("enum"), list)]
        assert enums
        assert [node for node in enums if id(node) not in named] == []

    def test_every_union_is_named_and_has_a_discriminator(self) -> None:
        """Except `null` beside a named schema, which generators support."""
        named = {id(schema) for schema in SCHEMAS.values()}
        unions = [
            node for node in walk_nodes(DOCUMENT) if node.keys() & {"anyOf", "oneOf", "allOf"}
        ]
        nullable = [node["anyOf"] for node in unions if "anyOf" in node]

        assert nullable
        assert [u for u in nullable if len(u) != 2 or u[0].keys() != {"$ref"} or u[1] != NULL] == []
        others = [node for node in unions if "anyOf" not in node]
        assert [u for u in others if id(u) not in named or "discriminator" not in u] == []

    def test_no_schema_has_a_title(self) -> None:
        """Generators would name classes by titles, and two schemas may have the same title."""
        titled = [n for n in walk_nodes(DOCUMENT) if isinstance(n.get("title"), str)]

        assert titled == [DOCUMENT["info"]]

    def test_every_nullable_key_explains_null(self) -> None:
        unexplained = [
            f"{name}.{key}"
            for name in OBJECTS
            if not name.endswith("Patch")  # In a patch, null removes the value.
            for key, value in SCHEMAS[name]["properties"].items()
            if (NULL in value.get("anyOf", ()) or "null" in value.get("type", ()))
            and "null" not in value.get("description", "")
        ]

        assert unexplained == []

    def test_every_key_of_an_answer_is_required_and_new_keys_may_come(self) -> None:
        """Except unknown languages, keys absent by a standard, and keys left out on request."""

        def rule(name: str) -> None:
            schema = SCHEMAS[name]

            required = schema["properties"].keys() - LEFT_OUT.get(name, set())
            assert set(schema.get("required", ())) == required
            assert schema.get("additionalProperties") is (True if name in STANDARDS else None)
            assert ("externalDocs" in schema) is (name in STANDARDS)
            assert schema["description"]

        assert offenders([n for n in OBJECTS if not n.endswith(REQUESTS)], rule) == []

    def test_no_default_is_an_object(self) -> None:
        """Generators of Go and Dart write it in Java's notation, which does not compile."""
        assert [each for each in schemas(DOCUMENT) if isinstance(each.get("default"), dict)] == []

    def test_an_import_names_json_first_and_its_schema_for_json_alone(self) -> None:
        """Some generators send the first media type, others the last one with the same schema."""
        content = OPERATIONS["import_records"][2]["requestBody"]["content"]

        assert [*content] == [
            "application/json",
            "application/yaml",
            "application/jsonl",
            "application/x-ndjson",
        ]
        assert {media_type for media_type, body in content.items() if "$ref" in body["schema"]} == {
            "application/json"
        }

    def test_a_patch_names_the_merge_patch_first(self) -> None:
        patches = [o for name, (*_, o) in OPERATIONS.items() if name.startswith("patch_")]

        assert {tuple(o["requestBody"]["content"]) for o in patches} == {
            ("application/merge-patch+json", "application/json")
        }

    def test_requests_allow_no_unknown_key(self) -> None:
        """So a misspelt key is refused. A patch requires no key."""

        def rule(name: str) -> None:
            schema = SCHEMAS[name]

            assert schema["additionalProperties"] is False
            given = {key for key, value in schema["properties"].items() if "default" not in value}
            optional = OPTIONAL_WITHOUT_DEFAULT.get(name, set())
            assert set(schema.get("required", ())) == (
                set() if name.endswith("Patch") else given - optional
            )
            assert schema["description"]

        assert offenders([n for n in OBJECTS if n.endswith(REQUESTS)], rule) == []
