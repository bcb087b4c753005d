"""The change log: one entry for each document that a write makes, alters or takes away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from app.domain.digest_chain import Link, chain_digest
from app.domain.vocabulary import ChangeOp, EntityKind
from app.tables import core as t
from app.tables.database import current_instant


@dataclass(frozen=True)
class Stamp:
    """Who writes, when, and why; the same for all of one transaction."""

    actor: str
    at: datetime
    reason: str | None = None


class LoggedChange(NamedTuple):
    """What happened to one entity; without a document it is gone, and merged if it has a survivor."""

    op: ChangeOp
    slug: str
    revision: int
    document: str | None
    survivor: str | None = None


def make_stamp(connection: Connection, actor: str, reason: str | None = None) -> Stamp:
    """The stamp of a transaction that writes, later than every stamp before it.

    So the state at an instant is that after the last change until then, whatever clocks do.
    """
    last = connection.scalar(select(t.change.c.at).order_by(t.change.c.seq.desc()).limit(1))
    now = current_instant(connection)
    return Stamp(actor, now if last is None else max(now, last + timedelta(microseconds=1)), reason)


def log_changes(
    connection: Connection, kind: EntityKind, changes: Sequence[LoggedChange], stamp: Stamp
) -> None:
    """Append the changes, in order: two statements."""
    if changes:
        rows = list(_chained(connection, kind, changes, stamp))
        connection.execute(insert(t.change), rows)


def _chained(
    connection: Connection, kind: EntityKind, changes: Sequence[LoggedChange], stamp: Stamp
) -> Iterator[dict[str, object]]:
    last = select(t.change.c.seq, t.change.c.digest).order_by(t.change.c.seq.desc()).limit(1)
    seq, digest = connection.execute(last).one_or_none() or (0, "")
    for op, slug, revision, document, survivor in changes:
        seq += 1
        link = Link(
            seq, stamp.at, stamp.actor, op, kind, slug, revision, stamp.reason, survivor, document
        )
        digest = chain_digest(digest, link)
        yield {**link._asdict(), "digest": digest}
