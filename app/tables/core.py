"""The tables as SQLAlchemy Core sees them: every query is written on these, `t.event.c.slug`.

Rows are read as rows, not as objects: nothing is loaded that the statement does not name.
"""

from typing import cast

from sqlalchemy import Table
from sqlmodel import SQLModel

from app import tables
from app.domain.vocabulary import EntityKind


def table_of(model: type[SQLModel]) -> Table:
    """The table of a model."""
    return cast("Table", model.__table__)  # type: ignore[attr-defined]  # SQLModel declares it not


api_key = table_of(tables.ApiKey)
change = table_of(tables.Change)
citation = table_of(tables.Citation)
event = table_of(tables.Event)
event_tag = table_of(tables.EventTag)
evidence = table_of(tables.Evidence)
import_answer = table_of(tables.ImportAnswer)
participant = table_of(tables.Participant)
participant_identifier = table_of(tables.ParticipantIdentifier)
participant_name = table_of(tables.ParticipantName)
participation = table_of(tables.Participation)
place = table_of(tables.Place)
position = table_of(tables.Position)
relation = table_of(tables.Relation)
release = table_of(tables.Release)
source = table_of(tables.Source)
treaty = table_of(tables.Treaty)
treaty_party = table_of(tables.TreatyParty)

ENTITIES: dict[EntityKind, Table] = {
    EntityKind.PARTICIPANT: participant,
    EntityKind.PLACE: place,
    EntityKind.SOURCE: source,
    EntityKind.TREATY: treaty,
    EntityKind.EVENT: event,
}
