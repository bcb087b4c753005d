"""Events: the list, the cards, the histogram, and single events with their evidence and relations.

A loop makes get_event_ris, get_event_bib and get_event_csl_json, one for each format of citations.
"""

from typing import Annotated

from fastapi import Query, Response

from app.api.dependencies.event_page import (
    PARTIAL_EVENT,
    PARTIAL_PAGE,
    card_page,
    event_page,
    one_event,
)
from app.api.dependencies.kinds import EventPath
from app.api.dependencies.language import LanguageDep
from app.api.dependencies.reader import Reader, ReaderDep, json_response
from app.api.http.headers import sends
from app.api.http.media_types import JsonLd
from app.api.problems.catalogue import InvalidCursor, InvalidParameter, NotFound, Withdrawn
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.runtime.short_reads import brief
from app.api.streaming.citations import FORMATS, CitationFormat, citer
from app.documents.card import EventCardPage
from app.documents.counting import Histogram
from app.documents.entities.annotation import AnnotationPage, annotations
from app.documents.entities.earlier import read_event, read_participant, read_place
from app.documents.entities.event import EventDocument
from app.documents.pages import EventPage, PageInfo, RelatedEventPage
from app.domain.vocabulary import EntityKind
from app.formats.events.jsonld import Identifiers, write_jsonld
from app.formats.standards import LinkedEvent
from app.reading import lists
from app.reading.counts.histogram import count_histogram
from app.reading.listing import find_documents
from app.reading.parameters.common import PageRequest
from app.reading.parameters.events import (
    EventFields,
    EventFilters,
    EventOrder,
    EventView,
    HistogramRequest,
)

router = make_router(prefix="/v1/events", tags=["events"])


@router.get(
    "",
    summary="List events",
    response_model=EventPage,
    responses=PARTIAL_PAGE | declare(InvalidParameter, InvalidCursor),
)
@brief
def list_events(
    filters: Annotated[EventFilters, Query()],
    order: Annotated[EventOrder, Query()],
    page: Annotated[PageRequest, Query()],
    view: Annotated[EventView, Query()],
    reader: ReaderDep,
) -> Response:
    """List events with their participants, places and sources, newest first.

    Values of one parameter are alternatives; different parameters must all match. To read the whole
    list, follow `page.next` until it is null: each match appears once, even while events are added.
    """
    return event_page(reader, filters, order, page, view)


@router.get(
    "/cards",
    summary="List events as cards",
    response_model=EventCardPage,
    responses=declare(InvalidParameter, InvalidCursor),
)
@brief
def list_event_cards(
    filters: Annotated[EventFilters, Query()],
    order: Annotated[EventOrder, Query()],
    page: Annotated[PageRequest, Query()],
    language: LanguageDep,
    reader: ReaderDep,
) -> Response:
    """List the same events in one language, with only their dates, titles, places and participants.

    For timelines, menus and maps: a page has an eighth of the bytes of the list's.
    """
    answer = card_page(reader, filters, order, page, language.language)
    answer.headers.update(language.headers)
    return answer


@router.get(
    "/histogram",
    summary="Count events over time",
    response_model=Histogram,
    responses=declare(InvalidParameter),
)
def get_event_histogram(
    filters: Annotated[EventFilters, Query()],
    request: Annotated[HistogramRequest, Query()],
    reader: ReaderDep,
) -> Response:
    """Count the events that began in each year, or in each bucket of another `interval`.

    Each event counts once, in the bucket where it certainly began. An event whose first day may lie in
    more than one bucket, such as a date known to the year in a histogram by month, counts as uncertain.
    Empty buckets are left out.
    """
    chosen = reader.follow_whole(filters)
    histogram = reader.find(
        lambda connection: count_histogram(
            connection, chosen, request, reader.find_sets(connection)
        )
    )
    return json_response(histogram.model_dump_json())


