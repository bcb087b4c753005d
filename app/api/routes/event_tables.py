"""Tables of events for spreadsheets and statistics: events and participations as CSV and Parquet, and a
workbook.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from fastapi import Query, Response

from app.api.dependencies.csv_form import CsvForm
from app.api.dependencies.language import AnswerLanguage, LanguageDep
from app.api.dependencies.reader import ReaderDep
from app.api.http.headers import sends
from app.api.http.media_types import Csv, Parquet, Xlsx
from app.api.problems.base import ProblemItem
from app.api.problems.catalogue import (
    InvalidParameter,
    NotFound,
    NotInstalled,
    TooManyResults,
)
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.streaming.csv_files import attachment, export_csv, export_records
from app.api.streaming.exports import export
from app.api.streaming.parquet_files import export_parquet
from app.documents.entities.earlier import read_events
from app.domain.languages import Language
from app.domain.vocabulary import EntityKind
from app.formats.tables.event_columns import event_columns
from app.formats.tables.parquet import event_types
from app.formats.tables.participation_columns import (
    ParticipationRow,
    participation_columns,
    participations,
)
from app.formats.tables.xlsx import TooManyRowsError, write_xlsx
from app.reading import lists
from app.reading.parameters.events import EventFilters, EventOrder

router = make_router(prefix="/v1", tags=["formats"])
FiltersQuery = Annotated[EventFilters, Query()]
OrderQuery = Annotated[EventOrder, Query()]
FormQuery = Annotated[CsvForm, Query()]
_FILE = sends("Content-Disposition", "Link")


class CsvColumns(StrEnum):
    """The columns of documents, with texts in one language, or of records, which can be loaded."""

    DOCUMENT = "document"
    RECORD = "record"


@router.get(
    "/events.csv",
    summary="Export events as CSV",
    response_class=Csv,
    responses=_FILE | declare(InvalidParameter, NotFound),
)
def export_events_csv(
    filters: FiltersQuery,
    order: OrderQuery,
    language: LanguageDep,
    reader: ReaderDep,
    form: FormQuery,
    columns: Annotated[
        CsvColumns,
        Query(
            description="`document`: names, days and texts in one language, to read. `record`: texts in "
            "every language and all evidence, so that `timeline load` reads the file without loss; it "
            "takes no `lang`."
        ),
    ] = CsvColumns.DOCUMENT,
) -> Response:
    """Export every matching event as a row (RFC 4180), for spreadsheets and statistics.

    Columns keep their names and order; new columns may appear at the end. Lists are joined with `; `.
    A text that a spreadsheet would run as a formula gets a leading apostrophe.
    """
    listing = lists.events(reader.follow_whole(filters), order.sort)
    links = {"Link": f"{reader.urls.alternate_link}, {reader.urls.description_link}"}
    if columns is CsvColumns.RECORD:
        languages = {"Content-Language": _every_language(language)}
        return export_records(reader, EntityKind.EVENT, listing, form, links | languages)
    shown = event_columns(language.language)
    return export_csv(reader, listing, shown, read_events, form, links | language.headers)


@router.get(
    "/participations.csv",
    summary="Export participations as CSV",
    response_class=Csv,
    responses=_FILE | declare(InvalidParameter, NotFound),
)
def export_participations_csv(
    filters: FiltersQuery,
    order: OrderQuery,
    language: LanguageDep,
    reader: ReaderDep,
    form: FormQuery,
) -> Response:
    """Export a row for each participant of each matching event, with role, side and office.

    The filters choose events: a row follows for every participant of these, also for those that no
    filter names.
    """
    listing = lists.events(reader.follow_whole(filters), order.sort)
    shown = participation_columns(language.language)
    return export_csv(reader, listing, shown, _participations, form, language.headers)


@router.get(
    "/events.parquet",
    summary="Export events as Parquet",
    response_class=Parquet,
    responses=_FILE | declare(InvalidParameter, NotFound, NotInstalled),
)
def export_events_parquet(
    filters: FiltersQuery, order: OrderQuery, language: LanguageDep, reader: ReaderDep
) -> Response:
    """Export the columns of `/v1/events.csv` with their types, for pandas, polars, DuckDB and others.

    The earliest and latest days are dates, lists are lists, and `date` stays a text in EDTF.
    """
    listing = lists.events(reader.follow_whole(filters), order.sort)
    links = {"Link": f"{reader.urls.alternate_link}, {reader.urls.description_link}"}
    columns = event_columns(language.language)
    headers = links | language.headers
    return export_parquet(reader, listing, columns, event_types(), read_events, headers)


@router.get(
    "/participations.parquet",
    summary="Export participations as Parquet",
    response_class=Parquet,
    responses=_FILE | declare(InvalidParameter, NotFound, NotInstalled),
)
def export_participations_parquet(
    filters: FiltersQuery, order: OrderQuery, language: LanguageDep, reader: ReaderDep
) -> Response:
    """Export the rows and columns of `/v1/participations.csv` with their types."""
    listing = lists.events(reader.follow_whole(filters), order.sort)
    columns = participation_columns(language.language)
    headers = language.headers
    return export_parquet(reader, listing, columns, event_types(), _participations, headers)


@router.get(
    "/events.xlsx",
    summary="Export events as a workbook",
    response_class=Xlsx,
    responses=_FILE | declare(InvalidParameter, TooManyResults, NotFound),
)
def export_events_xlsx(
    filters: FiltersQuery, order: OrderQuery, language: LanguageDep, reader: ReaderDep
) -> Response:
    """Export a workbook for Excel or LibreOffice, with the sheets `events`, `participations`, `sources`.

    Texts stay texts, dates in EDTF too. The earliest and latest days are dates from March 1900 on. A
    sheet has at most 1,048,576 rows: more are refused.
    """
    listing = lists.events(reader.follow_whole(filters), order.sort)
    headers = attachment(reader) | language.headers
    return export(
        reader,
        listing,
        lambda texts: _write_xlsx(texts, language.language),
        Xlsx.media_type,
        headers,
    )


def _participations(texts: Iterator[bytes]) -> Iterator[ParticipationRow]:
    return participations(read_events(texts))


def _write_xlsx(texts: Iterator[bytes], language: Language) -> Iterator[bytes]:
    try:
        yield from write_xlsx(read_events(texts), language)
    except TooManyRowsError as error:
        raise TooManyResults(
            f"{error}: narrow the filters, for example by date, type or participant"
        ) from error


def _every_language(asked: AnswerLanguage) -> str:
    """Return the languages of a record. Raises InvalidParameter if the client asks for one of them."""
    if not asked.negotiated:
        detail = "columns=record has the texts of every language: leave lang out"
        raise InvalidParameter(detail, [ProblemItem(parameter="lang", detail=detail)])
    return ", ".join(Language)
