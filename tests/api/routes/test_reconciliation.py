"""The Reconciliation API 0.2: each message has the form of the specification, and each match a reason."""

import json
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from starlette.testclient import TestClient

from app.documents.reconciliation.properties import PropertyId
from app.documents.reconciliation.types import EntityType
from app.domain.vocabulary import EntityKind
from app.reading.parameters.names import NamedKind, is_name
from app.reading.parameters.reconciliation import MOST_IDS, MOST_NAMES, MOST_QUERIES
from app.tables import core as t
from app.tables.database import Database
from tests.support.answers import JsonObject
from tests.support.builders import (
    NASTY_NAME,
    end,
    make_office,
    make_participant,
    make_place,
    make_treaty,
    store,
)
from tests.support.chance import scaled
from tests.support.pages import ReadPage
from tests.support.reconciliation_schemas import check_message

SERVICES = ("/reconcile", "/en/reconcile", "/fr/reconcile", "/ru/reconcile", "/ko/reconcile")
FORM = "application/x-www-form-urlencoded"


def _ask(client: TestClient, service: str = "/reconcile", **query: Any) -> list[JsonObject]:
    """Return the candidates for one query."""
    answer = client.get(f"{service}?{urlencode({'queries': json.dumps({'q': query})})}")
    assert answer.status_code == 200, answer.text
    check_message("batch", answer.json())
    candidates: list[JsonObject] = answer.json()["q"]["result"]
    return candidates


def _ids(candidates: Sequence[JsonObject]) -> list[str]:
    return [each["id"] for each in candidates]


def _refused(client: TestClient, path: str, status: int = 400) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    detail: str = answer.json()["detail"]
    return detail