# These are declared before `/{event_id}`, which would take `….jsonld` for an id.
@router.get(
    "/{event_id}.jsonld",
    summary="Get an event as schema.org JSON-LD",
    response_class=JsonLd,
    response_model=LinkedEvent,
    responses=declare(InvalidParameter, NotFound, Withdrawn),
)
def get_event_jsonld(event_id: EventPath, reader: ReaderDep) -> Response:
    """Get one event in the vocabulary of schema.org, for search engines and linked data.

    The document loads no other context, and can be embedded unchanged in a page, in a `script` element
    of type `application/ld+json`. `startDate` and `endDate` are as precise as the date is known, and
    absent if it is approximate, uncertain or one of several; `date` is always present, in EDTF.
    """
    event = read_event(reader.document(EntityKind.EVENT, event_id))
    text = write_jsonld(
        event, _identifiers(reader, event), reader.urls.api_url, reader.urls.state_query
    )
    return json_response(text, JsonLd.media_type)


def _identifiers(reader: Reader, event: EventDocument) -> Identifiers:
    """Return the identifiers of the participants and the places of an event, with two statements."""
    parts = {part.id for part in event.participants}
    places = {place.id for place in event.places()}
    people = reader.find(lambda c: find_documents(c, EntityKind.PARTICIPANT, parts))
    sites = reader.find(lambda c: find_documents(c, EntityKind.PLACE, places)) if places else []
    return {
        **{(EntityKind.PARTICIPANT, p.id): p.identifiers for p in map(read_participant, people)},
        **{(EntityKind.PLACE, p.id): p.identifiers for p in map(read_place, sites)},
    }


def _add_citation(of: CitationFormat) -> None:
    @router.get(
        f"/{{event_id}}.{of.extension}",
        name=of.operation("get_event"),
        summary=f"Cite an event in {of.name}",
        response_class=of.answer,
        response_model=of.model,
        responses=sends("Content-Disposition") | declare(InvalidParameter, NotFound, Withdrawn),
    )
    def get_citation(event_id: EventPath, language: LanguageDep, reader: ReaderDep) -> Response:
        """Get a reference to one event, and one to each of its sources."""
        event = read_event(reader.document(EntityKind.EVENT, event_id))
        cite = reader.find(lambda connection: citer(reader, connection, language.language))
        return of.answer_file(reader, cite([event]), language)


for _format in FORMATS:
    _add_citation(_format)


@router.get(
    "/{event_id}",
    summary="Get an event",
    response_model=EventDocument,
    responses=PARTIAL_EVENT | declare(InvalidParameter, NotFound, Withdrawn),
)
@brief
def get_event(
    event_id: EventPath, view: Annotated[EventFields, Query()], reader: ReaderDep
) -> Response:
    """Get one event with its participants, its place and its sources."""
    return one_event(reader, event_id, view)


@router.get(
    "/{event_id}/evidence",
    summary="List the evidence of an event",
    response_model=AnnotationPage,
    responses=declare(InvalidParameter, NotFound, Withdrawn),
)
def list_event_evidence(event_id: EventPath, reader: ReaderDep) -> Response:
    """List each span of a source that supports a field of the event, as a W3C Web Annotation.

    A span has a position and a digest, so a client that has the article can check it; the API does not
    publish the article's text. The answer always holds all evidence on one page.
    """
    event = read_event(reader.document(EntityKind.EVENT, event_id))
    items = annotations(event, reader.urls.api_url)
    page = AnnotationPage(items=items, page=PageInfo.of_whole(len(items)))
    return json_response(page.model_dump_json())


@router.get(
    "/{event_id}/related",
    summary="List the events related to an event",
    response_model=RelatedEventPage,
    responses=declare(InvalidParameter, InvalidCursor, NotFound, Withdrawn),
)
def list_related_events(
    event_id: EventPath, page: Annotated[PageRequest, Query()], reader: ReaderDep
) -> Response:
    """List the events that this event refers to, and the events that refer to it, by date."""
    return reader.page(lists.related(event_id), page, of=(EntityKind.EVENT, event_id))
