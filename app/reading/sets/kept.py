"""Keep the sets of the newest state in memory, and bring them up to date after a write."""

from threading import Lock
from typing import Final

from sqlalchemy import Connection, func, select

from app.domain.vocabulary import ChangeOp, EntityKind
from app.reading.sets.event_sets import EventSets, LogEnd
from app.tables import core as t
from app.tables.at_once import refuse_at_once
from app.tables.engines import LOG_END

# After more changes than these, reading everything again is faster.
_MOST_CHANGES: Final = 500
# A page by statements costs some milliseconds more; reading the sets for it costs hundreds.
_PAGES: Final = 20
_EDIT: Final = (EntityKind.EVENT, ChangeOp.UPDATE)
_CHANGE: Final = t.change.c
_LOG_END: Final = select(_CHANGE.seq, _CHANGE.digest).order_by(_CHANGE.seq.desc()).limit(1)


class KeptSets:
    """The sets of the newest state that a request has seen, for as many events as the limit allows.

    `limit` is the highest key of an event; 0 keeps no sets.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._newest: EventSets | None = None
        # The newest state that was found to have too many events.
        self._too_many: LogEnd | None = None
        self._lock = Lock()
        # Pages that were asked for since the sets were last made anew.
        self._pages = 0

    def find(self, connection: Connection) -> EventSets | None:
        """Return the sets of the state that the connection sees.

        Kept ones take no statement, or one if the connection did not note the end of the log. None if the
        state is older than the kept one, or has no events or too many.
        """
        if not self.limit:
            return None
        newest = connection.info.get(LOG_END) or connection.execute(_LOG_END).one_or_none()
        if newest is None:
            return None
        state = LogEnd(*newest)
        if state == self._too_many:
            return None
        kept = self._newest
        if kept is None or kept.state.seq < state.seq:
            kept = self._bring_up_to_date(connection, state)
        return kept if kept is not None and kept.state == state else None

    def find_noted(self, connection: Connection) -> EventSets | None:
        """Return the sets as `find` does, but only if they are kept for the state that the connection noted."""
        kept, noted = self._newest, connection.info.get(LOG_END)
        return kept if kept is not None and noted is not None and kept.state == noted else None

    def find_for_page(self, connection: Connection) -> EventSets | None:
        """Return the sets as `find` does; None without a statement until some pages have asked for them."""
        self._pages += 1
        if self._pages <= _PAGES:
            return None
        found = self.find(connection)
        return found if self._pages > _PAGES else None

    def _bring_up_to_date(self, connection: Connection, state: LogEnd) -> EventSets | None:
        refuse_at_once()
        with self._lock:
            kept = self._newest
            if kept is None or kept.state.seq < state.seq:
                kept = self._newest = self._following(connection, kept, state)
            return kept

    def _following(
        self, connection: Connection, kept: EventSets | None, state: LogEnd
    ) -> EventSets | None:
        if (connection.scalar(select(func.max(t.event.c.id))) or 0) > self.limit:
            self._too_many = state
            return None
        if kept is None:
            return EventSets(state)
        changed = _changed_events(connection, kept.state)
        if changed is None:
            self._pages = 0
            return EventSets(state)
        return kept.after(connection, state, changed)


def _changed_events(connection: Connection, since: LogEnd) -> list[int] | None:
    """Return the events that were added or edited since a state; None if more changed than these."""
    columns = (_CHANGE.op, _CHANGE.kind, _CHANGE.slug)
    rows = connection.execute(
        select(_CHANGE.seq, _CHANGE.digest, *columns)
        .where(_CHANGE.seq >= since.seq)
        .order_by(_CHANGE.seq)
        .limit(_MOST_CHANGES + 2)
    ).all()
    # Another log has another digest.
    if not rows or rows[0][:2] != since or len(rows) > _MOST_CHANGES + 1:
        return None
    added = rows[1:]
    if not all((row.kind, row.op) == _EDIT or _is_new(row.kind, row.op) for row in added):
        return None
    slugs = {row.slug for row in added if row.kind is EntityKind.EVENT}
    return [*connection.scalars(select(t.event.c.id).where(t.event.c.slug.in_(slugs)))]


def _is_new(kind: EntityKind, op: ChangeOp) -> bool:
    """Whether an entity is new to each event, so that only changed events have it.

    Events may have had a tag before it was an entity.
    """
    return op is ChangeOp.CREATE and kind is not EntityKind.TAG
