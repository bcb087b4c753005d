"""The columns of events, with texts in one language."""

from typing import Final

from app.documents.entities.event import EventDocument
from app.domain.instants import rfc3339
from app.domain.languages import Language, text_in
from app.formats.tables.columns import Columns, TextColumns, in_language

EVENT_COLUMNS: Final[TextColumns[EventDocument]] = {
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


def event_columns(language: Language) -> Columns[EventDocument]:
    """Return the columns of `/v1/events.csv`."""
    return in_language(EVENT_COLUMNS, language)
