"""Highlights: which parts of the texts of events match a search."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.documents.entities.event import EventDocument
from app.documents.pages import Highlight
from app.documents.searched_texts import SearchedField, known_names, searched_texts
from app.domain.search.highlight import find_spans
from app.domain.search.query import SearchQuery
from app.domain.vocabulary import EntityKind
from app.reading.listing import find_documents

# The fields of the index by the field of the text; all others are names.
_INDEXED_IN = {SearchedField.TITLE: "title", SearchedField.SUMMARY: "text"}


def find_highlights(
    connection: Connection, query: SearchQuery, ids: Sequence[str]
) -> dict[str, list[Highlight]]:
    """Return the highlights of each of these events, by its id: at most five statements."""
    documents = find_documents(connection, EntityKind.EVENT, ids)
    found = (EventDocument.model_validate_json(document) for document in documents)
    events = sorted(found, key=lambda event: ids.index(event.id))
    known = known_names(connection, events)
    return {
        event.id: [
            Highlight(**searched._asdict(), start=start, end=end)
            for searched in searched_texts(event, known)
            for start, end in find_spans(
                searched.text,
                searched.token_language,
                query,
                _INDEXED_IN.get(searched.field, "names"),
            )
        ]
        for event in events
    }
