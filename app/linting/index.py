"""All records that a run of the linter looks at, by kind and id."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from app.records.models import (
    EventRecord,
    OfficeRecord,
    ParticipantRecord,
    PlaceRecord,
    PublisherRecord,
    Record,
    SourceRecord,
    TagRecord,
    TreatyRecord,
)
from app.records.models.event import ParticipationRecord
from app.records.models.participant import PositionRecord

_R = TypeVar("_R", bound=Record)


@dataclass(frozen=True, slots=True)
class RecordIndex:
    """The records by kind and id, and the day on which the linter runs.

    A reference may name a record that is absent: rules skip it, because `timeline load` reports it.
    """

    events: Mapping[str, EventRecord]
    participants: Mapping[str, ParticipantRecord]
    places: Mapping[str, PlaceRecord]
    offices: Mapping[str, OfficeRecord]
    publishers: Mapping[str, PublisherRecord]
    sources: Mapping[str, SourceRecord]
    treaties: Mapping[str, TreatyRecord]
    tags: Mapping[str, TagRecord]
    today: date

    def participations(self) -> Iterator[tuple[EventRecord, int, ParticipationRecord]]:
        """Yield each participation, with its event and its number there."""
        for event in self.events.values():
            for number, part in enumerate(event.participants):
                yield event, number, part

    def positions(self) -> Iterator[tuple[ParticipantRecord, int, PositionRecord]]:
        """Yield each position, with its holder and its number there."""
        for person in self.participants.values():
            for number, position in enumerate(person.positions):
                yield person, number, position

    def house(self, source: SourceRecord) -> str | None:
        """Return the id of the publisher whose text the source is, if it is known."""
        house, passed = source.agency or source.publisher, set[str]()
        # `timeline load` reports a circle.
        while (publisher := self.publishers.get(house or "")) and publisher.id not in passed:
            passed.add(publisher.id)
            house = publisher.house or house
        return house


def index_records(records: Iterable[Record], today: date) -> RecordIndex:
    """Index the records. Of two with the same kind and id, the later one counts."""
    found = [*records]

    def by_id(model: type[_R]) -> dict[str, _R]:
        return {record.id: record for record in found if isinstance(record, model)}

    return RecordIndex(
        events=by_id(EventRecord),
        participants=by_id(ParticipantRecord),
        places=by_id(PlaceRecord),
        offices=by_id(OfficeRecord),
        publishers=by_id(PublisherRecord),
        sources=by_id(SourceRecord),
        treaties=by_id(TreatyRecord),
        tags=by_id(TagRecord),
        today=today,
    )
