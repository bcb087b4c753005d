"""The rule about records that nothing uses."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.linting.index import RecordIndex
from app.linting.rule import Breach, Rule
from app.records.models import Record


def _unused(index: RecordIndex) -> Iterator[Breach]:
    kinds: list[tuple[Mapping[str, Record], set[str | None]]] = [
        (index.participants, _participants(index)),
        (index.places, _places(index)),
        (index.offices, _offices(index)),
        (index.publishers, _publishers(index)),
        (index.sources, {each.source for event in index.events.values() for each in event.sources}),
        (index.treaties, {event.treaty for event in index.events.values()}),
        (index.tags, _tags(index)),
    ]
    for records, used in kinds:
        for id_ in records.keys() - used:
            yield Breach(records[id_], "/id", "no record uses it: remove it, or name it in one")


def _participants(index: RecordIndex) -> set[str | None]:
    positions = (each for who in index.participants.values() for each in who.positions)
    return {
        *(part.id for event in index.events.values() for part in event.participants),
        *(position.organisation for position in positions),
        *(office.organisation for office in index.offices.values()),
    }


def _places(index: RecordIndex) -> set[str | None]:
    events = index.events.values()
    return {
        *(event.place for event in events),
        *(place for event in events for place in event.further_places),
        *(place.part_of for place in index.places.values()),
    }


def _offices(index: RecordIndex) -> set[str | None]:
    return {
        *(part.office for event in index.events.values() for part in event.participants),
        *(each.office for who in index.participants.values() for each in who.positions),
    }


def _publishers(index: RecordIndex) -> set[str | None]:
    return {
        *(source.publisher for source in index.sources.values()),
        *(source.agency for source in index.sources.values()),
        *(publisher.house for publisher in index.publishers.values()),
    }


def _tags(index: RecordIndex) -> set[str | None]:
    return {
        *(tag for event in index.events.values() for tag in event.tags),
        *(tag.broader for tag in index.tags.values()),
    }


RULES: Final = (
    Rule(
        "unused",
        "Each record other than an event is named by another record.",
        "A name that leads to nothing is noise in lists, and often a misspelled twin of another.",
        _unused,
    ),
)
