"""Names of entities of any kind, resolved to ids."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.documents.pages import NamedEntityPage
from app.tables.database import Database
from tests.support.answers import JsonObject
from tests.support.builders import make_participant, make_place, store


def _ask(client: TestClient, name: str, **others: Any) -> list[JsonObject]:
    answer = client.get("/v1/resolve", params={"name": name, **others})
    assert answer.status_code == 200, answer.text
    page = answer.json()
    assert NamedEntityPage.model_validate(page).model_dump(mode="json") == page
    items: list[JsonObject] = page["items"]
    return items


@pytest.fixture
def towns(database: Database) -> None:
    store(
        database,
        make_place(
            "vladivostok", names={"en": "Vladivostok", "ru": "Владивосток", "ko": "블라디보스토크"}
        ),
        make_place("rajin", names={"en": "Rajin", "ru": "Раджин", "ko": "라진"}, aliases=["Расон"]),
        make_participant("rajin-port", kind="organisation", names={"en": "Rajin Port"}),
    )


class TestResolveName:
    @pytest.mark.usefixtures("towns")
    @pytest.mark.parametrize(
        ("name", "first", "why"),
        [
            pytest.param("라진", "rajin", "exact", id="a name"),
            pytest.param("Расон", "rajin", "exact", id="an alias"),
            pytest.param("나진", "rajin", "other_spelling", id="as the South spells it"),
            pytest.param("Najin", "rajin", "other_spelling", id="a romanisation of the Hangul"),
            pytest.param("Раджине", "rajin", "other_spelling", id="a case"),
            pytest.param(
                "울라지보스또크", "vladivostok", "other_spelling", id="the DPRK's spelling"
            ),
            pytest.param("Wladiwostok", "vladivostok", "other_spelling", id="German"),
            pytest.param(
                "블라디보스토크에서", "vladivostok", "other_spelling", id="a Korean particle"
            ),
            pytest.param("Владивоcток", "vladivostok", "other_spelling", id="a Latin letter"),
            pytest.param("Vladivostok's", "vladivostok", "other_spelling", id="a genitive"),
            pytest.param("Vladivostak", "vladivostok", "fuzzy", id="a typing error"),
        ],
    )
    def test_a_place(self, client: TestClient, name: str, first: str, why: str) -> None:
        item = _ask(client, name)[0]

        assert (item["kind"], item["id"], item["why"]) == ("place", first, why)

    @pytest.mark.usefixtures("towns")
    def test_the_whole_item(self, client: TestClient) -> None:
        assert _ask(client, "나진") == [
            {
                "kind": "place",
                "id": "rajin",
                "names": {"en": "Rajin", "ru": "Раджин", "ko": "라진"},
                "score": 0.95,
                "matched": {"text": "라진", "language": "ko", "script": "hangul"},
                "why": "other_spelling",
                "explanation": "It is another spelling, case or order of 라진.",
            }
        ]

    @pytest.mark.usefixtures("towns")
    def test_kind_narrows_the_answer(self, client: TestClient) -> None:
        both = [item["id"] for item in _ask(client, "Rajin")]

        assert both == ["rajin", "rajin-port"]
        assert [i["id"] for i in _ask(client, "Rajin", kind="participant")] == ["rajin-port"]
        assert _ask(client, "Rajin", kind="treaty") == []

    @pytest.mark.parametrize(
        ("name", "kind", "first"),
        [
            ("Москва", "place", "moscow"),
            ("Moskau", "place", "moscow"),
            ("Pjöngjang", "place", "pyongyang"),
            ("Kim Jong Un (김정은)", "participant", "kim-jong-un"),
            ("ТАСС", "publisher", "tass"),
            ("친선조약", "treaty", None),
            ("Верховного Народного Собрания", "participant", "supreme-peoples-assembly"),
            ("Ministry of Finance of North Korea", "participant", "dprk-finance-ministry"),
        ],
    )
    def test_names_of_the_seeds(
        self, seeded_client: TestClient, name: str, kind: str, first: str | None
    ) -> None:
        items = _ask(seeded_client, name, kind=kind)

        assert first is None or items[0]["id"] == first

    def test_the_opposite_embassy_is_no_candidate(self, seeded_client: TestClient) -> None:
        ids = [item["id"] for item in _ask(seeded_client, "Посольство КНДР в России")]

        assert ids[0] == "dprk-embassy-moscow"
        assert "russian-embassy-pyongyang" not in ids


class TestOfficeOfACountry:
    @pytest.mark.parametrize(
        ("name", "office"),
        [
            ("President of Russia", "ru-president"),
            ("Президент России", "ru-president"),
            ("президент РФ", "ru-president"),
            ("러시아 대통령", "ru-president"),
            ("President of the USSR", "su-president"),
            ("Foreign Minister of Russia", "ru-foreign-minister"),
            ("министр иностранных дел России", "ru-foreign-minister"),
            ("ministre des Affaires étrangères de la Russie", "ru-foreign-minister"),
            ("Soviet Foreign Minister", "su-foreign-minister"),
            ("Foreign Minister of the DPRK", "kp-foreign-minister"),
            ("министр иностранных дел КНДР", "kp-foreign-minister"),
            ("조선 외무상", "kp-foreign-minister"),
            ("북한외무상", "kp-foreign-minister"),
            ("Defence Minister of Russia", "ru-defence-minister"),
            ("Ambassador to Russia", "kp-ambassador-to-russia"),
            ("Russian Ambassador to North Korea", "ru-ambassador-to-dprk"),
            ("посол КНДР в России", "kp-ambassador-to-russia"),
            ("посол России в КНДР", "ru-ambassador-to-dprk"),
            ("주러 북한대사", "kp-ambassador-to-russia"),
            ("북한 주재 러시아 대사", "ru-ambassador-to-dprk"),
            ("Chairman of the People's Committee of North Korea", "kp-peoples-committee-chairman"),
        ],
    )
    def test_comes_first(self, seeded_client: TestClient, name: str, office: str) -> None:
        found = _ask(seeded_client, name, kind="office")

        assert found[0]["id"] == office
        assert found[0]["score"] >= 0.95

    @pytest.mark.parametrize(
        ("name", "country"),
        [
            ("Ambassador of Russia", "ru-"),
            ("посол России", "ru-"),
            ("Ambassador of the DPRK", "kp-"),
            ("President of Russia", "ru-"),
            ("Minister of the USSR", "su-"),
        ],
    )
    def test_the_offices_of_the_other_side_are_no_candidates(
        self, seeded_client: TestClient, name: str, country: str
    ) -> None:
        found = _ask(seeded_client, name, kind="office", limit=50)

        assert found
        assert [item["id"] for item in found if not item["id"].startswith(country)] == []

    def test_an_office_of_an_unknown_country_is_not_found(self, seeded_client: TestClient) -> None:
        assert _ask(seeded_client, "President of France", kind="office") == []

    def test_the_answer_says_that_the_country_was_named(self, seeded_client: TestClient) -> None:
        item = _ask(seeded_client, "Russian President", kind="office")[0]

        assert item["why"] == "other_spelling"
        assert item["explanation"] == "It is President, an office of the country in the query."

    @pytest.mark.parametrize(
        ("name", "participant"),
        [
            ("President of Russia", "russia"),
            ("러시아 대통령", "russia"),
            ("Chairman of the State Duma", "state-duma"),
            ("посол КНДР", "dprk"),
        ],
    )
    def test_a_title_makes_no_name_of_a_state_or_organisation(
        self, seeded_client: TestClient, name: str, participant: str
    ) -> None:
        answer = seeded_client.get("/v1/participants/resolve", params={"name": name})

        assert participant not in [i["participant"]["id"] for i in answer.json()["items"]]


class TestFullText:
    """`q` of events knows the spellings that resolve makes."""

    def test_finds_summits_by_the_words_of_the_north(self, seeded_client: TestClient) -> None:
        totals = {
            seeded_client.get(f"/v1/events?limit=1&total=exact&q={q}").json()["page"]["total"]
            for q in ("정상회담", "수뇌회담", "수뇌상봉")
        }

        assert len(totals) == 1
        assert totals != {0}

    @pytest.mark.parametrize(
        ("q", "participant"),
        [
            ("뻬스꼬브", "dmitry-peskov"),
            ("뿌자노브", "alexander-puzanov"),
            ("Peskow", "dmitry-peskov"),
            ("Jelzin", "boris-yeltsin"),
            ("Ким Ильсон", "kim-il-sung"),
            ("金日成", "kim-il-sung"),
            ("Gim Ilseong", "kim-il-sung"),
            ("림천일", "im-chon-il"),
            ("Им Чхон Ир", "im-chon-il"),
            ("Чан Сон Тхэк", "jang-song-thaek"),
            ("Gim Jeong-eun", "kim-jong-un"),
            ("Ян Хён Соп", "yang-hyong-sop"),
        ],
    )
    def test_finds_the_events_of_a_person(
        self, seeded_client: TestClient, q: str, participant: str
    ) -> None:
        def total(url: str, **parameters: str) -> int:
            asked = {**parameters, "limit": "1", "total": "exact"}
            found: int = seeded_client.get(url, params=asked).json()["page"]["total"]
            return found

        assert total("/v1/events", q=q) == total(f"/v1/participants/{participant}/events") > 0


class TestKnownPeople:
    """A word that no event has is the people whom `resolve` knows by it."""

    @pytest.mark.parametrize(
        ("q", "plain"),
        [
            ("Schoigu", "Sergei Shoigu"),
            ("Sergej Schoigu", "Sergei Shoigu"),
            ("Alexej Kossygin", "Alexei Kosygin"),
            ("Lavroff", 'name:"Sergey Lavrov" OR name:"Arkady Lavrov"'),
            ("Kozlow", 'name:"Alexander Kozlov" OR name:"Frol Kozlov"'),
            ("쑈이구", "Sergei Shoigu"),
            ("블라지미르 뿌찐", "Vladimir Putin"),
            ("엘친", "Boris Yeltsin"),
            ("Kim Yeo-jeong", "Kim Yo Jong"),
            ("Kim Yeo-jeong statement", "Kim Yo Jong statement"),
            ("Schoigu Pyongyang", '"Sergei Shoigu" Pyongyang'),
            ("visit of Schoigu", '"Sergei Shoigu" visit'),
            ("Schoigu -visit", '"Sergei Shoigu" -visit'),
            ("Президент Schoigu", "Sergei Shoigu"),
        ],
    )
    def test_are_searched_for(self, seeded_client: TestClient, q: str, plain: str) -> None:
        assert _found(seeded_client, q) == _found(seeded_client, plain) != []

    @pytest.mark.parametrize(
        "q",
        [
            pytest.param("xyzzy", id="nobody"),
            pytest.param("Nobody Schoigu", id="another word is nobody's"),
            pytest.param("Nikolai Lavroff", id="nobody has the given name"),
            pytest.param('"Schoigu"', id="an exact word"),
            pytest.param("title:Schoigu", id="a field"),
            pytest.param("Sergey Lavorv", id="only similar"),
            pytest.param("Лавровв " * 18 + "xyzzy", id="more people than a query may have words"),
        ],
    )
    def test_are_not_guessed(self, seeded_client: TestClient, q: str) -> None:
        assert _found(seeded_client, q) == []

    def test_every_format_agrees(self, seeded_client: TestClient) -> None:
        ids = _found(seeded_client, "Schoigu")

        rows = seeded_client.get("/v1/events.csv?q=Schoigu").text.splitlines()[1:]
        years = seeded_client.get("/v1/events/histogram?q=Schoigu").json()
        cards = seeded_client.get("/v1/events/cards?q=Schoigu&limit=200").json()["items"]

        assert {*ids} <= {row.split(",")[0] for row in rows}
        assert years["total"] == len(ids)
        assert [card["id"] for card in cards] == ids

    @pytest.mark.parametrize(
        "path",
        [
            "/v1/events.ndjson",
            "/v1/events.geojson",
            "/v1/participations.csv",
            "/v1/events.timelinejs",
        ]
        + ["/v1/events.ris", "/v1/events.bib", "/v1/events.csl.json"]
        + ["/v1/events.atom", "/v1/events.jsonfeed", "/en/explore"],
    )
    def test_every_list_names_them(self, seeded_client: TestClient, path: str) -> None:
        newest = _found(seeded_client, "Schoigu")[0]

        assert newest in seeded_client.get(f"{path}?q=Schoigu").text

    @pytest.mark.parametrize(
        "path", ["/v1/participants", "/v1/participants.csv", "/en/participants"]
    )
    def test_every_list_of_participants_has_them(
        self, seeded_client: TestClient, path: str
    ) -> None:
        assert "sergei-shoigu" in seeded_client.get(f"{path}?q=Schoigu").text

    def test_a_reference_to_the_search_counts_them(self, seeded_client: TestClient) -> None:
        ids = _found(seeded_client, "Schoigu")

        assert f": {len(ids)}. " in seeded_client.get("/v1/dataset.ris?q=Schoigu").text

    def test_a_later_page_has_the_other_events(self, seeded_client: TestClient) -> None:
        first = seeded_client.get("/v1/events?q=Schoigu&limit=20").json()
        later = seeded_client.get(first["page"]["next"]).json()

        ids = [item["id"] for page in (first, later) for item in page["items"]]
        assert ids == _found(seeded_client, "Schoigu")

    def test_the_name_is_highlighted(self, seeded_client: TestClient) -> None:
        page = seeded_client.get("/v1/events?q=Schoigu&limit=1&highlight=true").json()

        [marks] = page["highlights"].values()
        assert {mark["id"] for mark in marks} == {"sergei-shoigu"}


def _found(client: TestClient, q: str) -> list[str]:
    items = client.get("/v1/events", params={"q": q, "limit": "200"}).json()["items"]
    return [item["id"] for item in items]


class TestTypeAhead:
    """`q` of a list knows the spellings of `resolve` if no name begins so."""

    @pytest.mark.parametrize(
        ("q", "participant"),
        [
            ("로광철", "no-kwang-chol"),
            ("림천일", "im-chon-il"),
            ("련형묵", "yon-hyong-muk"),
            ("Alexander Mazegora", "alexander-matsegora"),
            ("Трудовой партии Кореи", "wpk-central-committee"),
            ("Государственной Думы", "state-duma"),
            ("Единой России", "united-russia"),
            ("Россией", "russia"),
            ("Beloussow", "andrey-belousov"),
        ],
    )
    def test_of_participants(self, seeded_client: TestClient, q: str, participant: str) -> None:
        page = seeded_client.get("/v1/participants", params={"q": q}).json()

        assert participant in [item["id"] for item in page["items"]]
        assert [match["id"] for match in page["matches"]] == [item["id"] for item in page["items"]]

    def test_says_which_name_matched(self, seeded_client: TestClient) -> None:
        [match] = seeded_client.get("/v1/participants?q=로광철").json()["matches"]

        assert match["matched"]["script"] == "hangul"

    @pytest.mark.parametrize(
        ("path", "q", "id"),
        [
            ("treaties", "Договора 1961 года", "friendship-treaty-1961"),
            ("places", "Владивостоке", "vladivostok"),
            ("offices", "북한 외무상", "kp-foreign-minister"),
        ],
    )
    def test_of_things(self, seeded_client: TestClient, path: str, q: str, id: str) -> None:
        items = seeded_client.get(f"/v1/{path}", params={"q": q}).json()["items"]

        assert id in [item["id"] for item in items]

    @pytest.mark.parametrize("q", ["xyzzy", "Nikolai Lavrow", "Sergey Lavorv"])
    def test_is_no_guess(self, seeded_client: TestClient, q: str) -> None:
        assert seeded_client.get("/v1/participants", params={"q": q}).json()["items"] == []

    def test_the_table_has_the_same_participants(self, seeded_client: TestClient) -> None:
        table = seeded_client.get("/v1/participants.csv?q=로광철").text.splitlines()

        assert [row.split(",")[0] for row in table[1:]] == ["no-kwang-chol"]
