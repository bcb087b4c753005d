import json
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.search.query import parse_query
from app.reading.search import lacks_index, search_hits
from app.records.models import Record
from app.setup import migrate
from app.tables import core as t
from app.tables.database import Database
from app.tables.search import empty_index
from app.writing.upkeep.rebuild import rebuild
from tests.support.builders import (
    CHOE,
    LAVROV,
    make_cast,
    make_event,
    make_office,
    make_participant,
    make_place,
    make_tag,
    make_treaty,
    store,
)
from tests.support.statements import counting_statements

STAMPS = ("revision", "created_at", "updated_at")
PLACE = make_place("moscow", names={"en": "Moscow"})
OFFICE = make_office(
    names={"en": "Foreign Minister", "ru": "Министр иностранных дел", "ko": "외무상"},
    feminine={"fr": "Ministre"},
    aliases=["Глава МИД"],
)
IN_OFFICE = {**CHOE, "office": "foreign-minister"}
TREATY = make_treaty("pact", names={"en": "Pact"})


def _stored(database: Database, *events: Record) -> None:
    store(database, *make_cast(), PLACE, TREATY, *(events or [_event()]))


def _event(**fields: Any) -> Record:
    title = {"en": "Contacts"}
    stage = {"type": "treaty", "subtype": "signed", "treaty": "pact"}
    return make_event("2024-01-01-x", place="moscow", **{"title": title, **stage, **fields})


def _found(database: Database, q: str) -> bool:
    with database.read() as connection:
        return connection.scalars(search_hits(parse_query(q))).first() is not None


def _documents(database: Database) -> list[tuple[str, int]]:
    with database.read() as connection:
        rows = connection.execute(select(t.event.c.document, t.event.c.revision))
        return [(row.document, row.revision) for row in rows]


def _without_stamps(document: str) -> dict[str, Any]:
    return {key: value for key, value in json.loads(document).items() if key not in STAMPS}


