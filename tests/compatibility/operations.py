"""Breaks between the operations of two OpenAPI documents."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.compatibility.nodes import JsonObject, Operation, name_of, operations, resolve
from tests.compatibility.pairs import Break, Pair, changed
from tests.compatibility.schemas import Schemas
from tests.compatibility.security import compare_security

# The default serialization of a parameter in each place.
_STYLE = {
    "query": {"style": "form", "explode": True},
    "path": {"style": "simple", "explode": False},
    "header": {"style": "simple", "explode": False},
}


def compare_operations(old: JsonObject, new: JsonObject) -> Iterator[Break]:
    """Yield the breaks of every operation of the old document; a new operation breaks nothing."""
    after = operations(new)
    comparison = Operations(old, new, Schemas(old, new))
    for place, operation in operations(old).items():
        if place in after:
            yield from comparison.compare(operation, after[place])
            yield from compare_security(old, new, operation, after[place])
        else:
            yield Break(operation.id, "removed")


@dataclass(frozen=True)
class Operations:
    """Compares operations of two documents and the components that they refer to."""

    old: JsonObject
    new: JsonObject
    schemas: Schemas

    def compare(self, old: Operation, new: Operation) -> Iterator[Break]:
        """Yield the breaks of one operation, except breaks of its security."""
        if old.id != new.id:
            yield changed(old.id, "operationId", old.id, new.id)
        # Generators name a module or a class after a tag.
        if (before := old.node.get("tags")) != (now := new.node.get("tags")):
            yield changed(old.id, "tags", before, now)
        yield from self._compare_parameters(old, new)
        yield from _compare_order(f"{old.id} parameters", old.parameters, new.parameters)
        yield from self._compare_bodies(f"{old.id} body", old.node, new.node)
        for status, response in old.node["responses"].items():
            now = new.node["responses"].get(status)
            yield from self._compare_responses(f"{old.id} {status}", response, now)

    def _pair(self, where: str, old: JsonObject, new: JsonObject, *, in_request: bool) -> Pair:
        """Resolve both nodes; if both refer to the same component, its name is the place of the break."""
        name = name_of(old)
        place = name if name and name == name_of(new) else where
        return Pair(place, resolve(self.old, old), resolve(self.new, new), in_request)

    def _compare_parameters(self, old: Operation, new: Operation) -> Iterator[Break]:
        places = {name: place for name, place in new.parameters}
        for (name, place), parameter in old.parameters.items():
            where, now = f"{old.id} {place} {name}", new.parameters.get((name, place))
            if now is not None:
                yield from self._compare_parameter(
                    self._pair(where, parameter, now, in_request=True)
                )
            elif name in places:
                yield changed(where, "place", place, places[name])
            else:
                yield Break(where, "removed")
        names = {name for name, _ in old.parameters}
        for (name, place), parameter in new.parameters.items():
            if name not in names and _is_required(resolve(self.new, parameter)):
                yield Break(f"{old.id} {place} {name}", "is required now")

    def _compare_parameter(self, pair: Pair) -> Iterator[Break]:
        yield from _compare_required(pair)
        for keyword, default in _STYLE[pair.old["in"]].items():
            if pair.old.get(keyword, default) != pair.new.get(keyword, default):
                yield pair.changed(keyword, default)
        yield from self._compare_schemas(pair)

    def _compare_bodies(self, where: str, old: JsonObject, new: JsonObject) -> Iterator[Break]:
        if "requestBody" in old and "requestBody" not in new:
            yield Break(where, "removed")
        elif "requestBody" in new:
            before = old.get("requestBody", {"content": {}})
            pair = self._pair(where, before, new["requestBody"], in_request=True)
            yield from _compare_required(pair)
            yield from self._compare_contents(pair)

    def _compare_responses(
        self, where: str, old: JsonObject, new: JsonObject | None
    ) -> Iterator[Break]:
        if new is None:
            yield Break(where, "removed")
            return
        pair = self._pair(where, old, new, in_request=False)
        yield from self._compare_contents(pair)
        headers = pair.new.get("headers", {})
        for name, header in pair.old.get("headers", {}).items():
            place = f"{pair.where} header {name}"
            if name in headers:
                header_pair = self._pair(place, header, headers[name], in_request=False)
                yield from _compare_required(header_pair)
                yield from self._compare_schemas(header_pair)
            else:
                yield Break(place, "removed")

    def _compare_contents(self, pair: Pair) -> Iterator[Break]:
        after = pair.new.get("content", {})
        yield from _compare_order(f"{pair.where} content", pair.old.get("content", {}), after)
        for media_type, content in pair.old.get("content", {}).items():
            place = f"{pair.where} {media_type}"
            if media_type in after:
                yield from self._compare_schemas(pair.at(place, content, after[media_type]))
            else:
                yield Break(place, "removed")

    def _compare_schemas(self, pair: Pair) -> Iterator[Break]:
        schemas: tuple[Any, Any] = pair.old.get("schema", {}), pair.new.get("schema", {})
        yield from self.schemas.compare(pair.at(pair.where, *schemas))


def _compare_order(where: str, old: Iterable[Any], new: Iterable[Any]) -> Iterator[Break]:
    """Yield a break if the common elements are in another order.

    Generated code has arguments in the order of the parameters, and the first media type is the
    default.
    """
    after = [*new]
    common = [each for each in old if each in after]
    if common != [each for each in after if each in common]:
        yield Break(where, "order changed")


def _compare_required(pair: Pair) -> Iterator[Break]:
    if _is_required(pair.receiver) and not _is_required(pair.sender):
        yield pair.make_break("is required now" if pair.in_request else "may be left out now")


def _is_required(node: JsonObject) -> bool:
    return bool(node.get("required", False))
