"""The review of one record: the effect of a PUT, without writing it."""

from dataclasses import replace
from typing import NamedTuple

from app.documents.imports.review import RecordEffect, Review
from app.documents.tombstone import Survivors
from app.records.models import EventRecord
from app.records.parsing.positions import LocatedRecord
from app.tables.database import Database
from app.writing.edits.duplicates import refuse_duplicate
from app.writing.edits.entities import Intent, checked, find_document
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
    kind, found = located.kind, Survey()
    with database.read(unlimited=True) as connection:
        document = find_document(connection, kind, located.record.id)
        (intent.check_repeat or intent.check)(document)
        record, survivors = checked(connection, located)
        if document is None and not allow_duplicate and isinstance(record, EventRecord):
            refuse_duplicate(connection, record)
        if document is None:
            found.add(kind, record.id, RecordEffect.CREATE, {}, {})
        elif (stored := stored_record(kind, document)) != (new := record.to_plain()):
            found.add(kind, record.id, RecordEffect.UPDATE, stored, new)
        with Spool([replace(located, record=record)]) as spool:
            if document is None and isinstance(record, EventRecord):
                for _, batch in spool.located_batches():
                    warn_of_same_events(connection, spool, batch, found)
            for warning in advice(connection, spool, advise):
                found.warn(warning)
    return Reviewed(found.review_document(), survivors)
