"""Citations of events with their sources, and of the answer to a query, with these operation ids:

export_events_ris, export_events_bib, export_events_csl_json, export_dataset_ris, export_dataset_bib,
export_dataset_csl_json.
"""

from typing import Annotated

from fastapi import Query, Response
from sqlalchemy import Connection

from app.api.dependencies.language import LanguageDep
from app.api.dependencies.reader import Reader, ReaderDep
from app.api.dependencies.state import StateDep, refuse_within_write
from app.api.http.headers import sends
from app.api.problems.catalogue import InvalidParameter, NotFound
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.streaming.citations import FORMATS, CitationFormat, citer
from app.api.streaming.csv_files import attachment
from app.api.streaming.exports import export_prepared
from app.api.streaming.snapshot import WriteFormat
from app.documents.entities.earlier import read_events
from app.domain.languages import Language
from app.formats.citations.query_reference import CitedQuery, query_reference
from app.formats.citations.reference import BibliographicReference
from app.reading import lists
from app.reading.listing import Listing, count_items
from app.reading.parameters.events import EventFilters, EventOrder
from app.reading.states import NoSuchStateError, newest_state
from app.reading.unknown_ids import refuse_unknown
from app.tables.log import DataState

router = make_router(prefix="/v1", tags=["formats"])
FiltersQuery = Annotated[EventFilters, Query()]
OrderQuery = Annotated[EventOrder, Query()]

_FILE = sends("Content-Disposition", "Link")


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
        its revision, and the reference's URL is the page of that revision; a note has its address in the
        API.
        """

        def prepare(connection: Connection) -> WriteFormat:
            cite = citer(reader, connection, language.language)
            return lambda texts: of.write(cite(read_events(texts)))

        listing = lists.events(reader.follow_whole(filters), order.sort)
        headers = attachment(reader) | language.headers
        return export_prepared(reader, listing, prepare, str(of.answer.media_type), headers)


def _add_dataset(of: CitationFormat) -> None:
    @router.get(
        f"/dataset.{of.extension}",
        name=of.operation("export_dataset"),
        summary=f"Cite the dataset or a query in {of.name}",
        response_class=of.answer,
        response_model=of.model,
        responses=sends("Content-Disposition") | declare(InvalidParameter, NotFound),
    )
    def export_dataset(
        filters: FiltersQuery,
        order: OrderQuery,
        language: LanguageDep,
        state: StateDep,
        reader: ReaderDep,
    ) -> Response:
        """Get a reference to the dataset, or to the events that match the filters, in one state.

        The reference has the number of the last change, the digest of the change log up to it, and the
        number of events. Its URL is the page of the events in this state, which never changes; a note has
        the address in the API. `as_of` must be the last change of a write, because nobody could read the
        data before its end.
        """
        refuse_within_write(reader.request, state)
        listing = lists.events(reader.follow_whole(filters), order.sort)
        reference = reader.find(
            lambda connection: _of_query(reader, connection, listing, language.language)
        )
        return of.answer_file(reader, [reference], language)


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
        url=reader.urls.pinned_page_url(language, state.seq if state else None),
        api_url=reader.urls.pinned_url(state.seq if state else None),
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
