"""The tables for SQLAlchemy Core. Every query uses these, e.g. `t.event.c.slug`.

Queries return rows, not objects, so a statement loads only the columns that it names.
"""

from typing import Final, cast

from sqlalchemy import Table
from sqlmodel import SQLModel

from app.domain.vocabulary import EntityKind
from app.tables import models

# The span of evidence whose source names no article: its digest alone identifies the words.
NO_SPAN: Final = {"start": 0, "end": 0}


def table_of(model: type[SQLModel]) -> Table:
    """Return the table of a model."""
    return cast("Table", model.__table__)  # type: ignore[attr-defined]  # SQLModel omits it


api_key = table_of(models.ApiKey)
change = table_of(models.Change)
citation = table_of(models.Citation)
event = table_of(models.Event)
event_place = table_of(models.EventPlace)
event_tag = table_of(models.EventTag)
evidence = table_of(models.Evidence)
import_answer = table_of(models.ImportAnswer)
import_run = table_of(models.ImportRun)
loaded_record = table_of(models.LoadedRecord)
office = table_of(models.Office)
participant = table_of(models.Participant)
participant_identifier = table_of(models.ParticipantIdentifier)
place_identifier = table_of(models.PlaceIdentifier)
participant_name = table_of(models.ParticipantName)
participation = table_of(models.Participation)
pending_rebuild = table_of(models.PendingRebuild)
place = table_of(models.Place)
place_part = table_of(models.PlacePart)
position = table_of(models.Position)
publisher = table_of(models.Publisher)
publisher_house = table_of(models.PublisherHouse)
relation = table_of(models.Relation)
release = table_of(models.Release)
source = table_of(models.Source)
tag = table_of(models.Tag)
tag_broader = table_of(models.TagBroader)
treaty = table_of(models.Treaty)
treaty_party = table_of(models.TreatyParty)

# They describe a server, not the data: a published file lacks them.
SERVER_TABLES: tuple[Table, ...] = (
    api_key,
    import_answer,
    import_run,
    loaded_record,
    pending_rebuild,
    release,
)
ENTITIES: dict[EntityKind, Table] = {
    EntityKind.PARTICIPANT: participant,
    EntityKind.PLACE: place,
    EntityKind.OFFICE: office,
    EntityKind.PUBLISHER: publisher,
    EntityKind.SOURCE: source,
    EntityKind.TREATY: treaty,
    EntityKind.TAG: tag,
    EntityKind.EVENT: event,
}
