"""One entity written in one transaction: put, patched or withdrawn, if whoever writes may."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select

from app.documents.change import entry_json
from app.documents.tombstone import Tombstone, find_tombstones
from app.domain.vocabulary import EntityKind
from app.records.models import EventRecord
from app.records.parsing.positions import LocatedRecord
from app.records.parsing.record_body import InvalidRecordError, RecordPatch
from app.tables import core as t
from app.tables.database import Database
from app.tables.log import newest_change
from app.writing.apply import apply_records
from app.writing.changes import make_stamp
from app.writing.consistency import check_records
from app.writing.edits.duplicates import refuse_duplicate
from app.writing.edits.withdrawals import withdraw
from app.writing.record_from_document import stored_record


class GoneError(Exception):
    """The entity was withdrawn or merged; its id is not given again."""

    def __init__(self, tombstone: Tombstone) -> None:
        super().__init__(str(tombstone))
        self.tombstone = tombstone


class NotThereError(Exception):
    """There never was such an entity."""


@dataclass(frozen=True)
class Intent:
    """Who writes and why, and a check of the document that is there, if any, which may raise.

    `check_repeat` is the check, if it is another, where that document would stay as it is.
    """

    actor: str
    reason: str | None
    check: Callable[[str | None], None]
    check_repeat: Callable[[str | None], None] | None = None


class Written(NamedTuple):
    """The document as it is now, and whether the entity is new."""

    document: str
    is_new: bool


def put_record(
    database: Database, located: LocatedRecord, intent: Intent, *, allow_duplicate: bool = False
) -> Written:
    """Create or replace the entity of the record; one that says what is stored changes nothing.

    Raises GoneError, RefusedError, and DuplicateError unless duplicates are allowed.
    """
    with database.write() as connection:
        document = _find_document(connection, located.kind, located.record.id)
        check = intent.check_repeat if _says(located, document) else None
        (check or intent.check)(document)
        _refuse_faults(connection, located)
        if document is None and not allow_duplicate and isinstance(located.record, EventRecord):
            refuse_duplicate(connection, located.record)
        return _write(connection, located, intent, is_new=document is None)


def patch_record(database: Database, patch: RecordPatch, intent: Intent) -> Written:
    """Apply the patch to the record of what is there; raises GoneError, NotThereError, RefusedError."""
    with database.write() as connection:
        document = get_document(connection, patch.kind, patch.slug)
        intent.check(document)
        located = patch.applied_to(stored_record(patch.kind, document))
        _refuse_faults(connection, located)
        return _write(connection, located, intent, is_new=False)


def withdraw_entity(database: Database, kind: EntityKind, slug: str, intent: Intent) -> str:
    """Take the entity away; the JSON of the change.

    Raises GoneError, NotThereError, and ReferredError while another entity names it.
    """
    with database.write() as connection:
        intent.check(get_document(connection, kind, slug))
        withdraw(connection, kind, slug, make_stamp(connection, intent.actor, intent.reason))
        change = newest_change(connection)
        assert change is not None
        return entry_json(change)


def get_document(connection: Connection, kind: EntityKind, slug: str) -> str:
    """The document of an entity; raises GoneError or NotThereError."""
    document = _find_document(connection, kind, slug)
    if document is None:
        raise NotThereError(f"there is no {kind} with the id {slug!r}")
    return document


def _find_document(connection: Connection, kind: EntityKind, slug: str) -> str | None:
    """The document of an entity, or None where there never was one; raises GoneError."""
    table = t.ENTITIES[kind].c
    document = connection.scalar(select(table.document).where(table.slug == slug))
    if document is None and (found := find_tombstones(connection, [(kind, slug)])):
        raise GoneError(found[kind, slug])
    return document


def _says(located: LocatedRecord, document: str | None) -> bool:
    """Whether the record says what is stored already."""
    if document is None:
        return False
    return located.record.to_plain() == stored_record(located.kind, document)


def _refuse_faults(connection: Connection, located: LocatedRecord) -> None:
    if faults := check_records(connection, [located]):
        raise InvalidRecordError(faults)


def _write(
    connection: Connection, located: LocatedRecord, intent: Intent, *, is_new: bool
) -> Written:
    stamp = make_stamp(connection, intent.actor, intent.reason)
    apply_records(connection, {located.kind: [located.record]}, stamp)
    return Written(get_document(connection, located.kind, located.record.id), is_new)
