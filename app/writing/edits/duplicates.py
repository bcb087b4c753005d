"""Possible duplicates: two records that may describe one event."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from app.records.models import EventRecord
from app.tables import core as t
from app.tables.rows import rows_by_owner
from app.writing.rows import event_bounds

# An error lists at most this many candidates.
_MAX_CANDIDATES = 20


class DuplicateError(Exception):
    """A new event has the date, type and participants of each event in `candidates`."""

    def __init__(self, candidates: Sequence[str]) -> None:
        super().__init__(f"{candidates[0]!r} has the same date, type and participants")
        self.candidates = candidates


def refuse_duplicate(connection: Connection, event: EventRecord) -> None:
    """Raise DuplicateError if another event has the same date bounds, type and participants."""
    participants = {part.id for part in event.participants}
    same_day = _find_same_date_and_type(connection, event)
    candidates = [slug for slug, theirs in same_day.items() if theirs == participants]
    if candidates:
        raise DuplicateError(sorted(candidates)[:_MAX_CANDIDATES])


def _find_same_date_and_type(connection: Connection, record: EventRecord) -> dict[str, set[str]]:
    """Return the events with the record's date and type, each with the ids of its participants."""
    event, part = t.event.c, t.participation.c
    statement = (
        select(part.event_id, event.slug, t.participant.c.slug.label("participant"))
        .join_from(t.event, t.participation)
        .join(t.participant, t.participant.c.id == part.participant_id)
        .where(
            event.type == record.type,
            *(event[name] == day for name, day in event_bounds(record.date).items()),
        )
    )
    return {
        rows[0].slug: {row.participant for row in rows}
        for rows in rows_by_owner(connection, statement).values()
    }
