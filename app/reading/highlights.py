"""Highlights: which parts of the texts of events match a search."""

import json
from collections.abc import Sequence
from functools import cache

from sqlalchemy import Connection

from app.documents.entities.earlier import complete_event
from app.documents.pages import Highlight
from app.documents.searched_texts import SearchedField, SearchedText, known_names, searched_texts
from app.domain.search.highlight import TextSpan, find_spans
from app.domain.search.query import SearchQuery
from app.domain.search.tokens import country_token
from app.domain.vocabulary import EntityKind
from app.reading.listing import find_documents

# The fields of the index by the field of the text; all others are names.
_INDEXED_IN = {SearchedField.TITLE: "title", SearchedField.SUMMARY: "text"}


def find_highlights(
    connection: Connection, query: SearchQuery, ids: Sequence[str]
) -> dict[str, list[Highlight]]:
    """Return the highlights of each of these events, by its id: at most six statements."""
    documents = find_documents(connection, EntityKind.EVENT, ids)
    found = (complete_event(json.loads(document)) for document in documents)
    events = sorted(found, key=lambda event: ids.index(event["id"]))
    known = known_names(connection, events)

    @cache  # The events of a page share most of their names.
    def spans(text: str, language: str | None, field: str) -> list[TextSpan]:
        return find_spans(text, language, query, field)

    words = {word for term in query.required for phrase in term.phrases for word in phrase.words}

    def spans_of(text: SearchedText) -> list[TextSpan]:
        if text.field is SearchedField.COUNTRY:
            is_named = text.id is not None and country_token(text.id) in words
            return [TextSpan(0, len(text.text))] if is_named else []
        return spans(text.text, text.token_language, _index_field(text))

    return {
        event["id"]: [
            Highlight(**text._asdict(), start=start, end=end)
            for text in searched_texts(event, known)
            for start, end in spans_of(text)
        ]
        for event in events
    }


def _index_field(text: SearchedText) -> str:
    return _INDEXED_IN.get(text.field, "names")
