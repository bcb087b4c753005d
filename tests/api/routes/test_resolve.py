"""Resolving names of the seeds: the right participant comes first, an impostor never appears."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.documents.pages import CandidatePage
from app.reading.names.candidates import MOST_WORDS_OF_PARTICIPANT
from app.tables.database import Database
from tests.support.answers import JsonObject
from tests.support.builders import CHOE, LAVROV, make_cast, make_event, make_participant, store
from tests.support.chance import scaled
from tests.support.gold_names import BLIND, KINDS, STRANGER
from tests.support.gold_names import IMPOSTORS as OTHER_IMPOSTORS
from tests.support.rules import offenders

# Spellings for which the person must come first. The ones marked ~ are only similar.
GOLD = {
    "kim-jong-un": (
        "Kim Jong Un | kim  jong-un | Kim Jong-Eun | Kim Jung Un | Gim Jeong-eun | Kim Chŏng-ŭn"
        " | Kim Chŏngŭn | Kim Chong-un | Jong Un Kim | Ким Чен Ын | Ким Чжон Ын | Ким Чон Ын | 김정은"
    ),
    "kim-jong-il": (
        "Kim Jong Il | Kim Jung-il | Gim Jeong-il | Kim Chŏngil | Kim Chong-il | Ким Чен Ир"
        " | Ким Чжон Иль | Ким Чонъиль | 김정일 | gim jeong il"
    ),
    "kim-il-sung": (
        "Kim Il Sung | Kim Il Song | Gim Il-seong | gim il seong | Kim Ilsŏng | Ким Ир Сен | Ким Иль Сон"
        " | 김일성"
    ),
    "kim-yo-jong": (
        "Kim Yo Jong | Gim Yeo-jeong | gim yeo jeong | Kim Yŏ-jŏng | Ким Ё Чжон | Ким Ё Чон | 김여정"
    ),
    "choe-son-hui": (
        "Choe Son Hui | Choi Sun-hee | Ch'oe Sŏn-hŭi | Ch’oe Sŏnhŭi | Choe Seon-hui | Son Hui Choe"
        " | Цой Сон Хи | Чхве Сон Хи | 최선희"
    ),
    "kim-yong-nam": "Kim Yong Nam | Kim Young-nam | Gim Yeong-nam | Ким Ён Нам | 김영남",
    "ri-yong-ho": "Ri Yong Ho | Lee Yong-ho | Yi Yong-ho | Rhee Yong Ho | Ли Ен Хо | 리용호 | 이용호",
    "pak-ui-chun": "Pak Ui Chun | Park Eui-chun | Pak Ŭi-ch’un | Bak Ui-chun | Пак Ый Чхун | 박의춘",
    "ro-tu-chol": "Ro Tu Chol | Noh Du-cheol | No Tu-ch'ŏl | Но Ду Чхоль | 노두철 | 로두철",
    "no-kwang-chol": "No Kwang Chol | Ro Kwang Chol | 로광철",
    "ryu-myong-son": "Ryu Myong Son | Yu Myŏng-sŏn | Yoo Myung-sun | 유명선",
    "choe-ryong-hae": "Choe Ryong Hae | Choi Yong-hae | Ch'oe Ryong-hae | 최용해",
    "kim-kwang-uk": "Kim Kwang Uk | Gim Gwang-uk | 김광욱 | Ким Гван Ук",
    "jon-pyong-ho": "Jon Pyong Ho | Jeon Byeong-ho | Chŏn Pyŏng-ho | 전병호",
    "o-jin-u": "O Jin U | Oh Jin-woo | O Chin-u | 오진우",
    "sergey-lavrov": (
        "Sergey Lavrov | SERGEI LAVROV | Sergueï Lavrov | Serguei Lavrov | Sergej Lavrov"
        " | Lavrov, Sergey | Sergey Viktorovich Lavrov | С. В. Лавров | Сергей Викторович Лавров | Лавров С."
        " | 세르게이 라브로프 | ~Сергей Лаврав | ~Sergey Lavorv"
    ),
    "vladimir-putin": (
        "Vladimir Putin | Vladimir Poutine | Wladimir Putin | Vladimir Vladimirovitch Poutine"
        " | Путин В. В. | Владимир Владимирович Путин | 푸틴 | Poutine | Путин | ~블라디미르 푸친"
    ),
    "alexander-matsegora": (
        "Alexander Matsegora | Alexandre Matsegora | Aleksandr Macegora | Alexander Mazegora"
        " | Мацегора Александр Иванович | ~Matsegorra | ~Alexander Matsegorra"
    ),
    "sergei-shoigu": "Sergei Shoigu | Sergueï Choïgou | Sergej Šojgu | Sergey Shoygu | Шойгу",
    "nikita-khrushchev": (
        "Nikita Khrushchev | Nikita Khrouchtchev | Nikita Hruščëv | Nikita Chruschtschow | Хрущев"
    ),
    "mikhail-gorbachev": "Mikhaïl Gorbatchev | Mihail Gorbačëv | Michail Gorbatschow",
    "yury-ushakov": "Yuri Ushakov | Iouri Ouchakov | Jurij Ušakov | Youri Ouchakov",
    "dmitry-medvedev": "Dmitriy Medvedev | Dmitrij Medvedev | ~Dimitri Medvedev",
    "rodong-sinmun": "Rodong Sinmun | 노동신문 | ~Nodong Sinmun",
    "dprk": "DPRK | КНДР | République populaire démocratique de Corée | ~North Corea",
}
IMPOSTORS = [
    ("Kim Jong Un", "kim-yo-jong"),
    ("Kim Jong Un", "kim-jong-il"),
    ("Kim Jong Il", "kim-jong-un"),
    ("Ким Чен Ын", "kim-jong-il"),
    ("Ким Чен Ир", "kim-jong-un"),
    ("Kim Yo Jong", "kim-jong-un"),
    ("Gim Jeong-eun", "kim-jong-il"),
    ("김정은", "kim-jong-il"),
    ("Kim Un Jong", "kim-jong-un"),
    ("Kim Jon Un", "kim-jong-un"),
    ("Kim Jong Unn", "kim-jong-un"),
    ("Kim Jong Im", "kim-jong-il"),
    ("Kim Yong Nan", "kim-yong-nam"),
    ("Choe Ryong Hee", "choe-ryong-hae"),
    ("Sergey Ivanov", "igor-ivanov"),
    ("Alexander Karlov", "andrey-karlov"),
    ("Nikolai Lavrov", "sergey-lavrov"),
]


def _gold() -> list[tuple[str, str]]:
    """Return each person with each spelling; a spelling that is only similar begins with `~`."""
    return [
        (person, name.strip())
        for table in (GOLD, BLIND, KINDS, STRANGER)
        for person, names in table.items()
        for name in names.split(" | ")
    ]


def _ask(client: TestClient, name: str, **others: Any) -> list[JsonObject]:
    answer = client.get("/v1/participants/resolve", params={"name": name, **others})
    assert answer.status_code == 200, answer.text
    items: list[JsonObject] = answer.json()["items"]
    return items


def _ids(items: list[JsonObject]) -> list[str]:
    return [item["participant"]["id"] for item in items]


def test_the_tables_have_enough_spellings() -> None:
    assert len(_gold()) >= 240
    assert sum(len(names.split(" | ")) for names in BLIND.values()) >= 60


class TestResolveSeeds:
    @pytest.mark.thorough
    def test_the_right_participant_comes_first(self, seeded_client: TestClient) -> None:
        def rule(spelling: tuple[str, str]) -> None:
            person, name = spelling
            first = _ask(seeded_client, name.removeprefix("~"))[0]

            assert first["participant"]["id"] == person
            assert (first["why"] == "fuzzy") is (first["score"] < 0.9 and name.startswith("~"))

        assert offenders(_gold(), rule) == []

    def test_an_impostor_is_not_listed(self, seeded_client: TestClient) -> None:
        def rule(pair: tuple[str, str]) -> None:
            name, impostor = pair
            assert impostor not in _ids(_ask(seeded_client, name, limit=50))

        assert offenders([*IMPOSTORS, *OTHER_IMPOSTORS], rule) == []

    @pytest.mark.parametrize("name", ["Kim", "Ким", "김"])
    def test_a_family_name_gives_the_most_active_first(
        self, seeded_client: TestClient, name: str
    ) -> None:
        items = _ask(seeded_client, name, limit=50)

        assert _ids(items)[:3] == ["kim-jong-un", "kim-il-sung", "kim-jong-il"]
        assert {item["why"] for item in items} == {"part_of_name"}
        events = [_events(seeded_client, id) for id in _ids(items)[:12]]
        assert events == sorted(events, reverse=True)

    @pytest.mark.parametrize(
        ("name", "expected"),
        [("Lee", "ri-yong-ho"), ("Park", "pak-song-chol"), ("최", "choe-son-hui")],
    )
    def test_other_spellings_of_a_family_name_are_found(
        self, seeded_client: TestClient, name: str, expected: str
    ) -> None:
        assert _ids(_ask(seeded_client, name))[0] == expected

    def test_participants_with_the_same_family_name_have_the_same_score(
        self, seeded_client: TestClient
    ) -> None:
        items = _ask(seeded_client, "Lavrov")

        assert _ids(items)[:2] == ["sergey-lavrov", "arkady-lavrov"]
        assert items[0]["score"] == items[1]["score"] < 0.9

    @pytest.mark.parametrize(
        ("on", "first"),
        [
            pytest.param("1972", "kim-il-sung", id="a year"),
            pytest.param("2001/2002", "kim-jong-il", id="an interval"),
            pytest.param("2019-04-25", "kim-jong-un", id="a day"),
            pytest.param(None, "kim-jong-un", id="not given"),
        ],
    )
    def test_on_puts_participants_active_at_that_date_first(
        self, seeded_client: TestClient, on: str | None, first: str
    ) -> None:
        everyone = set(_ids(_ask(seeded_client, "Kim", limit=50)))

        found = _ids(_ask(seeded_client, "Kim", limit=50, **({"on": on} if on else {})))

        assert found[0] == first
        assert set(found) == everyone

    def test_a_participant_without_events_near_the_date_is_not_active(
        self, seeded_client: TestClient
    ) -> None:
        # Kim Jong Il is in events of 1959 and 1986, and in none between.
        assert _ids(_ask(seeded_client, "Kim Jong", on="1971"))[0] == "kim-jong-un"

    def test_on_does_not_outweigh_the_name(self, seeded_client: TestClient) -> None:
        assert _ids(_ask(seeded_client, "Kim Il Sung", on="2024"))[0] == "kim-il-sung"

    @pytest.mark.parametrize("name", ["Anatoly Nobody", "Kim Jong Unn", "xyz", "金某某", "42"])
    def test_an_unknown_name_gives_an_empty_list(
        self, seeded_client: TestClient, name: str
    ) -> None:
        assert _ask(seeded_client, name) == []

    def test_every_answer_matches_its_schema(self, seeded_client: TestClient) -> None:
        for name in ("Kim", "Sergey Lavorv", "최선희", "Gim Jeong-eun"):
            page = seeded_client.get(f"/v1/participants/resolve?name={name}&limit=50").json()
            assert CandidatePage.model_validate(page).model_dump(mode="json") == page


def _events(client: TestClient, participant: str) -> int:
    url = f"/v1/participants/{participant}/events?limit=1&total=exact"
    total: int = client.get(url).json()["page"]["total"]
    return total


class TestResolve:
    def test_the_whole_answer(self, database: Database, client: TestClient) -> None:
        store(database, make_participant("choe", country="KP", names={"en": "Ch", "ko": "최선희"}))
        choe = client.get("/v1/participants/choe").json()

        answer = client.get("/v1/participants/resolve?name=Choi+Sun-hee")

        assert answer.json() == {
            "items": [
                {
                    "participant": choe,
                    "score": 0.95,
                    "matched": {"text": "최선희", "language": "ko", "script": "hangul"},
                    "why": "other_spelling",
                    "explanation": "It is another spelling, case or order of 최선희.",
                }
            ],
            "page": {
                "limit": 10,
                "returned": 1,
                "next": None,
                "total": 1,
                "cursor": None,
                "prev": None,
                "prev_cursor": None,
                "unknown": [],
            },
        }

    def test_an_alias_has_no_language(self, database: Database, client: TestClient) -> None:
        store(database, make_participant("tass", kind="organisation", aliases=["ТАСС"]))

        matched = _ask(client, "тасс")[0]["matched"]

        assert matched == {"text": "ТАСС", "language": None, "script": "cyrillic"}

    @pytest.mark.parametrize(
        ("name", "why", "score"),
        [
            ("Sergey Lavrov", "exact", 1.0),
            ("Minister Sergey Lavrov", "with_other_words", 0.7),
            ("Sergey Lavrov (footballer)", "with_other_words", 0.7),
            ("Minister Lavrov", "with_other_words", 0.5),
            ("Sergey Lavrov's", "other_spelling", 0.95),
            ("Sergey Lavrov (Сергей Лавров)", "exact", 1.0),
        ],
    )
    def test_the_explanation_is_about_the_whole_text(
        self, database: Database, client: TestClient, name: str, why: str, score: float
    ) -> None:
        store(database, make_participant("lavrov", names={"en": "Sergey Lavrov"}))

        (item,) = _ask(client, name)

        assert (item["why"], item["score"]) == (why, score)
        assert ("other words, which were ignored" in item["explanation"]) is (
            why == "with_other_words"
        )
        assert ("except for case" in item["explanation"]) is (why == "exact")
        assert ("Beside it is Сергей Лавров" in item["explanation"]) is ("(Сергей" in name)

    def test_a_text_of_very_many_words_is_found_as_a_whole_name_only(
        self, database: Database, client: TestClient
    ) -> None:
        words = [f"Word{n}" for n in range(MOST_WORDS_OF_PARTICIPANT + 2)]
        long = make_participant("committee", kind="organisation", names={"en": " ".join(words)})
        store(database, long)

        assert _ids(_ask(client, " ".join(words))) == ["committee"]
        assert _ask(client, " ".join(words[1:])) == []
        assert _ids(_ask(client, " ".join(words[2:]))) == ["committee"]

    def test_exact_names_precede_other_spellings_and_these_precede_parts(
        self, database: Database, client: TestClient
    ) -> None:
        for id, names in {
            "a-part": {"en": "Kim Jong Su Il"},
            "b-other": {"en": "X", "ko": "김종수"},
            "c-exact": {"en": "Kim Jong Su", "ko": "김정수"},
        }.items():
            store(database, make_participant(id, country="KP", names=names))

        items = _ask(client, "Kim Jong Su")

        assert _ids(items) == ["c-exact", "b-other", "a-part"]
        assert [item["why"] for item in items] == ["exact", "other_spelling", "part_of_name"]
        scores = [item["score"] for item in items]
        assert scores == sorted(scores, reverse=True)

    def test_fuzzy_matches_appear_only_without_better_ones(
        self, database: Database, client: TestClient
    ) -> None:
        for id in ("ivan-petrov", "ivan-petrow"):
            store(database, make_participant(id))

        assert _ids(_ask(client, "Ivan Petrov")) == ["ivan-petrov"]
        assert _ids(_ask(client, "Ivan Petrof")) == ["ivan-petrov", "ivan-petrow"]

    def test_ties_are_broken_by_events_and_id(self, database: Database, client: TestClient) -> None:
        namesakes = [
            make_participant(id, names={"en": "Ivan Petrov"}) for id in ("p-b", "p-a", "p-c")
        ]
        guest = {"id": "p-c", "role": "guest", "side": "RU"}
        twice = make_event(participants=[LAVROV, CHOE, guest, {**guest, "role": "signatory"}])
        store(database, *make_cast(), *namesakes, twice)

        assert _ids(_ask(client, "Ivan Petrov")) == ["p-c", "p-a", "p-b"]

    @pytest.mark.parametrize(
        ("on", "expected"),
        [
            pytest.param("1999", ["p-a", "p-b"], id="before the office"),
            pytest.param("2005-05", ["p-b", "p-a"], id="in office"),
            pytest.param("2008/2011", ["p-b", "p-a"], id="in office for a part"),
            pytest.param("2012", ["p-a", "p-b"], id="after the office"),
            pytest.param("../2003", ["p-b", "p-a"], id="an open beginning"),
        ],
    )
    def test_a_participant_in_office_comes_first(
        self, database: Database, client: TestClient, on: str, expected: list[str]
    ) -> None:
        held = {"title": "Minister", "from": "2003", "to": "2010-06"}
        unknown = {"title": "Adviser", "from": None, "to": None}
        names = {"en": "Ivan Petrov"}
        store(database, make_participant("p-a", names=names, positions=[unknown]))
        store(database, make_participant("p-b", names=names, positions=[held]))

        assert _ids(_ask(client, "Ivan Petrov", on=on)) == expected

    @pytest.mark.parametrize(
        ("on", "expected"),
        [
            pytest.param("2024-11-01", "p-b", id="the day of an event"),
            pytest.param("2025-10", "p-b", id="within a year after"),
            pytest.param("2023-12", "p-b", id="within a year before"),
            pytest.param("2026", "p-a", id="more than a year after"),
            pytest.param("0001-01-01", "p-a", id="the first possible day"),
            pytest.param("9999-12-31", "p-a", id="the last possible day"),
        ],
    )
    def test_a_participant_with_an_event_within_a_year_comes_first(
        self, database: Database, client: TestClient, on: str, expected: str
    ) -> None:
        names = {"en": "Ivan Petrov"}
        part = {"role": "guest", "side": "RU"}
        store(
            database,
            *make_cast(),
            make_participant("p-a", names=names),
            make_participant("p-b", names=names),
            make_event("1950-01-01-one", participants=[{"id": "p-a", **part}]),
            make_event("1950-01-01-two", participants=[{"id": "p-a", **part}]),
            make_event("2024-11-01-one", participants=[{"id": "p-b", **part}]),
        )

        assert _ids(_ask(client, "Ivan Petrov", on=on))[0] == expected

    def test_takes_a_kind_and_a_limit(self, database: Database, client: TestClient) -> None:
        for i in range(3):
            store(database, make_participant(f"p-{i}", names={"en": "Aurora"}))
        store(database, make_participant("ship", kind="organisation", names={"en": "Aurora"}))

        answer = client.get("/v1/participants/resolve?name=aurora&kind=person&limit=2").json()

        assert _ids(answer["items"]) == ["p-0", "p-1"]
        assert answer["page"] == {
            "limit": 2,
            "returned": 2,
            "next": None,
            "total": 3,
            "cursor": None,
            "prev": None,
            "prev_cursor": None,
            "unknown": [],
        }
        assert _ids(_ask(client, "aurora", kind="organisation")) == ["ship"]
        assert _ids(_ask(client, "aurorra", kind="organisation")) == ["ship"]

    def test_a_changed_name_is_found_and_the_old_one_is_not(
        self, database: Database, client: TestClient
    ) -> None:
        store(database, make_participant("p", country="KP", names={"en": "P", "ko": "김정은"}))
        store(database, make_participant("p", country="KP", names={"en": "P", "ko": "박의춘"}))

        assert _ids(_ask(client, "Park Eui-chun")) == ["p"]
        assert _ask(client, "Kim Jong Un") == []

    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            pytest.param("", "name", id="no name"),
            pytest.param("name=", "name", id="an empty name"),
            pytest.param("name=!!!", "name", id="a name without letters"),
            pytest.param(f"name={'a' * 301}", "name", id="a long name"),
            pytest.param("name=Kim&limit=51", "limit", id="a high limit"),
            pytest.param("name=Kim&limit=0", "limit", id="a low limit"),
            pytest.param("name=Kim&on=June", "on", id="not a date"),
            pytest.param("name=Kim&kind=persn", "kind", id="an unknown kind"),
        ],
    )
    def test_an_invalid_parameter_is_refused(
        self, client: TestClient, query: str, parameter: str
    ) -> None:
        answer = client.get(f"/v1/participants/resolve?{query}")

        assert answer.status_code == 400
        assert answer.json()["type"] == "/problems/invalid-parameter"
        assert [error["parameter"] for error in answer.json()["errors"]] == [parameter]

    def test_a_cursor_is_refused(self, client: TestClient) -> None:
        assert client.get("/v1/participants/resolve?name=Kim&cursor=x").status_code == 400


NAMES = st.sampled_from(
    [n.removeprefix("~") for names in GOLD.values() for n in names.split(" | ")]
)
# Without the breve, which distinguishes vowels.
ACCENTS = st.sampled_from(["\u0301", "\u0300", "\u0302", "\u0308"])


class TestAnyName:
    @pytest.mark.thorough
    @settings(max_examples=scaled(60))
    @given(name=st.one_of(st.text(), st.text("가나다ㅈ'%_*\"\\ -’ŏkimлав", max_size=12)))
    def test_is_answered_or_refused(self, seeded_client: TestClient, name: str) -> None:
        for path, parameter in (("/resolve", "name"), ("", "q")):
            answer = seeded_client.get(f"/v1/participants{path}", params={parameter: name})
            assert answer.status_code in (200, 400)

    @settings(max_examples=scaled(60))
    @given(data=st.data(), name=NAMES)
    def test_case_hyphens_and_accents_do_not_change_the_result(
        self, seeded_client: TestClient, data: st.DataObject, name: str
    ) -> None:
        written = "".join(_variant(data, character) for character in name)

        first = _ids(_ask(seeded_client, name))[:1]

        assert _ids(_ask(seeded_client, written))[:1] == first


def _variant(data: st.DataObject, character: str) -> str:
    if character in " -":
        return data.draw(st.sampled_from([" ", "-", "  ", " - "]))
    forms = [character.upper(), character.lower()]
    if "a" <= character.lower() <= "z":
        forms.append(character + data.draw(ACCENTS))
    return data.draw(st.sampled_from(forms))
