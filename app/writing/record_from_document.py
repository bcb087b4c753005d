"""Recover the record from which a stored document was built."""

import json
from typing import Any

from app.domain.vocabulary import EntityKind

_STAMPS = ("revision", "created_at", "updated_at")
_DERIVED = {
    EntityKind.EVENT: ("date_bounds",),
    EntityKind.TREATY: ("stages", "in_force"),
}


def stored_record(kind: EntityKind, document: str) -> dict[str, Any]:
    """Return the record as JSON values, equal to `to_plain()` of the written record."""
    record: dict[str, Any] = json.loads(document)
    for key in (*_STAMPS, *_DERIVED.get(kind, ())):
        # A document built by an older program may lack a key that this one derives.
        record.pop(key, None)
    if kind is EntityKind.PLACE:
        # Version 0.1 did not record it.
        record.setdefault("part_of", None)
    if kind is EntityKind.EVENT:
        record["place"] = record["place"] and record["place"]["id"]
        record["treaty"] = record["treaty"] and record["treaty"]["id"]
        record["participants"] = [
            {key: part[key] for key in ("id", "role", "capacity", "side")}
            for part in record["participants"]
        ]
        record["sources"] = [
            {"source": citation["id"], "evidence": citation["evidence"]}
            for citation in record["sources"]
        ]
    return record
