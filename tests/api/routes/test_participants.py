"""The routes of participants, as a client sees them."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.documents.pages import CounterpartPage, EventPage, ParticipantPage
from app.tables.database import Database
from tests.support.answers import walk, walk_items, without_stamps
from tests.support.builders import make_cast, make_event, make_participant, store


@pytest.fixture
def choe(database: Database) -> dict[str, Any]:
    """Store a participant with every field filled in, and return her document."""
    given: dict[str, Any] = {
        "kind": "person",
        "country": "KP",
        "names": {"en": "Choe Son Hui", "ru": "Цой Сон Хи", "ko": "최선희"},
        "aliases": ["Choi Sun-hee", "Цой Сон Хый"],
        "positions": [
            {
                "title": "Minister of Foreign Affairs",
                "office": None,
                "organisation": "dprk-foreign-ministry",
                "from": "2022-06-11",
                "to": None,
            },
        ],
        "identifiers": {"wikidata": "Q19880571", "viaf": "1"},
    }
    ministry = make_participant("dprk-foreign-ministry", kind="organisation", country="KP")
    store(database, ministry, make_participant("choe-son-hui", **given))
    return {"id": "choe-son-hui", "revision": 1, **given}


class TestListParticipants:
    def test_the_whole_page(self, client: TestClient, choe: dict[str, Any]) -> None:
        answer = client.get("/v1/participants?name=최선희&total=exact")

        assert answer.status_code == 200
        assert [without_stamps(item) for item in answer.json()["items"]] == [choe]
        assert answer.json()["page"] == {
            "limit": 50,
            "returned": 1,
            "next": None,
            "total": 1,
            "cursor": None,
            "prev": None,
            "prev_cursor": None,
            "unknown": [],
        }

    @pytest.mark.usefixtures("choe")
    def test_lists_participants_by_id(self, client: TestClient) -> None:
        ids = [item["id"] for item in client.get("/v1/participants").json()["items"]]

        assert ids == ["choe-son-hui", "dprk-foreign-ministry"]

    def test_every_participant_of_the_seeds_matches_its_schema(
        self, seeded_client: TestClient
    ) -> None:
        for page in walk(seeded_client, "/v1/participants?limit=200"):
            assert ParticipantPage.model_validate(page).model_dump(mode="json") == page


class TestGetParticipant:
    def test_the_whole_document(self, client: TestClient, choe: dict[str, Any]) -> None:
        answer = client.get("/v1/participants/choe-son-hui")

        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
        assert without_stamps(answer.json()) == choe

    @pytest.mark.usefixtures("choe")
    def test_unknown_fields_are_empty(self, client: TestClient) -> None:
        ministry = client.get("/v1/participants/dprk-foreign-ministry").json()

        assert (ministry["aliases"], ministry["positions"], ministry["identifiers"]) == ([], [], {})


class TestListParticipantEvents:
    @pytest.fixture
    def talks(self, database: Database) -> None:
        guest = {"id": "choe-son-hui", "role": "guest", "side": "KP"}
        visit = make_event("2024-11-02-visit", type="visit", subtype="official")
        alone = make_event("2024-11-03-alone", participants=[guest])
        store(database, *make_cast(), make_event(), visit, alone)

    @pytest.mark.usefixtures("talks")
    def test_lists_the_newest_first_and_takes_the_filters_of_events(
        self, client: TestClient
    ) -> None:
        url = "/v1/participants/sergey-lavrov/events"

        everything = [item["id"] for item in walk_items(client, f"{url}?limit=1")]
        visits = client.get(f"{url}?type=visit&role=host").json()
        as_guest = client.get(f"{url}?role=guest").json()

        assert everything == ["2024-11-02-visit", "2024-11-01-talks"]
        assert visits["items"] == [client.get("/v1/events/2024-11-02-visit").json()]
        assert as_guest["items"] == []

    @pytest.mark.parametrize("participant", ["vladimir-putin", "russia", "choe-son-hui"])
    def test_the_events_of_the_seeds_are_the_ones_that_the_filter_finds(
        self, seeded_client: TestClient, participant: str
    ) -> None:
        pages = list(walk(seeded_client, f"/v1/participants/{participant}/events?limit=200"))

        for page in pages:
            assert EventPage.model_validate(page).model_dump(mode="json") == page
        filtered = walk_items(seeded_client, f"/v1/events?participant={participant}&limit=200")
        assert [item for page in pages for item in page["items"]] == filtered != []


class TestListCounterparts:
    def test_the_whole_page(self, database: Database, client: TestClient) -> None:
        store(database, *make_cast(), make_event(), make_event("2024-11-02-more-talks"))
        choe = client.get("/v1/participants/choe-son-hui").json()

        answer = client.get("/v1/participants/sergey-lavrov/counterparts?total=exact")

        assert answer.json() == {
            "items": [{"participant": choe, "events": 2}],
            "page": {
                "limit": 50,
                "returned": 1,
                "next": None,
                "total": 1,
                "cursor": None,
                "prev": None,
                "prev_cursor": None,
                "unknown": [],
            },
        }

    @pytest.mark.parametrize("participant", ["vladimir-putin", "kim-jong-un", "sergey-lavrov"])
    def test_the_counts_of_the_seeds_equal_the_number_of_shared_events(
        self, seeded_client: TestClient, participant: str
    ) -> None:
        pages = list(walk(seeded_client, f"/v1/participants/{participant}/counterparts?limit=100"))

        for page in pages:
            assert CounterpartPage.model_validate(page).model_dump(mode="json") == page
        for counterpart in pages[0]["items"][:5]:
            both = (
                f"participant_all={participant}&participant_all={counterpart['participant']['id']}"
            )
            total = seeded_client.get(f"/v1/events?{both}&total=exact&limit=1").json()["page"]
            assert total["total"] == counterpart["events"]


class TestParticipantsByName:
    """`name` finds participants by a whole name, in every spelling that resolve knows."""

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("최선희", "choe-son-hui"),
            ("Choi Seonhi", "choe-son-hui"),
            ("Чхве Сонхи", "choe-son-hui"),
            ("림천일", "im-chon-il"),
            ("뿌찐", None),
            ("블라디미르 뿌찐", "vladimir-putin"),
            ("Сергея Лаврова", "sergey-lavrov"),
            ("Sergei V. Lavrov", "sergey-lavrov"),
            ("Vladimir Putin’s", "vladimir-putin"),
            ("Kim", None),
        ],
    )
    def test_whole_names(self, seeded_client: TestClient, name: str, expected: str | None) -> None:
        page = seeded_client.get("/v1/participants", params={"name": name}).json()

        assert [item["id"] for item in page["items"]] == ([expected] if expected else [])

    def test_a_name_has_a_letter_or_a_digit(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/v1/participants", params={"name": ":"})

        assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "name")

    def test_several_names_are_alternatives(self, seeded_client: TestClient) -> None:
        url = "/v1/participants?name=최선희&name=Sergej Lavrov&name=Wladimir Putin"

        ids = [item["id"] for item in seeded_client.get(url).json()["items"]]

        assert ids == ["choe-son-hui", "sergey-lavrov", "vladimir-putin"]


class TestSuggestParticipants:
    """`q` finds participants by the beginning of a name."""

    @pytest.fixture
    def names(self, database: Database) -> None:
        people = {
            "choe-son-hui": {"en": "Choe Son Hui", "ru": "Цой Сон Хи", "ko": "최선희"},
            "kim-il-sung": {"en": "Kim Il Sung", "ko": "김일성"},
            "kim-jong-un": {"en": "Kim Jong Un", "fr": "Kim Jong-un", "ko": "김정은"},
        }
        for id, names in people.items():
            store(database, make_participant(id, country="KP", names=names))
        lavrov = {"en": "Sergey Lavrov", "fr": "Sergueï Lavrov", "ko": "세르게이 라브로프"}
        store(database, make_participant(names=lavrov, aliases=["S_V 100%", "Лавров"]))

    @pytest.mark.thorough
    @pytest.mark.usefixtures("names")
    @pytest.mark.parametrize(
        ("q", "expected"),
        [
            pytest.param("kim", ["kim-il-sung", "kim-jong-un"], id="a word"),
            pytest.param("kim jo", ["kim-jong-un"], id="two words, one whole"),
            pytest.param("jo kim", ["kim-jong-un"], id="in any order"),
            pytest.param("KIM-JO", ["kim-jong-un"], id="case and hyphens"),
            pytest.param("un", ["kim-jong-un"], id="the last word"),
            pytest.param("im", [], id="the middle of a word"),
            pytest.param("serguei", ["sergey-lavrov"], id="accents"),
            pytest.param("Лавр", ["sergey-lavrov"], id="an alias in Cyrillic"),
            pytest.param("ser лав", [], id="words of two names"),
            pytest.param("최", ["choe-son-hui"], id="a syllable"),
            pytest.param("최선", ["choe-son-hui"], id="two syllables"),
            pytest.param("선희", ["choe-son-hui"], id="a given name in Hangul"),
            pytest.param("선흐", [], id="the end of a name in Hangul, half-typed"),
            pytest.param("라브", ["sergey-lavrov"], id="a second word in Hangul"),
            pytest.param("랍", ["sergey-lavrov"], id="a second word, the next initial as a final"),
            pytest.param("라브로", ["sergey-lavrov"], id="a second word without its last letter"),
            pytest.param("세르게이 라브ㄹ", ["sergey-lavrov"], id="two words, the last half-typed"),
            pytest.param("세르게이 랄", [], id="another initial in a second word"),
            pytest.param(
                "기", ["kim-il-sung", "kim-jong-un"], id="a syllable without its final consonant"
            ),
            pytest.param("김ㅈ", ["kim-jong-un"], id="an initial consonant"),
            pytest.param("김이", ["kim-il-sung"], id="the next syllable without its final"),
            pytest.param("김잀", ["kim-il-sung"], id="the next initial as a final"),
            pytest.param("초", ["choe-son-hui"], id="half of a vowel"),
            pytest.param("%", None, id="a percent sign alone"),
            pytest.param("k%m", [], id="a percent sign within a word"),
            pytest.param("k_m", [], id="an underscore within a word"),
            pytest.param("s_v 100%", ["sergey-lavrov"], id="both signs as the alias has them"),
        ],
    )
    def test_finds_names_with_words_that_begin_so(
        self, client: TestClient, q: str, expected: list[str] | None
    ) -> None:
        answer = client.get("/v1/participants", params={"q": q})

        if expected is None:
            assert answer.status_code == 400
        else:
            assert [item["id"] for item in answer.json()["items"]] == expected

    def test_orders_by_number_of_events_and_then_by_id(
        self, database: Database, client: TestClient
    ) -> None:
        guests = [{"id": f"ivan-{n}", "role": "guest", "side": "RU"} for n in "abcd"]
        namesakes = [make_participant(guest["id"]) for guest in guests]
        both_roles = {**guests[1], "role": "signatory"}
        store(
            database,
            *make_cast(),
            *namesakes,
            make_event("2024-11-01-one", participants=[guests[1], both_roles, guests[3]]),
            make_event("2024-11-02-two", participants=guests[2:]),
            make_event("2024-11-03-three", participants=guests[3:]),
        )

        items = walk_items(client, "/v1/participants?q=ivan&limit=1")
        page = client.get("/v1/participants?q=ivan&limit=1&total=exact").json()["page"]

        assert [item["id"] for item in items] == ["ivan-d", "ivan-b", "ivan-c", "ivan-a"]
        assert page["total"] == 4

    @pytest.mark.usefixtures("names")
    @pytest.mark.parametrize(
        ("q", "expected"),
        [
            pytest.param("Gim Jeong-e", "김정은", id="another romanisation"),
            pytest.param("Ким Чен", "김정은", id="Cyrillic"),
            pytest.param("ㄱㅈ", "김정은", id="initials of syllables"),
            pytest.param("김 정", "김정은", id="Hangul with spaces"),
            pytest.param("김정은 위원장", "김정은", id="a title after the name"),
            pytest.param("President Kim Jo", "Kim Jong Un", id="a title"),
            pytest.param("Kim Jong Un (김", "Kim Jong Un", id="a bracket"),
            pytest.param("Лаврo", "Лавров", id="a Latin letter"),
            pytest.param("Kim Jong Un's", "Kim Jong Un", id="a genitive"),
        ],
    )
    def test_finds_other_spellings_and_says_which_name_matches(
        self, client: TestClient, q: str, expected: str
    ) -> None:
        page = client.get("/v1/participants", params={"q": q}).json()

        assert [match["id"] for match in page["matches"]] == [item["id"] for item in page["items"]]
        assert page["matches"][0]["matched"]["text"] == expected

    @pytest.mark.parametrize(
        "url",
        [
            "/v1/participants?q=oeuv",
            "/v1/participants?q=Main-d'œ",
            "/v1/participants?q=main oeuvre",
            "/v1/participants?name=Main d'oeuvre",
            "/v1/participants?name=MAIN-D'ŒUVRE",
            "/v1/resolve?name=Main-d'oeuvre",
            "/v1/participants/resolve?name=main d’oeuvre",
        ],
    )
    def test_a_ligature_is_its_letters(
        self, database: Database, client: TestClient, url: str
    ) -> None:
        names = {"en": "Labour Office", "fr": "Main-d'œuvre"}
        store(database, make_participant("office", kind="organisation", names=names))

        (found,) = client.get(url).json()["items"]

        assert (found.get("participant") or found)["id"] == "office"

    @pytest.mark.parametrize(
        "q", ["Lawr", "Sergej L", "Лавровым", "쎄르게이", "라브로브", "쎄르게이 라브"]
    )
    def test_finds_the_spellings_of_a_russian_name(
        self, database: Database, client: TestClient, q: str
    ) -> None:
        store(database, make_participant(names={"en": "S", "ru": "Сергей Лавров"}))

        matches = client.get("/v1/participants", params={"q": q}).json()["matches"]

        assert [match["matched"]["text"] for match in matches] == ["Сергей Лавров"]

    @pytest.mark.parametrize(
        ("q", "expected"),
        [
            pytest.param("Посольство КНДР в Р", ["dprk-embassy"], id="the order of the name"),
            pytest.param("Посольство России в КНДР", ["russian-embassy"], id="another embassy"),
            pytest.param("посольство", ["dprk-embassy", "russian-embassy"], id="a word"),
            pytest.param("КНДР посольство", [], id="another order"),
            pytest.param("러시아 주재 조선", ["dprk-embassy"], id="Hangul"),
            pytest.param("조선 러시아", [], id="Hangul in another order"),
            pytest.param("조선로동당 중앙", ["party"], id="two words of Hangul"),
            pytest.param("조선노동당 중앙", ["party"], id="the South's spelling"),
            pytest.param("중앙 조선노동당", [], id="the South's spelling in another order"),
        ],
    )
    def test_only_persons_have_their_words_in_any_order(
        self, database: Database, client: TestClient, q: str, expected: list[str]
    ) -> None:
        names = {
            "dprk-embassy": {"ru": "Посольство КНДР в России", "ko": "러시아 주재 조선 대사관"},
            "russian-embassy": {"ru": "Посольство России в КНДР"},
            "party": {"ko": "조선로동당 중앙위원회"},
        }
        for id, texts in names.items():
            store(
                database,
                make_participant(id, kind="organisation", names={"en": id, **texts}),
            )

        page = client.get("/v1/participants", params={"q": q}).json()

        assert [item["id"] for item in page["items"]] == expected
        assert all(match["matched"]["language"] != "en" for match in page["matches"])

    def test_says_how_many_events_each_has(self, seeded_client: TestClient) -> None:
        page = seeded_client.get("/v1/participants?q=lavrov").json()

        assert page["matches"][0]["id"] == "sergey-lavrov"
        assert page["matches"][0]["matched"] == {
            "text": "Sergey Lavrov",
            "language": "en",
            "script": "latin",
        }
        for match in page["matches"]:
            url = f"/v1/participants/{match['id']}/events?limit=1&total=exact"
            assert seeded_client.get(url).json()["page"]["total"] == match["events"]

    def test_without_q_nothing_matches(self, seeded_client: TestClient) -> None:
        assert seeded_client.get("/v1/participants?limit=1").json()["matches"] == []

    @pytest.mark.usefixtures("names")
    def test_combines_with_other_filters(self, client: TestClient) -> None:
        url = "/v1/participants?q=s"

        assert [i["id"] for i in client.get(f"{url}&country=RU").json()["items"]] == [
            "sergey-lavrov"
        ]
        assert client.get(f"{url}&country=RU&kind=state").json()["items"] == []

    @pytest.mark.parametrize("q", ["!!!", " ", "—", "a" * 301])
    def test_a_text_that_cannot_be_searched_for_is_refused(
        self, seeded_client: TestClient, q: str
    ) -> None:
        answer = seeded_client.get("/v1/participants", params={"q": q})

        assert answer.status_code == 400
        assert [error["parameter"] for error in answer.json()["errors"]] == ["q"]

    @pytest.mark.parametrize(
        ("q", "first"),
        [("kim jo", "kim-jong-un"), ("Лавр", "sergey-lavrov"), ("Choe Son", "choe-son-hui")],
    )
    def test_finds_participants_of_the_seeds(
        self, seeded_client: TestClient, q: str, first: str
    ) -> None:
        items = seeded_client.get("/v1/participants", params={"q": q}).json()["items"]

        assert items[0]["id"] == first
