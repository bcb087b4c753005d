"""Put, patch or withdraw one entity in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from sqlalchemy import Connection, select

from app.documents.change import entry_json
from app.documents.tombstone import Fate, Survivors, find_fates, find_survivors
from app.domain.vocabulary import EntityKind, KindAndSlug
from app.records.evidence.quotes import resolve_quotes
from app.records.evidence.texts import WITHOUT_BODY
from app.records.models import EventRecord, Plain, Record
from app.records.parsing.errors import RecordError
from app.records.parsing.positions import LocatedRecord
from app.records.parsing.record_body import InvalidRecordError, RecordPatch, validate_record
from app.tables import core as t
from app.tables.database import Database
from app.tables.log import newest_change
from app.writing.apply import NONE_RESTORED, Restored, apply_records
from app.writing.changes import make_stamp
from app.writing.consistency import check_records
from app.writing.edits.duplicates import refuse_duplicate
from app.writing.edits.withdrawals import withdraw
from app.writing.evidence_checks import stored_articles
from app.writing.record_from_document import stored_record
from app.writing.record_set import MemoryRecords
from app.writing.references import references
from app.writing.survivors import with_survivors


class GoneError(Exception):
    """The entity was withdrawn or merged; its id is never reused."""

    def __init__(self, fate: Fate) -> None:
        super().__init__(str(fate))
        self.fate = fate


class NotThereError(Exception):
    """The entity never existed."""


@dataclass(frozen=True)
class Intent:
    """The actor and reason of a write, and its precondition.

    `check` gets the stored document, or None, and raises if the precondition fails. `check_repeat`,
    if given, replaces it for a write that would change nothing.
    """

    actor: str
    reason: str | None
    check: Callable[[str | None], None]
    check_repeat: Callable[[str | None], None] | None = None


class Written(NamedTuple):
    """The stored document after the write, and whether the entity is new.

    `survivors` are those of the merged entities that the record named: the document names them.
    """

    document: str
    is_new: bool
    survivors: Survivors = {}


def put_record(
    database: Database, located: LocatedRecord, intent: Intent, *, allow_duplicate: bool
) -> Written:
    """Create or replace the entity of the record; an equal record changes nothing.

    Raises GoneError, InvalidRecordError, and DuplicateError unless duplicates are allowed.
    """
    with database.write() as connection:
        document = find_document(connection, located.kind, located.record.id)
        check = intent.check_repeat if _is_stored(connection, located, document) else None
        (check or intent.check)(document)
        record, survivors = checked_put(
            connection, located, is_new=document is None, allow_duplicate=allow_duplicate
        )
        return Written(
            apply_record(connection, located.kind, record, intent), document is None, survivors
        )


def patch_record(database: Database, patch: RecordPatch, intent: Intent) -> Written:
    """Apply the patch to the stored record.

    Raises GoneError, NotThereError and InvalidRecordError.
    """
    with database.write() as connection:
        document = get_document(connection, patch.kind, patch.slug)
        intent.check(document)
        located = patch.applied_to(stored_record(patch.kind, document))
        record, survivors = checked(connection, located)
        return Written(
            apply_record(connection, located.kind, record, intent),
            is_new=False,
            survivors=survivors,
        )


def withdraw_entity(database: Database, kind: EntityKind, slug: str, intent: Intent) -> str:
    """Withdraw the entity, and return the JSON of the change.

    Raises GoneError, NotThereError, and ReferredError while another entity refers to it.
    """
    with database.write() as connection:
        intent.check(get_document(connection, kind, slug))
        withdraw(connection, kind, slug, make_stamp(connection, intent.actor, intent.reason))
        change = newest_change(connection)
        assert change is not None
        return entry_json(change)


def get_document(connection: Connection, kind: EntityKind, slug: str) -> str:
    """Return the document of an entity; raises GoneError or NotThereError."""
    document = find_document(connection, kind, slug)
    if document is None:
        raise NotThereError(f"there is no {kind} with the id {slug!r}")
    return document


def find_document(connection: Connection, kind: EntityKind, slug: str) -> str | None:
    """Return the document of an entity, or None if it never existed; raises GoneError."""
    table = t.ENTITIES[kind].c
    document = connection.scalar(select(table.document).where(table.slug == slug))
    if document is None and (fates := find_fates(connection, [(kind, slug)])):
        raise GoneError(fates[kind, slug])
    return document


def _is_stored(connection: Connection, located: LocatedRecord, document: str | None) -> bool:
    """Whether the record equals the stored one, or would if it named survivors of merges."""
    if document is None:
        return False
    kind, record = located.kind, located.record.to_plain()
    stored = stored_record(kind, document)
    further = _named(kind, record) - _named(kind, stored)
    return with_survivors(kind, record, find_survivors(connection, further)) == stored


def _named(kind: EntityKind, record: Plain) -> set[KindAndSlug]:
    return {(reference.kind, reference.slug) for reference in references(kind, record)}


def checked_put(
    connection: Connection, located: LocatedRecord, *, is_new: bool, allow_duplicate: bool
) -> tuple[Record, Survivors]:
    """Return the record as `checked` does; raises DuplicateError too, unless duplicates are allowed."""
    record, survivors = checked(connection, located)
    if is_new and not allow_duplicate and isinstance(record, EventRecord):
        refuse_duplicate(connection, record)
    return record, survivors


def checked(
    connection: Connection, located: LocatedRecord, *, restores: bool = False
) -> tuple[Record, Survivors]:
    """Return the record with the survivors of merges, and these; raises InvalidRecordError.

    `restores`: the record may have the id of a withdrawn entity.
    """
    kind = located.kind
    resolved = resolve_quotes([located], WITHOUT_BODY, partial(stored_articles, connection))
    if errors := [each for each in resolved if isinstance(each, RecordError)]:
        raise InvalidRecordError(errors)
    revived = {(kind, located.record.id)} if restores else set()
    records = MemoryRecords([located], revived)
    if errors := check_records(connection, records):
        raise InvalidRecordError(errors)
    if not records.survivors:
        return located.record, {}
    record = with_survivors(kind, located.record.to_plain(), records.survivors)
    return validate_record(record, kind, located.record.id), records.survivors


def apply_record(
    connection: Connection,
    kind: EntityKind,
    record: Record,
    intent: Intent,
    restored: Restored = NONE_RESTORED,
) -> str:
    """Write the record, and return its document."""
    stamp = make_stamp(connection, intent.actor, intent.reason)
    apply_records(connection, {kind: [record]}, stamp, restored=restored)
    return get_document(connection, kind, record.id)
