"""Properties of the comparison: for any two schemas, and for any part of the real document."""

import json
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from app.settings import PROJECT_ROOT
from tests.compatibility import Break, find_breaks
from tests.compatibility.nodes import JsonObject, operations
from tests.compatibility.pairs import Pair
from tests.compatibility.schemas import Schemas
from tests.support.chance import scaled

COMMITTED = (PROJECT_ROOT / "openapi.json").read_text()


def _schemas(*, in_request: bool) -> st.SearchStrategy[JsonObject]:
    """Draw schemas of few keywords, so that two of them are often similar.

    Objects in requests are closed or have a schema for further keys, as in the real document.
    Objects in responses are open and their strings have no enum, because responses may gain keys
    and members.
    """
    scalars = st.one_of(_strings(in_request=in_request), _integers(), st.just({"type": "null"}))
    items = st.builds(
        lambda each, most: {"type": "array", "items": each, **most}, scalars, _max_items()
    )
    inner = st.one_of(scalars, items)
    choices = st.lists(inner, min_size=2, max_size=2, unique_by=lambda each: str(each["type"]))
    unions = choices.map(lambda found: {"anyOf": found})
    return st.one_of(inner, unions, _objects(st.one_of(scalars, unions), in_request=in_request))


def _max_items() -> st.SearchStrategy[JsonObject]:
    return st.one_of(st.just({}), st.integers(0, 2).map(lambda most: {"maxItems": most}))


def _strings(*, in_request: bool) -> st.SearchStrategy[JsonObject]:
    optional: dict[str, st.SearchStrategy[Any]] = {
        "maxLength": st.integers(0, 3),
        "minLength": st.integers(0, 2),
    }
    if in_request:
        words = st.lists(st.sampled_from(["a", "b", "aa"]), min_size=1, unique=True)
        optional |= {"enum": words, "pattern": st.sampled_from(["^a", "b$"])}
    return st.fixed_dictionaries({"type": st.just("string")}, optional=optional)


def _integers() -> st.SearchStrategy[JsonObject]:
    optional = {"minimum": st.integers(0, 2), "exclusiveMaximum": st.integers(1, 3)}
    return st.fixed_dictionaries({"type": st.just("integer")}, optional=optional)


def _objects(
    values: st.SearchStrategy[JsonObject], *, in_request: bool
) -> st.SearchStrategy[JsonObject]:
    required: dict[str, st.SearchStrategy[Any]] = {"type": st.just("object")}
    if in_request:
        required["additionalProperties"] = st.one_of(st.just(False), values)
    optional: dict[str, st.SearchStrategy[Any]] = {
        "properties": st.dictionaries(st.sampled_from("ab"), values),
        "required": st.lists(st.sampled_from("ab"), unique=True),
    }
    return st.fixed_dictionaries(required, optional=optional)


SCALARS: list[Any] = [None, 0, 1, 2, 3, "", "a", "b", "aa", "bb", "ab", "aab"]
VALUES = [
    *SCALARS,
    *([*each] for size in (0, 1, 2, 3) for each in combinations(SCALARS[:8], size)),
    *({"a": each} for each in [*SCALARS, ["a"]]),
    *({"a": first, "b": second} for first in SCALARS for second in SCALARS),
    *({"b": first, "c": second} for first in SCALARS for second in SCALARS),
]


@pytest.mark.thorough
@pytest.mark.parametrize("in_request", [True, False], ids=["request", "response"])
@given(data=st.data())
@settings(max_examples=scaled(100))
def test_without_breaks_the_receiver_accepts_all_values_of_the_sender(
    data: st.DataObject, in_request: bool
) -> None:
    old, new = (
        data.draw(_schemas(in_request=in_request)),
        data.draw(_schemas(in_request=in_request)),
    )
    pair = Pair("x", old, new, in_request)

    if [*Schemas({}, {}).compare(pair)] == []:
        sender, receiver = Draft202012Validator(pair.sender), Draft202012Validator(pair.receiver)
        possible = [each for each in VALUES if sender.is_valid(each)]
        assert [each for each in possible if not receiver.is_valid(each)] == []


@given(schema=_schemas(in_request=True), in_request=st.booleans())
def test_a_schema_does_not_break_against_itself(schema: JsonObject, in_request: bool) -> None:
    assert [*Schemas({}, {}).compare(Pair("x", schema, schema, in_request))] == []


Removal = tuple[tuple[str, ...], str, Break]


def _removals() -> Iterator[Removal]:
    """Yield the place and the key of each named part of the document, and the break if it is removed."""
    document = json.loads(COMMITTED)
    for operation in operations(document).values():
        place = ("paths", operation.path)
        yield place, operation.method, Break(operation.id, "removed")
        for status in operation.node["responses"]:
            where = (*place, operation.method, "responses")
            yield where, status, Break(f"{operation.id} {status}", "removed")
    for name, schema in document["components"]["schemas"].items():
        for key in schema.get("properties", ()):
            where = ("components", "schemas", name, "properties")
            yield where, key, Break(f"{name}.{key}", "removed")


REMOVALS = [*_removals()]


@pytest.mark.thorough
@given(removal=st.sampled_from(REMOVALS))
@settings(max_examples=scaled(10))
def test_any_part_removed_from_the_real_document_is_a_break(removal: Removal) -> None:
    place, key, expected = removal
    old, new = json.loads(COMMITTED), json.loads(COMMITTED)

    del _at(new, place)[key]

    assert expected in find_breaks(old, new)


@pytest.mark.thorough
@given(data=st.data())
@settings(max_examples=scaled(5))
def test_any_member_removed_from_an_enum_is_a_break(data: st.DataObject) -> None:
    old, new = json.loads(COMMITTED), json.loads(COMMITTED)
    enums = {name: s["enum"] for name, s in new["components"]["schemas"].items() if "enum" in s}
    name = data.draw(st.sampled_from(sorted(enums)))
    member = data.draw(st.sampled_from(enums[name]))

    enums[name].remove(member)

    assert find_breaks(old, new) == [Break(name, f"{member} removed")]


@pytest.mark.thorough
@given(data=st.data())
@settings(max_examples=scaled(5))
def test_any_removed_parameter_is_a_break(data: st.DataObject) -> None:
    old, new = json.loads(COMMITTED), json.loads(COMMITTED)
    operation = data.draw(st.sampled_from([o for o in operations(new).values() if o.parameters]))
    name, place = data.draw(st.sampled_from(sorted(operation.parameters)))

    operation.node["parameters"].remove(operation.parameters[name, place])

    assert find_breaks(old, new) == [Break(f"{operation.id} {place} {name}", "removed")]


def _at(document: Any, place: tuple[str, ...]) -> Any:
    for key in place:
        document = document[key]
    return document
