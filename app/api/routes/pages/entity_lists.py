"""The lists of participants, places, treaties, offices, subjects, sources and publishers as pages."""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any, Final, TypeVar

from fastapi import Query, Response
from pydantic import BaseModel
from sqlalchemy import Connection

from app.api.dependencies.named_page import named_listing, participant_listing
from app.api.dependencies.reader import Reader, ReaderDep
from app.api.http.pages import site_of
from app.api.routes.pages.naming import names_as_sent
from app.api.routes.pages.router import LanguagePath, make_page_router, page
from app.documents.entities import (
    Document,
    OfficeDocument,
    PublisherDocument,
    SourceDocument,
    TagDocument,
    TreatyDocument,
)
from app.documents.entities.earlier import read_participant, read_place
from app.domain.languages import Language
from app.domain.vocabulary import EntityKind
from app.formats.pages.explore import chips, kept_fields
from app.formats.pages.sharing.take_away import share_page
from app.formats.pages.site import Site
from app.formats.pages.timeline import WIDTH, axis_of, draw
from app.reading import lists
from app.reading.listing import Listing
from app.reading.parameters.common import PageRequest, Total
from app.reading.parameters.entities import (
    NamedFilters,
    OfficeFilters,
    PlaceFilters,
    PublisherFilters,
    SourceFilters,
    TagFilters,
    TreatyFilters,
    TreatyOrder,
)
from app.reading.parameters.participants import ParticipantFilters, ParticipantOrder

router = make_page_router()
PageQuery = Annotated[PageRequest, Query()]
_MakeListing = Callable[[Connection], Listing]
_Filters = TypeVar("_Filters", bound=NamedFilters)


@router.get("/participants")
def show_participants(
    language: LanguagePath,
    filters: Annotated[ParticipantFilters, Query()],
    order: Annotated[ParticipantOrder, Query()],
    request: PageQuery,
    reader: ReaderDep,
) -> Response:
    """Show the people, organisations and states that the filters choose."""
    chosen = reader.follow(filters)

    def make(connection: Connection) -> Listing:
        return participant_listing(connection, chosen, order)

    values = _find(reader, language, EntityKind.PARTICIPANT, make, chosen, request)
    return page(reader.request, language, "names.html", **values)


@router.get("/places")
def show_places(
    language: LanguagePath,
    filters: Annotated[PlaceFilters, Query()],
    request: PageQuery,
    reader: ReaderDep,
) -> Response:
    """Show the places that the filters choose."""
    return _named_page(reader, language, EntityKind.PLACE, lists.places, filters, request)


@router.get("/offices")
def show_offices(
    language: LanguagePath,
    filters: Annotated[OfficeFilters, Query()],
    request: PageQuery,
    reader: ReaderDep,
) -> Response:
    """Show the offices that the filters choose."""
    chosen = reader.follow(filters)
    return _named_page(reader, language, EntityKind.OFFICE, lists.offices, chosen, request)


@router.get("/tags")
def show_tags(
    language: LanguagePath,
    filters: Annotated[TagFilters, Query()],
    request: PageQuery,
    reader: ReaderDep,
) -> Response:
    """Show the subjects that the filters choose."""
    return _named_page(reader, language, EntityKind.TAG, lists.tags, filters, request)


@router.get("/publishers")
def show_publishers(
    language: LanguagePath,
    filters: Annotated[PublisherFilters, Query()],
    request: PageQuery,
    reader: ReaderDep,
) -> Response:
    """Show the publishers that the filters choose."""
    return _named_page(reader, language, EntityKind.PUBLISHER, lists.publishers, filters, request)


@router.get("/sources")
def show_sources(
    language: LanguagePath,
    filters: Annotated[SourceFilters, Query()],
    request: PageQuery,
    reader: ReaderDep,
) -> Response:
    """Show the sources that the filters choose."""

    def make(_: Connection) -> Listing:
        return lists.sources(filters)

    values = _find(reader, language, EntityKind.SOURCE, make, filters, request)
    return page(reader.request, language, "sources.html", **values)


@router.get("/treaties")
def show_treaties(
    language: LanguagePath,
    filters: Annotated[TreatyFilters, Query()],
    order: Annotated[TreatyOrder, Query()],
    request: PageQuery,
    reader: ReaderDep,
) -> Response:
    """Show the treaties that the filters choose, with their stages and time in force as bars."""
    in_order = partial(lists.treaties, sort=order.sort)

    def make(connection: Connection) -> Listing:
        return named_listing(connection, EntityKind.TREATY, in_order, filters)

    values = _find(reader, language, EntityKind.TREATY, make, filters, request)
    treaties: list[TreatyDocument] = values["items"]
    axis = axis_of(treaties, datetime.now(UTC).date())
    values["items"] = [(each, draw(each, axis)) for each in treaties]
    return page(reader.request, language, "treaties.html", axis=axis, width=WIDTH, **values)


_READ: Final[dict[EntityKind, Callable[[bytes], Document]]] = {
    EntityKind.PARTICIPANT: read_participant,
    EntityKind.PLACE: read_place,
    EntityKind.OFFICE: OfficeDocument.model_validate_json,
    EntityKind.TREATY: TreatyDocument.model_validate_json,
    EntityKind.SOURCE: SourceDocument.model_validate_json,
    EntityKind.PUBLISHER: PublisherDocument.model_validate_json,
    EntityKind.TAG: TagDocument.model_validate_json,
}


def _files(site: Site, kind: EntityKind) -> Iterator[tuple[str, str]]:
    yield "CSV", site.same_list(f"{kind.collection}.csv")
    yield "JSON", site.same_list(kind.collection)
    if kind is EntityKind.PLACE:
        yield "GeoJSON", site.same_list("places.geojson")


def _named_page(
    reader: Reader,
    language: Language,
    kind: EntityKind,
    make_listing: Callable[[_Filters, Collection[int]], Listing],
    filters: _Filters,
    request: PageRequest,
) -> Response:
    def make(connection: Connection) -> Listing:
        return named_listing(connection, kind, make_listing, filters)

    values = _find(reader, language, kind, make, filters, request)
    return page(reader.request, language, "names.html", **values)


def _find(
    reader: Reader,
    language: Language,
    kind: EntityKind,
    make: _MakeListing,
    filters: BaseModel,
    request: PageRequest,
) -> dict[str, Any]:
    """Return the values of a list: the page and its total, and the filters in words."""
    site = site_of(reader.request, language)
    counted = request.model_copy(update={"total": Total.EXACT})
    with reader.database.read() as connection:
        found = reader.fetch(connection, make(connection), counted, filters=filters)
        names = names_as_sent(connection, site.pairs, filters)
    return {
        "kind": kind,
        "list": found,
        "items": [*map(_READ[kind], found.items)],
        "q": getattr(filters, "q", ""),
        "searchable": "q" in type(filters).model_fields,
        "kept": kept_fields(site, ("q",)),
        "chips": chips(language, site, names, kind),
        "share": share_page(site, [*_files(site, kind)]),
    }
