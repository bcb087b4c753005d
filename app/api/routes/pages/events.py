"""The page of an event."""

from typing import Any

from fastapi import Response
from sqlalchemy import Connection

from app.api.dependencies.kinds import EventPath
from app.api.dependencies.reader import ReaderDep, existing_document
from app.api.http.pages import site_of
from app.api.routes.pages.history import record_history
from app.api.routes.pages.pins import proof_parameters
from app.api.routes.pages.router import LanguagePath, make_page_router, page
from app.documents.entities.earlier import read_event
from app.domain.languages import Language, text_in
from app.domain.vocabulary import EntityKind
from app.formats.pages.event import (
    independence_of,
    known_fields,
    neighbours,
    numbered_sources,
    unnamed_houses,
)
from app.formats.pages.head import event_head
from app.formats.pages.sharing.take_away import event_links
from app.reading.entity_names import entity_names, tag_names_of_event
from app.reading.relations import find_referrers

router = make_page_router()


@router.get("/events/{event_id}")
def show_event(language: LanguagePath, event_id: EventPath, reader: ReaderDep) -> Response:
    """Show an event: its date, place and participants, and how we know."""
    values = reader.find(lambda connection: _event(connection, language, event_id))
    site = site_of(reader.request, language)
    return page(
        reader.request,
        language,
        "event.html",
        event_head(site, values["event"]),
        share=event_links(
            site, event_id, text_in(language, values["event"].title), proof_parameters(reader)
        ),
        **values,
    )


def _event(connection: Connection, language: Language, slug: str) -> dict[str, Any]:
    """Return the values of the page: six statements at most."""
    event = read_event(existing_document(connection, EntityKind.EVENT, slug))
    names = entity_names(connection, EntityKind.PUBLISHER, unnamed_houses(event))
    return {
        "event": event,
        "related": neighbours(event, find_referrers(connection, slug)),
        "tag_names": tag_names_of_event(connection, slug) if event.tags else {},
        "fields": known_fields(language, event),
        "sources": numbered_sources(event, names),
        "independence": independence_of(event),
        **record_history(connection, EntityKind.EVENT, slug),
    }
