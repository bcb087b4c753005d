"""Documents are built as plain values: they have the bytes that their models would give."""

import json
from typing import Any

import pytest
from sqlalchemy import Column, Connection, update

from app.documents.entities import BUILDERS, DOCUMENT_MODELS, Values, write_document
from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.database import Database
from app.tables.rows import key_batches
from tests.support.builders import NASTY, make_cast, make_event, make_place, store

PLACE = make_place("moscow", aliases=["Mockba"])


def _built(connection: Connection, kind: EntityKind) -> dict[str, Values]:
    """Return the documents of all entities of the kind, by id."""
    batches = key_batches(connection, t.ENTITIES[kind])
    built = (BUILDERS[kind](connection, keys) for keys in batches)
    return {each["id"]: each for batch in built for each in batch.values()}


def _of_model(kind: EntityKind, document: str) -> str:
    return DOCUMENT_MODELS[kind].model_validate_json(document).model_dump_json()


@pytest.mark.parametrize("kind", EntityKind)
def test_each_document_of_the_seeds_has_the_bytes_of_its_model(
    seeded: Database, kind: EntityKind
) -> None:
    with seeded.read() as connection:
        documents = map(write_document, _built(connection, kind).values())
        differing = [each for each in documents if each != _of_model(kind, each)]

    assert differing == []


class TestOddValues:
    def _write(self, database: Database, column: Column[Any], value: Any) -> Values:
        """Store an event in Moscow, overwrite a column, and return the event's document."""
        store(database, *make_cast(), PLACE, make_event(place="moscow"))
        with database.write() as connection:
            connection.execute(update(column.table).values({column.name: value}))
            (event,) = _built(connection, EntityKind.EVENT).values()
        document = write_document(event)
        assert document == _of_model(EntityKind.EVENT, document)
        found: Values = json.loads(document)
        return found

    def test_a_text_with_odd_characters(self, database: Database) -> None:
        text = NASTY.replace("\n", "\x7f")

        assert self._write(database, t.event.c.note, text)["note"] == text

    @pytest.mark.parametrize("degrees", [0.0, -0.0, 1e-7, 123.45678901234567, 90.0])
    def test_coordinates(self, database: Database, degrees: float) -> None:
        event = self._write(database, t.place.c.longitude, degrees)

        assert event["place"]["longitude"] == degrees

    @pytest.mark.parametrize("column", [t.event.c.title, t.place.c.names], ids=str)
    def test_texts_of_an_older_database_are_settled_and_in_order(
        self, database: Database, column: Column[Any]
    ) -> None:
        event = self._write(database, column, {"ko": "평양", "en": "Cafe\u0301  two"})

        texts = event["title"] if column.table is t.event else event["place"]["name"]
        assert [*texts.items()] == [("en", "Café two"), ("ko", "평양")]
