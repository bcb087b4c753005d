"""Valid records and documents for tests: builders give minimal ones, and take the fields of interest."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from sqlalchemy import func, select

from app.documents.entities.event import EventDocument
from app.documents.entities.event_rows import date_bounds
from app.domain.date_text import date_texts
from app.domain.vocabulary import EntityKind
from app.records.models import (
    RECORD_MODELS,
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
from app.records.parsing.errors import RecordError
from app.records.parsing.files import iter_stream
from app.records.parsing.positions import LocatedRecord, OneLine
from app.tables import core as t
from app.tables.database import Database
from app.writing.apply import Tally, apply_records
from app.writing.changes import make_stamp
from app.writing.edits.entities import Intent, withdraw_entity
from app.writing.edits.merges import merge_entity

# Characters that a name in a record may hold, and that every format must preserve.
NASTY_NAME = (
    '=HYPERLINK("http://x.example";"최선희, Цой") <script>alert(\'1\')</script> & ]]> \\n; a, b 😀'
)
# Characters that a document of an older database may hold.
NASTY = (
    '=HYPERLINK("http://x.example";"최선희, Цой")\n'
    "<script>alert('1')</script> & ]]> \\n; a, b\ttab \u0085\u2028\ufffe\uffff 😀"
)

LAVROV = {"id": "sergey-lavrov", "role": "host", "side": "RU"}
CHOE = {"id": "choe-son-hui", "role": "guest", "side": "KP"}


def make_participant(id: str = "sergey-lavrov", **fields: Any) -> ParticipantRecord:
    """Make a Russian person, with a name from the id."""
    name = id.replace("-", " ").title()
    given = {"id": id, "kind": "person", "country": "RU", "names": {"en": name}, **fields}
    return ParticipantRecord.model_validate(given)


def make_place(id: str = "moscow", **fields: Any) -> PlaceRecord:
    """Make a city in Russia."""
    location = {"country": "RU", "latitude": 55.75, "longitude": 37.62, "precision": "city"}
    return PlaceRecord.model_validate({"id": id, "names": {"en": id.title()}, **location, **fields})


def make_office(id: str = "foreign-minister", **fields: Any) -> OfficeRecord:
    """Make an office of a minister."""
    given = {"id": id, "names": {"en": "Foreign Minister"}, "rank": "foreign_minister", **fields}
    return OfficeRecord.model_validate(given)


def make_publisher(id: str = "tass", **fields: Any) -> PublisherRecord:
    """Make an agency, with a name from the id."""
    given = {"id": id, "names": {"en": id.upper()}, "kind": "agency", **fields}
    return PublisherRecord.model_validate(given)


def make_tag(id: str = "summit", **fields: Any) -> TagRecord:
    """Make a tag, with a name from the id."""
    return TagRecord.model_validate({"id": id, "names": {"en": id.replace("-", " ")}, **fields})


def make_source(id: str = "tass-1", **fields: Any) -> SourceRecord:
    """Make a page in English."""
    given = {"id": id, "language": "en", "url": f"https://example.org/{id}", **fields}
    return SourceRecord.model_validate(given)


def make_treaty(id: str = "friendship-treaty", **fields: Any) -> TreatyRecord:
    """Make a treaty between Russia and the DPRK."""
    given = {"kind": "treaty", "names": {"en": "Treaty"}, "parties": ["RU", "KP"], **fields}
    return TreatyRecord.model_validate({"id": id, **given})


def make_event(id: str = "2024-11-01-talks", **fields: Any) -> EventRecord:
    """Make talks between Lavrov and Choe, on the day with which the id begins."""
    given = {
        "type": "meeting",
        "subtype": "consultations",
        "status": "occurred",
        "confidence": "high",
        "date": id[:10],
        "title": {"en": "Talks"},
        "summary": {"en": "The ministers talked."},
        "participants": [LAVROV, CHOE],
        "sources": ["tass-1"],
    }
    return EventRecord.model_validate({"id": id, **given, **fields})


def make_event_document(id: str = "2024-11-01-talks", **fields: Any) -> EventDocument:
    """Make the document of the talks of `make_event`, in Moscow and with a source by TASS."""
    date = fields.get("date", id[:10])
    day = "2026-11-21T12:00:00Z"
    place = {"id": "moscow", "name": {"en": "Moscow", "ko": "모스크바"}, "country": "RU"}
    location = {"latitude": 55.75, "longitude": 37.62, "precision": "city"}
    publisher = {"id": "tass", "name": {"en": "TASS"}}
    source = {"id": "tass-1", "publisher": publisher, "agency": None, "house": "tass"}
    unknown = dict.fromkeys(("title", "published", "archived_url", "article"))
    text = {"language": "en", "url": "https://example.org/tass-1", "evidence": []}
    given = {
        "id": id,
        "revision": 1,
        "created_at": day,
        "updated_at": day,
        "type": "meeting",
        "subtype": "consultations",
        "status": "occurred",
        "confidence": "high",
        "date": date,
        "date_bounds": date_bounds(date),
        "date_text": date_texts(date),
        "title": {"en": "Talks", "fr": "Entretiens"},
        "summary": {"en": "The ministers talked."},
        "place": {**place, **location},
        "further_places": [],
        "participants": [
            {
                "kind": "person",
                "name": {"en": each["id"]},
                "office": None,
                "capacity": None,
                **each,
            }
            for each in (LAVROV, CHOE)
        ],
        "treaty": None,
        "relations": [],
        "sources": [{**source, **unknown, **text}],
        "independent_sources": 1,
        "tags": [],
        "note": None,
    }
    return EventDocument.model_validate({**given, **fields})


def make_cast() -> list[Record]:
    """Make the records that `make_event` refers to."""
    choe = make_participant("choe-son-hui", country="KP", names={"en": "Choe Son Hui"})
    return [make_participant(), choe, make_source()]


def store(database: Database, *records: Record, actor: str = "test") -> dict[EntityKind, Tally]:
    """Write records in one transaction, and return the tallies by kind."""
    by_kind = {kind: _of(records, model) for kind, model in RECORD_MODELS.items()}
    with database.write() as connection:
        return apply_records(connection, by_kind, make_stamp(connection, actor))


def end(database: Database, kind: EntityKind, slug: str, into: str | None = None) -> None:
    """Withdraw an entity, or merge it into another."""
    intent = Intent("test", "it was a mistake", lambda _: None)
    if into is None:
        withdraw_entity(database, kind, slug, intent)
    else:
        merge_entity(database, kind, slug, into, intent)


def count_changes(database: Database) -> int:
    """Return how many changes the log has."""
    return database.find(lambda c: c.scalar(select(func.count()).select_from(t.change)) or 0)


def _of(records: Sequence[Record], model: type[Record]) -> list[Record]:
    return [record for record in records if type(record) is model]


def located(record: Record) -> LocatedRecord:
    """Return the record as if it were the body of a request, on line 1."""
    kind = next(kind for kind, model in RECORD_MODELS.items() if isinstance(record, model))
    return LocatedRecord(kind, record, "", "", OneLine(1))


def read_data(data: bytes, name: str, suffix: str) -> tuple[list[LocatedRecord], list[RecordError]]:
    """Return the records and the errors in the content of a file."""
    found = list(iter_stream(BytesIO(data), name, suffix))
    records = [each for each in found if isinstance(each, LocatedRecord)]
    return records, [each for each in found if isinstance(each, RecordError)]
