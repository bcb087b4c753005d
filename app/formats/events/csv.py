"""CSV (RFC 4180): one row per event, without a cell that a spreadsheet would run as a formula."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from io import StringIO
from typing import Final

from app.documents.entities.event import EventDocument
from app.domain.csv_injection import guard_formulas
from app.domain.instants import rfc3339
from app.domain.languages import Language, text_in

# Separates the items of a list.
DELIMITER: Final = "; "

_Cell = str | int | float | bool | date | None | Iterable[str | None]

COLUMNS: Final[Mapping[str, Callable[[EventDocument, Language], _Cell]]] = {
    "id": lambda event, _: event.id,
    "type": lambda event, _: event.type,
    "subtype": lambda event, _: event.subtype,
    "status": lambda event, _: event.status,
    "confidence": lambda event, _: event.confidence,
    "date": lambda event, _: event.date,
    "date_text": lambda event, language: text_in(language, event.date_text),
    "start_earliest": lambda event, _: event.date_bounds.start.earliest,
    "start_latest": lambda event, _: event.date_bounds.start.latest,
    "end_earliest": lambda event, _: event.date_bounds.end.earliest,
    "end_latest": lambda event, _: event.date_bounds.end.latest,
    "date_precision": lambda event, _: event.date_bounds.precision,
    "date_approximate": lambda event, _: event.date_bounds.approximate,
    "date_uncertain": lambda event, _: event.date_bounds.uncertain,
    "title": lambda event, language: text_in(language, event.title),
    "summary": lambda event, language: text_in(language, event.summary),
    "participant_ids": lambda event, _: (part.id for part in event.participants),
    "participant_names": lambda event, language: (
        text_in(language, part.name) for part in event.participants
    ),
    "participant_roles": lambda event, _: (part.role for part in event.participants),
    "participant_capacities": lambda event, _: (part.capacity for part in event.participants),
    "participant_sides": lambda event, _: (part.side for part in event.participants),
    "place_id": lambda event, _: event.place.id if event.place else None,
    "place_name": lambda event, language: (
        text_in(language, event.place.name) if event.place else None
    ),
    "country": lambda event, _: event.place.country if event.place else None,
    "latitude": lambda event, _: event.place.latitude if event.place else None,
    "longitude": lambda event, _: event.place.longitude if event.place else None,
    "place_precision": lambda event, _: event.place.precision if event.place else None,
    "treaty_id": lambda event, _: event.treaty.id if event.treaty else None,
    "treaty_name": lambda event, language: (
        text_in(language, event.treaty.name) if event.treaty else None
    ),
    "relation_types": lambda event, _: (relation.type for relation in event.relations),
    "relation_events": lambda event, _: (relation.event for relation in event.relations),
    "source_ids": lambda event, _: (source.id for source in event.sources),
    "source_publishers": lambda event, language: (
        text_in(language, source.publisher.name) if source.publisher else None
        for source in event.sources
    ),
    "source_urls": lambda event, _: (source.url for source in event.sources),
    "tags": lambda event, _: event.tags,
    "note": lambda event, _: event.note,
    "revision": lambda event, _: event.revision,
    "created_at": lambda event, _: rfc3339(event.created_at),
    "updated_at": lambda event, _: rfc3339(event.updated_at),
    "participant_offices": lambda event, _: (
        part.office.id if part.office else None for part in event.participants
    ),
    "participant_ranks": lambda event, _: (
        part.office.rank if part.office else None for part in event.participants
    ),
    "further_place_ids": lambda event, _: (place.id for place in event.further_places),
    "source_houses": lambda event, _: (source.house for source in event.sources),
    "independent_sources": lambda event, _: event.independent_sources,
}


def write_csv(
    events: Iterable[EventDocument], language: Language, *, bom: bool = False
) -> Iterator[bytes]:
    """Yield a header and a row for each event, in UTF-8 with CRLF; Excel needs `bom`."""
    line = StringIO()
    writer = csv.writer(line)
    if bom:
        line.write("\N{BYTE ORDER MARK}")
    writer.writerow(COLUMNS)
    yield line.getvalue().encode()
    for event in events:
        line.seek(0)
        line.truncate()
        writer.writerow([_cell(column(event, language)) for column in COLUMNS.values()])
        yield line.getvalue().encode()


def _cell(value: _Cell) -> str | int | float:
    """Return a number as it is, and a text, alone or in a list, with its formulas disarmed."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return value
        case date():
            return value.isoformat()
        case str():
            return guard_formulas(value)
    return DELIMITER.join(guard_formulas(each or "") for each in value)
