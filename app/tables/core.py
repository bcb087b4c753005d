"""The tables as SQLAlchemy Core sees them: every query is written on these, `t.event.c.slug`.

Rows are read as rows, not as objects: nothing is loaded that the statement does not name.
"""

from typing import cast

from sqlalchemy import Table
from sqlmodel import SQLModel

from app import tables
from app.domain.vocabulary import EntityKind


def _table(model: type[SQLModel]) -> Table:
    return cast("Table", model.__table__)  # type: ignore[attr-defined]  # SQLModel declares it not


api_key = _table(tables.ApiKey)
change = _table(tables.Change)
citation = _table(tables.Citation)
event = _table(tables.Event)
event_tag = _table(tables.EventTag)
evidence = _table(tables.Evidence)
import_answer = _table(tables.ImportAnswer)
participant = _table(tables.Participant)
participant_identifier = _table(tables.ParticipantIdentifier)
participant_name = _table(tables.ParticipantName)
participation = _table(tables.Participation)
place = _table(tables.Place)
position = _table(tables.Position)
relation = _table(tables.Relation)
release = _table(tables.Release)
source = _table(tables.Source)
treaty = _table(tables.Treaty)
treaty_party = _table(tables.TreatyParty)

ENTITIES: dict[EntityKind, Table] = {
    EntityKind.PARTICIPANT: participant,
    EntityKind.PLACE: place,
    EntityKind.SOURCE: source,
    EntityKind.TREATY: treaty,
    EntityKind.EVENT: event,
}
