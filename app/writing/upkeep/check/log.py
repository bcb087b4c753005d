"""The change log proved: its numbers, its digests, its revisions, and that it ends where the data is."""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    Row,
    String,
    and_,
    exists,
    func,
    select,
    tuple_,
    type_coerce,
)

from app.domain.digest_chain import Link, chain_digest
from app.domain.vocabulary import ChangeOp, EntityKind
from app.tables import core as t
from app.tables.rows import BATCH
from app.writing.upkeep.check.fault import Fault

_GONE = (ChangeOp.WITHDRAW, ChangeOp.MERGE)
_change = t.change.c
# Words that are in no vocabulary are a fault to be told, and must not stop the reading.
_FIELDS = [
    type_coerce(column, String).label(name) if name in ("op", "kind") else column
    for name, column in ((name, _change[name]) for name in (*Link._fields, "digest"))
]


def check_log(connection: Connection) -> Iterator[Fault]:
    """What is wrong with the entries: each alone, each after the one before, each entity's own."""
    before: Row[Any] | None = None
    for row in _entries(connection):
        for problem in (*_wrong_after(before, row), *_wrong_in(row)):
            yield Fault("change", str(row.seq), problem)
        before = row
    yield from _check_revisions(connection)
    yield from _check_survivors(connection)


def _entries(connection: Connection) -> Iterator[Row[Any]]:
    """All entries in order, a batch at a time."""
    statement = select(*_FIELDS).order_by(_change.seq).limit(BATCH)
    rows = connection.execute(statement).all()
    while rows:
        yield from rows
        rows = connection.execute(statement.where(_change.seq > rows[-1].seq)).all()


def _wrong_after(before: Row[Any] | None, row: Row[Any]) -> Iterator[str]:
    seq, digest = (before.seq, before.digest) if before else (0, "")
    if row.seq != seq + 1:
        yield f"comes after {seq}: what is between them is missing"
    if row.digest != chain_digest(digest, Link._make(row[:-1])):
        yield "its digest is not that of its fields after the digest before it"
    if before and row.at < before.at:
        yield "is older than the change before it"


def _wrong_in(row: Row[Any]) -> Iterator[str]:
    if row.op not in {*ChangeOp} or row.kind not in {*EntityKind}:
        yield f"{row.op} of a {row.kind} is nothing that this program writes"
    if (row.op == ChangeOp.CREATE) != (row.revision == 1):
        yield f"{row.op} makes no revision {row.revision}"
    if (row.document is None) != (row.op in _GONE):
        yield f"{row.op} {'without' if row.document is None else 'with'} a document"
    if (row.survivor is None) == (row.op == ChangeOp.MERGE):
        yield f"{row.op} {'without' if row.survivor is None else 'with'} a survivor"
    if row.document is not None and _named(row.document) != (row.slug, row.revision):
        yield f"its document is not revision {row.revision} of {row.slug}"


def _named(document: str) -> tuple[object, object] | None:
    """The id and the revision that a document gives itself."""
    try:
        value = json.loads(document)
        return value["id"], value["revision"]
    except (KeyError, TypeError, ValueError):
        return None


def _check_revisions(connection: Connection) -> Iterator[Fault]:
    """Entities whose changes are not their revisions 1, 2, 3… in the order of the log."""
    entity = (type_coerce(_change.kind, String).label("kind"), _change.slug)
    place = func.row_number().over(partition_by=(_change.kind, _change.slug), order_by=_change.seq)
    counted = select(*entity, _change.revision, place.label("place")).subquery()
    wrong = (
        select(counted.c.kind, counted.c.slug, func.min(counted.c.place).label("place"))
        .where(counted.c.revision != counted.c.place)
        .group_by(counted.c.kind, counted.c.slug)
    )
    for row in connection.execute(wrong):
        yield Fault(row.kind, row.slug, f"change {row.place} of it is not its revision {row.place}")


def _check_survivors(connection: Connection) -> Iterator[Fault]:
    """Merges into what never was."""
    other = t.change.alias()
    known = exists().where(other.c.kind == _change.kind, other.c.slug == _change.survivor)
    unknown = select(_change.seq, _change.survivor).where(_change.survivor.is_not(None), ~known)
    for row in connection.execute(unknown):
        yield Fault("change", str(row.seq), f"its survivor {row.survivor} was never there")


def check_tombstones(connection: Connection) -> Iterator[Fault]:
    """Entities that are missing though their last change has a document, and those come back."""
    later = t.change.alias()
    followed = exists().where(
        later.c.kind == _change.kind,
        later.c.slug == _change.slug,
        later.c.revision > _change.revision,
    )
    for kind, table in t.ENTITIES.items():
        there = exists().where(table.c.slug == _change.slug)
        of_kind = select(_change.slug, _change.revision).where(_change.kind == kind)
        missing = of_kind.where(_change.document.is_not(None), ~followed, ~there)
        for row in connection.execute(missing):
            problem = f"is missing, but the log says that it is at revision {row.revision}"
            yield Fault(kind, row.slug, problem)
        for row in connection.execute(of_kind.where(_change.document.is_(None), followed)):
            yield Fault(kind, row.slug, f"has changes after revision {row.revision}, when it went")


def check_last_changes(
    connection: Connection, kind: EntityKind, rows: Collection[Row[Any]]
) -> Iterator[Fault]:
    """Which of these rows of entities do not say what the last change to each says."""
    last = _last_changes(connection, kind, [row.slug for row in rows])
    for row in rows:
        for problem in _wrong_with(row, last.get(row.slug)):
            yield Fault(kind, row.slug, problem)


def _last_changes(
    connection: Connection, kind: EntityKind, slugs: Sequence[str]
) -> dict[str, Row[Any]]:
    of_these = and_(_change.kind == kind, _change.slug.in_(slugs))
    newest = select(_change.slug, func.max(_change.revision)).where(of_these)
    is_newest = tuple_(_change.slug, _change.revision).in_(newest.group_by(_change.slug))
    fields = (_change.slug, _change.revision, _change.at, _change.document)
    rows: CursorResult[Any] = connection.execute(select(*fields).where(of_these, is_newest))
    return {row.slug: row for row in rows}


def _wrong_with(entity: Row[Any], last: Row[Any] | None) -> Iterator[str]:
    if last is None:
        yield "has no change in the log"
        return
    if last.document is None:
        yield f"is there, but the log says that it went at revision {last.revision}"
        return
    if entity.revision != last.revision:
        yield f"is at revision {entity.revision}, in the log at {last.revision}"
    if entity.updated_at != last.at:
        yield "was updated at another instant than that of its last change"
    if entity.document != last.document:
        yield "its document is not that of its last change"
