"""Check the change log: numbers, digests and revisions, and that its end matches the data."""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

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
from app.tables.rows import BATCH, key_batches
from app.writing.upkeep.check.fault import DAMAGE, Fault, guarded, reason_of

_GONE = (ChangeOp.WITHDRAW, ChangeOp.MERGE)
_change = t.change.c
# Read as text: a word outside the vocabularies is a fault to report, not an error.
_FIELDS = [
    type_coerce(column, String).label(name) if name in ("op", "kind") else column
    for name, column in ((name, _change[name]) for name in (*Link._fields, "digest"))
]


def check_log(connection: Connection) -> Iterator[Fault]:
    """Yield the faults of the log: of single entries, of consecutive ones, and of each entity's."""
    yield from _check_entries(connection)
    for check in (
        _check_revisions(connection),
        _check_restored(connection),
        _check_survivors(connection),
        _check_causes(connection),
    ):
        yield from guarded(connection, "log", "of changes", check)


def _check_entries(connection: Connection) -> Iterator[Fault]:
    for each in examine(connection):
        yield from (Fault("change", str(each.seq), problem) for problem in each.problems)


class Examined(NamedTuple):
    """A change: its number, its fields if they can be read, and what is wrong with it.

    It is proved if its digest is right and the digest before it can be read.
    """

    seq: int
    entry: Row[Any] | None
    problems: Sequence[str]
    proved: bool


def examine(connection: Connection) -> Iterator[Examined]:
    """Yield all changes in order."""
    before: Row[Any] | None = None
    known = True
    for seq, entry in _entries(connection):
        if isinstance(entry, str):
            known = False
            yield Examined(seq, None, [f"cannot be read: {entry}"], proved=False)
            continue
        problems = _problems(connection, before, entry, known=known)
        yield Examined(seq, entry, problems, proved=known and not problems)
        before, known = entry, True


def _problems(
    connection: Connection, before: Row[Any] | None, entry: Row[Any], *, known: bool
) -> list[str]:
    order = _order_problems(before, entry) if known else ()
    try:
        return [*order, *_entry_problems(entry)]
    except DAMAGE as error:
        return [f"cannot be checked: {reason_of(connection, error)}"]


def computed_digest(connection: Connection) -> str:
    """Return the digest of the last change, computed from every change; empty without a change.

    The log must have no fault.
    """
    digest = ""
    for seq, entry in _entries(connection):
        assert not isinstance(entry, str), f"change {seq} cannot be read: {entry}"
        digest = chain_digest(digest, Link._make(entry[:-1]))
    return digest


def _entries(connection: Connection) -> Iterator[tuple[int, Row[Any] | str]]:
    """Yield all entries in order, each with its number, or the reason why it cannot be read."""
    last = connection.scalar(select(func.max(_change.seq)))
    seq = connection.scalar(select(func.min(_change.seq)))
    while seq is not None and seq <= last:
        entries = [*_read_entries(connection, seq, seq + BATCH)]
        yield from entries
        if all(isinstance(entry, str) for _, entry in entries):
            # The rest is unreadable too, and `last` may be any number.
            return
        end = seq + BATCH
        seq = _next_seq(connection, end)
        if seq is not None and seq < end:
            raise ValueError("the numbers of changes are out of order: the file is damaged")


def _next_seq(connection: Connection, seq: int) -> int | None:
    """Return the lowest number from `seq` on, or `seq` if that cannot be read."""
    following = select(func.min(_change.seq)).where(_change.seq >= seq)
    try:
        found: int | None = connection.scalar(following)
    except DAMAGE as error:
        reason_of(connection, error)
        return seq
    return found


def _read_entries(
    connection: Connection, start: int, end: int
) -> Iterator[tuple[int, Row[Any] | str]]:
    """Yield the entries from `start` to before `end`; if one cannot be read, read each alone."""
    within = (_change.seq >= start, _change.seq < end)
    try:
        rows = connection.execute(select(*_FIELDS).where(*within).order_by(_change.seq)).all()
    except DAMAGE as error:
        reason = reason_of(connection, error)
        if end - start > 1:
            for seq in range(start, end):
                yield from _read_entries(connection, seq, seq + 1)
        else:
            yield start, reason
        return
    yield from ((row.seq, row) for row in rows)


def _order_problems(before: Row[Any] | None, row: Row[Any]) -> Iterator[str]:
    seq, digest = (before.seq, before.digest) if before else (0, "")
    if row.seq != seq + 1:
        yield f"follows change {seq}: the changes between them are missing"
    if row.digest != chain_digest(digest, Link._make(row[:-1])):
        yield "its digest does not match its fields and the digest before it"
    if before and row.at < before.at:
        yield "is older than the change before it"


def _entry_problems(row: Row[Any]) -> Iterator[str]:
    if row.op not in {*ChangeOp} or row.kind not in {*EntityKind}:
        yield f"this program never writes {row.op} of a {row.kind}"
    if (row.op == ChangeOp.CREATE) != (row.revision == 1):
        yield f"{row.op} cannot make revision {row.revision}"
    if (row.document is None) != (row.op in _GONE):
        yield f"{row.op} must {'have a' if row.document is None else 'not have a'} document"
    if (row.survivor is None) == (row.op == ChangeOp.MERGE):
        yield f"{row.op} must {'have a' if row.survivor is None else 'not have a'} survivor"
    if row.document is not None and _identity(row.document) != (row.slug, row.revision):
        yield f"its document is not revision {row.revision} of {row.slug}"


def _identity(document: str) -> tuple[object, object] | None:
    """Return the id and the revision in a document."""
    try:
        value = json.loads(document)
        return value["id"], value["revision"]
    except (KeyError, TypeError, ValueError):
        return None


