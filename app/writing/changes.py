"""The change log: one entry for each document that a write creates, changes or removes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from app.domain.digest_chain import Link, chain_digest
from app.domain.vocabulary import ChangeOp, EntityKind
from app.tables import core as t
from app.tables.clock import check_clock, current_instant
from app.tables.log import newest_change
from app.tables.rows import insert_rows


@dataclass(frozen=True)
class Stamp:
    """The actor, instant and reason of a write; all changes of a transaction share it."""

    actor: str
    at: datetime
    reason: str | None = None


class Cause(NamedTuple):
    """The entity whose edit, in the same transaction, a change follows from."""

    kind: EntityKind
    slug: str


class LoggedChange(NamedTuple):
    """A change of one entity: no document if the entity is gone, a survivor if it was merged.

    An edit has no cause. `restored` is the revision whose record the change restored.
    """

    op: ChangeOp
    slug: str
    revision: int
    document: str | None
    survivor: str | None = None
    cause: Cause | None = None
    restored: int | None = None


def make_stamp(connection: Connection, actor: str, reason: str | None = None) -> Stamp:
    """Return the stamp of a transaction that writes; it is later than every stamp before it.

    So the state at an instant is the state after the last change before it, even if a clock goes
    back. Raises ClockJumpError if it has jumped ahead.
    """
    newest = newest_change(connection, t.change.c.at)
    now = current_instant(connection)
    check_clock(connection, now, newest.at if newest else None)
    at = max(now, newest.at + timedelta(microseconds=1)) if newest else now
    return Stamp(actor, at, reason)


def log_changes(
    connection: Connection, kind: EntityKind, changes: Sequence[LoggedChange], stamp: Stamp
) -> None:
    """Append the changes in order: two statements."""
    if changes:
        insert_rows(connection, t.change, list(_chained(connection, kind, changes, stamp)))


def _chained(
    connection: Connection, kind: EntityKind, changes: Sequence[LoggedChange], stamp: Stamp
) -> Iterator[dict[str, object]]:
    seq, digest = newest_change(connection, t.change.c.seq, t.change.c.digest) or (0, "")
    for op, slug, revision, document, survivor, cause, restored in changes:
        seq += 1
        link = Link(
            seq, stamp.at, stamp.actor, op, kind, slug, revision, stamp.reason, survivor, document
        )
        digest = chain_digest(digest, link)
        because = {"cause_kind": cause and cause.kind, "cause_slug": cause and cause.slug}
        yield {**link._asdict(), **because, "restored": restored, "digest": digest}