class TestManifest:
    @pytest.mark.parametrize("service", SERVICES)
    def test_describes_the_service_in_its_language(
        self, seeded_client: TestClient, service: str
    ) -> None:
        manifest = seeded_client.get(service).json()

        check_message("manifest", manifest)
        assert manifest["preview"]["url"].startswith(f"http://testserver{service}/preview?")
        assert f"/{service.split('/')[1].replace('reconcile', 'en')}/" in manifest["view"]["url"]

    def test_each_address_in_it_answers(self, seeded_client: TestClient) -> None:
        manifest = seeded_client.get("/ko/reconcile").json()
        id_ = quote("places/moscow", safe="")

        addresses = [
            manifest["documentation"],
            manifest["logo"],
            manifest["view"]["url"].replace("{{id}}", id_),
            manifest["preview"]["url"].replace("{{id}}", id_),
            f"{manifest['identifierSpace']}places/moscow",
            "".join(manifest["extend"]["propose_properties"].values()),
            *(
                f"{each['service_url']}{each['service_path']}"
                for each in manifest["suggest"].values()
            ),
            *(
                f"{each['service_url']}{each['flyout_service_path'].replace('${id}', example)}"
                for each, example in zip(
                    manifest["suggest"].values(), (id_, "country", "place"), strict=True
                )
            ),
        ]

        assert {seeded_client.get(address).status_code for address in addresses} == {200}

    def test_a_slash_at_the_end_changes_nothing(self, seeded_client: TestClient) -> None:
        assert (
            seeded_client.get("/ko/reconcile/").json() == seeded_client.get("/ko/reconcile").json()
        )
        assert seeded_client.post("/reconcile/", data={"query": "Lavrov"}).status_code == 200

    def test_jsonp_calls_the_function(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/reconcile?callback=jQuery3_1.show&_=1732881600000")

        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert answer.headers["x-content-type-options"] == "nosniff"
        called = re.fullmatch(r"/\*\*/jQuery3_1\.show\((.*)\);", answer.text)
        assert called is not None
        assert json.loads(called[1]) == seeded_client.get("/reconcile").json()

    @pytest.mark.parametrize("callback", ["alert(1)//", "a-b", "1a", "а", "a\n", "a" * 101])
    def test_a_callback_that_is_no_name_is_refused(
        self, seeded_client: TestClient, callback: str
    ) -> None:
        query = urlencode({"callback": callback})

        assert "is no name of a function" in _refused(seeded_client, f"/reconcile?{query}")

    def test_a_page_elsewhere_may_ask(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/reconcile", headers={"Origin": "http://127.0.0.1:3333"})

        assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("state", ["as_of=3", "release=2026-11"])
def test_a_past_state_is_refused(seeded_client: TestClient, service: str, state: str) -> None:
    name = state.partition("=")[0]

    described = seeded_client.get(f"{service}?{state}")
    asked = seeded_client.post(f"{service}?{state}", data={"query": "Lavrov"})

    for answer in (described, asked):
        assert answer.status_code == 400
        [error] = answer.json()["errors"]
        assert error["parameter"] == name
        assert "reconciliation answers about the present state only" in error["detail"]


class TestOpenRefine:
    """The requests of OpenRefine 3.6.2, as `tests/support/openrefine_trial.py` and its page in Chromium sent them."""

    @pytest.mark.parametrize("service", SERVICES)
    def test_its_server_guesses_types_and_matches(
        self, seeded_client: TestClient, service: str
    ) -> None:
        guess = {"q1": {"query": "김정은", "limit": 3}, "q0": {"query": "Choi Sun-hee", "limit": 3}}
        office = {"pid": "office", "v": "Министр иностранных дел России"}
        lavrov = {"query": "Лавров", "type": "person", "properties": [office]}
        nobody = {"query": "Nobody Known", "type": "person"}
        match = {"q0": lavrov | {"type_strict": "should"}, "q1": nobody | {"type_strict": "should"}}

        guessed, matched = (
            seeded_client.post(service, data={"queries": json.dumps(queries)}).json()
            for queries in (guess, match)
        )

        for answer in (guessed, matched):
            check_message("batch", answer)
        assert {guessed[name]["result"][0]["type"][0]["id"] for name in guess} == {"person"}
        assert matched["q0"]["result"][0]["id"] == "participants/sergey-lavrov"
        assert matched["q1"]["result"] == []

    @pytest.mark.parametrize("service", SERVICES)
    def test_its_server_fetches_columns(self, seeded_client: TestClient, service: str) -> None:
        ids = ["participants/choe-son-hui", "participants/kim-jong-un"]
        limited = {"id": "office", "settings": {"limit": "1"}}
        question = {"ids": ids, "properties": [{"id": "country"}, {"id": "wikidata"}, limited]}

        answer = seeded_client.post(service, data={"extend": json.dumps(question)}).json()

        for row in (answer["rows"][each] for each in ids):
            assert row["country"] == [{"str": "KP"}]
            assert len(row["wikidata"]) == 1
        # The newest one, although others are recorded before it.
        offices = [answer["rows"][each]["office"][0]["id"] for each in ids]
        assert offices == ["offices/kp-foreign-minister", "offices/kp-state-affairs-president"]

    @pytest.mark.parametrize("called", ["", "&callback=jQuery36009_1&_=1796015037582"])
    @pytest.mark.parametrize(
        "path",
        [
            "?",
            "/properties?type=person",
            "/properties?type=",
            "/suggest/property?prefix=coun&spell=always&exact=false&scoring=schema&prefixed=true&type=person",
            "/suggest/property/flyout?id=country",
            "/suggest/type?prefix=per&spell=always&exact=false&scoring=schema&prefixed=true",
            "/suggest/type/flyout?id=person",
            "/suggest/entity?prefix=%D0%9B%D0%B0%D0%B2%D1%80%D0%BE%D0%B2&spell=always&exact=false&prefixed=true",
            "/suggest/entity/flyout?id=participants%2Fsergey-lavrov",
        ],
    )
    def test_its_page_completes_by_cors_and_by_jsonp(
        self, seeded_client: TestClient, path: str, called: str
    ) -> None:
        origin = {"Origin": "http://127.0.0.1:3333"}

        answer = seeded_client.get(f"/reconcile{path}{called}", headers=origin)

        assert answer.status_code == 200, answer.text
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.text.startswith("/**/jQuery36009_1(" if called else "{")

    @pytest.mark.parametrize("slash", ["/", "%2F"])
    def test_its_page_frames_previews(self, seeded_client: TestClient, slash: str) -> None:
        answer = seeded_client.get(f"/ko/reconcile/preview?id=participants{slash}choe-son-hui")

        assert answer.status_code == 200
        assert "x-frame-options" not in answer.headers
        assert "최선희" in answer.text


class TestQueries:
    @pytest.mark.parametrize("service", SERVICES)
    def test_a_form_gets_the_answer_of_a_get(self, seeded_client: TestClient, service: str) -> None:
        queries = json.dumps({"q0": {"query": "최선희"}, "q1": {"query": "Lavrov", "limit": 1}})

        posted = seeded_client.post(service, data={"queries": queries})

        assert posted.status_code == 200, posted.text
        check_message("batch", posted.json())
        assert posted.json() == seeded_client.get(service, params={"queries": queries}).json()
        assert _ids(posted.json()["q1"]["result"]) == ["participants/sergey-lavrov"]

    def test_a_query_alone_may_be_a_name_or_an_object(self, seeded_client: TestClient) -> None:
        named = seeded_client.get("/reconcile?query=Lavrov&type=person&limit=1")
        written = seeded_client.get(
            "/reconcile", params={"query": '{"query": "Lavrov", "type": "person", "limit": 1}'}
        )

        check_message("result", named.json())
        assert named.json() == written.json()
        assert _ids(named.json()["result"]) == ["participants/sergey-lavrov"]

    def test_names_are_in_the_language_of_the_path(self, seeded_client: TestClient) -> None:
        (russian, *_) = _ask(seeded_client, "/ru/reconcile", query="Choe Son Hui")

        assert russian["name"] == "Цой Сон Хи"
        assert russian["type"][0] == {"id": "person", "name": "Лицо"}

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            pytest.param("Choe Son Hui", True, id="the name"),
            pytest.param("CHOE SON-HUI", True, id="except for case and hyphens"),
            pytest.param("Son Hui Choe", False, id="another order"),
            pytest.param("Choe Son", False, id="a part"),
        ],
    )
    def test_only_an_exact_name_matches(
        self, seeded_client: TestClient, name: str, expected: bool
    ) -> None:
        first = _ask(seeded_client, query=name)[0]

        assert (first["id"], first["match"]) == ("participants/choe-son-hui", expected)

    def test_a_name_of_two_matches_neither(self, client: TestClient, database: Database) -> None:
        place = make_place("kim-chaek", names={"en": "Kim Chaek"})
        store(database, place, make_participant("kim-chaek", country="KP"))

        both = _ask(client, query="Kim Chaek")
        (person,) = _ask(client, query="Kim Chaek", type="person")

        assert {(each["id"], each["match"]) for each in both} == {
            ("participants/kim-chaek", False),
            ("places/kim-chaek", False),
        }
        assert person["match"] is True

    def test_an_id_matches_and_a_merged_one_leads_to_the_survivor(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_participant("lavrov"), make_participant("sergey-lavrov"))
        end(database, EntityKind.PARTICIPANT, "lavrov", "sergey-lavrov")

        for text in ("participants/lavrov", "http://testserver/v1/participants/sergey-lavrov"):
            (found,) = _ask(client, query=text)
            assert (found["id"], found["match"]) == ("participants/sergey-lavrov", True)
        assert _ask(client, query="participants/nobody") == []
        assert _ask(client, query="participants/lavrov", type="place") == []

    @pytest.mark.parametrize("id_", ["participants/\0", "places/a\0b", "offices/—", "places/A B"])
    def test_a_text_that_can_be_no_id_is_unknown(
        self, client: TestClient, database: Database, id_: str
    ) -> None:
        store(database, make_place("hall", names={"en": "Long Hall"}))
        values = [{"pid": pid, "v": {"id": id_}} for pid in ("part_of", "organisation", "office")]
        extended = json.dumps({"ids": [id_], "properties": [{"id": "events"}]})

        (found,) = _ask(client, query="Long Hall", properties=values)

        assert found["match"] is True
        assert _ask(client, query=id_) == []
        columns = client.get(f"/reconcile?{urlencode({'extend': extended})}").json()
        assert columns["rows"] == {id_: {"events": []}}
        suggested = client.get(f"/reconcile/suggest/entity?{urlencode({'prefix': id_})}")
        assert suggested.json() == {"result": []}
        for path in ("preview", "suggest/entity/flyout"):
            _refused(client, f"/reconcile/{path}?{urlencode({'id': id_})}", 404)

    @pytest.mark.parametrize(
        ("type_", "expected"),
        [
            pytest.param("person", "participants/", id="a narrow type"),
            pytest.param(["place"], "places/", id="a list"),
            pytest.param("", "", id="no type, as OpenRefine sends it"),
        ],
    )
    def test_types_narrow_the_candidates(
        self, seeded_client: TestClient, type_: Any, expected: str
    ) -> None:
        found = _ids(_ask(seeded_client, query="Kim Il Sung", type=type_, limit=50))

        assert found
        assert all(id_.startswith(expected) for id_ in found)

    def test_all_of_several_types_or_one_of_them(self, seeded_client: TestClient) -> None:
        types = ["person", "place"]

        assert _ask(seeded_client, query="Moscow", type=types, type_strict="all") == []
        assert _ids(_ask(seeded_client, query="Moscow", type=types))[0] == "places/moscow"

    @pytest.mark.parametrize(
        ("name", "id_"),
        [
            ("Vladimir Putin (actor)", "participants/vladimir-putin"),
            ("Kim Jong Il (footballer, born 1990)", "participants/kim-jong-il"),
            ("Vladimir Poutine (acteur)", "participants/vladimir-putin"),
            ("Ким Чен Ын (двойник)", "participants/kim-jong-un"),
            ("김정은 (대역)", "participants/kim-jong-un"),
            ("Ambassador Kim Jong Un", "participants/kim-jong-un"),
            ("le président Vladimir Poutine", "participants/vladimir-putin"),
            ("посол Владимир Путин", "participants/vladimir-putin"),
            ("김정은 특사", "participants/kim-jong-un"),
            ("김정은 비서", "participants/kim-jong-un"),
            ("Russia (band)", "participants/russia"),
            ("Moscow (Idaho)", "places/moscow"),
            ("Moscow [Tennessee]", "places/moscow"),
            ("Moscou (Idaho)", "places/moscow"),
            ("Москва (Айдахо)", "places/moscow"),
            ("모스크바 (아이다호)", "places/moscow"),
            ("Vladivostok (ship)", "places/vladivostok"),
            ("Moscow Zoo (Tokyo)", "participants/moscow-zoo"),
            ("Ambassador to Russia (South Korea)", "offices/kp-ambassador-to-russia"),
        ],
    )
    def test_a_name_with_other_words_never_matches(
        self, seeded_client: TestClient, name: str, id_: str
    ) -> None:
        found = _ask(seeded_client, query=name)

        assert (found[0]["id"], found[0]["score"]) == (id_, 70.0)
        assert not any(each["match"] for each in found)

    @pytest.mark.parametrize(
        "name",
        [
            "spokesman for Vladimir Putin",
            "envoy of President Putin",
            "secretary of Kim Jong Il",
            "wife of Vladimir Putin",
            "porte-parole de Vladimir Poutine",
            "porte-parole du président Poutine",
            "пресс-секретарь Владимира Путина",
            "советник президента Путина",
            "представитель Ким Чен Ына",
            "김정은의 특사",
            "푸틴 대통령의 대변인",
        ],
    )
    def test_who_serves_a_person_is_another_one(self, seeded_client: TestClient, name: str) -> None:
        assert _ask(seeded_client, query=name) == []

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            pytest.param("Kim Jong-un (김정은)", True, id="another name of the same in brackets"),
            pytest.param("Ким Чен Ын [Kim Jong Un]", True, id="and in Russian"),
            pytest.param("Kim Jong Un (Kim Jong Il)", False, id="a name of somebody else"),
            pytest.param("Kim Jong Un (Kim)", False, id="a part of a name"),
            pytest.param("\u041aim Jong Un", False, id="a Cyrillic letter"),
            pytest.param("Kim Jong Un's", False, id="a genitive"),
            pytest.param("김정은과", False, id="a Korean particle"),
        ],
    )
    def test_only_the_whole_text_matches(
        self, seeded_client: TestClient, name: str, expected: bool
    ) -> None:
        first = _ask(seeded_client, query=name)[0]

        assert (first["id"], first["match"]) == ("participants/kim-jong-un", expected)

    @pytest.mark.parametrize("text", ["", "—", " ", "\u0000", "가" * 400, "a " * 41, None])
    def test_a_cell_that_holds_no_name_has_no_candidate(
        self, seeded_client: TestClient, text: str | None
    ) -> None:
        assert _ask(seeded_client, query=text) == []

    @pytest.mark.parametrize("text", ["", " ", None])
    def test_a_row_without_a_name_is_found_by_its_properties(
        self, seeded_client: TestClient, text: str | None
    ) -> None:
        asked = [{"pid": "rank", "v": "head_of_government"}, {"pid": "country", "v": "KP"}]
        empty = {"pid": "name_en", "v": None}

        found = _ids(_ask(seeded_client, query=text, properties=[*asked, empty]))

        assert found
        assert found == _ids(_ask(seeded_client, properties=asked))
        assert _ask(seeded_client, query=text, properties=[empty]) == []

    def test_an_empty_cell_of_pandas_is_no_value(self, seeded_client: TestClient) -> None:
        nan = float("nan")
        rows: list[JsonObject] = [
            {"query": nan},
            {"query": "Sergey Lavrov", "properties": [{"pid": "country"}]},
        ]
        written = [nan, [nan], "NaN", None]

        for value in written:
            rows[1]["properties"] = [{"pid": "country", "v": value}]
            queries = json.dumps(dict(zip("ab", rows, strict=True)))
            answer = seeded_client.post("/reconcile", data={"queries": queries}).json()
            assert answer["a"]["result"] == []
            (first, *_) = answer["b"]["result"]
            assert first["features"] == [{"id": "name", "value": 1.0}]

    def test_the_longest_name_of_the_seeds_is_a_name(self, seeded: Database) -> None:
        tables = (t.ENTITIES[EntityKind(kind)] for kind in NamedKind)
        with seeded.read() as connection:
            rows = [row for table in tables for row in connection.scalars(select(table.c.document))]
        documents = map(json.loads, rows)
        names = [
            name
            for each in documents
            for name in [*each["names"].values(), *each.get("aliases", ())]
            if name
        ]

        assert len(names) > 5000
        assert [name for name in names if not is_name(name)] == []


