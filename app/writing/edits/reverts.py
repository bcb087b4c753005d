"""Undo: write the record of an earlier revision again, also of an entity that was withdrawn since."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Connection, func, select

from app.domain.vocabulary import EntityKind
from app.records.models import Record
from app.records.parsing.positions import LocatedRecord, OneLine
from app.records.parsing.record_body import InvalidRecordError, validate_record
from app.tables import core as t
from app.tables.database import Database
from app.writing.edits.entities import (
    GoneError,
    Intent,
    NotThereError,
    Written,
    apply_record,
    checked,
    find_document,
)
from app.writing.edits.trials import write_or_try
from app.writing.record_from_document import stored_record

_change = t.change.c


class NoSuchRevisionError(Exception):
    """The entity has no record at this revision."""


def revert_entity(
    database: Database,
    kind: EntityKind,
    slug: str,
    to: int,
    intent: Intent,
    *,
    dry_run: bool = False,
) -> Written:
    """Give the entity the record of its revision `to`; a withdrawn one lives again.

    A record that equals the present one changes nothing. A dry run returns the document that the write
    would make. Raises GoneError for a merged entity, NotThereError, NoSuchRevisionError, and
    InvalidRecordError if the old record breaks a rule today, e.g. because it names an entity that was
    withdrawn since.
    """
    with write_or_try(database, dry_run=dry_run) as connection:
        document = _find_present(connection, kind, slug)
        intent.check(document)
        with _explaining(kind, slug, to):
            old = _record_at(connection, kind, slug, to)
            located = LocatedRecord(kind, old, "", "", OneLine(1))
            record, survivors = checked(connection, located, restores=True)
        restored = {(kind, slug): to}
        written = apply_record(connection, kind, record, intent, restored)
        return Written(written, is_new=False, survivors=survivors)


@contextmanager
def _explaining(kind: EntityKind, slug: str, revision: int) -> Iterator[None]:
    """Make errors name the revision: no line of a body is wrong."""
    try:
        yield
    except InvalidRecordError as error:
        where = f"revision {revision} of the {kind} {slug!r} breaks a rule today"
        errors = [
            replace(each, line=None, problem=f"{where}: {each.problem}") for each in error.errors
        ]
        raise InvalidRecordError(errors) from None


def _find_present(connection: Connection, kind: EntityKind, slug: str) -> str | None:
    """Return the document of an entity, or None if it was withdrawn."""
    try:
        document = find_document(connection, kind, slug)
    except GoneError as gone:
        if gone.fate.tombstones[0].survivor:
            raise
        return None
    if document is None:
        raise NotThereError(f"there is no {kind} with the id {slug!r}")
    return document


def _record_at(connection: Connection, kind: EntityKind, slug: str, revision: int) -> Record:
    this = (_change.kind == kind, _change.slug == slug, _change.revision == revision)
    change = connection.execute(select(_change.document).where(*this)).one_or_none()
    if change is None:
        raise NoSuchRevisionError(_no_revision(connection, kind, slug, revision))
    if change.document is None:
        raise NoSuchRevisionError(
            f"revision {revision} withdrew the {kind} {slug!r} and has no record: to withdraw it, use DELETE"
        )
    return validate_record(stored_record(kind, change.document), kind, slug)


def _no_revision(connection: Connection, kind: EntityKind, slug: str, revision: int) -> str:
    of_entity = (_change.kind == kind, _change.slug == slug)
    last = connection.scalar(select(func.max(_change.revision)).where(*of_entity))
    return f"the {kind} {slug!r} has no revision {revision}: it has revisions 1 to {last}"
