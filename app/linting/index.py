"""All records that a run of the linter looks at, by kind and id."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from app.domain.vocabulary import EntityKind
from app.linting.identifiers.proofs import IdentifierProof
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
Named = OfficeRecord | ParticipantRecord | PlaceRecord | PublisherRecord | TagRecord | TreatyRecord


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
    # The records whose breaches are wanted, by model and id; None if all are.
    subjects: Container[tuple[type[Record], str]] | None = None

    def judged(self, records: Iterable[_R]) -> Iterator[_R]:
        """Yield the records whose breaches are wanted. A rule that takes long need not look at others."""
        return (
            each
            for each in records
            if self.subjects is None or (type(each), each.id) in self.subjects
        )

    # By kind, id and scheme. None if the records have no file of proofs.
    proofs: Mapping[tuple[EntityKind, str, str], IdentifierProof] | None = None

    def named(self) -> Iterator[Named]:
        """Yield each record with names, one kind after another."""
        yield from self.participants.values()
        yield from self.places.values()
        yield from self.treaties.values()
        yield from self.offices.values()
        yield from self.publishers.values()
        yield from self.tags.values()

    def participations(self) -> Iterator[tuple[EventRecord, int, ParticipationRecord]]:
        """Yield each participation in a judged event, with its event and its number there."""
        for event in self.judged(self.events.values()):
            for number, part in enumerate(event.participants):
                yield event, number, part

    def positions(self) -> Iterator[tuple[ParticipantRecord, int, PositionRecord]]:
        """Yield each position of a judged person, with its holder and its number there."""
        for person in self.judged(self.participants.values()):
            for number, position in enumerate(person.positions):
                yield person, number, position

    def house(self, source: SourceRecord) -> str | None:
        """Return the id of the publisher whose text the source is, if it is known."""
        writer = source.agency or source.publisher
        return (self.houses_above(writer) or [writer])[-1] if writer else None

    def houses_above(self, publisher: str) -> list[str]:
        """Return the house that a publisher copies, then its house, to the end of the chain."""
        publishers = self.publishers
        return _chain(publisher, lambda id_: publishers[id_].house if id_ in publishers else None)

    def tags_above(self, tag: str) -> list[str]:
        """Return the broader tag of a tag, then its broader tag, to the end of the chain."""
        tags = self.tags
        return _chain(tag, lambda id_: tags[id_].broader if id_ in tags else None)


def _chain(start: str, next_of: Callable[[str], str | None]) -> list[str]:
    """Return the ids after the start. A circle ends before its second round."""
    chain: list[str] = []
    last = next_of(start)
    while last is not None and last not in chain:
        chain.append(last)
        last = next_of(last)
    return chain


def index_records(
    records: Iterable[Record],
    today: date,
    subjects: Container[tuple[type[Record], str]] | None = None,
    proofs: Iterable[IdentifierProof] | None = None,
) -> RecordIndex:
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
        subjects=subjects,
        proofs=None if proofs is None else {(p.kind, p.id, p.scheme): p for p in proofs},
    )
