"""The change log: one entry for each document that a write makes or alters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert

from app.domain.vocabulary import ChangeOp, EntityKind
from app.tables import core as t


@dataclass(frozen=True)
class Stamp:
    """Who writes, when, and why; the same for all of one transaction."""

    actor: str
    at: datetime
    reason: str | None = None


class Change(NamedTuple):
    """What happened to one entity."""

    op: ChangeOp
    slug: str
    revision: int
    document: str


def log_changes(
    connection: Connection, kind: EntityKind, changes: Sequence[Change], stamp: Stamp
) -> None:
    """Append the changes, in order."""
    if changes:
        written = {"at": stamp.at, "actor": stamp.actor, "reason": stamp.reason, "kind": kind}
        connection.execute(insert(t.change), [{**written, **c._asdict()} for c in changes])
