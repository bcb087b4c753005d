"""Events that may be one event recorded twice."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from app.records.models import EventRecord
from app.tables import core as t
from app.tables.rows import rows_by_owner
from app.writing.rows import event_bounds

# Events of one day, type and set of participants; whoever reads the error needs no more.
_MAX_CANDIDATES = 20


class DuplicateError(Exception):
    """A new event has the date, the type and the participants of those in `candidates`."""

    def __init__(self, candidates: Sequence[str]) -> None:
        super().__init__(f"there is {candidates[0]!r} of that date, type and those participants")
        self.candidates = candidates


def refuse_duplicate(connection: Connection, event: EventRecord) -> None:
    """Raise DuplicateError where the bounds of the date, the type and all participants are another's."""
    people = {part.id for part in event.participants}
    alike = [slug for slug, named in _of_that_date(connection, event).items() if named == people]
    if alike:
        raise DuplicateError(sorted(alike)[:_MAX_CANDIDATES])


def _of_that_date(connection: Connection, record: EventRecord) -> dict[str, set[str]]:
    """The events of the record's date and type, each with the ids of its participants."""
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
