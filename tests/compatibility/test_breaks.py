"""The comparison names each change that breaks clients, and reports no harmless change."""

import json
from typing import Any

import jsonpatch
import pytest

from tests.compatibility import find_breaks
from tests.compatibility.nodes import JsonObject
from tests.compatibility.sample import make_sample

LIST = "/paths/~1things/get"
PUT = "/paths/~1things~1{thing_id}/put"
SCHEMAS = "/components/schemas"
THING = f"{SCHEMAS}/Thing/properties"
RECORD = f"{SCHEMAS}/ThingRecord/properties"
LIMIT = "/components/parameters/Limit"
NULL = {"type": "null"}
LIMIT_NODE = make_sample()["components"]["parameters"]["Limit"]
LIMIT_SCHEMA = LIMIT_NODE["schema"]
JSON_OF_THING = {"schema": {"$ref": "#/components/schemas/Thing"}}
ANY_NAME = {"name": "name", "in": "query", "schema": {"type": "string"}}


def _remove(path: str) -> JsonObject:
    return {"op": "remove", "path": path}


def _set(path: str, value: Any) -> JsonObject:
    return {"op": "add", "path": path, "value": value}


def _move(old: str, new: str) -> JsonObject:
    return {"op": "move", "from": old, "path": new}


def _found(*patch: JsonObject) -> list[str]:
    """Return the breaks between the sample and the patched sample."""
    old = make_sample()
    return [str(each) for each in find_breaks(old, jsonpatch.apply_patch(old, patch))]


