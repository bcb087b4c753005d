"""The breaks between what two OpenAPI documents ask of a client before it is let in."""

from collections.abc import Iterator

from tests.compatibility.nodes import JsonObject, Operation
from tests.compatibility.pairs import Break, changed

# A way in: schemes, which must all be kept, with their scopes.
Way = dict[str, list[str]]


def compare_security(
    old_document: JsonObject, new_document: JsonObject, old: Operation, new: Operation
) -> Iterator[Break]:
    """A way in that is open no more, or whose scheme is another one."""
    before, after = _ways(old_document, old), _ways(new_document, new)
    if not all(any(_is_enough(way, wanted) for wanted in after) for way in before):
        yield changed(old.id, "security", before, after)
    was, now = (_schemes(document) for document in (old_document, new_document))
    for name in sorted({name for way in before for name in way}):
        for keyword in ("type", "scheme", "in", "name"):
            values = was[name].get(keyword), now.get(name, {}).get(keyword)
            if values[0] != values[1]:
                yield changed(name, keyword, *values)


def _ways(document: JsonObject, operation: Operation) -> list[Way]:
    """Any of these will do; an empty one asks for nothing."""
    node = operation.node if "security" in operation.node else document
    ways: list[Way] = node.get("security", [])
    return ways or [{}]


def _schemes(document: JsonObject) -> dict[str, JsonObject]:
    schemes: dict[str, JsonObject] = document.get("components", {}).get("securitySchemes", {})
    return schemes


def _is_enough(way: Way, wanted: Way) -> bool:
    return all(name in way and set(scopes) <= set(way[name]) for name, scopes in wanted.items())
