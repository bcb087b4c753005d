"""Texts as bytes are the same bytes on both engines."""

from sqlalchemy import select

from app.tables import core as t
from app.tables.database import Database
from app.tables.utf8 import utf8
from tests.support.builders import make_place, store


def test_a_document_is_read_as_the_bytes_of_its_text(database: Database) -> None:
    store(database, make_place(names={"en": "Moscow", "ru": "Москва", "ko": "모스크바"}))
    place = t.place.c

    with database.read() as connection:
        text = connection.scalar(select(place.document))
        row = connection.execute(select(utf8(place.document))).one()
        nothing = connection.scalar(select(utf8(place.document)).where(place.slug == "nowhere"))

    assert "모스크바" in (text or "")
    assert row.document == (text or "").encode()
    assert nothing is None
