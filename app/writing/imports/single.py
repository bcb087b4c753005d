"""The review of one record: the effect of a PUT or a PATCH, without writing it."""

from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection

from app.documents.imports.review import RecordEffect, Review
from app.documents.tombstone import Survivors
from app.records.models import EventRecord
from app.records.parsing.positions import LocatedRecord
from app.records.parsing.record_body import RecordPatch
from app.tables.database import Database
from app.writing.edits.entities import (
    Intent,
    checked,
    checked_put,
    find_document,
    get_document,
)
from app.writing.imports.advice import advice
from app.writing.imports.choices import Advisor
from app.writing.imports.spool import Spool
from app.writing.imports.survey import Survey, warn_of_same_events
from app.writing.record_from_document import stored_record


class Reviewed(NamedTuple):
    """The review of a record, and the survivors of the merged entities that it named."""

    review: Review
    survivors: Survivors


def review_record(
    database: Database,
    located: LocatedRecord,
    intent: Intent,
    advise: Advisor,
    *,
    allow_duplicate: bool,
) -> Reviewed:
    """Return the changes that `put_record` would make with this record, and warnings; writes nothing.

    The precondition is compared as for a write without effect, which needs none. Raises as `put_record` does.
    """
    with database.read(unlimited=True) as connection:
        document = find_document(connection, located.kind, located.record.id)
        _check(intent, document)
        record, survivors = checked_put(
            connection, located, is_new=document is None, allow_duplicate=allow_duplicate
        )
        review = _review(connection, document, replace(located, record=record), advise)
    return Reviewed(review, survivors)


def review_patch(
    database: Database, patch: RecordPatch, intent: Intent, advise: Advisor
) -> Reviewed:
    """Return the changes that `patch_record` would make, and warnings; writes nothing.

    The precondition is compared as by `review_record`. Raises as `patch_record` does.
    """
    with database.read(unlimited=True) as connection:
        document = get_document(connection, patch.kind, patch.slug)
        _check(intent, document)
        located = patch.applied_to(stored_record(patch.kind, document))
        record, survivors = checked(connection, located)
        review = _review(connection, document, replace(located, record=record), advise)
    return Reviewed(review, survivors)


def _check(intent: Intent, document: str | None) -> None:
    (intent.check_repeat or intent.check)(document)


def _review(
    connection: Connection, document: str | None, located: LocatedRecord, advise: Advisor
) -> Review:
    kind, record, found = located.kind, located.record, Survey()
    if document is None:
        found.add(kind, record.id, RecordEffect.CREATE, {}, {})
    elif (stored := stored_record(kind, document)) != (new := record.to_plain()):
        found.add(kind, record.id, RecordEffect.UPDATE, stored, new)
    with Spool([located]) as spool:
        if document is None and isinstance(record, EventRecord):
            for _, batch in spool.located_batches():
                warn_of_same_events(connection, spool, batch, found)
        for warning in advice(connection, spool, advise):
            found.warn(warning)
    return found.review_document()
