"""Exports as Parquet: any table, sent in groups of rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TypeVar

from starlette.responses import Response

from app.api.dependencies.reader import Reader
from app.api.http.media_types import Parquet
from app.api.problems.catalogue import NotInstalled
from app.api.streaming.csv_files import attachment
from app.api.streaming.exports import export
from app.domain.vocabulary import EntityKind
from app.formats.tables.columns import Columns
from app.formats.tables.entity_columns import entity_columns, entity_rows
from app.formats.tables.parquet import Types, entity_types, is_installed, write_parquet
from app.reading.listing import Listing
from app.writing.record_from_document import stored_record

_Row = TypeVar("_Row")


def export_parquet(
    reader: Reader,
    listing: Listing,
    columns: Columns[_Row],
    types: Types,
    read: Callable[[Iterator[bytes]], Iterable[_Row]],
    headers: Mapping[str, str],
) -> Response:
    """Return the response with a table as a file; `read` makes its rows of the documents.

    Raises NotInstalled on a server without the extra `parquet`.
    """
    if not is_installed():
        raise NotInstalled(
            "this server cannot write Parquet: its operator can install pyarrow, the extra parquet; the "
            "same columns are in .csv"
        )
    return export(
        reader,
        listing,
        lambda texts: write_parquet(columns, types, read(texts)),
        Parquet.media_type,
        {**attachment(reader), **headers},
    )


def export_entities_parquet(reader: Reader, kind: EntityKind, listing: Listing) -> Response:
    """Return the response with the columns of records of one kind; raises as `export_parquet` does."""
    read = partial(entity_rows, read_record=partial(stored_record, kind))
    headers = {"Link": reader.urls.table_link}
    return export_parquet(reader, listing, entity_columns(kind), entity_types(kind), read, headers)