class TestEvidence:
    def _cast(self, database: Database) -> None:
        store(
            database,
            make_office("ru-foreign-minister", names={"en": "Minister of Foreign Affairs"}),
            make_participant("narkomindel", kind="organisation"),
            make_participant("ministry", kind="organisation"),
            make_participant(
                "ivan-petrov",
                positions=[
                    {
                        "title": "Minister",
                        "office": "ru-foreign-minister",
                        "organisation": "ministry",
                    }
                ],
            ),
            make_participant("anna-petrov", country="SU"),
            make_place("north", names={"en": "North"}, country="KP"),
            make_treaty(names={"en": "Treaty of Friendship"}),
        )
        end(database, EntityKind.PARTICIPANT, "narkomindel", "ministry")

    @pytest.mark.parametrize(
        ("pid", "value", "expected"),
        [
            pytest.param("country", "USSR", {"anna": True, "ivan": False}, id="a country"),
            pytest.param(
                "country", "Советский Союз", {"anna": True, "ivan": False}, id="in Russian"
            ),
            pytest.param("country", "Atlantis", {}, id="no country"),
            pytest.param("country", "NaN", {}, id="an empty cell of pandas"),
            pytest.param(
                "country", "RU\nKP", {"anna": False, "ivan": True}, id="cells of two rows"
            ),
            pytest.param("office", "Minister of Foreign Affairs", {"ivan": True}, id="an office"),
            pytest.param(
                "office",
                {"id": "offices/ru-foreign-minister", "name": "x"},
                {"ivan": True},
                id="a matched office",
            ),
            pytest.param(
                "organisation",
                {"id": "participants/narkomindel", "name": "x"},
                {"ivan": True},
                id="an organisation that was merged into its own",
            ),
            pytest.param("active_on", "2024", {}, id="no event near the date"),
            pytest.param("active_on", "next week", {}, id="no date"),
            pytest.param("events", "+0", {"anna": True, "ivan": True}, id="a number"),
            pytest.param("events", "--1", {}, id="no number"),
            pytest.param("events", "+-1.5", {}, id="no number either"),
        ],
    )
    def test_a_property_counts_if_it_is_known(
        self,
        client: TestClient,
        database: Database,
        pid: str,
        value: Any,
        expected: dict[str, bool],
    ) -> None:
        self._cast(database)

        found = _ask(client, query="Petrov", properties=[{"pid": pid, "v": value}])

        known = {
            each["id"].removeprefix("participants/").removesuffix("-petrov"): feature["value"]
            for each in found
            for feature in each["features"]
            if feature["id"] == pid
        }
        assert known == expected
        scores = {each["id"][13:17]: each["score"] for each in found}
        assert scores == {
            name: {True: 73.33, False: 40.0, None: 60.0}[expected.get(name)]
            for name in ("anna", "ivan")
        }

    @pytest.mark.parametrize(
        ("pid", "value", "expected"),
        [
            ("wikidata", "Q58217", True),
            ("wikidata", "http://www.wikidata.org/entity/Q58217", True),
            ("wikidata", "https://www.wikidata.org/wiki/q58217", True),
            ("wikidata", {"id": "Q58217", "name": "Ivan Petrov"}, True),
            ("wikidata", "http://www.wikidata.org/entity/Q1", False),
            ("wikidata", "https://example.org/wiki/Q58217", None),
            ("wikidata", "unknown", None),
            ("viaf", "https://viaf.org/viaf/96994048/", True),
            ("viaf", 96994048, True),
            ("viaf", "0", None),
            ("isni", "0000 0001 2281 955X", True),
            ("isni", "https://www.isni.org/isni/000000012281955X", True),
            ("isni", "0000 0001 2127 787", None),
        ],
    )
    def test_an_identifier_may_be_written_as_elsewhere(
        self,
        client: TestClient,
        database: Database,
        pid: str,
        value: Any,
        expected: bool | None,
    ) -> None:
        identifiers = {"wikidata": "Q58217", "viaf": "96994048", "isni": "000000012281955X"}
        store(database, make_participant("ivan-petrov", identifiers=identifiers))

        (found,) = _ask(client, query="Ivan Petrov", properties=[{"pid": pid, "v": value}])

        known = {feature["id"]: feature["value"] for feature in found["features"]}
        assert (known.get(pid), found["match"]) == (expected, expected is not False)

    def test_a_contradiction_is_no_match(self, client: TestClient, database: Database) -> None:
        self._cast(database)

        (found,) = _ask(client, query="Ivan Petrov", properties=[{"pid": "country", "v": "KP"}])

        assert (found["score"], found["match"]) == (66.67, False)

    @pytest.mark.parametrize(
        ("part_of", "expected"),
        [("places/house", True), ("places/city", True), ("City", True), ("places/town", False)],
    )
    def test_a_place_lies_within_each_place_around_it(
        self, client: TestClient, database: Database, part_of: str, expected: bool
    ) -> None:
        store(
            database,
            make_place("town"),
            make_place("city", names={"en": "City"}),
            make_place("house", part_of="city"),
            make_place("hall", names={"en": "Long Hall"}, part_of="house"),
        )

        asked = [{"pid": "part_of", "v": part_of}]
        (found,) = _ask(client, query="Long Hall", properties=asked)

        assert {"id": "part_of", "value": expected} in found["features"]
        assert found["match"] is expected

    @pytest.mark.parametrize("number", ["+-5", "-+5", "--5", "++", "-", ".", "5.5.5", "٣", "²", ""])
    def test_any_text_may_stand_for_a_number(
        self, client: TestClient, database: Database, number: str
    ) -> None:
        store(database, make_place("hall", names={"en": "Long Hall"}))
        numbers = [{"pid": pid, "v": number} for pid in ("latitude", "longitude", "events")]

        (found,) = _ask(client, query="Long Hall", properties=numbers)

        assert (found["score"], found["match"]) == (100.0, True)

    def test_without_a_name_every_property_must_agree(
        self, client: TestClient, database: Database
    ) -> None:
        self._cast(database)
        korean = [{"pid": "country", "v": "North Korea"}]

        assert _ids(_ask(client, properties=korean)) == ["places/north"]
        assert _ask(client, properties=[*korean, {"pid": "precision", "v": "region"}]) == []
        assert _ask(client, properties=[{"pid": "country", "v": "Atlantis"}]) == []

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            pytest.param(
                [{"pid": "country", "v": "RU"}, {"pid": "country", "v": "RU"}], True, id="equal"
            ),
            pytest.param(
                [{"pid": "country", "v": "RU"}, {"pid": "country", "v": "KP"}],
                False,
                id="one differs",
            ),
        ],
    )
    def test_all_columns_of_one_property_must_agree(
        self,
        client: TestClient,
        database: Database,
        values: list[JsonObject],
        expected: bool,
    ) -> None:
        self._cast(database)

        for columns in (values, values[::-1]):
            (found,) = _ask(client, query="Ivan Petrov", properties=columns)

            assert {"id": "country", "value": expected} in found["features"]
            assert found["match"] is expected
            assert (
                "participants/ivan-petrov" in _ids(_ask(client, properties=columns))
            ) is expected

    def test_without_a_name_an_entity_has_each_office_of_the_row(
        self, client: TestClient, database: Database
    ) -> None:
        """An office that somebody is not known to have held contradicts nothing, and yet is missing."""
        self._cast(database)
        store(database, make_office("ru-premier", names={"en": "Premier"}))
        offices = ("offices/ru-foreign-minister", "offices/ru-premier")
        held, other = ({"pid": "office", "v": id_} for id_ in offices)

        assert _ids(_ask(client, properties=[held])) == ["participants/ivan-petrov"]
        assert _ask(client, properties=[held, other]) == []
        assert _ask(client, properties=[other, held]) == []

    @pytest.mark.parametrize(
        ("id_", "pid", "value"),
        [
            ("participants/sergey-lavrov", "office", "Минстр"),
            ("participants/sergey-lavrov", "active_on", "2024-06"),
            ("participants/choe-son-hui", "alias", "Choi Son Hui"),
            ("participants/choe-son-hui", "events", 60),
            ("treaties/friendship-treaty-1961", "signed", "1961-07"),
            ("treaties/friendship-treaty-1961", "party", ["Korea", "USSR"]),
            ("places/moscow", "latitude", 55.8),
            ("places/moscow", "name_ko", "모스크바"),
            ("offices/kp-premier", "rank", "Head of government"),
            ("places/kumsusan-guesthouse", "part_of", "Pyongyang"),
        ],
    )
    def test_the_seeds_bear_out_their_facts(
        self, seeded_client: TestClient, id_: str, pid: str, value: Any
    ) -> None:
        (found,) = _ask(seeded_client, query=id_, properties=[{"pid": pid, "v": value}])

        known = {feature["id"]: feature["value"] for feature in found["features"]}
        assert known.get(pid) is (None if value == "Минстр" else True)


