"""The change log: all changes in order, the revisions of one entity, and the facts of the dataset."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, bindparam, case, func, select, tuple_

from app.documents.change import ChangeEntry, change_entry, change_json, entry_json
from app.documents.dataset import DatasetFacts
from app.domain.dates import OPEN_END, OPEN_START
from app.domain.vocabulary import EntityKind
from app.reading.cursors import count_key
from app.reading.listing import Listing, in_order
from app.reading.parameters.changes import ChosenChanges
from app.tables import core as t
from app.tables.log import newest_change, newest_seq

_CHANGES = select(t.change)
_ENTRIES = select(*(column for column in t.change.c if column is not t.change.c.document))
# The largest integer of PostgreSQL. A client may send a larger number, after which there is no change.
_MOST = 2**31 - 1
# Built once: to build it takes longer than to run it.
_NEWEST_REVISIONS: Final = (
    _ENTRIES.where(t.change.c.kind == bindparam("of"), t.change.c.slug == bindparam("id"))
    .order_by(t.change.c.revision.desc())
    .limit(bindparam("most"))
)


class ChangeBatch(NamedTuple):
    """Some changes, whether more exist now, and the last change that the batch covers."""

    changes: list[Row[Any]]
    more: bool
    last: int


def changes(after: int, chosen: ChosenChanges) -> Listing:
    """Return the chosen changes after a number, in the order in which they were made."""
    seq = t.change.c.seq
    return Listing(
        _CHANGES,
        (count_key(seq),),
        make_conditions=lambda: [seq > min(after, _MOST), *_conditions(chosen)],
        render=lambda row: change_json(row).encode(),
    )


def _conditions(chosen: ChosenChanges) -> list[ColumnElement[bool]]:
    change = t.change.c
    return [
        *([change.kind.in_(chosen.kind)] if chosen.kind else []),
        *([change.cause_kind.is_(None)] if chosen.direct else []),
    ]


def fetch_changes(
    connection: Connection, after: int, chosen: ChosenChanges, limit: int
) -> ChangeBatch:
    """Return at most `limit` changes after a number: one statement, and one more at the end of the log.

    At the end, `last` is the newest change, chosen or not: a client that continues after it misses
    nothing.
    """
    listing = changes(after, chosen)
    rows = list(connection.execute(in_order(listing).limit(limit + 1)))
    more = len(rows) > limit
    rows = rows[:limit]
    last = rows[-1].seq if more else newest_seq(connection)
    return ChangeBatch(rows, more, last)


def seq_before_newest(connection: Connection, chosen: ChosenChanges, last: int, count: int) -> int:
    """Return the number after which the log up to `last` has so many chosen changes; 0 if it has no more."""
    change = t.change.c
    newest = select(change.seq).where(change.seq <= last, *_conditions(chosen))
    following = newest.order_by(change.seq.desc()).offset(count).limit(1)
    return connection.scalar(following) or 0


def revisions(kind: EntityKind, slug: str) -> Listing:
    """Return the changes of one entity without their documents, newest first."""
    change = t.change.c
    return Listing(
        _ENTRIES,
        (count_key(change.revision),),
        descending=True,
        make_conditions=lambda: [change.kind == kind, change.slug == slug],
        render=lambda row: entry_json(row).encode(),
    )


def newest_revisions(
    connection: Connection, kind: EntityKind, slug: str, most: int
) -> list[ChangeEntry]:
    """Return at most so many changes of one entity, newest first: one statement."""
    rows = connection.execute(_NEWEST_REVISIONS, {"of": kind, "id": slug, "most": most})
    return [*map(change_entry, rows)]


def find_revision(
    connection: Connection, kind: EntityKind, slug: str, revision: int
) -> Row[Any] | None:
    """Return the change that made a revision of an entity, or None."""
    change = t.change.c
    this = (change.kind == kind, change.slug == slug, change.revision == revision)
    return connection.execute(select(t.change).where(*this)).one_or_none()


def find_documents_before(
    connection: Connection, changes: Collection[tuple[EntityKind, str, int]]
) -> Mapping[tuple[EntityKind, str, int], str]:
    """Return the document before each of these changes that had one: one statement.

    A change is given by its entity's kind and id, and by the revision that it made.
    """
    change = t.change.c
    wanted = [(kind, slug, revision - 1) for kind, slug, revision in changes if revision > 1]
    this = tuple_(change.kind, change.slug, change.revision).in_(wanted)
    columns = (change.kind, change.slug, change.revision, change.document)
    rows = connection.execute(select(*columns).where(this)) if wanted else ()
    return {(row.kind, row.slug, row.revision + 1): row.document for row in rows}


def edit_instants(
    connection: Connection, kind: EntityKind, slugs: Collection[str]
) -> Mapping[str, datetime]:
    """Return when each of these entities was last edited itself: one statement."""
    change = t.change.c
    edits = (change.kind == kind, change.slug.in_(slugs), change.cause_kind.is_(None))
    newest = select(change.slug, func.max(change.at)).where(*edits).group_by(change.slug)
    return {slug: at for slug, at in connection.execute(newest)}


def find_facts(connection: Connection) -> DatasetFacts:
    """Return the newest change and the first and last day of all events: two statements.

    Open ends do not count.
    """
    event, change = t.event.c, t.change.c
    # The known side of an event that is open on the other counts as both its beginning and its end.
    begun = case(
        (event.start_earliest == OPEN_START, event.end_earliest), else_=event.start_earliest
    )
    ended = case((event.end_latest == OPEN_END, event.start_latest), else_=event.end_latest)
    first_on, last_on = connection.execute(select(func.min(begun), func.max(ended))).one()
    seq, modified_at = newest_change(connection, change.seq, change.at) or (0, None)
    return DatasetFacts(seq, modified_at, first_on, last_on)
