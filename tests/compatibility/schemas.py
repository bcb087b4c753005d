"""Breaks between two schemas of JSON Schema 2020-12, with the keywords that this project uses."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from tests.compatibility.keywords import BOUNDS, CONDITIONS, compare_keywords
from tests.compatibility.nodes import JsonObject, name_of, resolve
from tests.compatibility.pairs import Break, Pair, changed

_NULL = {"type": "null"}
# Keywords that hold a schema, and the mark of its values in the place of a break.
_INNER = {"items": "[]", "additionalProperties": ".*", "propertyNames": " (key)"}
_BESIDE_REFERENCES = {
    *("$ref", "default"),
    # These do not restrict values.
    *("title", "description", "examples", "example", "deprecated", "externalDocs"),
}
_KNOWN = {
    *("type", "format", "enum", "const", "anyOf", "oneOf", "discriminator"),
    *("properties", "patternProperties", "required", *_INNER, *BOUNDS, *CONDITIONS),
    *_BESIDE_REFERENCES,
}


@dataclass
class Schemas:
    """Compares schemas of two documents.

    It compares two named schemas once in each direction, so the comparison of recursive schemas
    ends.
    """

    old: JsonObject
    new: JsonObject
    _seen: set[tuple[str, str | None, bool]] = field(default_factory=set)

    def compare(self, pair: Pair) -> Iterator[Break]:
        """Yield the breaks between two schemas or references to them; either may be a union."""
        # An inline schema may become a component.
        if name_of(pair.new) and not any(map(name_of, _choices(pair.old))):
            pair = pair.at(pair.where, pair.old, resolve(self.new, pair.new))
        if pair.in_request and pair.old.get("default") != pair.new.get("default"):
            yield pair.changed("default")
        if _NULL in _choices(pair.sender) and _NULL not in _choices(pair.receiver):
            yield pair.make_break(
                "may not be null any more" if pair.in_request else "may be null now"
            )
        old, new = ([c for c in _choices(s) if c != _NULL] for s in (pair.old, pair.new))
        if len(old) == len(new) == 1:
            yield from self._compare_one(pair.at(pair.where, old[0], new[0]))
        else:
            yield from self._compare_choices(pair, old, new)

    def _compare_one(self, pair: Pair) -> Iterator[Break]:
        """Yield the breaks between two schemas that are no unions; either may refer to a union."""
        name, new_name = name_of(pair.old), name_of(pair.new)
        if name is not None:
            if (name, new_name, pair.in_request) in self._seen:
                return
            self._seen.add((name, new_name, pair.in_request))
            if name != new_name:
                yield changed(name, "name", name, new_name)
        schemas = _resolved(self.old, pair.old), _resolved(self.new, pair.new)
        pair = pair.at(name or pair.where, *schemas)
        if [_choices(pair.old), _choices(pair.new)] != [[pair.old], [pair.new]]:
            yield from self.compare(pair)
            return
        yield from compare_keywords(pair)
        yield from self._compare_inner(pair)
        yield from self._compare_keys(pair)

    def _compare_choices(
        self, pair: Pair, old: list[JsonObject], new: list[JsonObject]
    ) -> Iterator[Break]:
        before, after = _by_label(old), _by_label(new)
        for label, each in before.items():
            if label in after:
                yield from self.compare(pair.at(f"{pair.where} ({label})", each, after[label]))
            else:
                yield pair.make_break(f"{label} is no choice any more")
        if not pair.in_request:
            yield from (
                pair.make_break(f"may be {each} now") for each in after if each not in before
            )
        if "discriminator" in pair.old and pair.old["discriminator"] != pair.new.get(
            "discriminator"
        ):
            yield pair.changed("discriminator")

    def _compare_inner(self, pair: Pair) -> Iterator[Break]:
        """Compare the schemas of items, of further keys, and of the names of keys."""
        for keyword, mark in _INNER.items():
            old, new = pair.old.get(keyword, True), pair.new.get(keyword, True)
            if isinstance(old, dict) and isinstance(new, dict):
                yield from self.compare(pair.at(pair.where + mark, old, new))
            elif old != new and (new is not True if pair.in_request else isinstance(old, dict)):
                yield pair.changed(keyword, "any")

    def _compare_keys(self, pair: Pair) -> Iterator[Break]:
        before, after = _keys(pair.old), _keys(pair.new)
        removed = before.keys() - after.keys()
        yield from (Break(f"{pair.where}.{key}", "removed") for key in before if key in removed)
        for key, schema in after.items():
            # For a new key, compare the schema that the old one had for further keys.
            old = before.get(key, pair.old.get("additionalProperties"))
            if isinstance(old, dict):
                yield from self.compare(pair.at(f"{pair.where}.{key}", old, schema))
        required = {*pair.receiver.get("required", ())} - {*pair.sender.get("required", ())}
        change = "is required now" if pair.in_request else "may be left out now"
        yield from (Break(f"{pair.where}.{key}", change) for key in sorted(required - removed))


def _resolved(document: JsonObject, schema: JsonObject) -> JsonObject:
    """Return the referenced schema; the caller compares the keywords beside the reference."""
    if "$ref" in schema:
        _refuse(schema.keys() - _BESIDE_REFERENCES)
        schema = resolve(document, {"$ref": schema["$ref"]})
    _refuse(schema.keys() - _KNOWN)
    return schema


def _refuse(keywords: Collection[str]) -> None:
    """Fail for keywords that the comparison does not support, so that it never skips one."""
    if keywords:
        raise NotImplementedError(f"no comparison for {sorted(keywords)}")


def _choices(schema: JsonObject) -> list[JsonObject]:
    """Return the members of a union, or the schema itself if it is no union."""
    if isinstance(types := schema.get("type"), list):
        return [{**schema, "type": each} if each != "null" else _NULL for each in types]
    return [*schema.get("anyOf", ()), *schema.get("oneOf", ())] or [schema]


def _by_label(choices: list[JsonObject]) -> dict[str, JsonObject]:
    """Return the choices of a union by the name, the only value or the type that identifies each."""
    labels = [str(name_of(c) or c.get("const", c.get("type", "anything"))) for c in choices]
    _refuse([label for label in labels if labels.count(label) > 1])
    return dict(zip(labels, choices, strict=True))


def _keys(schema: JsonObject) -> dict[str, JsonObject]:
    """Return the schemas of the known keys; a pattern for keys has the name `/pattern/`."""
    by_pattern = {f"/{p}/": each for p, each in schema.get("patternProperties", {}).items()}
    return {**schema.get("properties", {}), **by_pattern}
