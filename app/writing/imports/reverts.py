"""Undo an import: give each entity that it changed its record of before.

An import can be reverted while each of these entities is as the import left it, and nothing else needs
it. The revert is an import too, and can itself be reverted.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final, NamedTuple

from pydantic import ValidationError
from sqlalchemy import Connection, Row, func, select, tuple_

from app.documents.imports.report import (
    ImportedChanges,
    ImportEffects,
    ImportObstacle,
    ImportRunDocument,
)
from app.documents.tombstone import Fate, find_fates, find_survivors
from app.domain.plural import counted
from app.domain.vocabulary import ChangeOp, EntityKind, KindAndSlug
from app.records.models import RECORD_MODELS, WithdrawalRecord
from app.records.parsing.errors import RecordError
from app.records.parsing.positions import LocatedRecord, OneLine
from app.tables import core as t
from app.tables.database import Database
from app.tables.rows import batches
from app.writing.changes import make_stamp
from app.writing.consistency import check_records
from app.writing.edits.trials import write_or_try
from app.writing.imports.choices import NO_CHOICES
from app.writing.imports.last_edits import LastEdit, find_last_edits
from app.writing.imports.load import import_spool
from app.writing.imports.register import find_revert_of, get_import, register_import
from app.writing.imports.remedies import REQUESTS, Remedies
from app.writing.imports.report import ImportReport
from app.writing.imports.spool import Spool
from app.writing.imports.survey import survey
from app.writing.record_from_document import stored_record, stored_records
from app.writing.references import named_ids
from app.writing.survivors import with_survivors

# A revert that withdraws more entities needs the permission of an administrator.
MOST_WITHDRAWN: Final = 100
# An answer lists at most this many obstacles.
_MOST_LISTED: Final = 20
# Anybody may ask whether an import can be reverted, so that must not take long.
_MOST_EXAMINED: Final = 1_000
# Only an administrator reverts more than 100; this bounds the memory.
_MOST_WITHDRAWALS: Final = 1_000_000
_change = t.change.c
_NOWHERE: Final = OneLine(1)


class DependedError(Exception):
    """Later changes depend on the import; `obstacles` has the first 20, and how to go on."""

    def __init__(
        self, seq: int, obstacles: Sequence[ImportObstacle], remedies: Remedies = REQUESTS
    ) -> None:
        self.obstacles = obstacles[:_MOST_LISTED]
        super().__init__(
            f"the import {seq} cannot be reverted: {counted(len(obstacles), 'later change')} "
            f"{'depends' if len(obstacles) == 1 else 'depend'} on it. Undo these first, {remedies.obstacles}; "
            "or undo single records with a revert of each"
        )


class LargeRevertError(Exception):
    """The revert would withdraw more entities than the caller may."""

    def __init__(self, seq: int, count: int) -> None:
        super().__init__(
            f"the revert of import {seq} would withdraw {count:,} entities, and more than "
            f"{MOST_WITHDRAWN} need the scope admin: see the effect with dry_run=true"
        )


class _Undone(NamedTuple):
    """An entity that an import edited: its revisions before the import (0 for none) and after it."""

    kind: EntityKind
    slug: str
    before: int
    after: int


class _Undo(NamedTuple):
    """The records and withdrawals that undo an import, and the obstacles."""

    spool: Spool
    restored: Mapping[KindAndSlug, int]
    obstacles: list[ImportObstacle]


def revert_import(
    database: Database,
    seq: int,
    actor: str,
    reason: str | None = None,
    *,
    may_withdraw_many: bool = True,
    dry_run: bool = False,
    remedies: Remedies = REQUESTS,
) -> ImportReport:
    """Undo the import that made the change with this number; a dry run does the work and rolls it back.

    Raises NoImportError, DependedError, and LargeRevertError for a caller who may not withdraw many;
    not in a dry run. The obstacles name the `remedies` of one interface.
    """
    with write_or_try(database, dry_run=dry_run) as connection:
        run = get_import(connection, seq)
        reason = reason or f"import {run.seq} was reverted"
        with _undo(connection, run, reason, remedies) as (spool, restored, obstacles):
            if obstacles:
                raise DependedError(run.seq, obstacles, remedies)
            count = len(spool.withdrawals)
            if count > MOST_WITHDRAWN and not may_withdraw_many and not dry_run:
                raise LargeRevertError(run.seq, count)
            file = f"revert of import {run.seq}"
            found = survey(connection, spool, file, NO_CHOICES, warns=False)
            stamp = make_stamp(connection, actor, reason)
            report = import_spool(connection, spool, stamp, restored=restored)
            register_import(connection, stamp, report.after, report.last, file, run.seq)
            return replace(report, survey=found)


def describe_import(connection: Connection, seq: int) -> ImportRunDocument:
    """Return the import that made the change with this number, and whether it can be reverted.

    Raises NoImportError.
    """
    run = get_import(connection, seq)
    effects = _effects(connection, run)
    edits = effects.created + effects.updated + effects.withdrawn + effects.restored
    obstacles: Sequence[ImportObstacle] | None = None
    if edits <= _MOST_EXAMINED:
        with _undo(connection, run, "a test", REQUESTS) as undo:
            obstacles = undo.obstacles
    return ImportRunDocument(
        seq=run.seq,
        at=run.at,
        actor=run.actor,
        reason=run.reason,
        file=run.file,
        effects=effects,
        changes=ImportedChanges(after=run.after, last=run.seq),
        reverts=run.reverts,
        reverted_by=find_revert_of(connection, run.seq),
        revertible=None if obstacles is None else not obstacles,
        needs_admin=effects.created + effects.restored > MOST_WITHDRAWN,
        obstacles=[*(obstacles or ())][:_MOST_LISTED],
        more_obstacles=max(0, len(obstacles or ()) - _MOST_LISTED),
    )


def _effects(connection: Connection, run: Row[Any]) -> ImportEffects:
    edits = (_change.seq > run.after, _change.seq <= run.seq, _change.cause_kind.is_(None))
    numbers = select(_change.op, func.count()).where(*edits).group_by(_change.op)
    counts = {op: count for op, count in connection.execute(numbers)}
    return ImportEffects(
        created=counts.get(ChangeOp.CREATE, 0),
        updated=counts.get(ChangeOp.UPDATE, 0),
        withdrawn=counts.get(ChangeOp.WITHDRAW, 0),
        restored=counts.get(ChangeOp.RESTORE, 0),
    )


@contextmanager
def _undo(
    connection: Connection, run: Row[Any], reason: str, remedies: Remedies
) -> Iterator[_Undo]:
    """Yield the records that undo an import, and all obstacles; it writes nothing."""
    restored: dict[KindAndSlug, int] = {}
    revived: set[KindAndSlug] = set()
    obstacles: list[ImportObstacle] = []

    def records() -> Iterator[LocatedRecord | RecordError]:
        for kind, batch in _edited(connection, run):
            yield from _undone(
                connection, run, kind, batch, reason, restored, revived, obstacles, remedies
            )

    with Spool(records(), most_withdrawals=_MOST_WITHDRAWALS) as spool:
        spool.revived = revived
        faults = [*spool.errors, *check_records(connection, spool)]
        missing = find_fates(connection, {each.meant for each in faults if each.meant})
        obstacles += [
            ImportObstacle(
                kind=each.kind,
                id=each.record,
                detail=f"{each.problem}: {_first_step(each, missing, remedies)} first, then revert again",
            )
            for each in faults
        ]
        yield _Undo(spool, restored, obstacles)


def _first_step(fault: RecordError, missing: Mapping[KindAndSlug, Fate], remedies: Remedies) -> str:
    """Return the way out of a fault: a withdrawn entity that the old record names must live again."""
    fate = missing.get(fault.meant) if fault.meant else None
    if fate is None:
        return "change or withdraw that"
    # The last one of a chain of merges was withdrawn, since no record could name it otherwise.
    gone = fate.tombstones[-1]
    return f"restore it by {remedies.to_revert(gone.kind, gone.slug, gone.revision - 1)}"


def _edited(
    connection: Connection, run: Row[Any]
) -> Iterator[tuple[EntityKind, Sequence[_Undone]]]:
    """Yield the entities that the import edited, a batch of one kind at a time."""
    within = (_change.seq > run.after, _change.seq <= run.seq)
    of_entity = (_change.kind, _change.slug)
    first = func.min(_change.revision).filter(_change.cause_kind.is_(None))
    statement = select(*of_entity, first, func.max(_change.revision)).where(*within)
    by_kind: dict[EntityKind, list[_Undone]] = defaultdict(list)
    rows = connection.execute(statement.group_by(*of_entity).order_by(_change.slug))
    for kind, slug, edit, last in rows:
        if edit is not None:
            by_kind[kind].append(_Undone(kind, slug, edit - 1, last))
    for kind in RECORD_MODELS:
        for batch in batches(by_kind[kind]):
            yield kind, batch


def _undone(
    connection: Connection,
    run: Row[Any],
    kind: EntityKind,
    batch: Sequence[_Undone],
    reason: str,
    restored: dict[KindAndSlug, int],
    revived: set[KindAndSlug],
    obstacles: list[ImportObstacle],
    remedies: Remedies,
) -> Iterator[LocatedRecord | RecordError]:
    """Yield the records that undo the edits of the entities; note the restored ones and the obstacles."""
    olds = _documents(connection, kind, [(each.slug, each.before) for each in batch])
    lefts = _documents(connection, kind, [(each.slug, each.after) for each in batch])
    present = stored_records(connection, kind, [each.slug for each in batch])
    changed = {each.slug: each for each in batch if lefts.get(each.slug) != present.get(each.slug)}
    edits = find_last_edits(connection, kind, changed.keys())
    fates = find_fates(connection, [(kind, slug) for slug in changed.keys() - present.keys()])
    obstacles += [
        _obstacle(run, each, edits.get(slug), fates.get((kind, slug)), remedies)
        for slug, each in changed.items()
    ]
    for each in batch:
        old, now = olds.get(each.slug), present.get(each.slug)
        if each.slug in changed or old == now:
            continue
        if old is None:
            withdrawal = WithdrawalRecord(kind=kind, id=each.slug, reason=reason)
            yield LocatedRecord(kind, withdrawal, "", "", _NOWHERE)
            continue
        restored[kind, each.slug] = each.before
        if now is None:
            revived.add((kind, each.slug))
        try:
            record = RECORD_MODELS[kind].model_validate(old)
        except ValidationError as invalid:
            problem = (
                f"its revision {each.before} breaks a rule today: {invalid.errors()[0]['msg']}"
            )
            yield RecordError("", None, each.slug, "", problem, kind)
        else:
            yield LocatedRecord(kind, record, "", "", _NOWHERE)


def _documents(
    connection: Connection, kind: EntityKind, revisions: Iterable[tuple[str, int]]
) -> dict[str, dict[str, Any]]:
    """Return, by id, the records of these revisions; none for the end of an entity.

    They name the survivors of merges, as the present records do: a merge is no later change of them.
    """
    wanted = tuple_(_change.slug, _change.revision).in_([*revisions])
    rows = connection.execute(
        select(_change.slug, _change.document).where(_change.kind == kind, wanted)
    )
    records = {slug: stored_record(kind, text) for slug, text in rows if text is not None}
    named = {id for record in records.values() for id in named_ids(kind, record)}
    survivors = find_survivors(connection, named)
    return {slug: with_survivors(kind, record, survivors) for slug, record in records.items()}


def _obstacle(
    run: Row[Any],
    each: _Undone,
    edit: LastEdit | None,
    fate: Fate | None,
    remedies: Remedies,
) -> ImportObstacle:
    """Say who changed an entity after the import, and how to undo that; `fate` if it is gone."""
    way = remedies.to_revert(each.kind, each.slug, each.after)
    if fate and fate.tombstones[0].survivor:
        detail = f"{fate}; no revert undoes a merge: revert the other records one by one"
    elif edit is None:
        detail = f"it changed since: {way} restores it as the import left it"
    elif edit.run is not None and edit.reverts == run.seq:
        undo = remedies.to_revert_import(edit.run)
        detail = f"the import {edit.run} reverted this import: to bring it back, {undo}"
    elif edit.run is not None:
        undo = remedies.to_revert_import(edit.run)
        detail = f"the import {edit.run}, by {edit.actor}, changed it: {undo} first"
    else:
        done = "withdrew" if fate else "changed"
        detail = f"{edit.actor} {done} it in the change {edit.seq}: to drop that, {way} first"
    return ImportObstacle(kind=each.kind, id=each.slug, detail=detail)
