"""Everything that is made from the rows, made again: derived columns, documents, search rows."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, exists, func, select, update

from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.database import Database
from app.tables.log import newest_seq
from app.tables.rows import key_batches
from app.tables.search import event_search, mend_index
from app.writing.changes import make_stamp
from app.writing.documents import materialise
from app.writing.rows import event_bounds, name_forms

# An entity's document is made from rows alone, not from other documents: any order would do.
ACTOR = "timeline rebuild"


def rebuild(database: Database) -> Mapping[EntityKind, int]:
    """Make the days that dates mean, the forms of names, every document and the index again.

    One transaction; memory does not grow with the database. A document that comes out different
    gets its next revision and an entry in the change log, like any other change. Returns how many
    did, by kind.
    """
    with database.write() as connection:
        stamp = make_stamp(connection, ACTOR, "made again by a new version of the program")
        before = newest_seq(connection)
        mend_index(connection)
        for kind, table in t.ENTITIES.items():
            for keys in key_batches(connection, table):
                _derive_columns(connection, kind, keys)
                materialise(connection, kind, keys, stamp)
        has_event = exists().where(t.event.c.id == event_search.c.rowid)
        connection.execute(delete(event_search).where(~has_event))
        return _changed_since(connection, before)


def _derive_columns(connection: Connection, kind: EntityKind, keys: Sequence[int]) -> None:
    """The columns that follow from others, but for what `materialise` derives itself."""
    if kind is EntityKind.PARTICIPANT:
        index_names(connection, keys)
    if kind is EntityKind.EVENT:
        dates = select(t.event.c.id, t.event.c.date).where(t.event.c.id.in_(keys))
        rows = [{"key": row.id, **event_bounds(row.date)} for row in connection.execute(dates)]
        connection.execute(update(t.event).where(t.event.c.id == bindparam("key")), rows)


def _changed_since(connection: Connection, seq: int) -> Mapping[EntityKind, int]:
    change = t.change.c
    counted = select(change.kind, func.count()).where(change.seq > seq).group_by(change.kind)
    return {kind: count for kind, count in connection.execute(counted)}


def index_names(connection: Connection, participants: Sequence[int]) -> None:
    """Make the folded forms and sound keys of these participants' names again, which the program derives."""
    participant, name = t.participant.c, t.participant_name.c
    statement = (
        select(participant.kind, participant.country, name.participant_id, name.ordinal, name.text)
        .join_from(t.participant, t.participant_name)
        .where(participant.id.in_(participants))
    )
    rows = [
        {
            "owner": row.participant_id,
            "place": row.ordinal,
            **name_forms(row.text, row.kind, row.country),
        }
        for row in connection.execute(statement)
    ]
    if rows:
        one = (name.participant_id == bindparam("owner"), name.ordinal == bindparam("place"))
        connection.execute(update(t.participant_name).where(*one), rows)
