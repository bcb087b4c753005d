"""Further warnings of a dry run, from an advisor that sees the whole data, such as the linter."""

from collections.abc import Iterator
from contextlib import suppress

from pydantic import ValidationError
from sqlalchemy import Connection, func, select

from app.documents.imports.review import ReviewWarning
from app.records.models import RECORD_MODELS
from app.records.models.base import STORED
from app.records.parsing.positions import LocatedRecord, OneLine
from app.tables import core as t
from app.tables.rows import key_batches
from app.writing.imports.choices import Advisor
from app.writing.imports.spool import Spool
from app.writing.record_from_document import stored_record

# As models, records take some 10 kB each.
_MOST_RECORDS = 20_000


def advice(connection: Connection, spool: Spool, advise: Advisor) -> Iterator[ReviewWarning]:
    """Yield the warnings about the records of an import, given all stored ones.

    One warning says so if there are too many records for this.
    """
    tables = t.ENTITIES.values()
    stored: list[int] = [
        connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables
    ]
    count = sum(stored) + sum(len(batch) for _, batch in spool.located_batches())
    if count > _MOST_RECORDS:
        yield ReviewWarning(
            rule="not-checked",
            kind=None,
            id=None,
            line=None,
            detail=f"the rules of `timeline lint` were not checked: the data and the body have {count:,} "
            f"records, of at most {_MOST_RECORDS:,}; export the data, and run `timeline lint`",
        )
        return
    yield from advise([*spool.located_records()], [*_stored_records(connection)])


def _stored_records(connection: Connection) -> Iterator[LocatedRecord]:
    """Yield the stored records that are valid today."""
    for kind, table in t.ENTITIES.items():
        for keys in key_batches(connection, table):
            for document in connection.scalars(
                select(table.c.document).where(table.c.id.in_(keys))
            ):
                # A rule may be younger than the record.
                with suppress(ValidationError):
                    record = RECORD_MODELS[kind].model_validate(
                        stored_record(kind, document), context=STORED
                    )
                    yield LocatedRecord(kind, record, "", "", OneLine(0))
