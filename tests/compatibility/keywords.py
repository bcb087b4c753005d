"""Breaks between two schemas by the keywords that hold no inner schemas."""

from collections.abc import Iterator
from math import inf
from typing import Any

from tests.compatibility.nodes import JsonObject
from tests.compatibility.pairs import Break, Pair

# 1 for an upper bound, -1 for a lower one.
BOUNDS = {
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"), 1),
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"), -1),
}
# For two values of such a keyword nobody can tell which is wider.
CONDITIONS = ("pattern", "uniqueItems", "multipleOf")


def compare_keywords(pair: Pair) -> Iterator[Break]:
    """Yield the breaks by type, format, values, bounds and conditions."""
    for keyword in ("type", "format"):
        if pair.old.get(keyword) != pair.new.get(keyword):
            yield pair.changed(keyword)
    yield from _compare_values(pair)
    yield from _compare_bounds(pair)
    yield from _compare_conditions(pair)


def _compare_values(pair: Pair) -> Iterator[Break]:
    """Yield removed members, and a break where only the receiver restricts the values."""
    before, after = _values(pair.old), _values(pair.new)
    if before is not None and after is not None:
        yield from (pair.make_break(f"{each} removed") for each in before if each not in after)
    elif _values(pair.receiver) is not None:
        yield pair.changed("enum", "any")


def _values(schema: JsonObject) -> list[Any] | None:
    found: list[Any] | None = schema.get("enum")
    return [schema["const"]] if "const" in schema else found


def _compare_bounds(pair: Pair) -> Iterator[Break]:
    for keyword, sign in BOUNDS.items():
        unbounded = sign * inf
        accepted, possible = (
            sign * schema.get(keyword, unbounded) for schema in (pair.receiver, pair.sender)
        )
        if accepted < possible:
            yield pair.changed(keyword)


def _compare_conditions(pair: Pair) -> Iterator[Break]:
    """Yield changed conditions of requests, and removed ones of responses.

    A changed condition may refuse a request that the old one allowed. In a response a
    changed condition is no break, because nobody can tell which of two is wider; a removed one is.
    """
    for keyword in CONDITIONS:
        before, after = pair.old.get(keyword), pair.new.get(keyword)
        if before != after and (after if pair.in_request else before and not after):
            yield pair.changed(keyword)
