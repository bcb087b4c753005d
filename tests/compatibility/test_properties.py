"""What is proved of the comparison for any two schemas, and for anything in the real document."""

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


def _schemas(*, sent: bool) -> st.SearchStrategy[JsonObject]:
    """Schemas of few keywords, so that two of them are often alike.

    Objects that are sent are closed or say what other keys hold, as all of ours. Those of answers
    are open, and their texts have no enum, as answers may gain keys and members.
    """
    scalars = st.one_of(_strings(sent=sent), _integers(), st.just({"type": "null"}))
    items = st.builds(lambda each, most: {"type": "array", "items": each, **most}, scalars, _most())
    inner = st.one_of(scalars, items)
    choices = st.lists(inner, min_size=2, max_size=2, unique_by=lambda each: str(each["type"]))
    unions = choices.map(lambda found: {"anyOf": found})
    return st.one_of(inner, unions, _objects(st.one_of(scalars, unions), sent=sent))


def _most() -> st.SearchStrategy[JsonObject]:
    return st.one_of(st.just({}), st.integers(0, 2).map(lambda most: {"maxItems": most}))


def _strings(*, sent: bool) -> st.SearchStrategy[JsonObject]:
    further: dict[str, st.SearchStrategy[Any]] = {
        "maxLength": st.integers(0, 3),
        "minLength": st.integers(0, 2),
    }
    if sent:
        words = st.lists(st.sampled_from(["a", "b", "aa"]), min_size=1, unique=True)
        further |= {"enum": words, "pattern": st.sampled_from(["^a", "b$"])}
    return st.fixed_dictionaries({"type": st.just("string")}, optional=further)


def _integers() -> st.SearchStrategy[JsonObject]:
    further = {"minimum": st.integers(0, 2), "exclusiveMaximum": st.integers(1, 3)}
    return st.fixed_dictionaries({"type": st.just("integer")}, optional=further)


def _objects(values: st.SearchStrategy[JsonObject], *, sent: bool) -> st.SearchStrategy[JsonObject]:
    fixed: dict[str, st.SearchStrategy[Any]] = {"type": st.just("object")}
    if sent:
        fixed["additionalProperties"] = st.one_of(st.just(False), values)
    further: dict[str, st.SearchStrategy[Any]] = {
        "properties": st.dictionaries(st.sampled_from("ab"), values),
        "required": st.lists(st.sampled_from("ab"), unique=True),
    }
    return st.fixed_dictionaries(fixed, optional=further)


SCALARS: list[Any] = [None, 0, 1, 2, 3, "", "a", "b", "aa", "bb", "ab", "aab"]
VALUES = [
    *SCALARS,
    *([*each] for size in (0, 1, 2, 3) for each in combinations(SCALARS[:8], size)),
    *({"a": each} for each in [*SCALARS, ["a"]]),
    *({"a": first, "b": second} for first in SCALARS for second in SCALARS),
    *({"b": first, "c": second} for first in SCALARS for second in SCALARS),
]


@pytest.mark.parametrize("sent", [True, False], ids=["sent", "answered"])
@given(data=st.data())
@settings(max_examples=scaled(100))
def test_whoever_takes_takes_all_where_nothing_is_found(data: st.DataObject, sent: bool) -> None:
    old, new = data.draw(_schemas(sent=sent)), data.draw(_schemas(sent=sent))
    pair = Pair("x", old, new, sent)

    if [*Schemas({}, {}).compare(pair)] == []:
        giver, taker = Draft202012Validator(pair.giver), Draft202012Validator(pair.taker)
        assert [each for each in VALUES if giver.is_valid(each) and not taker.is_valid(each)] == []


@given(schema=_schemas(sent=True), sent=st.booleans())
def test_nothing_breaks_where_nothing_changes(schema: JsonObject, sent: bool) -> None:
    assert [*Schemas({}, {}).compare(Pair("x", schema, schema, sent))] == []


Removal = tuple[tuple[str, ...], str, Break]


def _removals() -> Iterator[Removal]:
    """Where in the document something with a name stands, its key there, and the break if it goes."""
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


@given(removal=st.sampled_from(REMOVALS))
@settings(max_examples=scaled(10))
def test_whatever_is_removed_from_the_real_document_is_named(removal: Removal) -> None:
    place, key, named = removal
    old, new = json.loads(COMMITTED), json.loads(COMMITTED)

    del _at(new, place)[key]

    assert named in find_breaks(old, new)


@given(data=st.data())
@settings(max_examples=scaled(5))
def test_any_member_that_is_removed_from_an_enum_is_named(data: st.DataObject) -> None:
    old, new = json.loads(COMMITTED), json.loads(COMMITTED)
    enums = {name: s["enum"] for name, s in new["components"]["schemas"].items() if "enum" in s}
    name = data.draw(st.sampled_from(sorted(enums)))
    member = data.draw(st.sampled_from(enums[name]))

    enums[name].remove(member)

    assert find_breaks(old, new) == [Break(name, f"{member} removed")]


@given(data=st.data())
@settings(max_examples=scaled(5))
def test_any_parameter_that_is_removed_is_named(data: st.DataObject) -> None:
    old, new = json.loads(COMMITTED), json.loads(COMMITTED)
    operation = data.draw(st.sampled_from([o for o in operations(new).values() if o.parameters]))
    name, place = data.draw(st.sampled_from(sorted(operation.parameters)))

    operation.node["parameters"].remove(operation.parameters[name, place])

    assert find_breaks(old, new) == [Break(f"{operation.id} {place} {name}", "removed")]


def _at(document: Any, place: tuple[str, ...]) -> Any:
    for key in place:
        document = document[key]
    return document
