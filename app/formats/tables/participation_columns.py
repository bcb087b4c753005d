"""The columns of participations: one row for each participant of an event."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from app.documents.entities.event import EventDocument, ParticipationDocument
from app.domain.languages import Language, text_in
from app.formats.tables.columns import Columns, TextColumns, in_language


class ParticipationRow(NamedTuple):
    """A participant, and the event in which it took part."""

    event: EventDocument
    part: ParticipationDocument


_COLUMNS: Final[TextColumns[ParticipationRow]] = {
    "event_id": lambda row, _: row.event.id,
    "event_type": lambda row, _: row.event.type,
    "event_subtype": lambda row, _: row.event.subtype,
    "event_status": lambda row, _: row.event.status,
    "date": lambda row, _: row.event.date,
    "start_earliest": lambda row, _: row.event.date_bounds.start.earliest,
    "start_latest": lambda row, _: row.event.date_bounds.start.latest,
    "end_earliest": lambda row, _: row.event.date_bounds.end.earliest,
    "end_latest": lambda row, _: row.event.date_bounds.end.latest,
    "participant_id": lambda row, _: row.part.id,
    "participant_kind": lambda row, _: row.part.kind,
    "participant_name": lambda row, language: text_in(language, row.part.name),
    "role": lambda row, _: row.part.role,
    "side": lambda row, _: row.part.side,
    "office_id": lambda row, _: row.part.office.id if row.part.office else None,
    "office_name": lambda row, language: (
        text_in(language, row.part.office.name) if row.part.office else None
    ),
    "rank": lambda row, _: row.part.office.rank if row.part.office else None,
    "capacity": lambda row, _: row.part.capacity,
}


def participation_columns(language: Language) -> Columns[ParticipationRow]:
    """Return the columns of `/v1/participations.csv`."""
    return in_language(_COLUMNS, language)


def participations(events: Iterable[EventDocument]) -> Iterator[ParticipationRow]:
    """Yield the participations of the events, in the order of the documents."""
    return (ParticipationRow(event, part) for event in events for part in event.participants)
