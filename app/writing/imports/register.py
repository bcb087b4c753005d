"""The register of imports: who imported which changes, when, why and under which name."""

from typing import Any

from sqlalchemy import Connection, Row, insert, select

from app.tables import core as t
from app.writing.changes import Stamp

_run = t.import_run.c


class NoImportError(Exception):
    """No registered import made this change."""


def register_import(
    connection: Connection,
    stamp: Stamp,
    after: int,
    seq: int,
    file: str,
    reverts: int | None = None,
) -> None:
    """Register an import that made the changes after `after`, up to `seq`; none if these are equal."""
    if seq > after:
        row = {
            "seq": seq,
            "after": after,
            "at": stamp.at,
            "actor": stamp.actor,
            "reason": stamp.reason,
            "file": file,
            "reverts": reverts,
        }
        connection.execute(insert(t.import_run).values(row))


def get_import(connection: Connection, seq: int) -> Row[Any]:
    """Return the import that made the change with this number; raises NoImportError."""
    following = select(t.import_run).where(_run.seq >= seq).order_by(_run.seq).limit(1)
    run = connection.execute(following).one_or_none()
    if run is None or seq <= run.after:
        raise NoImportError(
            f"no import made the change {seq}: edits of single entities are no imports, and versions "
            "before 0.2.0 did not register theirs"
        )
    return run


def find_revert_of(connection: Connection, seq: int) -> int | None:
    """Return the number of the last import that reverted this one, or None."""
    reverts = select(_run.seq).where(_run.reverts == seq).order_by(_run.seq.desc()).limit(1)
    found: int | None = connection.scalar(reverts)
    return found
