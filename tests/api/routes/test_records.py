"""Clients read the record of an entity, and put it or the document back."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.domain.vocabulary import EntityKind, RelationType
from app.formats.record_files import write_ndjson
from app.records.evidence.spans import digest_of
from app.records.models import RECORD_MODELS, Record
from app.tables.database import Database
from app.tables.log import newest_seq
from app.writing.upkeep.export import export_records
from tests.support.builders import (
    CHOE,
    LAVROV,
    make_cast,
    make_event,
    make_office,
    make_participant,
    make_place,
    make_publisher,
    make_source,
    make_tag,
    make_treaty,
    store,
)
from tests.support.editing import EVENT, PLAIN, Editing, path_of, plain

TEXT = "MOSCOW, Friday. They met on Friday."
# Of each kind, an entity with a value in each field.
WHOLE: list[Record] = [
    make_participant("mid", kind="organisation"),
    make_participant(
        "maria-zakharova",
        aliases=["Мария Захарова"],
        positions=[{"title": "Speaker", "office": "speaker", "organisation": "mid", "from": "2015"}],
        identifiers={"wikidata": "Q1"},
    ),
    make_place("moscow", aliases=["Moskva"]),
    make_place("kremlin", part_of="moscow"),
    make_office("speaker", country="RU", organisation="mid", feminine={"fr": "La porte-parole"}),
    make_publisher("kcna"),
    make_publisher("naenara", house="kcna", state=True, country="KP"),
    make_source("on-file", publisher="naenara", agency="kcna", article="000_1", note="Cut."),
    make_treaty(registration="UNTS 1", aliases=["Pact"]),
    make_tag("talks"),
    make_tag("summit", broader="talks", definition={"en": "Of leaders."}),
    make_event("2024-10-01-visit"),
    make_event(
        "2024-10-31-signing",
        type="treaty",
        subtype="signed",
        treaty="friendship-treaty",
        place="moscow",
        further_places=["kremlin"],
        participants=[LAVROV | {"office": "speaker", "capacity": "head"}, CHOE],
        relations=[{"type": RelationType.PART_OF, "event": "2024-10-01-visit"}],
        sources=[
            {
                "source": "on-file",
                "evidence": [
                    {"supports": ["date"], "digest": "0" * 64, "selector": {"start": 0, "end": 3}}
                ],
            },
            {"source": "tass-1", "evidence": [{"supports": ["type"], "quote": "signed"}]},
        ],
        tags=["talks", "summit"],
        note="Doubtful.",
    ),
]  # fmt: skip


@pytest.fixture
def editing(client: TestClient, database: Database) -> Editing:
    """A client that may write; an entity of each kind exists."""
    store(database, *make_cast(), *WHOLE)
    return Editing(client, database)


def test_each_kind_is_among_the_entities() -> None:
    assert {type(record) for record in WHOLE} == {*RECORD_MODELS.values()}


class TestRoundTrip:
    @pytest.mark.parametrize("path", ["", "/record"], ids=["document", "record"])
    def test_what_was_read_can_be_put_and_changes_nothing(
        self, editing: Editing, database: Database, path: str
    ) -> None:
        before = database.find(newest_seq)

        for record in WHOLE:
            read = editing.client.get(f"{path_of(record)}{path}", headers=PLAIN)
            put = editing.send("PUT", path_of(record), read.content)

            assert (read.status_code, put.status_code) == (200, 200), put.text
            assert put.headers["etag"] == read.headers["etag"]
        assert database.find(newest_seq) == before

    def test_what_was_read_can_be_changed_and_put_with_its_etag(self, editing: Editing) -> None:
        path = "/v1/events/2024-10-31-signing"
        for part in ("", "/record"):
            read = editing.client.get(f"{path}{part}", headers=PLAIN)
            changed = read.json() | {"note": f"Changed{part}."}

            put = editing.send("PUT", path, changed, {"If-Match": read.headers["etag"]})

            assert put.status_code == 200, put.text
            assert (put.json()["note"], put.json()["revision"]) == (
                f"Changed{part}.",
                2 + bool(part),
            )

    def test_all_that_was_read_can_be_imported(self, editing: Editing, database: Database) -> None:
        kinds = list(EntityKind)
        lists = {
            kind.collection: editing.client.get(f"/v1/{kind.collection}").json()["items"]
            for kind in kinds
        }

        answer = editing.send("POST", "/v1/imports", lists)

        assert answer.status_code == 200, answer.text
        total = answer.json()["total"]
        assert total == {
            "created": 0, "updated": 0, "unchanged": sum(map(len, lists.values())), "withdrawn": 0,
            "restored": 0,
        }  # fmt: skip

    def test_an_unknown_key_stays_an_error(self, editing: Editing) -> None:
        document = editing.client.get(EVENT.replace("2024-11-01-talks", "2024-10-01-visit")).json()
        document["participants"][0]["rank"] = "minister"

        answer = editing.send("PUT", "/v1/events/2024-10-01-visit", document)

        (error,) = answer.json()["errors"]
        assert error["pointer"] == "/participants/0/rank"
        assert error["detail"].startswith("unknown field")


class TestRecord:
    def test_is_what_was_put(self, editing: Editing) -> None:
        for record in WHOLE:
            assert editing.client.get(f"{path_of(record)}/record").json() == plain(record)

    def test_a_known_one_is_not_sent_again(self, editing: Editing) -> None:
        path = f"{path_of(WHOLE[0])}/record"
        tag = editing.client.get(path, headers=PLAIN).headers["etag"]

        answer = editing.client.get(path, headers={**PLAIN, "If-None-Match": tag})

        assert (answer.status_code, answer.content) == (304, b"")

    def test_of_nobody_is_not_found(self, editing: Editing) -> None:
        assert editing.client.get("/v1/places/nowhere/record").status_code == 404

    def test_of_a_withdrawn_entity_is_gone(self, editing: Editing) -> None:
        editing.change("DELETE", "/v1/events/2024-10-31-signing?reason=test")

        assert editing.client.get("/v1/events/2024-10-31-signing/record").status_code == 410

    def test_all_of_them_are_the_export_of_the_command(
        self, editing: Editing, database: Database
    ) -> None:
        with database.stream() as connection:
            exported = "".join(write_ndjson(export_records(connection)))

        answer = editing.client.get("/v1/records.ndjson")
        tags = editing.client.get("/v1/records.ndjson?kind=tag&kind=office")

        assert (answer.headers["content-type"], answer.text) == ("application/x-ndjson", exported)
        assert tags.text == "".join(
            line for line in exported.splitlines(True) if line.startswith(('{"tags"', '{"offices"'))
        )
        assert editing.send("POST", "/v1/imports", json.loads(tags.text.split("\n")[0])).is_success


def _cited(quote: dict[str, Any], source: str = "on-file") -> dict[str, Any]:
    evidence = [{"supports": ["date"], **quote}]
    return plain(make_event()) | {"sources": [{"source": source, "evidence": evidence}]}


class TestQuotes:
    def test_an_import_finds_them_in_the_attached_texts(
        self, editing: Editing, database: Database
    ) -> None:
        body = {"events": [_cited({"quote": "on Friday"})], "articles": {"000_1": TEXT}}

        answer = editing.send("POST", "/v1/imports", body)

        assert answer.status_code == 200, answer.text
        (citation,) = editing.client.get(EVENT).json()["sources"]
        assert citation["evidence"] == [
            {
                "supports": ["date"],
                "basis": "stated",
                "selector": {"start": 25, "end": 34},
                "digest": digest_of("on Friday"),
                "note": None,
            }
        ]
        log = editing.client.get("/v1/changes.ndjson").text
        assert "on Friday" not in log
        assert "MOSCOW" not in log

    @pytest.mark.parametrize(
        ("quote", "articles", "pointer", "problem"),
        [
            pytest.param(
                {"quote": "Friday"}, {"000_1": TEXT}, "/quote", "the quote occurs twice", id="twice"
            ),
            pytest.param(
                {"quote": "x"},
                {},
                "/quote",
                "the text of the article '000_1' is needed to find this quote: add its text to the body: "
                '"articles": {"000_1": "…"}',
                id="no text",
            ),
            pytest.param(
                {"digest": "0" * 64, "selector": {"start": 0, "end": 3}},
                {"000_1": TEXT},
                "/selector",
                'characters 0 to 3 are "MOS"; no 3 characters of the article have this digest',
                id="a wrong digest",
            ),
        ],
    )
    def test_an_import_refuses_what_the_text_lacks(
        self,
        editing: Editing,
        quote: dict[str, Any],
        articles: dict[str, str],
        pointer: str,
        problem: str,
    ) -> None:
        body = {"articles": articles, "events": [_cited(quote)]}

        answer = editing.send("POST", "/v1/imports", body)

        (error,) = answer.json()["errors"]
        assert error["pointer"] == f"/events/0/sources/0/evidence/0{pointer}"
        assert error["detail"].startswith(problem)

    @pytest.mark.parametrize(
        ("articles", "problem"),
        [
            ([TEXT], "found a list of 1, expected a mapping from names of articles to their texts"),
            ({"000_1": 7}, "found the number 7, expected the text of the article"),
            ({"../x": TEXT}, "the name of an article has letters, digits and . _ -"),
            ({"000_1": "x" * 10_000_001}, "a document has at most 10 MB"),
        ],
        ids=["a list", "a number", "a path", "too long"],
    )
    def test_texts_have_one_form(self, editing: Editing, articles: object, problem: str) -> None:
        answer = editing.send("POST", "/v1/imports", {"articles": articles})

        assert answer.json()["errors"][0]["detail"].startswith(problem)

    def test_one_event_may_quote_a_source_without_an_article(self, editing: Editing) -> None:
        quoting = _cited({"quote": "They met."}, "tass-1")

        put = editing.send("PUT", EVENT, quoting)
        again = editing.send("PUT", EVENT, quoting)
        (annotation,) = editing.client.get(f"{EVENT}/evidence").json()["items"]
        seq = editing.client.get("/v1/changes?limit=1000").json()["page"]["last"]
        past = editing.client.get(f"{EVENT}/record?as_of={seq}").json()

        assert (put.status_code, again.status_code, again.json()["revision"]) == (201, 200, 1)
        (evidence,) = put.json()["sources"][0]["evidence"]
        assert (evidence["selector"], evidence["digest"]) == (None, digest_of("They met."))
        assert past["sources"][0]["evidence"] == [evidence]
        assert (annotation["target"]["selector"], annotation["digest"]) == (
            None,
            digest_of("They met."),
        )

    @pytest.mark.parametrize("method", ["PUT", "PATCH"])
    def test_one_event_that_quotes_an_article_is_told_what_to_send(
        self, editing: Editing, method: str
    ) -> None:
        editing.create(make_event())
        quoting = _cited({"quote": "They met."})
        body = quoting if method == "PUT" else {"sources": quoting["sources"]}

        answer = editing.change(method, EVENT, body)

        (error,) = answer.json()["errors"]
        assert (answer.status_code, error["pointer"]) == (422, "/sources/0/evidence/0/quote")
        assert error["detail"] == (
            "the text of the article '000_1' is needed to find this quote: send the record to POST "
            '/v1/imports with the text ("articles": {"000_1": "…"}), or send `selector` and `digest`'
        )


class TestSuggestions:
    @pytest.mark.parametrize(
        ("participant", "meant"),
        [("lavrov", "sergey-lavrov"), ("Лавров", "sergey-lavrov"), ("최선희", "choe-son-hui")],
    )
    def test_a_name_is_answered_with_the_id(
        self, editing: Editing, participant: str, meant: str
    ) -> None:
        names = {"en": "Sergey Lavrov", "ru": "Сергей Лавров"}
        editing.change("PATCH", "/v1/participants/sergey-lavrov", {"names": names})
        editing.change("PATCH", "/v1/participants/choe-son-hui", {"names": {"ko": "최선희"}})
        event = plain(make_event()) | {"participants": [LAVROV | {"id": participant}]}

        put = editing.send("PUT", EVENT, event)
        imported = editing.send("POST", "/v1/imports", {"events": [event]})

        for answer in (put, imported):
            (error,) = answer.json()["errors"]
            assert error["detail"].endswith(f"; did you mean {meant!r}?")
