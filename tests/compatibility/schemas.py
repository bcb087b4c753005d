"""The breaks between two schemas of JSON Schema 2020-12, as this project writes them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from tests.compatibility.keywords import BOUNDS, CONDITIONS, compare_keywords
from tests.compatibility.nodes import JsonObject, name_of, resolve
from tests.compatibility.pairs import Break, Pair, changed

_NULL = {"type": "null"}
# Schemas within, and how what they describe is named.
_INNER = {"items": "[]", "additionalProperties": ".*", "propertyNames": " (key)"}
_BESIDE_REFERENCES = {
    *("$ref", "default"),
    # These say nothing of values.
    *("title", "description", "examples", "example", "deprecated", "externalDocs"),
}
_KNOWN = {
    *("type", "format", "enum", "const", "anyOf", "oneOf", "discriminator"),
    *("properties", "patternProperties", "required", *_INNER, *BOUNDS, *CONDITIONS),
    *_BESIDE_REFERENCES,
}


@dataclass
class Schemas:
    """Compares schemas of two documents; two named ones once in each direction, so that what
    refers to itself has an end."""

    old: JsonObject
    new: JsonObject
    _seen: set[tuple[str, str | None, bool]] = field(default_factory=set)

    def compare(self, pair: Pair) -> Iterator[Break]:
        """The breaks between two schemas or references to them; either may leave a choice."""
        if name_of(pair.new) and not name_of(pair.old):  # What gains a name is the same as before.
            pair = pair.at(pair.where, pair.old, resolve(self.new, pair.new))
        if pair.sent and pair.old.get("default") != pair.new.get("default"):
            yield pair.changed("default")
        if _NULL in _choices(pair.giver) and _NULL not in _choices(pair.taker):
            yield pair.breaks("may not be null any more" if pair.sent else "may be null now")
        old, new = ([c for c in _choices(s) if c != _NULL] for s in (pair.old, pair.new))
        if len(old) == len(new) == 1:
            yield from self._compare_one(pair.at(pair.where, old[0], new[0]))
        else:
            yield from self._compare_choices(pair, old, new)

    def _compare_one(self, pair: Pair) -> Iterator[Break]:
        """The same of schemas without a choice, but that they may be references to one with it."""
        name, new_name = name_of(pair.old), name_of(pair.new)
        if name is not None:
            if (name, new_name, pair.sent) in self._seen:
                return
            self._seen.add((name, new_name, pair.sent))
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
                yield pair.breaks(f"{label} is no choice any more")
        if not pair.sent:
            yield from (pair.breaks(f"may be {each} now") for each in after if each not in before)
        if "discriminator" in pair.old and pair.old["discriminator"] != pair.new.get(
            "discriminator"
        ):
            yield pair.changed("discriminator")

    def _compare_inner(self, pair: Pair) -> Iterator[Break]:
        """What holds for each item, for each other key, and for each key's name."""
        for keyword, mark in _INNER.items():
            old, new = pair.old.get(keyword, True), pair.new.get(keyword, True)
            if isinstance(old, dict) and isinstance(new, dict):
                yield from self.compare(pair.at(pair.where + mark, old, new))
            elif old != new and (new is not True if pair.sent else isinstance(old, dict)):
                yield pair.changed(keyword, "any")

    def _compare_keys(self, pair: Pair) -> Iterator[Break]:
        before, after = _keys(pair.old), _keys(pair.new)
        removed = before.keys() - after.keys()
        yield from (Break(f"{pair.where}.{key}", "removed") for key in before if key in removed)
        for key, schema in after.items():
            # Of a key that is new, what held for every other one.
            old = before.get(key, pair.old.get("additionalProperties"))
            if isinstance(old, dict):
                yield from self.compare(pair.at(f"{pair.where}.{key}", old, schema))
        wanted = {*pair.taker.get("required", ())} - {*pair.giver.get("required", ())}
        what = "is required now" if pair.sent else "may be left out now"
        yield from (Break(f"{pair.where}.{key}", what) for key in sorted(wanted - removed))


def _resolved(document: JsonObject, schema: JsonObject) -> JsonObject:
    """The schema that is meant. What may stand beside a reference is compared where it stands."""
    if "$ref" in schema:
        _refuse(schema.keys() - _BESIDE_REFERENCES)
        schema = resolve(document, {"$ref": schema["$ref"]})
    _refuse(schema.keys() - _KNOWN)
    return schema


def _refuse(keywords: Collection[str]) -> None:
    """Nothing is to be passed over in silence."""
    if keywords:
        raise NotImplementedError(f"no comparison for {sorted(keywords)}")


def _choices(schema: JsonObject) -> list[JsonObject]:
    """The schemas of which one must hold: one, if it is no union."""
    if isinstance(types := schema.get("type"), list):
        return [{**schema, "type": each} if each != "null" else _NULL for each in types]
    return [*schema.get("anyOf", ()), *schema.get("oneOf", ())] or [schema]


def _by_label(choices: list[JsonObject]) -> dict[str, JsonObject]:
    """The choices of a union by what tells them apart: name, only value, or type."""
    labels = [str(name_of(c) or c.get("const", c.get("type", "anything"))) for c in choices]
    _refuse([label for label in labels if labels.count(label) > 1])
    return dict(zip(labels, choices, strict=True))


def _keys(schema: JsonObject) -> dict[str, JsonObject]:
    """The schemas of the known keys; those known by a pattern stand as `/pattern/`."""
    by_pattern = {f"/{p}/": each for p, each in schema.get("patternProperties", {}).items()}
    return {**schema.get("properties", {}), **by_pattern}
