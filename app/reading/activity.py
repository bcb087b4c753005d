"""How often participants took part in events, and whether they were active at a time."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from app.domain.dates import parse_edtf, parse_range
from app.tables import core as t
from app.tables.rows import batches

# Somebody is active for a while before the first event that is known of them, and after the last.
_DAYS_OF_SLACK = 365


class Activity(NamedTuple):
    """The number of a participant's events, and the days between which they lie."""

    events: int
    first: date
    last: date


def activities(connection: Connection, participants: Sequence[int]) -> dict[int, Activity]:
    """What these participants took part in; those without an event are absent."""
    part, event = t.participation.c, t.event.c
    statement = (
        select(
            part.participant_id,
            func.count(part.event_id.distinct()),
            func.min(event.start_earliest),
            func.max(event.end_latest),
        )
        .join(t.event, event.id == part.event_id)
        .group_by(part.participant_id)
    )
    return {
        key: Activity(*values)
        for batch in batches(participants)
        for key, *values in connection.execute(statement.where(part.participant_id.in_(batch)))
    }


def in_office(connection: Connection, participants: Sequence[int], on: str) -> set[int]:
    """Those who held an office about `on`, an EDTF date or interval.

    Of an office with one known end only the days about that end count: the other may be unknown
    because nobody wrote it down.
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
    return _about(parse_edtf(first).start_earliest, parse_edtf(last).end_latest, on)


def active_about(activity: Activity, on: str) -> bool:
    """Whether some day of `on` lies between the first and the last event, or nearly."""
    return _about(activity.first, activity.last, on)


def _about(first: date, last: date, on: str) -> bool:
    asked_first, asked_last = parse_range(on)
    # Whole numbers: a year before the first day that a date can be is no date.
    return (
        first.toordinal() - _DAYS_OF_SLACK <= asked_last.toordinal()
        and asked_first.toordinal() <= last.toordinal() + _DAYS_OF_SLACK
    )
