"""Rules about one fact that is recorded twice."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from typing import Final

from app.domain.dates import parse_edtf
from app.domain.vocabulary import EventType, ParticipantKind, Role
from app.linting.index import RecordIndex
from app.linting.rule import Breach, Rule
from app.records.models import EventRecord

_DAY: Final = timedelta(days=1)


def _near_duplicates(index: RecordIndex) -> Iterator[Breach]:
    alike: dict[object, list[EventRecord]] = defaultdict(list)
    for event in index.events.values():
        if people := _people(index, event):
            alike[event.type, event.status, event.treaty, people].append(event)
    for events in alike.values():
        judged = {each.id for each in index.judged(events)}
        for one, other in combinations(sorted(events, key=lambda e: (e.id in judged, e.id)), 2):
            if _near(one, other) and not _related(one, other):
                text = (
                    f"{one.id!r} has the same type and people, on {one.date}: join the two, or "
                    "relate one to the other"
                )
                yield Breach(other, "/date", text, one)


def _people(index: RecordIndex, event: EventRecord) -> frozenset[str]:
    """Return the persons of the event; of a letter or a statement, each participant with its role."""
    if event.type in (EventType.LETTER, EventType.STATEMENT):
        return frozenset(f"{part.id} {part.role}" for part in event.participants)
    ids = (part.id for part in event.participants if part.id in index.participants)
    return frozenset(
        each for each in ids if index.participants[each].kind is ParticipantKind.PERSON
    )


def _near(one: EventRecord, other: EventRecord) -> bool:
    """Whether the first days may be the same or neighbours."""
    first, second = parse_edtf(one.date), parse_edtf(other.date)
    return (
        first.start_earliest <= second.start_latest + _DAY
        and second.start_earliest <= first.start_latest + _DAY
    )


def _related(one: EventRecord, other: EventRecord) -> bool:
    """Whether an editor saw both: one names the other, or both are parts of one visit or treaty."""
    targets, others = _targets(one), _targets(other)
    return one.id in others or other.id in targets or not targets.isdisjoint(others)


def _targets(event: EventRecord) -> set[str]:
    return {relation.event for relation in event.relations}


def _two_senders(index: RecordIndex) -> Iterator[Breach]:
    for event in index.events.values():
        senders = [part for part in event.participants if part.role is Role.SENDER]
        if event.type is EventType.LETTER and len({part.side for part in senders}) > 1:
            names = " and ".join(part.id for part in senders)
            text = f"both sides send it ({names}): write one event for each letter"
            yield Breach(event, "/participants", text)


RULES: Final = (
    Rule(
        "near-duplicate",
        "Two events of one type with the same people are more than a day apart, or one is related to the "
        "other.",
        "One act is one event with all its sources. A date known to the month is near each day of it.",
        _near_duplicates,
    ),
    Rule(
        "two-senders",
        "A letter is sent by one side.",
        "Two letters, one each way, are two events. They are one event only if the sources tell no more "
        "than the exchange.",
        _two_senders,
    ),
)
