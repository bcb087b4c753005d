"""Find the newest intact version of each entity in a damaged backup, in its log or in its tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, CursorResult, Row, select

from app.documents.entities import BUILDERS, DOCUMENT_MODELS, write_document
from app.domain.vocabulary import EntityKind, KindAndSlug
from app.tables import core as t
from app.tables.rows import key_batches
from app.writing.upkeep.check import Fault
from app.writing.upkeep.check.fault import DAMAGE, reason_of
from app.writing.upkeep.check.log import Examined, examine


class Version(NamedTuple):
    """A version of an entity: its revision, and the change or the row that has its document.

    The entity is `gone` if the change `end` withdrew or merged it; `seq` is then the change before.
    """

    revision: int
    seq: int | None = None
    key: int | None = None
    end: int | None = None

    @property
    def gone(self) -> bool:
        """Whether the entity was withdrawn or merged."""
        return self.end is not None


@dataclass
class Versions:
    """The state of a damaged backup.

    The log is intact up to the change `kept`, which is the end of a write. `later` has the newest
    intact version of each entity that changed after it, and `seen` the highest revision of each
    entity that can be read, intact or not.
    """

    kept: int = 0
    later: dict[KindAndSlug, Version] = field(default_factory=dict)
    seen: dict[KindAndSlug, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def find_versions(damaged: Connection) -> Versions:
    """Return the intact versions in the log, and those in the tables that are newer."""
    versions = Versions()
    try:
        _read_log(versions, examine(damaged))
    except DAMAGE as error:
        fault = Fault("log", "of changes", f"cannot be read: {reason_of(damaged, error)}")
        versions.faults.append(fault)
    for kind in t.ENTITIES:
        for row in _proved_rows(damaged, kind):
            _add(versions, (kind, row.slug), Version(row.revision, key=row.id))
    return versions


def _read_log(versions: Versions, changes: Iterator[Examined]) -> None:
    intact, before = True, None
    for each in changes:
        intact = intact and each.proved
        if before is not None and intact and each.entry and each.entry.at != before.at:
            # The changes of one write have the same instant; a part of a write is never kept.
            _keep(versions, before.seq)
        versions.faults += [Fault("change", str(each.seq), text) for text in each.problems]
        if each.entry is not None:
            _note(versions, each)
        before = each.entry
    if intact and before is not None:
        _keep(versions, before.seq)


def _keep(versions: Versions, seq: int) -> None:
    versions.kept = seq
    versions.later = {
        id: each for id, each in versions.later.items() if (each.end or each.seq or 0) > seq
    }


def _note(versions: Versions, change: Examined) -> None:
    entry: Any = change.entry
    if entry.kind in {*EntityKind} and isinstance(entry.revision, int):
        id = (EntityKind(entry.kind), str(entry.slug))
        versions.seen[id] = max(entry.revision, versions.seen.get(id, 0))
        if change.proved:
            versions.later[id] = _version(entry, versions.later.get(id))


def _version(entry: Row[Any], before: Version | None) -> Version:
    if entry.document is not None:
        return Version(entry.revision, entry.seq)
    return Version(entry.revision, before.seq if before else None, end=entry.seq)


def _add(versions: Versions, id: KindAndSlug, version: Version) -> None:
    """Add a version from the tables, unless the log has an intact one that is as new."""
    versions.seen[id] = max(version.revision, versions.seen.get(id, 0))
    known = versions.later.get(id)
    if known is None or known.revision < version.revision:
        versions.later[id] = version


def _proved_rows(damaged: Connection, kind: EntityKind) -> Iterator[Row[Any]]:
    """Yield the id, slug and revision of each entity whose rows give exactly its document."""
    try:
        for keys in key_batches(damaged, t.ENTITIES[kind]):
            yield from _proved_among(damaged, kind, keys)
    except DAMAGE as error:
        # The rest of the table cannot be read; the log has a copy of each document.
        reason_of(damaged, error)


def _proved_among(damaged: Connection, kind: EntityKind, keys: Sequence[int]) -> Iterator[Row[Any]]:
    table = t.ENTITIES[kind].c
    columns = (table.id, table.slug, table.revision, table.document)
    try:
        found: CursorResult[Any] = damaged.execute(select(*columns).where(table.id.in_(keys)))
        rows = found.all()
        built = BUILDERS[kind](damaged, keys)
        proved = [row for row in rows if write_document(built[row.id]) == row.document]
        for row in proved:
            DOCUMENT_MODELS[kind].model_validate_json(row.document)
    except DAMAGE as error:
        reason_of(damaged, error)
        if len(keys) > 1:
            for key in keys:
                yield from _proved_among(damaged, kind, [key])
        return
    yield from proved