class TestExtend:
    @pytest.mark.parametrize("service", SERVICES)
    def test_every_property_of_every_kind(self, seeded_client: TestClient, service: str) -> None:
        proposed = seeded_client.get(f"{service}/properties").json()["properties"]
        ids = ["participants/choe-son-hui", "places/moscow", "offices/kp-premier"]
        ids += ["treaties/friendship-treaty-1961", "x", "places/nowhere"]
        query = {"ids": ids, "properties": [{"id": each["id"]} for each in proposed]}

        answer = seeded_client.post(service, data={"extend": json.dumps(query)})

        assert answer.status_code == 200, answer.text
        check_message("extension", answer.json())
        assert [*answer.json()["rows"]] == ids
        assert {tuple(row) for row in answer.json()["rows"].values()} == {
            tuple(each["id"] for each in proposed)
        }
        assert not any(answer.json()["rows"]["places/nowhere"].values())

    def test_the_limit_of_a_form_is_a_text(self, client: TestClient, database: Database) -> None:
        store(database, make_participant(aliases=["A", "B", "C"]))
        columns = [{"id": "alias", "settings": {"limit": limit}} for limit in ("2", "")]

        for column, expected in zip(columns, (2, 3), strict=True):
            query = {"ids": ["participants/sergey-lavrov"], "properties": [column]}
            answer = client.get("/reconcile", params={"extend": json.dumps(query)})
            (row,) = answer.json()["rows"].values()
            assert len(row["alias"]) == expected

    def test_the_newest_position_comes_first(self, client: TestClient, database: Database) -> None:
        terms = {"Clerk": "[1970,1971]", "Envoy": "195X", "Minister": "1999"}
        positions = [{"title": title, "from": begin} for title, begin in terms.items()]
        store(database, make_participant(positions=positions))

        query = {"ids": ["participants/sergey-lavrov"], "properties": [{"id": "position"}]}
        answer = client.get("/reconcile", params={"extend": json.dumps(query)})

        (row,) = answer.json()["rows"].values()
        assert [each["str"] for each in row["position"]] == ["Minister", "Clerk", "Envoy"]

    def test_properties_of_one_type(self, seeded_client: TestClient) -> None:
        proposed = seeded_client.get("/reconcile/properties?type=place&limit=3").json()

        check_message("proposals", proposed)
        assert (proposed["type"], proposed["limit"], len(proposed["properties"])) == ("place", 3, 3)

    def test_openrefine_sends_an_empty_type(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/reconcile/properties?type=&callback=jQuery1")

        assert answer.text.startswith('/**/jQuery1({"properties":[')


class TestSuggestions:
    def test_entities_that_begin_so(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/ko/reconcile/suggest/entity?prefix=Lavr").json()

        check_message("entities", answer)
        assert _ids(answer["result"]) == [
            "participants/sergey-lavrov",
            "participants/arkady-lavrov",
        ]

    def test_a_cursor_skips_what_was_suggested(self, seeded_client: TestClient) -> None:
        path = "/reconcile/suggest/entity?prefix=Kim&type=person"
        first = _ids(seeded_client.get(path).json()["result"])
        second = _ids(seeded_client.get(f"{path}&cursor={len(first)}").json()["result"])

        assert len(first) == 20
        assert second
        assert not {*first} & {*second}

    def test_an_id_suggests_its_entity(self, seeded_client: TestClient) -> None:
        path = "/reconcile/suggest/entity?prefix=places/moscow"

        assert _ids(seeded_client.get(path).json()["result"]) == ["places/moscow"]
        assert seeded_client.get(f"{path}&type=person").json()["result"] == []

    @pytest.mark.parametrize(
        ("prefix", "expected"),
        [
            ("places/kum", ["places/kumsusan-guesthouse"]),
            ("places/kumsusan-", ["places/kumsusan-guesthouse"]),
            ("http://testserver/v1/places/mosco", ["places/moscow"]),
            ("participants/choe-son-h", ["participants/choe-son-hui"]),
            ("places/nowhere-at-all", []),
            ("places/Mos", []),
            ("places/%", []),
        ],
    )
    def test_a_half_typed_id_suggests_the_ids_that_begin_so(
        self, seeded_client: TestClient, prefix: str, expected: list[str]
    ) -> None:
        answer = seeded_client.get("/reconcile/suggest/entity", params={"prefix": prefix}).json()

        assert _ids(answer["result"])[:1] == expected

    def test_half_typed_ids_are_narrowed_by_type_and_skipped(
        self, seeded_client: TestClient
    ) -> None:
        path = "/reconcile/suggest/entity?prefix=participants/"
        states = _ids(seeded_client.get(f"{path}&type=state").json()["result"])
        first = _ids(seeded_client.get(path).json()["result"])
        second = _ids(seeded_client.get(f"{path}&cursor=20").json()["result"])

        assert states[0] == "participants/dprk"
        assert seeded_client.get(f"{path}&type=place").json()["result"] == []
        assert (len(first), len(second), len({*first} & {*second})) == (20, 20, 0)

    @pytest.mark.parametrize("prefix", ["", "?"])
    def test_no_text_suggests_no_entity(self, seeded_client: TestClient, prefix: str) -> None:
        answer = seeded_client.get("/reconcile/suggest/entity", params={"prefix": prefix})

        assert answer.json()["result"] == []

    def test_types_and_properties_by_word_or_id(self, seeded_client: TestClient) -> None:
        types = seeded_client.get("/ru/reconcile/suggest/type?prefix=организация").json()
        named = seeded_client.get("/reconcile/suggest/property?prefix=sign&type=treaty").json()

        check_message("types", types)
        check_message("properties", named)
        assert _ids(types["result"]) == ["participant", "organisation"]
        assert _ids(named["result"]) == ["signed"]

    @pytest.mark.parametrize(
        ("kind", "ids"),
        [("type", [*EntityType]), ("property", [*PropertyId])],
    )
    @pytest.mark.parametrize("service", SERVICES)
    def test_each_has_a_flyout(
        self, seeded_client: TestClient, service: str, kind: str, ids: list[str]
    ) -> None:
        for id_ in ids:
            flyout = seeded_client.get(f"{service}/suggest/{kind}/flyout?id={id_}").json()
            check_message("flyout", flyout)
            assert flyout["id"] == id_

    def test_a_nasty_name_is_a_text_in_html(self, client: TestClient, database: Database) -> None:
        store(database, make_participant(names={"en": NASTY_NAME}))

        flyout = client.get(
            "/reconcile/suggest/entity/flyout?id=participants/sergey-lavrov&callback=f"
        ).text
        page = client.get("/reconcile/preview?id=participants/sergey-lavrov").text

        assert "<script>" not in flyout
        assert "<script" not in page
        assert ReadPage(page).faults == []


class TestPreview:
    @pytest.mark.parametrize("service", SERVICES)
    @pytest.mark.parametrize(
        "id_",
        [
            "participants/choe-son-hui",
            "participants/dprk",
            "places/moscow",
            "offices/kp-premier",
            "treaties/friendship-treaty-1961",
        ],
    )
    def test_is_a_page_that_any_site_may_frame(
        self, seeded_client: TestClient, service: str, id_: str
    ) -> None:
        answer = seeded_client.get(f"{service}/preview", params={"id": id_})

        page = ReadPage(answer.text)
        assert page.faults == []
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'")
        assert policy.endswith("frame-ancestors *")
        assert seeded_client.get(page.links[0]).status_code == 200
        assert page.links[0].endswith(id_)


class TestRefusals:
    @pytest.mark.parametrize(
        ("queries", "detail"),
        [
            ("{", "not valid JSON"),
            ("[]", "queries: /: "),
            ('{"q": {}}', "needs `query`, a name, or `properties`"),
            ('{"q": {"query": "a", "type": "persn"}}', "found the text 'persn', expected"),
            ('{"q": {"query": "a", "lmit": 3}}', "/q/lmit: this key is not known here"),
            ('{"q": {"query": "a", "limit": 0}}', "at least 1"),
            ('{"q": {"query": "a", "limit": NaN}}', "/q/limit: "),
            ('{"q": {"query": Infinity}}', "Infinity is not a number"),
            (
                '{"q": {"query": "a", "properties": [{"pid": "country", "v": [{"x": 1}]}]}}',
                "queries: /q/properties/0/v/0: found a mapping, expected a text, a number, true, false, or",
            ),
            (
                '{"q": {"query": "a", "properties": [{"pid": "country", "v": {"id": 1}}]}}',
                "queries: /q/properties/0/v: found a mapping, expected a text",
            ),
            ('{"q": {"query": "a", "properties": [{"pid": "nation", "v": 1}]}}', "'nation'"),
            ('{"q": {"query": "a"}, "q": {"query": "b"}}', "appears twice"),
            (
                json.dumps({"q": {"properties": [{"pid": "alias", "v": [*map(str, range(101))]}]}}),
                "at most 100 alternative values",
            ),
        ],
    )
    def test_a_wrong_query_is_explained(
        self, seeded_client: TestClient, queries: str, detail: str
    ) -> None:
        assert detail in _refused(seeded_client, f"/reconcile?{urlencode({'queries': queries})}")

    @pytest.mark.parametrize(
        ("query", "detail"),
        [
            ("evnts=x", "evnts: this path takes queries, query, extend"),
            ("queries={}&query=a", "send one of queries, query, extend"),
            ("query=a&query=b", "query takes one value"),
            ('extend={"ids":[],"properties":[{"id":"active_on"}]}', "has no values"),
            ('extend={"ids":[],"properties":[{"id":"x"}]}', "found the text 'x'"),
            ('extend={"ids":5,"properties":[]}', "extend: /ids: found the number 5"),
            ('extend={"ids":null,"properties":[]}', "extend: /ids: found nothing (null)"),
            ('extend={"ids":true,"properties":[]}', "extend: /ids: found true"),
            ("query=a&type=persn", "'persn'"),
        ],
    )
    def test_a_wrong_question_is_explained(
        self, seeded_client: TestClient, query: str, detail: str
    ) -> None:
        assert detail in _refused(seeded_client, f"/reconcile?{query}")

    def test_too_much_at_once_is_413(self, seeded_client: TestClient) -> None:
        queries = {f"q{n}": {"query": "a"} for n in range(MOST_QUERIES + 1)}
        offices = [{"pid": "office", "v": [f"{n}{m}" for m in range(MOST_NAMES)]} for n in range(2)]
        named = {"q": {"query": "a", "properties": offices}}
        extend = {"ids": ["a"] * (MOST_IDS + 1), "properties": []}

        for name, value in (("queries", queries), ("queries", named), ("extend", extend)):
            answer = seeded_client.post("/reconcile", data={name: json.dumps(value)})
            assert answer.status_code == 413
            assert "at most" in answer.json()["detail"]

    @pytest.mark.parametrize(
        ("body", "media_type", "status"),
        [
            pytest.param(b"{}", "application/json", 415, id="JSON"),
            pytest.param(b"queries=%ff", FORM, 400, id="no UTF-8"),
            pytest.param(b"\xff", FORM, 400, id="raw bytes"),
            pytest.param(b"", FORM, 400, id="no question"),
            pytest.param(b"a=1&" * 30, FORM, 400, id="many fields"),
        ],
    )
    def test_another_body_is_refused(
        self, seeded_client: TestClient, body: bytes, media_type: str, status: int
    ) -> None:
        answer = seeded_client.post(
            "/reconcile", content=body, headers={"Content-Type": media_type}
        )

        assert answer.status_code == status, answer.text

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("preview", 404),
            ("preview?id=places/nowhere", 404),
            ("preview?id=events/2024-11-01-talks", 404),
            ("suggest/entity/flyout?id=x", 404),
            ("suggest/type/flyout?id=persn", 404),
            ("suggest/property/flyout?id=nation", 404),
            ("suggest/entity?prefix=a&type=persn", 400),
            ("suggest/entity?prefix=a&cursor=-1", 400),
            ("properties?type=persn", 400),
        ],
    )
    def test_an_unknown_id_or_type_is_named(
        self, seeded_client: TestClient, path: str, status: int
    ) -> None:
        assert _refused(seeded_client, f"/reconcile/{path}", status)

    def test_other_methods_are_refused(self, seeded_client: TestClient) -> None:
        answer = seeded_client.put("/ko/reconcile")

        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD, POST"


