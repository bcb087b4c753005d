"""The breaks between two plain schemas by their own keywords, whatever they hold within."""

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
# Of two of them nobody can tell which is the wider one.
CONDITIONS = ("pattern", "uniqueItems", "multipleOf")


def compare_keywords(pair: Pair) -> Iterator[Break]:
    """The breaks by type and format, by values, and by bounds and conditions."""
    for keyword in ("type", "format"):
        if pair.old.get(keyword) != pair.new.get(keyword):
            yield pair.changed(keyword)
    yield from _compare_values(pair)
    yield from _compare_bounds(pair)
    yield from _compare_conditions(pair)


def _compare_values(pair: Pair) -> Iterator[Break]:
    """Members that are gone; and any value, where one of some was promised or is wanted."""
    before, after = _values(pair.old), _values(pair.new)
    if before is not None and after is not None:
        yield from (pair.breaks(f"{each} removed") for each in before if each not in after)
    elif _values(pair.taker) is not None:
        yield pair.changed("enum", "any")


def _values(schema: JsonObject) -> list[Any] | None:
    found: list[Any] | None = schema.get("enum")
    return [schema["const"]] if "const" in schema else found


def _compare_bounds(pair: Pair) -> Iterator[Break]:
    for keyword, sign in BOUNDS.items():
        most = sign * inf
        if sign * pair.taker.get(keyword, most) < sign * pair.giver.get(keyword, most):
            yield pair.changed(keyword)


def _compare_conditions(pair: Pair) -> Iterator[Break]:
    """Another one may refuse what was sent; of answers it is enough that there is one still."""
    for keyword in CONDITIONS:
        before, after = pair.old.get(keyword), pair.new.get(keyword)
        if before != after and (after if pair.sent else before and not after):
            yield pair.changed(keyword)
