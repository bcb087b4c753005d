"""The number of events of participants, and whether they were active at a time."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, func, select

from app.domain.dates import parse_edtf, parse_range
from app.tables import core as t
from app.tables.rows import batches

# A person is active for some time before and after each known event.
_DAYS_OF_SLACK = 365


def count_events(connection: Connection, participants: Sequence[int]) -> dict[int, int]:
    """Return the number of events of each participant; participants without an event are absent."""
    part = t.participation.c
    statement = select(part.participant_id, func.count(part.event_id.distinct()))
    return {
        key: events
        for batch in batches(participants)
        for key, events in connection.execute(
            statement.where(part.participant_id.in_(batch)).group_by(part.participant_id)
        )
    }


def took_part(connection: Connection, participants: Sequence[int], on: str) -> set[int]:
    """Return the participants of an event within a year of `on`, an EDTF date or interval."""
    first, last = _with_slack(on)
    part, event = t.participation.c, t.event.c
    statement = (
        select(part.participant_id)
        .join(t.event, event.id == part.event_id)
        .where(event.start_earliest <= last, event.end_latest >= first)
        .distinct()
    )
    return {
        key
        for batch in batches(participants)
        for key in connection.scalars(statement.where(part.participant_id.in_(batch)))
    }


def in_office(connection: Connection, participants: Sequence[int], on: str) -> set[int]:
    """Return the participants that held an office within a year of `on`, an EDTF date or interval.

    If only one end of an office is known, only the days about that end count: the other end may be
    missing because no source records it.
    """
    position = t.position.c
    statement = select(position.participant_id, position.held_from, position.held_to)
    return {
        row.participant_id
        for batch in batches(participants)
        for row in connection.execute(statement.where(position.participant_id.in_(batch)))
        if _held_about(row.held_from, row.held_to, on)
    }


def _held_about(held_from: str | None, held_to: str | None, on: str) -> bool:
    first, last = held_from or held_to, held_to or held_from
    if first is None or last is None:
        return False
    first_on, last_on = _with_slack(on)
    held_first, held_last = parse_edtf(first).start_earliest, parse_edtf(last).end_latest
    return held_first <= last_on and first_on <= held_last


def _with_slack(on: str) -> tuple[date, date]:
    first, last = (day.toordinal() for day in parse_range(on))
    # Python has no date before date.min or after date.max.
    earliest = max(first - _DAYS_OF_SLACK, date.min.toordinal())
    latest = min(last + _DAYS_OF_SLACK, date.max.toordinal())
    return date.fromordinal(earliest), date.fromordinal(latest)
