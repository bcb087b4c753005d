"""The columns of citations: one row for each source of an event."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from app.documents.entities.event import CitationDocument, EventDocument
from app.domain.languages import Language, text_in
from app.formats.tables.columns import Columns, TextColumns, in_language


class CitationRow(NamedTuple):
    """A source, and the event that cites it."""

    event: EventDocument
    source: CitationDocument


_COLUMNS: Final[TextColumns[CitationRow]] = {
    "event_id": lambda row, _: row.event.id,
    "source_id": lambda row, _: row.source.id,
    "publisher_id": lambda row, _: row.source.publisher.id if row.source.publisher else None,
    "publisher_name": lambda row, language: (
        text_in(language, row.source.publisher.name) if row.source.publisher else None
    ),
    "agency_id": lambda row, _: row.source.agency.id if row.source.agency else None,
    "agency_name": lambda row, language: (
        text_in(language, row.source.agency.name) if row.source.agency else None
    ),
    "house": lambda row, _: row.source.house,
    "title": lambda row, _: row.source.title,
    "language": lambda row, _: row.source.language,
    "published": lambda row, _: row.source.published,
    "url": lambda row, _: row.source.url,
    "archived_url": lambda row, _: row.source.archived_url,
    "spans_of_evidence": lambda row, _: len(row.source.evidence),
}


def citation_columns(language: Language) -> Columns[CitationRow]:
    """Return the columns of the sheet of sources."""
    return in_language(_COLUMNS, language)


def citations(events: Iterable[EventDocument]) -> Iterator[CitationRow]:
    """Yield the citations of the events, in the order of the documents."""
    return (CitationRow(event, source) for event in events for source in event.sources)
