"""Recover the record from which a stored document was built."""

from collections.abc import Collection
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, select

from app.domain.vocabulary import EntityKind
from app.records.parsing.as_read import DERIVED
from app.tables import core as t

# The values of fields that the first version did not record.
_ADDED: dict[EntityKind, dict[str, Any]] = {
    EntityKind.EVENT: {"further_places": []},
    EntityKind.PLACE: {"part_of": None, "aliases": [], "identifiers": {}},
    EntityKind.SOURCE: {"title": None, "archived_url": None},
    EntityKind.TREATY: {"aliases": []},
}


def stored_record(kind: EntityKind, document: str | bytes) -> dict[str, Any]:
    """Return the record as JSON values, equal to `to_plain()` of the written record."""
    return record_of(kind, from_json(document))


def stored_records(
    connection: Connection, kind: EntityKind, slugs: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Return, by id, the present records of these entities, as far as they exist: one statement."""
    table = t.ENTITIES[kind].c
    rows = connection.execute(select(table.slug, table.document).where(table.slug.in_(slugs)))
    return {slug: stored_record(kind, document) for slug, document in rows}


def record_of(kind: EntityKind, document: dict[str, Any]) -> dict[str, Any]:
    """Return the record of a parsed document, which stays as it is."""
    # A document built by an older program may lack a key that this one derives.
    derived = DERIVED[kind]
    record = {key: value for key, value in document.items() if key not in derived}
    for key, value in _ADDED.get(kind, {}).items():
        record.setdefault(key, value)
    match kind:
        case EntityKind.PARTICIPANT:
            record["positions"] = [{"office": None, **each} for each in record["positions"]]
        case EntityKind.SOURCE:
            record |= {name: _publisher(record[name]) for name in ("publisher", "agency")}
        case EntityKind.EVENT:
            record |= _event_references(record)
    return record


def _publisher(publisher: dict[str, Any] | str | None) -> str | None:
    """Return the id of the publisher. The first version stored a name, which is no reference."""
    return publisher["id"] if isinstance(publisher, dict) else None


def _event_references(event: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of an event's record that refer to other entities."""
    return {
        "place": _id(event["place"]),
        "further_places": [place["id"] for place in event["further_places"]],
        "treaty": _id(event["treaty"]),
        "relations": [
            {"type": relation["type"], "event": relation["event"]}
            for relation in event["relations"]
        ],
        "participants": [
            {
                "id": part["id"],
                "role": part["role"],
                "office": _id(part.get("office")),
                "capacity": part["capacity"],
                "side": part["side"],
            }
            for part in event["participants"]
        ],
        "sources": [
            {"source": citation["id"], "evidence": citation["evidence"]}
            for citation in event["sources"]
        ],
    }


def _id(reference: dict[str, Any] | None) -> str | None:
    return None if reference is None else reference["id"]
