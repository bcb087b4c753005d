"""Export the dataset as records that recreate it when loaded into an empty database."""

from collections.abc import Collection, Generator
from typing import Any

from sqlalchemy import Connection, select

from app.domain.vocabulary import EntityKind
from app.records.models import RECORD_MODELS
from app.tables import core as t
from app.writing.record_from_document import stored_record

ExportedRecord = tuple[EntityKind, dict[str, Any]]


def export_records(
    connection: Connection, kinds: Collection[EntityKind] = tuple(RECORD_MODELS)
) -> Generator[ExportedRecord, None, None]:
    """Yield every record of these kinds, by kind and then by id, as JSON values in the shortest form.

    On a connection of `Database.stream`, memory does not grow with the data.
    """
    for kind in (each for each in RECORD_MODELS if each in kinds):
        table = t.ENTITIES[kind]
        with connection.execute(select(table.c.document).order_by(table.c.slug)) as documents:
            for document in documents.scalars():
                yield kind, _shortest(stored_record(kind, document))


def _shortest(record: dict[str, Any]) -> dict[str, Any]:
    """Return the record as people write it: without null and empty values."""
    if "sources" in record:
        record["sources"] = [
            citation if citation["evidence"] else citation["source"]
            for citation in record["sources"]
        ]
    short: dict[str, Any] = _without_empty(record)
    return short


def _without_empty(value: Any) -> Any:
    match value:
        case dict():
            return {k: _without_empty(v) for k, v in value.items() if v not in (None, [], {})}
        case list():
            return [_without_empty(each) for each in value]
    return value
