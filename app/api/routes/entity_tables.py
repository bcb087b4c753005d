"""Tables of every kind of entity except events as CSV: the columns of its records, with all languages.

Treaties and sources are also Parquet.
"""

from functools import partial
from typing import Annotated

from fastapi import Query, Response

from app.api.dependencies.csv_form import CsvForm
from app.api.dependencies.named_page import named_listing, participant_listing
from app.api.dependencies.reader import Reader, ReaderDep
from app.api.http.headers import sends
from app.api.http.media_types import Csv, Parquet
from app.api.problems.catalogue import InvalidParameter, NotFound, NotInstalled
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.streaming.csv_files import export_records
from app.api.streaming.parquet_files import export_entities_parquet
from app.domain.vocabulary import EntityKind
from app.reading import lists
from app.reading.listing import Listing
from app.reading.parameters.entities import (
    OfficeFilters,
    PlaceFilters,
    PublisherFilters,
    SourceFilters,
    TagFilters,
    TreatyFilters,
    TreatyOrder,
)
from app.reading.parameters.participants import ParticipantFilters, ParticipantOrder

router = make_router(prefix="/v1", tags=["formats"])
FormQuery = Annotated[CsvForm, Query()]
_RESPONSES = sends("Content-Disposition", "Link") | declare(InvalidParameter, NotFound)


@router.get(
    "/participants.csv",
    summary="Export participants as CSV",
    response_class=Csv,
    responses=_RESPONSES,
)
def export_participants_csv(
    filters: Annotated[ParticipantFilters, Query()],
    order: Annotated[ParticipantOrder, Query()],
    reader: ReaderDep,
    form: FormQuery,
) -> Response:
    """Export a row for each participant of the list, with names in every language and positions."""
    chosen = reader.follow(filters)
    listing = reader.find(lambda c: participant_listing(c, chosen, order))
    return _export(reader, EntityKind.PARTICIPANT, listing, form)


@router.get("/places.csv", summary="Export places as CSV", response_class=Csv, responses=_RESPONSES)
def export_places_csv(
    filters: Annotated[PlaceFilters, Query()], reader: ReaderDep, form: FormQuery
) -> Response:
    """Export a row for each place of the list, with names in every language and coordinates."""
    listing = reader.find(lambda c: named_listing(c, EntityKind.PLACE, lists.places, filters))
    return _export(reader, EntityKind.PLACE, listing, form)


@router.get(
    "/offices.csv", summary="Export offices as CSV", response_class=Csv, responses=_RESPONSES
)
def export_offices_csv(
    filters: Annotated[OfficeFilters, Query()], reader: ReaderDep, form: FormQuery
) -> Response:
    """Export a row for each office of the list, with names in every language."""
    chosen = reader.follow(filters)
    listing = reader.find(lambda c: named_listing(c, EntityKind.OFFICE, lists.offices, chosen))
    return _export(reader, EntityKind.OFFICE, listing, form)


@router.get(
    "/treaties.csv", summary="Export treaties as CSV", response_class=Csv, responses=_RESPONSES
)
def export_treaties_csv(
    filters: Annotated[TreatyFilters, Query()],
    order: Annotated[TreatyOrder, Query()],
    reader: ReaderDep,
    form: FormQuery,
) -> Response:
    """Export a row for each treaty of the list, with its stages and its period in force."""
    return _export(reader, EntityKind.TREATY, _treaties(reader, filters, order), form)


@router.get(
    "/treaties.parquet",
    summary="Export treaties as Parquet",
    response_class=Parquet,
    responses=_RESPONSES | declare(InvalidParameter, NotFound, NotInstalled),
)
def export_treaties_parquet(
    filters: Annotated[TreatyFilters, Query()],
    order: Annotated[TreatyOrder, Query()],
    reader: ReaderDep,
) -> Response:
    """Export the columns of `/v1/treaties.csv` with their types: stages and parties are lists."""
    listing = _treaties(reader, filters, order)
    return export_entities_parquet(reader, EntityKind.TREATY, listing)


@router.get(
    "/sources.csv", summary="Export sources as CSV", response_class=Csv, responses=_RESPONSES
)
def export_sources_csv(
    filters: Annotated[SourceFilters, Query()], reader: ReaderDep, form: FormQuery
) -> Response:
    """Export a row for each source of the list, with the ids of its publisher, agency and house."""
    return _export(reader, EntityKind.SOURCE, lists.sources(filters), form)


@router.get(
    "/sources.parquet",
    summary="Export sources as Parquet",
    response_class=Parquet,
    responses=_RESPONSES | declare(InvalidParameter, NotFound, NotInstalled),
)
def export_sources_parquet(
    filters: Annotated[SourceFilters, Query()], reader: ReaderDep
) -> Response:
    """Export the columns of `/v1/sources.csv` with their types. `source_ids` of events refers to `id`."""
    return export_entities_parquet(reader, EntityKind.SOURCE, lists.sources(filters))


@router.get(
    "/publishers.csv", summary="Export publishers as CSV", response_class=Csv, responses=_RESPONSES
)
def export_publishers_csv(
    filters: Annotated[PublisherFilters, Query()], reader: ReaderDep, form: FormQuery
) -> Response:
    """Export a row for each publisher of the list, with names in every language."""
    listing = reader.find(
        lambda c: named_listing(c, EntityKind.PUBLISHER, lists.publishers, filters)
    )
    return _export(reader, EntityKind.PUBLISHER, listing, form)


@router.get("/tags.csv", summary="Export tags as CSV", response_class=Csv, responses=_RESPONSES)
def export_tags_csv(
    filters: Annotated[TagFilters, Query()], reader: ReaderDep, form: FormQuery
) -> Response:
    """Export a row for each tag of the list, with names and definitions in every language."""
    listing = reader.find(lambda c: named_listing(c, EntityKind.TAG, lists.tags, filters))
    return _export(reader, EntityKind.TAG, listing, form)


def _treaties(reader: Reader, filters: TreatyFilters, order: TreatyOrder) -> Listing:
    in_order = partial(lists.treaties, sort=order.sort)
    return reader.find(lambda c: named_listing(c, EntityKind.TREATY, in_order, filters))


def _export(reader: Reader, kind: EntityKind, listing: Listing, form: CsvForm) -> Response:
    return export_records(reader, kind, listing, form, {"Link": reader.urls.table_link})
