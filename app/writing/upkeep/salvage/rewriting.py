"""Write the newest intact versions of a damaged backup again, as new changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, CursorResult, Row, func, select

from app.domain.vocabulary import EntityKind, KindAndSlug
from app.records.models import RECORD_MODELS
from app.records.parsing.positions import LocatedRecord, OneLine
from app.tables import core as t
from app.writing.changes import make_stamp
from app.writing.edits.withdrawals import remove
from app.writing.imports.load import RefusedRecordsError, import_spool
from app.writing.imports.spool import Spool
from app.writing.record_from_document import stored_record
from app.writing.references import find_keys, find_referrers
from app.writing.upkeep.check import Fault
from app.writing.upkeep.check.fault import DAMAGE, reason_of
from app.writing.upkeep.salvage.versions import Version, Versions

# Stored in change logs, so these words stay.
ACTOR = "timeline restore"
_REASON = "salvaged from a damaged backup"


def write_again(damaged: Connection, target: Connection, versions: Versions) -> Iterator[Fault]:
    """Write every later version into the target, and yield each loss."""
    before = _revisions(target)
    later = {id: each for id, each in versions.later.items() if each.revision > before.get(id, 0)}
    gone = {id: each for id, each in later.items() if each.gone}
    living = {id: each for id, each in later.items() if not each.gone}
    refused = _import(damaged, target, living)
    # After the living, which may hold identifiers that an entity lost with its end.
    _import(damaged, target, {id: each for id, each in gone.items() if each.seq})
    refused = _import(damaged, target, {id: living[id] for id in refused})
    refused |= _end(damaged, target, gone)
    yield from (Fault(*id, problem) for id, problem in refused.items())
    written = {id: each.revision for id, each in later.items() if id not in refused}
    for id in versions.seen.keys() - refused.keys():
        revision = written.get(id, before.get(id, 0))
        if not revision:
            yield Fault(*id, "is lost: none of its versions is intact")
        elif revision < versions.seen[id]:
            yield Fault(*id, f"is as it was at revision {revision}: its later ones are damaged")


def _revisions(target: Connection) -> dict[KindAndSlug, int]:
    """Return the last revision of each entity, withdrawn and merged ones included."""
    change = t.change.c
    last = select(change.kind, change.slug, func.max(change.revision).label("revision"))
    rows = target.execute(last.group_by(change.kind, change.slug))
    return {(row.kind, row.slug): row.revision for row in rows}


def _import(
    damaged: Connection, target: Connection, later: Mapping[KindAndSlug, Version]
) -> dict[KindAndSlug, str]:
    """Import the documents as records, and return the reason for each that was left out.

    A record that refers to one that was left out is left out too.
    """
    ids = [*later]
    refused: dict[KindAndSlug, str] = {}
    while True:
        try:
            with Spool(_records(damaged, ids, later, refused)) as spool:
                import_spool(target, spool, make_stamp(target, ACTOR))
        except RefusedRecordsError as error:
            # The line of each record is its place in the list.
            refused |= {ids[each.line or 0]: each.problem for each in error.errors}
        else:
            return refused


def _records(
    damaged: Connection,
    ids: Sequence[KindAndSlug],
    later: Mapping[KindAndSlug, Version],
    refused: dict[KindAndSlug, str],
) -> Iterator[LocatedRecord]:
    """Yield each record that is not refused, and add the invalid ones to the refused ones."""
    for number, id in enumerate(ids):
        if id not in refused:
            kind, _ = id
            try:
                values = stored_record(kind, _document(damaged, kind, later[id]))
                record = RECORD_MODELS[kind].model_validate(values)
            except DAMAGE as error:
                refused[id] = f"is not a valid {kind}: {reason_of(damaged, error)}"
            else:
                yield LocatedRecord(kind, record, "backup", "", OneLine(number))


def _document(damaged: Connection, kind: EntityKind, version: Version) -> str:
    table, change = t.ENTITIES[kind].c, t.change.c
    statement = (
        select(change.document).where(change.seq == version.seq)
        if version.key is None
        else select(table.document).where(table.id == version.key)
    )
    document: str = damaged.scalars(statement).one()
    return document


def _end(
    damaged: Connection, target: Connection, gone: Mapping[KindAndSlug, Version]
) -> dict[KindAndSlug, str]:
    """Withdraw or merge these entities, and return the reason for each that stays as it is."""
    refused: dict[KindAndSlug, str] = {}
    stamp = make_stamp(target, ACTOR, _REASON)
    order = [*RECORD_MODELS]
    # An entity goes before the entities that it refers to.
    for id in sorted(gone, key=lambda id: order.index(id[0]), reverse=True):
        keys = find_keys(target, [id])
        if id not in keys:
            refused[id] = (
                "was withdrawn or merged, which is not in the new log: its id is free again"
            )
        elif referrer := next(find_referrers(target, id[0], keys[id]), None):
            refused[id] = f"had an end, but {referrer.kind} {referrer.slug} refers to it: it stays"
        else:
            change = _change(damaged, gone[id])
            survivor = change.survivor if _exists(target, id[0], change.survivor) else None
            remove(target, id[0], keys[id], replace(stamp, reason=change.reason), survivor)
    return refused


def _change(damaged: Connection, version: Version) -> Row[Any]:
    change = t.change.c
    statement = select(change.reason, change.survivor).where(change.seq == version.end)
    found: CursorResult[Any] = damaged.execute(statement)
    return found.one()


def _exists(target: Connection, kind: EntityKind, slug: str | None) -> bool:
    return slug is not None and bool(find_keys(target, [(kind, slug)]))
