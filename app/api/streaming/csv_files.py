"""Exports as CSV: any table, sent while its rows are read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Final, TypeVar

from starlette.responses import Response

from app.api.dependencies.csv_form import CsvForm
from app.api.dependencies.reader import Reader
from app.api.streaming.exports import export
from app.domain.vocabulary import EntityKind
from app.formats.tables.columns import Columns
from app.formats.tables.csv import write_csv
from app.formats.tables.entity_columns import entity_columns, entity_rows
from app.reading.listing import Listing
from app.writing.record_from_document import stored_record

_Row = TypeVar("_Row")
_MEDIA_TYPE: Final = "text/csv; charset=utf-8; header=present"


def export_csv(
    reader: Reader,
    listing: Listing,
    columns: Columns[_Row],
    read: Callable[[Iterator[bytes]], Iterable[_Row]],
    form: CsvForm,
    headers: Mapping[str, str],
) -> Response:
    """Return the response with a table as a file; `read` makes its rows of the documents."""
    return export(
        reader,
        listing,
        lambda texts: write_csv(columns, read(texts), form.dialect),
        _MEDIA_TYPE,
        {**attachment(reader), **headers},
    )


def export_records(
    reader: Reader,
    kind: EntityKind,
    listing: Listing,
    form: CsvForm,
    headers: Mapping[str, str],
) -> Response:
    """Return the response with the columns of records, in every language, of one kind."""
    read = partial(entity_rows, read_record=partial(stored_record, kind))
    return export_csv(reader, listing, entity_columns(kind), read, form, headers)


def attachment(reader: Reader) -> dict[str, str]:
    """Return the header that names the file as the path does."""
    return {"Content-Disposition": f'attachment; filename="{reader.urls.file_name}"'}
