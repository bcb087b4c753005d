"""The columns of the CSV of events, as a Table Schema (https://datapackage.org/standard/table-schema/)."""

from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from typing import Any, Final

from app.domain.csv_cells import SEPARATOR
from app.domain.dates import Precision
from app.domain.values import MAX_SLUG_LENGTH, SLUG_PATTERN
from app.domain.vocabulary import (
    Confidence,
    EventStatus,
    EventSubtype,
    EventType,
    PlacePrecision,
)
from app.formats.json_objects import JsonObject
from app.formats.tables.event_columns import EVENT_COLUMNS

# Table Schema takes its regular expressions from XML Schema, which has no `(?:`.
# Only columns without empty cells may have a pattern: frictionless refuses others when it writes to SQLite.
_SLUG: Final = SLUG_PATTERN.replace("(?:", "(")


def csv_schema() -> JsonObject:
    """Return the schema of `/v1/events.csv`, column by column in its order."""
    fields = [{"name": name, **_COLUMNS[name]} for name in EVENT_COLUMNS]
    return {"fields": fields, "primaryKey": ["id"], "foreignKeys": []}


def _column(
    field_type: str,
    description: str,
    *,
    required: bool = False,
    unique: bool = False,
    **constraints: Any,
) -> JsonObject:
    """Return a column without its name."""
    return {
        "type": field_type,
        "description": description,
        "constraints": {"required": required, "unique": unique, **constraints},
    }


def _word(words: type[StrEnum], description: str, *, required: bool = True) -> JsonObject:
    return _column("string", description, required=required, enum=[*words])


def _list(description: str, *, required: bool = False) -> JsonObject:
    column = _column("list", description, required=required)
    return {"type": column.pop("type"), "delimiter": SEPARATOR, **column}


_text = partial(_column, "string")
_day = partial(_column, "date")
_flag = partial(_column, "boolean")
_degrees = partial(_column, "number")
_instant = partial(_column, "datetime", required=True)

_COLUMNS: Final[Mapping[str, JsonObject]] = {
    "id": _text(
        "The event's id.",
        required=True,
        unique=True,
        pattern=_SLUG,
        maxLength=MAX_SLUG_LENGTH,
    ),
    "type": _word(EventType, "Type of the event.", required=True),
    "subtype": _word(EventSubtype, "Subtype of the event.", required=True),
    "status": _word(EventStatus, "Whether the event took place.", required=True),
    "confidence": _word(Confidence, "Confidence of the editors.", required=True),
    "date": _text("The date as its author wrote it, in EDTF (ISO 8601-2).", required=True),
    "date_text": _text("The date in words, in the language of the file.", required=True),
    "start_earliest": _day("First day on which the event may have begun; empty if open."),
    "start_latest": _day("Last day on which the event may have begun; empty if open."),
    "end_earliest": _day("First day on which the event may have ended; empty if open."),
    "end_latest": _day("Last day on which the event may have ended; empty if open."),
    "date_precision": _word(Precision, "Precision of the date.", required=True),
    "date_approximate": _flag("The date is marked `~` or `%`.", required=True),
    "date_uncertain": _flag("The date is marked `?` or `%`.", required=True),
    "title": _text("Title in the language of the file, or in English.", required=True),
    "summary": _text("Summary of the event, in the same language.", required=True),
    "participant_ids": _list("Ids of the participants.", required=True),
    "participant_names": _list("Names of the participants, in the same order.", required=True),
    "participant_roles": _list("Roles of the participants.", required=True),
    "participant_capacities": _list(
        "Capacities of the participants, as far as no office says them."
    ),
    "participant_sides": _list("Countries for which the participants acted.", required=True),
    "place_id": _text("Id of the place."),
    "place_name": _text("The name of the place."),
    "country": _text("The country of the place: ISO 3166-1, or SU.", minLength=2, maxLength=2),
    "latitude": _degrees("WGS 84.", minimum=-90.0, maximum=90.0),
    "longitude": _degrees("WGS 84.", minimum=-180.0, maximum=180.0),
    "place_precision": _word(
        PlacePrecision, "Area that the coordinates represent.", required=False
    ),
    "treaty_id": _text("Id of the treaty that the event is a stage of."),
    "treaty_name": _text("The name of the treaty."),
    "relation_types": _list("Types of the relations to other events."),
    "relation_events": _list("Ids of these events, in the same order."),
    "source_ids": _list("Ids of the sources that report the event.", required=True),
    "source_publishers": _list("Publishers of the sources."),
    "source_urls": _list("URLs of the sources."),
    "tags": _list("Tags of the event."),
    "note": _text("The editors' remark on doubt or disagreement."),
    "revision": _column("integer", "Number of the event's revision.", required=True, minimum=1.0),
    "created_at": _instant("Instant when the event was stored, UTC."),
    "updated_at": _instant("Instant of the last change, UTC."),
    "participant_offices": _list("Ids of the offices that the participants then held."),
    "participant_ranks": _list("Ranks of these offices."),
    "further_place_ids": _list("Ids of the places after the first one, in the order of a journey."),
    "source_houses": _list("Ids of the publishers whose texts the sources are."),
    "independent_sources": _column(
        "integer",
        "Number of independent sources: those of one house count once.",
        required=True,
        minimum=1.0,
    ),
}
