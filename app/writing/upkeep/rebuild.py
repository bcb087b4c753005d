"""Rebuild everything that derives from rows: columns, documents and search rows."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, select, update

from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.database import Database
from app.tables.log import newest_seq
from app.tables.rows import RowValues, key_batches, rows_by_owner, update_rows
from app.tables.search import empty_index
from app.writing.changes import Stamp, make_stamp
from app.writing.documents import materialise
from app.writing.rows import event_bounds, name_forms

# Both are stored in change logs, so their words stay.
ACTOR = "timeline rebuild"
_REASON = "made again by a new version of the program"
# A step takes a few tenths of a second.
_STEP = 200
# Writers of SQLite ask for the lock ten times a second, so the pause lets them pass. PostgreSQL gives it to
# the one that has waited longest.
_SQLITE_PAUSE = 0.12


def rebuild(database: Database) -> Mapping[EntityKind, int]:
    """Rebuild the bounds of dates, the search keys of names, every document and the index.

    One transaction; memory does not grow with the database. A document that comes out different
    gets its next revision and an entry in the change log, like any other change. Returns the number
    of such documents by kind.
    """
    with database.write() as connection:
        stamp = make_stamp(connection, ACTOR, _REASON)
        before = newest_seq(connection)
        empty_index(connection)
        connection.execute(delete(t.pending_rebuild))
        _stamp_new_entities(connection, stamp)
        # A document derives from rows alone, not from other documents: any order works.
        for kind, table in t.ENTITIES.items():
            for keys in key_batches(connection, table):
                _derive_columns(connection, kind, keys)
                materialise(connection, kind, keys, stamp)
        return _changed_since(connection, before)


def finish_rebuild(database: Database) -> None:
    """Rebuild the entities that migrations marked, in steps of one transaction each.

    Readers find the old document or the new one, and writers pass between the steps. A killed process
    loses one step; several processes share the work. Raises BusyError.
    """
    while _rebuild_step(database):
        time.sleep(_SQLITE_PAUSE if database.is_sqlite else 0)


def _rebuild_step(database: Database) -> bool:
    """Rebuild the next entities; return whether there may be further ones."""
    waiting = t.pending_rebuild.c
    with database.write() as connection:
        step = connection.execute(select(waiting.kind, waiting.after).limit(1)).first()
        if step is None:
            return False
        of_kind = waiting.kind == step.kind
        key = t.ENTITIES[step.kind].c.id
        following = select(key).where(key > step.after).order_by(key).limit(_STEP)
        if keys := connection.scalars(following).all():
            _derive_columns(connection, step.kind, keys)
            materialise(connection, step.kind, keys, make_stamp(connection, ACTOR, _REASON))
            connection.execute(update(t.pending_rebuild).where(of_kind).values(after=keys[-1]))
        else:
            connection.execute(delete(t.pending_rebuild).where(of_kind))
        return True


def _stamp_new_entities(connection: Connection, stamp: Stamp) -> None:
    """Date the entities that a migration made, such as publishers; they have no document yet."""
    stamps = {"created_at": stamp.at, "updated_at": stamp.at}
    for table in t.ENTITIES.values():
        connection.execute(update(table).where(table.c.document == "").values(stamps))


def _derive_columns(connection: Connection, kind: EntityKind, keys: Sequence[int]) -> None:
    """Write the derived columns that are not right, except those that `materialise` derives."""
    if kind is EntityKind.PARTICIPANT:
        _index_names(connection, keys)
    if kind is EntityKind.EVENT:
        stored = connection.execute(_DATES.where(t.event.c.id.in_(keys))).all()
        bounds = {row.id: event_bounds(row.date) for row in stored}
        wrong = [row.id for row in stored if not _has(row, bounds[row.id])]
        update_rows(connection, t.event, [{"id": key, **bounds[key]} for key in wrong])


_BOUNDS = t.event.c["start_earliest", "start_latest", "end_earliest", "end_latest"]
_DATES = select(t.event.c.id, t.event.c.date, *_BOUNDS)


def _has(row: Row[Any], values: RowValues) -> bool:
    return all(row._mapping[name] == value for name, value in values.items())


def _index_names(connection: Connection, participants: Sequence[int]) -> None:
    """Write the search keys of these participants' names that are not right."""
    participant, name = t.participant.c, t.participant_name.c
    statement = (
        select(*name, participant.kind, participant.country)
        .join_from(t.participant, t.participant_name)
        .where(participant.id.in_(participants))
        .order_by(name.participant_id, name.ordinal)
    )
    rows = []
    for names in rows_by_owner(connection, statement).values():
        forms = name_forms([row.text for row in names], names[0].kind, names[0].country)
        rows += [
            {"owner": row.participant_id, "place": row.ordinal, **keys}
            for row, keys in zip(names, forms, strict=True)
            if not _has(row, keys)
        ]
    if rows:
        one = (name.participant_id == bindparam("owner"), name.ordinal == bindparam("place"))
        connection.execute(update(t.participant_name).where(*one), rows)


def _changed_since(connection: Connection, seq: int) -> Mapping[EntityKind, int]:
    change = t.change.c
    counted = select(change.kind, func.count()).where(change.seq > seq).group_by(change.kind)
    return {kind: count for kind, count in connection.execute(counted)}