# Values of JSON, of the right form or of none, with the words that queries have.
_WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["Kim", "places/moscow", "person", "KP", "2024", *PropertyId, *EntityType]),
)
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), _WORDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(_WORDS, inner, max_size=3)
    ),
    max_leaves=6,
)
_PROPERTIES = st.fixed_dictionaries({"pid": st.sampled_from(PropertyId), "v": _VALUES})
_QUERIES = st.fixed_dictionaries(
    {"query": _WORDS},
    optional={
        "type": st.one_of(st.sampled_from(EntityType), st.lists(st.sampled_from(EntityType))),
        "limit": st.integers(-1, 60),
        "properties": st.lists(_PROPERTIES, max_size=3),
        "type_strict": st.sampled_from(["any", "should", "all", "none"]),
    },
)


class TestAnyQuestion:
    @pytest.mark.thorough
    @settings(max_examples=scaled(150))
    @given(batch=st.dictionaries(st.text(max_size=4), st.one_of(_QUERIES, _VALUES), max_size=3))
    def test_a_batch_is_answered_or_refused(
        self, seeded_client: TestClient, batch: JsonObject
    ) -> None:
        answer = seeded_client.post("/reconcile", data={"queries": json.dumps(batch)})

        assert answer.status_code in (200, 400), answer.text
        if answer.status_code == 200:
            check_message("batch", answer.json())
            assert answer.json().keys() == batch.keys()

    @pytest.mark.thorough
    @settings(max_examples=scaled(100))
    @given(
        path=st.sampled_from(["", "/suggest/entity", "/suggest/type", "/properties", "/preview"]),
        fields=st.dictionaries(
            st.sampled_from(
                [
                    "queries",
                    "query",
                    "extend",
                    "prefix",
                    "cursor",
                    "type",
                    "id",
                    "limit",
                    "callback",
                ]
            ),
            st.one_of(_WORDS, _VALUES.map(json.dumps)),
            max_size=3,
        ),
    )
    def test_a_get_is_answered_or_refused(
        self, seeded_client: TestClient, path: str, fields: dict[str, str]
    ) -> None:
        answer = seeded_client.get(f"/ru/reconcile{path}?{urlencode(fields)}")

        assert answer.status_code in (200, 400, 404), answer.text
