"""Possible duplicates: two records that may describe one event."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select, tuple_

from app.domain.vocabulary import EventType
from app.records.models import EventRecord, Plain
from app.tables import core as t
from app.tables.rows import batches
from app.writing.rows import event_bounds

# An error lists at most this many candidates.
_MAX_CANDIDATES = 20

_BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


class DuplicateError(Exception):
    """A new event has the date, type and participants of each event in `candidates`."""

    def __init__(self, candidates: Sequence[str]) -> None:
        super().__init__(f"{candidates[0]!r} has the same date, type and participants")
        self.candidates = candidates


def refuse_duplicate(connection: Connection, event: EventRecord) -> None:
    """Raise DuplicateError if another event has the same date bounds, type and participants."""
    if candidates := find_same_events(connection, [event.to_plain()]).get(event.id):
        raise DuplicateError(candidates)


def find_same_events(connection: Connection, events: Sequence[Plain]) -> Mapping[str, list[str]]:
    """Return, by id of these events, the other stored ones with the same date, type and participants.

    At most 20 for each, by id. One statement for 500 events.
    """
    acts = {each["id"]: _act(each) for each in events}
    alike: dict[Any, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for batch in batches([*{*acts.values()}]):
        for row in _rows(connection, batch):
            alike[row[:-2]][row.slug].add(row.participant)
    people = {each["id"]: {part["id"] for part in each["participants"]} for each in events}
    found = {}
    for slug, act in acts.items():
        same = sorted(other for other, theirs in alike[act].items() if theirs == people[slug])
        if others := [other for other in same if other != slug]:
            found[slug] = others[:_MAX_CANDIDATES]
    return found


def _act(event: Plain) -> tuple[Any, ...]:
    bounds = event_bounds(event["date"])
    return (EventType(event["type"]), *(bounds[name] for name in _BOUNDS))


def _rows(connection: Connection, acts: Sequence[Any]) -> Iterable[Any]:
    """Return a row for each participant of the events with these types and dates."""
    event = t.event.c
    act = (event.type, *(event[name] for name in _BOUNDS))
    statement = (
        select(*act, event.slug, t.participant.c.slug.label("participant"))
        .join_from(t.event, t.participation)
        .join(t.participant, t.participant.c.id == t.participation.c.participant_id)
        .where(tuple_(*act).in_(acts))
    )
    return connection.execute(statement)