class TestIndexEvents:
    @pytest.mark.parametrize(
        ("record", "before", "after"),
        [
            pytest.param(_event(title={"en": "Parley"}), "contacts", "parleys", id="title"),
            pytest.param(_event(summary={"en": "Nothing."}), "ministers", "nothing", id="summary"),
            pytest.param(_event(tags=["nuclear-issue"]), "", "nuclear issue", id="tag"),
            pytest.param(
                make_participant(names={"en": "S. Lavrov", "ru": "Лавров"}),
                "Sergey",
                "Лаврова",
                id="name of a participant",
            ),
            pytest.param(
                make_place("moscow", names={"en": "X", "fr": "Moscou"}),
                "moscow",
                "moscou",
                id="place",
            ),
            pytest.param(
                make_treaty("pact", names={"en": "Accord"}), "pact", "accords", id="treaty"
            ),
        ],
    )
    def test_follows(self, database: Database, record: Record, before: str, after: str) -> None:
        _stored(database)
        assert not before or _found(database, before)
        assert not _found(database, after)

        store(database, record)

        assert _found(database, after)
        assert not before or not _found(database, before)

    def test_follows_an_alias_though_no_document_of_an_event_has_it(
        self, database: Database
    ) -> None:
        _stored(database)
        documents = _documents(database)

        store(database, make_participant(aliases=["Ex-Minister No"]))

        assert _found(database, "ex-minister")
        assert _documents(database) == documents

        store(database, make_participant())

        assert not _found(database, "ex-minister")

    @pytest.mark.parametrize("q", ["뻬스꼬브", "페스코프", "Peskow", "월로진", "볼로딘"])
    def test_finds_each_spelling_that_rules_make(self, database: Database, q: str) -> None:
        names = {"en": "Dmitry Peskov", "ru": "Песков Володин"}
        _stored(database)
        store(database, make_participant(names=names))

        assert _found(database, q)

    def test_no_phrase_crosses_from_one_spelling_into_the_next(self, database: Database) -> None:
        _stored(database)
        store(
            database,
            make_participant("choe-son-hui", country="KP", names={"en": "X", "ko": "최선희"}),
        )

        assert _found(database, "цой чхве") and _found(database, "Чхве Сон")
        assert not _found(database, '"цой чхве"') and not _found(database, '"чхве цой"')

    @pytest.mark.parametrize("q", ["подписание", "서명", "Signature", "title:Contacts name:treaty"])
    def test_finds_the_labels_of_the_type_and_the_subtype(self, database: Database, q: str) -> None:
        _stored(database)

        assert _found(database, q)

    def test_follows_the_names_of_a_tag(self, database: Database) -> None:
        _stored(database, make_tag("old"), _event(tags=["old"]))
        assert not _found(database, "экономики")

        store(database, make_tag("old", names={"en": "Old", "ru": "Экономика"}))

        assert _found(database, "экономики")

    @pytest.mark.parametrize(
        "q",
        [
            pytest.param("Foreign Ministers", id="English"),
            pytest.param("министра иностранных дел", id="Russian"),
            pytest.param("외무상", id="Korean"),
            pytest.param("외무상이", id="Korean with a particle"),
            pytest.param("la ministre", id="French, of a woman"),
            pytest.param("главы МИД", id="an alias"),
            pytest.param("name:외무상", id="as a name"),
        ],
    )
    def test_finds_the_offices_of_participants(self, database: Database, q: str) -> None:
        _stored(database, OFFICE, _event(participants=[LAVROV, IN_OFFICE]))

        assert _found(database, q)

    def test_follows_the_names_of_an_office_though_no_document_of_an_event_has_them(
        self, database: Database
    ) -> None:
        _stored(database, OFFICE, _event(participants=[LAVROV, IN_OFFICE]))
        documents = _documents(database)
        assert _found(database, '"ministre"') and not _found(database, "zebra")

        store(database, make_office(names=OFFICE.names, feminine={"fr": "Zebra"}))

        assert _found(database, "zebra") and not _found(database, '"ministre"')
        assert _documents(database) == documents

    def test_the_same_records_write_nothing(self, database: Database) -> None:
        records = [*make_cast(), PLACE, TREATY, _event()]
        store(database, *records)
        with counting_statements(*database.engines) as statements:
            store(database, *records)

        read = ("SELECT", "BEGIN")
        assert [each for each in statements if not each.lstrip().startswith(read)] == []


class TestRebuild:
    def test_fills_an_empty_index_and_leaves_documents_alone(self, database: Database) -> None:
        _stored(database)
        documents = _documents(database)
        with database.write() as connection:
            empty_index(connection)
        assert not _found(database, "contact")

        migrated = migrate(database)

        assert migrated.rebuilt
        assert _found(database, "contact") and _found(database, "lavrov")
        assert _documents(database) == documents
        assert not migrate(database).rebuilt

    def test_makes_documents_again(self, database: Database) -> None:
        _stored(database)
        ((document, _),) = _documents(database)
        with database.write() as connection:
            connection.execute(t.event.update().values(document="{}"))

        rebuild(database)

        ((again, revision),) = _documents(database)
        assert revision == 2
        assert _without_stamps(again) == _without_stamps(document)
        with database.read() as connection:
            last = connection.execute(select(t.change).order_by(t.change.c.seq.desc())).first()
        assert last is not None
        assert (last.slug, last.revision, last.actor) == ("2024-01-01-x", 2, "timeline rebuild")

    def test_takes_more_than_one_batch(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store(database, *make_cast(), *(make_event(f"2024-01-0{i}-x") for i in range(1, 6)))
        with database.write() as connection:
            empty_index(connection)
        monkeypatch.setattr("app.tables.rows.BATCH", 2)

        rebuild(database)

        with database.read() as connection:
            assert len(connection.scalars(search_hits(parse_query("talks"))).all()) == 5

    def test_an_empty_database_lacks_nothing(self, database: Database) -> None:
        with database.read() as connection:
            assert not lacks_index(connection)
