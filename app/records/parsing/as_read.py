"""Turn a document as GET answers it into the record that PUT takes, without its derived values."""

from collections.abc import Mapping
from typing import Any, Final

from app.domain.vocabulary import EntityKind

# Every document has these keys, and no record. A mapping with the first of them was read from a server.
_STAMPS: Final = ("revision", "created_at", "updated_at")
# The values of a document that derive from its record, from other entities or from the change log.
# Everything else in a document is read as in a record.
DERIVED: Final[Mapping[EntityKind, tuple[str, ...]]] = {
    **{kind: _STAMPS for kind in EntityKind},
    EntityKind.EVENT: (*_STAMPS, "date_bounds", "date_text", "independent_sources"),
    EntityKind.SOURCE: (*_STAMPS, "house"),
    EntityKind.TREATY: (*_STAMPS, "stages", "in_force"),
}
# The same of the parts of an event; the `id` of a source in an event is its `source`.
DERIVED_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "participants": ("kind", "name"),
    "relations": ("title", "date"),
    "sources": (
        *("publisher", "agency", "house", "title", "language", "published", "url", "archived_url"),
        "article",
    ),
}
# The fields that hold an entity in a document, or a list of them, and its id in a record.
_REFERENCES: Final[Mapping[EntityKind, tuple[str, ...]]] = {
    EntityKind.EVENT: ("place", "further_places", "treaty"),
    EntityKind.SOURCE: ("publisher", "agency"),
}
# A key that only the documents of one kind have, where no collection names the kind.
_SIGNS: Final = {
    "date_bounds": EntityKind.EVENT,
    "positions": EntityKind.PARTICIPANT,
    "latitude": EntityKind.PLACE,
    "rank": EntityKind.OFFICE,
    "state": EntityKind.PUBLISHER,
    "language": EntityKind.SOURCE,
    "parties": EntityKind.TREATY,
    "broader": EntityKind.TAG,
}


def is_document(value: object) -> bool:
    """Return whether this is a document as GET answers it: it has a revision, and no record has one."""
    return isinstance(value, dict) and "id" in value and _STAMPS[0] in value


def kind_of_document(value: Mapping[str, Any]) -> EntityKind | None:
    """Return the kind of a document."""
    return next((kind for key, kind in _SIGNS.items() if key in value), None)


def as_record(kind: EntityKind, value: Any) -> Any:
    """Return the record of a document, not yet validated; any other value comes back as it is.

    Unknown keys stay, so that they are refused.
    """
    if not is_document(value):
        return value
    record = _without(value, DERIVED[kind])
    for field in _REFERENCES.get(kind, ()):
        if field in record:
            record[field] = _ids(record[field])
    if kind is EntityKind.EVENT:
        for field, ignored in DERIVED_PARTS.items():
            parts = record.get(field)
            if isinstance(parts, list):
                record[field] = [_part(field, part, ignored) for part in parts]
    return record


def _part(field: str, part: object, ignored: tuple[str, ...]) -> object:
    """Return the part of an event as a record has it."""
    if not isinstance(part, dict):
        return part
    kept = _without(part, ignored)
    if field == "participants" and "office" in kept:
        kept["office"] = _ids(kept["office"])
    if field == "sources" and "id" in kept and "source" not in kept:
        kept = {"source": kept.pop("id"), **kept}
    return kept


def _ids(value: object) -> object:
    """Return the id of an entity in a document, or of each in a list."""
    match value:
        case {"id": id_}:
            return id_
        case list():
            return [_ids(each) for each in value]
    return value


def _without(value: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: each for key, each in value.items() if key not in keys}
