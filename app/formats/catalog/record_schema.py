"""The columns of the CSV of each kind of entity as a Table Schema, made from the layout of records."""

from collections.abc import Mapping
from typing import Final

from app.domain.csv_cells import SEPARATOR
from app.domain.vocabulary import EntityKind
from app.formats.json_objects import JsonObject
from app.formats.tables.entity_columns import entity_columns
from app.records.parsing.csv_layout import EACH, LAYOUTS, Column

# All other columns are texts or lists.
_TYPES: Final = {
    "latitude": "number",
    "longitude": "number",
    "state": "boolean",
    "evidence": "object",
}
_STAGES: Final[JsonObject] = {
    "type": "list",
    "delimiter": SEPARATOR,
    "description": "The stages of the treaty in order: the type, date, status and id of each event.",
}
_IN_FORCE: Final = "The period in force that the stages determine, in EDTF."
# The columns that no record has.
_DERIVED: Final[Mapping[str, JsonObject]] = {
    "house": {"type": "string", "description": "Id of the publisher whose text it is."},
    **{f"stage{ending}": _STAGES for ending in ("s", "_dates", "_statuses", "_events")},
    "in_force_from": {"type": "string", "description": _IN_FORCE},
    "in_force_to": {"type": "string", "description": _IN_FORCE},
    "in_force_known": {
        "type": "boolean",
        "description": "Whether a stage shows that the treaty was in force.",
    },
    "revision": {"type": "integer", "description": "Number of the entity's revision."},
    "created_at": {"type": "datetime", "description": "Instant when it was stored, UTC."},
    "updated_at": {"type": "datetime", "description": "Instant of the last change, UTC."},
}


def record_schema(kind: EntityKind) -> JsonObject:
    """Return the schema of the table of a kind, column by column in its order."""
    layout = LAYOUTS[kind]
    fields = [
        {"name": name, **(_field(name, layout[name]) if name in layout else _DERIVED[name])}
        for name in entity_columns(kind)
    ]
    return {"fields": fields, "primaryKey": ["id"], "foreignKeys": []}


def _field(name: str, column: Column) -> JsonObject:
    path = "/".join(column.path)
    if EACH in column.path and not column.key:
        # A reader that splits at the delimiter must allow for values in quotes.
        return {"type": "list", "delimiter": SEPARATOR, "description": f"`{path}` of the record."}
    return {"type": _TYPES.get(name, "string"), "description": f"`{path}` of the record."}
