"""A document as GET answers it is read as its record; anything that no document has stays an error."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from app.documents.entities import DOCUMENT_MODELS
from app.documents.entities.event import CitationDocument, ParticipationDocument, RelationDocument
from app.domain.vocabulary import EntityKind
from app.records.models import RECORD_MODELS
from app.records.models.event import CitationRecord, ParticipationRecord, RelationRecord
from app.records.parsing.as_read import DERIVED, DERIVED_PARTS, as_record, kind_of_document
from app.tables import core as t
from app.tables.database import Database
from app.writing.record_from_document import stored_record
from tests.support.builders import read_data


def _documents(database: Database, kind: EntityKind) -> list[dict[str, Any]]:
    with database.read() as connection:
        return [*map(json.loads, connection.scalars(select(t.ENTITIES[kind].c.document)))]


@pytest.mark.parametrize("kind", RECORD_MODELS)
def test_every_document_of_the_seeds_is_its_record(kind: EntityKind, seeded: Database) -> None:
    for document in _documents(seeded, kind):
        read = RECORD_MODELS[kind].model_validate(as_record(kind, document))

        assert read.to_plain() == stored_record(kind, json.dumps(document))
        assert kind_of_document(document) is kind


def test_what_is_ignored_is_what_documents_have_and_records_lack() -> None:
    for kind, model in DOCUMENT_MODELS.items():
        fields = RECORD_MODELS[kind].model_fields
        assert {*DERIVED[kind]} == model.model_fields.keys() - fields.keys()
    parts: dict[str, tuple[Any, Any]] = {
        "participants": (ParticipationDocument, ParticipationRecord),
        "relations": (RelationDocument, RelationRecord),
        "sources": (CitationDocument, CitationRecord),
    }
    for name, (document, record) in parts.items():
        derived = document.model_fields.keys() - record.model_fields.keys()
        # The id of a citation is its source.
        assert {*DERIVED_PARTS[name]} == derived - ({"id"} if name == "sources" else set())


@pytest.mark.parametrize("kind", RECORD_MODELS)
def test_a_key_that_no_document_has_is_an_error(kind: EntityKind, seeded: Database) -> None:
    document = _documents(seeded, kind)[0] | {"zzz": 1}
    body = {kind.collection: [document]}

    records, errors = read_data(json.dumps(body).encode(), "body", ".json")

    assert records == []
    assert [(e.pointer, e.problem[:13]) for e in errors] == [
        (f"/{kind.collection}/0/zzz", "unknown field")
    ]


def test_lines_of_documents_need_no_collection(seeded: Database) -> None:
    """As in `/v1/events.ndjson`."""
    documents = [_documents(seeded, kind)[0] for kind in RECORD_MODELS]
    lines = "\n".join(map(json.dumps, documents))

    records, errors = read_data(lines.encode(), "body", ".ndjson")

    assert [each.kind for each in records] == [*RECORD_MODELS]
    assert errors == []