def _check_revisions(connection: Connection) -> Iterator[Fault]:
    """Yield the entities whose changes do not make the revisions 1, 2, 3… in order."""
    entity = (type_coerce(_change.kind, String).label("kind"), _change.slug)
    place = func.row_number().over(partition_by=(_change.kind, _change.slug), order_by=_change.seq)
    counted = select(*entity, _change.revision, place.label("place")).subquery()
    wrong = (
        select(counted.c.kind, counted.c.slug, func.min(counted.c.place).label("place"))
        .where(counted.c.revision != counted.c.place)
        .group_by(counted.c.kind, counted.c.slug)
    )
    for row in connection.execute(wrong):
        yield Fault(
            row.kind, row.slug, f"its change number {row.place} does not make revision {row.place}"
        )


def _check_survivors(connection: Connection) -> Iterator[Fault]:
    """Yield the merges into an entity that never existed."""
    other = t.change.alias()
    known = exists().where(other.c.kind == _change.kind, other.c.slug == _change.survivor)
    unknown = select(_change.seq, _change.survivor).where(_change.survivor.is_not(None), ~known)
    for row in connection.execute(unknown):
        yield Fault("change", str(row.seq), f"its survivor {row.survivor} never existed")


def _check_restored(connection: Connection) -> Iterator[Fault]:
    """Yield the changes that restored no earlier revision with a document.

    A `restore` must follow the end of the entity.
    """
    other = t.change.alias()
    of_entity = (other.c.kind == _change.kind, other.c.slug == _change.slug)
    source = exists().where(
        *of_entity, other.c.revision == _change.restored, other.c.document.is_not(None)
    )
    earlier = source & (_change.restored < _change.revision)
    for seq in connection.scalars(
        select(_change.seq).where(_change.restored.is_not(None), ~earlier)
    ):
        yield Fault("change", str(seq), "restored a revision that has no document")
    ended = exists().where(
        *of_entity, other.c.revision == _change.revision - 1, other.c.document.is_(None)
    )
    is_restore = type_coerce(_change.op, String) == ChangeOp.RESTORE
    for seq in connection.scalars(select(_change.seq).where(is_restore, ~ended)):
        yield Fault("change", str(seq), "restored an entity that existed")


def _check_causes(connection: Connection) -> Iterator[Fault]:
    """Yield the changes whose cause is no other change of the same instant."""
    other = t.change.alias()
    edited = exists().where(
        other.c.at == _change.at,
        other.c.kind == _change.cause_kind,
        other.c.slug == _change.cause_slug,
        other.c.seq != _change.seq,
    )
    columns = (_change.seq, type_coerce(_change.cause_kind, String), _change.cause_slug)
    has_cause = _change.cause_kind.is_not(None) | _change.cause_slug.is_not(None)
    for seq, kind, slug in connection.execute(select(*columns).where(has_cause, ~edited)):
        yield Fault("change", str(seq), f"its cause, {kind} {slug}, did not change with it")


def check_tombstones(connection: Connection) -> Iterator[Fault]:
    """Yield entities that only the log has, and entities that were changed after their deletion."""
    later = t.change.alias()
    of_entity = (later.c.kind == _change.kind, later.c.slug == _change.slug)
    followed = exists().where(*of_entity, later.c.revision > _change.revision)
    restored = exists().where(
        *of_entity,
        later.c.revision == _change.revision + 1,
        type_coerce(later.c.op, String) == ChangeOp.RESTORE,
    )
    for kind, table in t.ENTITIES.items():
        present = exists().where(table.c.slug == _change.slug)
        of_kind = select(_change.slug, _change.revision).where(_change.kind == kind)
        missing = of_kind.where(_change.document.is_not(None), ~followed, ~present)
        for row in connection.execute(missing):
            problem = f"is missing, but the log has it at revision {row.revision}"
            yield Fault(kind, row.slug, problem)
        for row in connection.execute(
            of_kind.where(_change.document.is_(None), followed, ~restored)
        ):
            yield Fault(
                kind,
                row.slug,
                f"has changes after revision {row.revision}, in which it was deleted",
            )


def check_documents_in_log(connection: Connection, kind: EntityKind) -> Iterator[Fault]:
    """Yield each entity of the kind that does not match its last change.

    An entity that a migration made, and that waits for its document, has no change yet.
    """
    table = t.ENTITIES[kind]
    fields = (table.c.slug, table.c.revision, table.c.updated_at, table.c.document)
    for keys in key_batches(connection, table):
        rows: CursorResult[Any] = connection.execute(select(*fields).where(table.c.id.in_(keys)))
        yield from check_last_changes(connection, kind, [row for row in rows if row.document])


def check_last_changes(
    connection: Connection, kind: EntityKind, rows: Collection[Row[Any]]
) -> Iterator[Fault]:
    """Yield each of these entities that does not match its last change."""
    last = _last_changes(connection, kind, [row.slug for row in rows])
    for row in rows:
        for problem in _entity_problems(row, last.get(row.slug)):
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


def _entity_problems(entity: Row[Any], last: Row[Any] | None) -> Iterator[str]:
    if last is None:
        yield "has no change in the log"
        return
    if last.document is None:
        yield f"exists, but was deleted in the log at revision {last.revision}"
        return
    if entity.revision != last.revision:
        yield f"is at revision {entity.revision}, but at {last.revision} in the log"
    if entity.updated_at != last.at:
        yield "its updated_at does not match its last change"
    if entity.document != last.document:
        yield "its document does not match its last change"
