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
            pytest.param("블라디보스토크에서", "vladivostok", "exact", id="a Korean particle"),
            pytest.param("Владивоcток", "vladivostok", "exact", id="a Latin letter"),
            pytest.param("Vladivostok's", "vladivostok", "exact", id="a genitive"),
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
