"""The routes of events."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.dependencies.event_page import PARTIAL, event_page
from app.api.dependencies.kinds import EventPath
from app.api.dependencies.reader import ReaderDep, json_response
from app.api.http.media_types import JsonLd
from app.api.problems import InvalidCursor, InvalidParameter, NotFound, Withdrawn, declare
from app.documents.counting import Histogram
from app.documents.entities.annotation import AnnotationPage, annotations
from app.documents.entities.event import EventDocument
from app.documents.entities.participant import ParticipantDocument
from app.documents.pages import EventPage, PageInfo, RelatedEventPage
from app.domain.vocabulary import EntityKind
from app.formats.catalog.schema_org import LinkedEvent
from app.formats.events import jsonld
from app.reading import lists
from app.reading.counts.histogram import count_histogram
from app.reading.listing import find_documents
from app.reading.parameters.common import PageRequest
from app.reading.parameters.events import EventFilters, EventOrder, EventView, HistogramRequest

router = APIRouter(prefix="/v1/events", tags=["events"])


@router.get(
    "",
    summary="List events",
    response_model=EventPage,
    responses=PARTIAL | declare(InvalidParameter, InvalidCursor),
)
def list_events(
    filters: Annotated[EventFilters, Query()],
    order: Annotated[EventOrder, Query()],
    page: Annotated[PageRequest, Query()],
    view: Annotated[EventView, Query()],
    reader: ReaderDep,
) -> Response:
    """Events with their participants, places and sources, newest first.

    Values of one parameter are alternatives; different parameters must all hold. To walk the whole
    list follow `page.next` until it is null: each match comes once, also while events are added.
    """
    return event_page(reader, filters, order, page, view)


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
    """How many events began in each year, or another stretch of time; each event counts once.

    An event counts where it surely began. One whose first day may lie in more than one stretch, such
    as a date known to the year in a histogram by month, counts as uncertain. Stretches without an
    event are left out.
    """
    histogram = reader.find(lambda connection: count_histogram(connection, filters, request))
    return json_response(histogram.model_dump_json())


# Before the route of the document, which would take all of it for an id.
@router.get(
    "/{event_id}.jsonld",
    summary="Get an event as schema.org JSON-LD",
    response_class=JsonLd,
    response_model=LinkedEvent,
    responses=declare(InvalidParameter, NotFound, Withdrawn),
)
def get_event_jsonld(event_id: EventPath, reader: ReaderDep) -> Response:
    """One event in the words of schema.org, for search engines and linked data.

    Nothing has to be fetched to read it, and it can stand as it is in a page, in a `script` element
    of the type `application/ld+json`. `startDate` and `endDate` are as fine as is known, and absent
    where the date is approximate, uncertain or one of several; `date` is always there, in EDTF.
    """
    event = EventDocument.model_validate_json(reader.document(EntityKind.EVENT, event_id))
    slugs = {part.id for part in event.participants}
    texts = reader.find(lambda found: find_documents(found, EntityKind.PARTICIPANT, slugs))
    participants = map(ParticipantDocument.model_validate_json, texts)
    identifiers = {participant.id: participant.identifiers for participant in participants}
    text = jsonld.write(event, identifiers, reader.api_url, reader.state_query)
    return json_response(text, JsonLd.media_type)


@router.get(
    "/{event_id}",
    summary="Get an event",
    response_model=EventDocument,
    responses=declare(InvalidParameter, NotFound, Withdrawn),
)
def get_event(event_id: EventPath, reader: ReaderDep) -> Response:
    """One event with its participants, its place and the sources that vouch for it."""
    return reader.one(EntityKind.EVENT, event_id)


@router.get(
    "/{event_id}/evidence",
    summary="List the evidence of an event",
    response_model=AnnotationPage,
    responses=declare(InvalidParameter, NotFound, Withdrawn),
)
def list_event_evidence(event_id: EventPath, reader: ReaderDep) -> Response:
    """Each span of a source that supports a field of the event, as a W3C Web Annotation.

    The spans are given by position and digest: whoever holds the article can check them, and the
    article's text is not published here. The answer holds all the evidence there is.
    """
    event = EventDocument.model_validate_json(reader.document(EntityKind.EVENT, event_id))
    items = annotations(event, reader.api_url)
    info = PageInfo(limit=len(items), returned=len(items), next=None, total=len(items), cursor=None)
    return json_response(AnnotationPage(items=items, page=info).model_dump_json())


@router.get(
    "/{event_id}/related",
    summary="List the events related to an event",
    response_model=RelatedEventPage,
    responses=declare(InvalidParameter, InvalidCursor, NotFound, Withdrawn),
)
def list_related_events(
    event_id: EventPath, page: Annotated[PageRequest, Query()], reader: ReaderDep
) -> Response:
    """The events that this one relates to and those that relate to it, in order of date."""
    return reader.page(lists.related(event_id), page, of=(EntityKind.EVENT, event_id))
