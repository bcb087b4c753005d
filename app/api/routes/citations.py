"""Citations of events, of their sources, and of the answer to a query, with these operation ids:

export_events_ris, export_events_bib, export_events_csl_json, get_event_ris, get_event_bib,
get_event_csl_json, cite_dataset_ris, cite_dataset_bib, cite_dataset_csl_json.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any, Final, NamedTuple

from fastapi import APIRouter, Query, Response
from sqlalchemy import Connection

from app.api.dependencies.kinds import EventPath
from app.api.dependencies.language import LanguageDep
from app.api.dependencies.reader import Reader, ReaderDep
from app.api.http.headers import sends
from app.api.http.media_types import BibTex, CslJson, Ris
from app.api.problems.catalogue import InvalidParameter, NotFound, Withdrawn
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.streaming.csv_files import attachment
from app.api.streaming.exports import export_prepared
from app.api.streaming.snapshot import WriteFormat
from app.documents.entities.earlier import read_event, read_events
from app.documents.entities.event import EventDocument
from app.domain.languages import Language
from app.domain.vocabulary import EntityKind
from app.formats.citations.bibtex import write_bibtex
from app.formats.citations.csl_json import write_csl_json
from app.formats.citations.event_references import event_references
from app.formats.citations.query_reference import CitedQuery, query_reference
from app.formats.citations.reference import BibliographicReference
from app.formats.citations.ris import write_ris
from app.formats.standards import CslItem
from app.reading import lists
from app.reading.listing import Listing, count_items
from app.reading.parameters.events import EventFilters, EventOrder
from app.reading.publisher_kinds import publisher_kinds
from app.reading.states import NoSuchStateError, newest_state
from app.reading.unknown import refuse_unknown
from app.tables.log import DataState

router = make_router(prefix="/v1", tags=["formats"])
FiltersQuery = Annotated[EventFilters, Query()]
OrderQuery = Annotated[EventOrder, Query()]

_FILE = sends("Content-Disposition", "Link")


class CitationFormat(NamedTuple):
    """A format of citations: the end of its paths, its answer, and its writer."""

    extension: str
    name: str
    answer: type[Response]
    write: Callable[[Iterable[BibliographicReference]], Iterator[bytes]]
    model: Any = None

    def operation(self, verb: str) -> str:
        """Return the id of an operation that answers in this format."""
        return f"{verb}_{self.extension.replace('.', '_')}"


FORMATS: Final = (
    CitationFormat("ris", "RIS", Ris, write_ris),
    CitationFormat("bib", "BibTeX", BibTex, write_bibtex),
    CitationFormat("csl.json", "CSL-JSON", CslJson, write_csl_json, list[CslItem]),
)


def _add_list(of: CitationFormat) -> None:
    @router.get(
        f"/events.{of.extension}",
        name=of.operation("export_events"),
        summary=f"Cite events in {of.name}",
        response_class=of.answer,
        response_model=of.model,
        responses=_FILE | declare(InvalidParameter, NotFound),
    )
    def export_events(
        filters: FiltersQuery, order: OrderQuery, language: LanguageDep, reader: ReaderDep
    ) -> Response:
        """Export a reference to every matching event, each followed by one to each of its sources.

        A source that several events cite appears once. The date of an event's reference is the day of
        its revision, and the reference's URL leads to that revision.
        """

        def prepare(connection: Connection) -> WriteFormat:
            cite = _citer(reader, connection, language.language)
            return lambda texts: of.write(cite(read_events(texts)))

        listing = lists.events(reader.follow(filters), order.sort)
        headers = attachment(reader) | language.headers
        return export_prepared(reader, listing, prepare, str(of.answer.media_type), headers)


def add_event_citations(events: APIRouter) -> None:
    """Add the citations of one event to the router of events."""
    for each in FORMATS:
        _add_event(events, each)


def _add_event(events: APIRouter, of: CitationFormat) -> None:
    @events.get(
        f"/{{event_id}}.{of.extension}",
        name=of.operation("get_event"),
        summary=f"Cite an event in {of.name}",
        response_class=of.answer,
        response_model=of.model,
        responses=sends("Content-Disposition") | declare(InvalidParameter, NotFound, Withdrawn),
    )
    def get_event(event_id: EventPath, language: LanguageDep, reader: ReaderDep) -> Response:
        """Get a reference to one event, and one to each of its sources."""
        event = read_event(reader.document(EntityKind.EVENT, event_id))
        cite = reader.find(lambda connection: _citer(reader, connection, language.language))
        return _answer(of, cite([event]), attachment(reader) | language.headers)


def _add_dataset(of: CitationFormat) -> None:
    @router.get(
        f"/dataset.{of.extension}",
        name=of.operation("cite_dataset"),
        summary=f"Cite the dataset or a query in {of.name}",
        response_class=of.answer,
        response_model=of.model,
        responses=sends("Content-Disposition") | declare(InvalidParameter, NotFound),
    )
    def cite_dataset(
        filters: FiltersQuery, order: OrderQuery, language: LanguageDep, reader: ReaderDep
    ) -> Response:
        """Get a reference to the dataset, or to the events that match the filters, in one state.

        The reference has the number of the last change, the digest of the change log up to it, the
        number of events, and a URL that answers from this state forever.
        """
        listing = lists.events(reader.follow(filters), order.sort)
        reference = reader.find(
            lambda connection: _of_query(reader, connection, listing, language.language)
        )
        return _answer(of, [reference], attachment(reader) | language.headers)


def _answer(
    of: CitationFormat, references: Iterable[BibliographicReference], headers: dict[str, str]
) -> Response:
    content = b"".join(of.write(references))
    return Response(content, headers=headers, media_type=of.answer.media_type)


def _citer(
    reader: Reader, connection: Connection, language: Language
) -> Callable[[Iterable[EventDocument]], Iterator[BibliographicReference]]:
    """Return the function that makes references of events."""
    kinds = publisher_kinds(connection)
    api_url, state_query = reader.urls.api_url, reader.urls.state_query

    def url_of(event: EventDocument) -> str:
        url = f"{api_url}/events/{event.id}"
        return f"{url}?{state_query}" if state_query else f"{url}/revisions/{event.revision}"

    return lambda events: event_references(events, language, kinds, url_of)


def _of_query(
    reader: Reader, connection: Connection, listing: Listing, language: Language
) -> BibliographicReference:
    events = count_items(connection, listing)
    if not events and listing.filters is not None:
        refuse_unknown(connection, listing.filters)
    state = _state(connection)
    query = CitedQuery(
        filters=reader.urls.event_filters,
        events=events,
        url=reader.urls.pinned_url(state.seq if state else None),
        release=reader.request.query_params.get("release"),
    )
    return query_reference(query, state, language)


def _state(connection: Connection) -> DataState | None:
    try:
        return newest_state(connection)
    except NoSuchStateError:
        return None


for _format in FORMATS:
    _add_list(_format)
    _add_dataset(_format)
