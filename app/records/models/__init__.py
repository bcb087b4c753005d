"""Records: the input form of each kind of entity, in files and over HTTP."""

from app.domain.vocabulary import EntityKind
from app.records.models.base import Plain, Record
from app.records.models.event import EventRecord
from app.records.models.office import OfficeRecord
from app.records.models.participant import ParticipantRecord
from app.records.models.place import PlaceRecord
from app.records.models.publisher import PublisherRecord
from app.records.models.source import SourceRecord
from app.records.models.tag import TagRecord
from app.records.models.treaty import TreatyRecord
from app.records.models.withdrawal import WithdrawalRecord

# The order in which kinds are written, so that an entity exists before others refer to it.
RECORD_MODELS: dict[EntityKind, type[Record]] = {
    EntityKind.PARTICIPANT: ParticipantRecord,
    EntityKind.PLACE: PlaceRecord,
    EntityKind.OFFICE: OfficeRecord,
    EntityKind.PUBLISHER: PublisherRecord,
    EntityKind.SOURCE: SourceRecord,
    EntityKind.TREATY: TreatyRecord,
    EntityKind.TAG: TagRecord,
    EntityKind.EVENT: EventRecord,
}
KINDS_OF_MODELS: dict[type[Record], EntityKind] = {
    model: kind for kind, model in RECORD_MODELS.items()
}
# The collection of withdrawals, which any file except CSV may have.
WITHDRAWALS = "withdrawals"

__all__ = [
    "KINDS_OF_MODELS",
    "RECORD_MODELS",
    "WITHDRAWALS",
    "EventRecord",
    "OfficeRecord",
    "ParticipantRecord",
    "PlaceRecord",
    "Plain",
    "PublisherRecord",
    "Record",
    "SourceRecord",
    "TagRecord",
    "TreatyRecord",
    "WithdrawalRecord",
]