BREAKS: dict[str, list[JsonObject]] = {
    # Operations
    "`put_thing`: removed": [_remove("/paths/~1things~1{thing_id}")],
    "`list_things`: removed": [_remove(LIST)],
    "`list_things`: operationId is get_things, was list_things": [
        _set(f"{LIST}/operationId", "get_things")
    ],
    '`list_things`: security is [{"key": []}], was [{}, {"key": []}]': [
        _set(f"{LIST}/security", [{"key": []}])
    ],
    '`put_thing`: security is [{"key": ["all"]}], was [{"key": []}]': [
        _remove(f"{PUT}/security"),
        _set("/security", [{"key": ["all"]}]),
    ],
    '`put_thing`: security is [{"key": ["admin"]}], was [{"key": []}]': [
        _set(f"{PUT}/security", [{"key": ["admin"]}])
    ],
    "`key`: scheme is basic, was bearer": [_set("/components/securitySchemes/key/scheme", "basic")],
    '`list_things`: tags is ["things"], was none': [_set(f"{LIST}/tags", ["things"])],
    # Parameters
    "`list_things parameters`: order changed": [
        _move(f"{LIST}/parameters/1", f"{LIST}/parameters/0")
    ],
    "`list_things query q`: default is abc, was none": [
        _set(f"{LIST}/parameters/1/schema/default", "abc")
    ],
    "`list_things 200 content`: order changed": [
        _remove(f"{LIST}/responses/200/content/application~1json"),
        _set(f"{LIST}/responses/200/content/application~1json", JSON_OF_THING),
    ],
    "`list_things query q`: removed": [_remove(f"{LIST}/parameters/1")],
    "`list_things query limit`: removed": [_remove(f"{LIST}/parameters/0")],
    "`list_things query q`: place is header, was query": [
        _set(f"{LIST}/parameters/1/in", "header")
    ],
    "`list_things query q`: is required now": [_set(f"{LIST}/parameters/1/required", True)],
    "`list_things query name`: is required now": [
        _set(f"{LIST}/parameters/-", {**ANY_NAME, "required": True})
    ],
    "`list_things query limit`: maximum is 9, was 200": [
        _set(
            "/components/parameters/Few", {**LIMIT_NODE, "schema": {**LIMIT_SCHEMA, "maximum": 9}}
        ),
        _set(f"{LIST}/parameters/0/$ref", "#/components/parameters/Few"),
    ],
    "`Limit`: is required now": [_set(f"{LIMIT}/required", True)],
    "`Limit`: maximum is 100, was 200": [_set(f"{LIMIT}/schema/maximum", 100)],
    "`Limit`: minimum is 2, was 1": [_set(f"{LIMIT}/schema/minimum", 2)],
    "`Limit`: default is 20, was 50": [_set(f"{LIMIT}/schema/default", 20)],
    "`Limit`: type is number, was integer": [_set(f"{LIMIT}/schema/type", "number")],
    "`list_things query q`: maxLength is 99, was 100": [
        _set(f"{LIST}/parameters/1/schema/maxLength", 99)
    ],
    "`list_things query q`: pattern is ^a, was none": [
        _set(f"{LIST}/parameters/1/schema/pattern", "^a")
    ],
    "`put_thing path thing_id`: pattern is ^a, was ^[a-z]+$": [
        _set(f"{PUT}/parameters/0/schema/pattern", "^a")
    ],
    '`list_things query q`: enum is ["a"], was any': [
        _set(f"{LIST}/parameters/1/schema/enum", ["a"])
    ],
    "`list_things query sort`: maxItems is 9, was 10": [
        _set(f"{LIST}/parameters/2/schema/maxItems", 9)
    ],
    "`list_things query sort`: uniqueItems is true, was none": [
        _set(f"{LIST}/parameters/2/schema/uniqueItems", True)
    ],
    "`list_things query sort`: type is string, was array": [
        _set(f"{LIST}/parameters/2/schema", {"type": "string"})
    ],
    "`list_things query sort`: explode is false, was true": [
        _set(f"{LIST}/parameters/2/explode", False)
    ],
    "`Sort`: date removed": [_remove(f"{SCHEMAS}/Sort/enum/1")],
    # Request bodies
    "`put_thing body`: removed": [_remove(f"{PUT}/requestBody")],
    "`put_thing body`: is required now": [_set(f"{PUT}/requestBody/required", True)],
    "`list_things body`: is required now": [
        _set(f"{LIST}/requestBody", {"required": True, "content": {"text/plain": {}}})
    ],
    "`put_thing body application/yaml`: removed": [
        _remove(f"{PUT}/requestBody/content/application~1yaml")
    ],
    "`ThingRecord.note`: removed": [_remove(f"{RECORD}/note")],
    "`ThingRecord.note`: is required now": [_set(f"{SCHEMAS}/ThingRecord/required/-", "note")],
    "`ThingRecord.weight`: is required now": [
        _set(f"{RECORD}/weight", {"type": "integer"}),
        _set(f"{SCHEMAS}/ThingRecord/required/-", "weight"),
    ],
    "`ThingRecord.note`: may not be null any more": [_set(f"{RECORD}/note", {"type": "string"})],
    "`ThingRecord.name`: maxLength is 200, was 300": [_set(f"{RECORD}/name/maxLength", 200)],
    "`ThingRecord.numbers`: additionalProperties is false, was any": [
        _set(f"{RECORD}/numbers/additionalProperties", False)
    ],
    "`ThingRecord.numbers`: propertyNames is string, was any": [
        _set(f"{RECORD}/numbers/propertyNames", {"type": "string"})
    ],
    "`ThingRecord.numbers./^n/`: removed": [_remove(f"{RECORD}/numbers/patternProperties/^n")],
    # Responses
    "`list_things 200`: removed": [_remove(f"{LIST}/responses/200")],
    "`list_things 404`: removed": [_remove(f"{LIST}/responses/404")],
    "`list_things 200 text/csv`: removed": [_remove(f"{LIST}/responses/200/content/text~1csv")],
    "`NotFound application/json`: removed": [
        _remove("/components/responses/NotFound/content/application~1json")
    ],
    "`list_things 200 header ETag`: removed": [_remove(f"{LIST}/responses/200/headers/ETag")],
    "`ETag`: may be left out now": [_remove("/components/headers/ETag/required")],
    "`Thing.name`: removed": [_remove(f"{THING}/name")],
    "`Thing.parts`: removed": [
        _remove(f"{THING}/parts"),
        _set(
            f"{SCHEMAS}/Thing/required",
            ["name", "made_on", "kind", "note", "owner", "numbers", "former_owner"],
        ),
    ],
    "`Thing.name`: may be left out now": [_remove(f"{SCHEMAS}/Thing/required/0")],
    "`Thing.name`: may be null now": [_set(f"{THING}/name/type", ["string", "null"])],
    "`Thing.kind`: may be null now": [
        _set(f"{THING}/kind", {"anyOf": [{"$ref": f"#{SCHEMAS}/Kind"}, NULL]})
    ],
    "`Thing.made_on`: may be null now": [
        _set(f"{THING}/made_on", {"anyOf": [{"type": "string", "format": "date"}, NULL]})
    ],
    "`Thing.name`: type is integer, was string": [_set(f"{THING}/name/type", "integer")],
    "`Thing.made_on`: format is none, was date": [_remove(f"{THING}/made_on/format")],
    "`Thing.name`: format is date, was none": [_set(f"{THING}/name/format", "date")],
    "`Thing.name`: maxLength is 400, was 300": [_set(f"{THING}/name/maxLength", 400)],
    "`Kind`: toy removed": [_remove(f"{SCHEMAS}/Kind/enum/1")],
    '`Kind`: enum is any, was ["tool", "toy"]': [_remove(f"{SCHEMAS}/Kind/enum")],
    "`Thing.parts`: items is any, was Thing": [_remove(f"{THING}/parts/items")],
    "`Thing.numbers.n`: type is string, was integer": [
        _set(f"{THING}/numbers/properties", {"n": {"type": "string"}})
    ],
    "`Thing.numbers.*`: type is string, was integer": [
        _set(f"{THING}/numbers/additionalProperties/type", "string")
    ],
    "`Owner`: Firm is no choice any more": [_remove(f"{SCHEMAS}/Owner/oneOf/1")],
    "`Owner`: may be Thing now": [_set(f"{SCHEMAS}/Owner/oneOf/-", {"$ref": f"#{SCHEMAS}/Thing"})],
    '`Owner`: discriminator is {"propertyName": "type"}, was {"propertyName": "kind"}': [
        _set(f"{SCHEMAS}/Owner/discriminator/propertyName", "type")
    ],
    "`Kind`: name is Type, was Kind": [
        _move(f"{SCHEMAS}/Kind", f"{SCHEMAS}/Type"),
        _set(f"{THING}/kind/$ref", f"#{SCHEMAS}/Type"),
    ],
}
HARMLESS: dict[str, list[JsonObject]] = {
    "nothing": [],
    "a new path": [_set("/paths/~1others", make_sample()["paths"]["/things"])],
    "a new operation": [_set("/paths/~1things/post", make_sample()["paths"]["/things"]["get"])],
    "a new optional parameter": [_set(f"{LIST}/parameters/-", ANY_NAME)],
    "a new status": [_set(f"{LIST}/responses/410", {"$ref": "#/components/responses/NotFound"})],
    "a new media type of a response": [_set(f"{LIST}/responses/200/content/text~1html", {})],
    "a new media type of a request body": [_set(f"{PUT}/requestBody/content/text~1csv", {})],
    "a new header": [_set(f"{LIST}/responses/404/headers", {"Link": {"schema": {}}})],
    "a new optional request body": [_set(f"{LIST}/requestBody", {"content": {"text/plain": {}}})],
    "a new key of a response": [
        _set(f"{THING}/size", {"type": "integer"}),
        _set(f"{SCHEMAS}/Thing/required/-", "size"),
    ],
    "a new choice in a request body": [_set(f"{RECORD}/size/anyOf/-", {"type": "boolean"})],
    "a new optional key of a request body": [_set(f"{RECORD}/weight", {"type": "integer"})],
    "a key of a request body becomes optional": [_remove(f"{SCHEMAS}/ThingRecord/required/0")],
    "a new required key of a response": [_set(f"{SCHEMAS}/Problem/required/-", "title")],
    "a new member of an enum in requests": [_set(f"{SCHEMAS}/Sort/enum/-", "size")],
    "a new member of an enum in responses": [_set(f"{SCHEMAS}/Kind/enum/-", "game")],
    "null becomes possible in a request": [_set(f"{RECORD}/name/type", ["string", "null"])],
    "null disappears from a response": [_set(f"{THING}/note", {"type": "string"})],
    "a parameter becomes optional": [_set(f"{PUT}/parameters/0/required", False)],
    "wider bounds in a request": [
        _set(f"{LIMIT}/schema/maximum", 500),
        _remove(f"{LIST}/parameters/1/schema/minLength"),
        _remove(f"{PUT}/parameters/0/schema/pattern"),
    ],
    "narrower bounds in a response": [
        _set(f"{THING}/name/maxLength", 200),
        _set(f"{THING}/name/pattern", "^[a-z]"),
    ],
    "an enum for a response that had any text": [_set(f"{THING}/name/enum", ["a", "b"])],
    "security is removed": [_remove(f"{PUT}/security")],
    "a second security requirement": [_set(f"{PUT}/security/-", {"other": []})],
    "another default in a response": [_set(f"{THING}/note/default", "a")],
    "an explicit default serialization": [
        _set(f"{LIST}/parameters/2/style", "form"),
        _set(f"{LIST}/parameters/2/explode", True),
    ],
    "another summary and description": [
        _set(f"{LIST}/summary", "…"),
        _set(f"{THING}/name/description", "…"),
    ],
    "a link to documentation": [_set(f"{SCHEMAS}/Kind/externalDocs", {"url": "https://a.example"})],
    "a deprecation": [_set(f"{LIST}/deprecated", True)],
    "a response becomes a component": [
        _move(f"{PUT}/responses/200", "/components/responses/Thing"),
        _set(f"{PUT}/responses/200", {"$ref": "#/components/responses/Thing"}),
    ],
    "a parameter becomes a component": [
        _move(f"{LIST}/parameters/1", "/components/parameters/Q"),
        _set(f"{LIST}/parameters/1", {"$ref": "#/components/parameters/Q"}),
    ],
    "a parameter moves to its path": [
        _set("/paths/~1things/parameters", []),
        _move(f"{LIST}/parameters/0", "/paths/~1things/parameters/-"),
    ],
    "a component may not be null any more": [
        _set(f"{THING}/former_owner", {"$ref": f"#{SCHEMAS}/Owner"})
    ],
    "an inline schema becomes a component": [
        _move(f"{THING}/name", f"{SCHEMAS}/Name"),
        _set(f"{THING}/name", {"$ref": f"#{SCHEMAS}/Name"}),
    ],
}


def test_each_break_is_the_only_one_reported() -> None:
    assert {named: _found(*patch) for named, patch in BREAKS.items()} == {
        named: [named] for named in BREAKS
    }


def test_a_harmless_change_is_no_break() -> None:
    assert {name: found for name, patch in HARMLESS.items() if (found := _found(*patch))} == {}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param(f"{THING}/parts/prefixItems", [], id="an unknown keyword"),
        pytest.param(f"{THING}/owner/maxProperties", 9, id="a bound beside a reference"),
        pytest.param(f"{THING}/note/anyOf/-", {"type": "string"}, id="two choices with one label"),
    ],
)
def test_an_unsupported_schema_is_an_error(path: str, value: Any) -> None:
    with pytest.raises(NotImplementedError):
        _found(_set(path, value))


def test_a_schema_of_requests_and_responses_is_compared_in_both_directions() -> None:
    patch = [_set(f"{SCHEMAS}/Firm/properties/size", {"type": "integer"})]
    patch.append(_set(f"{SCHEMAS}/Firm/required/-", "size"))

    assert _found(*patch) == ["`Firm.size`: is required now"]
    assert json.dumps(make_sample()).count("/Owner") == 3
