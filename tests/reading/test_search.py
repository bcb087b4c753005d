"""Full text over a small timeline in four languages, with the expected matches of each query."""

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.domain.search.query import parse_query
from app.records.models import Record
from app.tables.database import Database
from app.tables.schema.creation import create_if_empty
from tests.support.answers import walk_items
from tests.support.apps import client_of
from tests.support.builders import (
    CHOE,
    LAVROV,
    make_cast,
    make_event,
    make_participant,
    make_place,
    make_source,
    make_treaty,
    store,
)
from tests.support.databases import NewDatabase


def _person(id: str, country: str, en: str, fr: str, ru: str, ko: str, *aliases: str) -> Record:
    names = {"en": en, "fr": fr, "ru": ru, "ko": ko}
    return make_participant(id, country=country, names=names, aliases=list(aliases))


PEOPLE = [
    _person(
        "putin", "RU", "Vladimir Putin", "Vladimir Poutine", "Владимир Путин", "블라디미르 푸틴"
    ),
    _person(
        "lavrov", "RU", "Sergey Lavrov", "Sergueï Lavrov", "Сергей Лавров", "세르게이 라브로프"
    ),
    _person("shoigu", "RU", "Sergei Shoigu", "Sergueï Choïgou", "Сергей Шойгу", "세르게이 쇼이구"),
    _person("khrushchev", "RU", "Khrushchev", "Khrouchtchev", "Никита Хрущёв", "흐루쇼프"),
    _person(
        "kim-jong-un", "KP", "Kim Jong Un", "Kim Jong-un", "Ким Чен Ын", "김정은", "Kim Jong-eun"
    ),
    _person("kim-yo-jong", "KP", "Kim Yo Jong", "Kim Yo-jong", "Ким Ё Чжон", "김여정"),
    _person("kim-il-sung", "KP", "Kim Il Sung", "Kim Il-sung", "Ким Ир Сен", "김일성"),
    _person("choe", "KP", "Choe Son Hui", "Choe Son-hui", "Цой Сон Хи", "최선희", "Choi Sun-hee"),
]
PLACES = [
    make_place("moscow", names={"en": "Moscow", "fr": "Moscou", "ru": "Москва", "ko": "모스크바"}),
    make_place(
        "pyongyang",
        country="KP",
        names={"en": "Pyongyang", "fr": "Pyongyang", "ru": "Пхеньян", "ko": "평양"},
    ),
    make_place(
        "vostochny",
        names={
            "en": "Vostochny Cosmodrome",
            "ru": "Космодром Восточный",
            "ko": "보스토치니 우주기지",
        },
    ),
]
TREATY = make_treaty(
    "partnership-treaty",
    names={
        "en": "Treaty on Comprehensive Strategic Partnership",
        "ru": "Договор о всеобъемлющем стратегическом партнёрстве",
    },
)


def _event(
    id: str, who: str, title: dict[str, str], summary: dict[str, str], **more: Any
) -> Record:
    parts = [{"id": each, "role": "attendee", "side": "RU"} for each in who.split()]
    given = {"title": title, "summary": summary, "participants": parts, "sources": ["tass-1"]}
    return make_event(id, **{**given, **more})


EVENTS = [
    _event(
        "1956-06-01-visit",
        "khrushchev kim-il-sung",
        {"en": "Kim Il Sung visits Moscow", "fr": "Visite de Kim Il Sung à Moscou"},
        {"en": "He asked for aid.", "fr": "Il demande de l'aide, 2,5 millions de roubles."},
        place="moscow",
        type="visit",
        subtype="official",
        tags=["economic-aid"],
    ),
    _event(
        "2017-05-03-visas",
        "shoigu",
        {"en": "Agreement on visas", "fr": "Accord sur les visas", "ru": "Соглашение о визах"},
        {"en": "It was signed later.", "fr": "La déclaration est signée plus tard."},
    ),
    _event(
        "2022-08-15-wreaths",
        "kim-yo-jong",
        {"en": "Wreaths on Liberation Day", "fr": "Gerbes pour le Jour de la libération"},
        {"en": "They honoured Soviet soldiers.", "fr": "Hommage aux soldats soviétiques."},
        place="pyongyang",
    ),
    _event(
        "2023-07-26-shoigu",
        "shoigu kim-jong-un",
        {"en": "Shoigu visits Pyongyang", "fr": "Choïgou en visite", "ru": "Визит Шойгу в Пхеньян"},
        {"en": "The day after, a wreath for the liberation.", "fr": "Œuvre commune des armées."},
        place="pyongyang",
    ),
    _event(
        "2023-09-13-vostochny",
        "putin kim-jong-un",
        {
            "en": "Putin and Kim meet at the cosmodrome",
            "fr": "Rencontre au cosmodrome",
            "ko": "김정은국무위원장, 푸틴대통령과 회담",
        },
        {"en": "They dined after the talks.", "ko": "정상회담 후 만찬이 있었다."},
        place="vostochny",
    ),
    _event(
        "2024-06-19-treaty",
        "putin kim-jong-un",
        {
            "en": "Treaty signed in Pyongyang",
            "fr": "Traité signé à Pyongyang",
            "ru": "Путин и Ким Чен Ын подписали договор",
        },
        {"en": "Both leaders signed it.", "fr": "Les deux dirigeants l'ont signé."},
        place="pyongyang",
        type="treaty",
        subtype="signed",
        treaty="partnership-treaty",
        tags=["strategic-partnership"],
    ),
    _event(
        "2024-08-15-letters",
        "putin kim-jong-un",
        {"en": "Letters on Liberation Day", "fr": "Vœux pour le Jour de la libération"},
        {"en": "They were read aloud.", "ru": "Ким Чен Ын ответил Путину."},
    ),
    _event(
        "2024-11-01-dialogue",
        "lavrov choe",
        {
            "en": "Lavrov and Choe hold a dialogue",
            "fr": "Dialogue à Moscou",
            "ru": "Переговоры Лаврова с Цой Сон Хи",
        },
        {"en": "Korea's minister came first.", "ru": "Обсудили стратегическое партнерство."},
        place="moscow",
    ),
]
CAST: list[Record] = [*PEOPLE, *PLACES, TREATY, make_source()]

EVERY = {event.id for event in EVENTS}
VISIT, VISAS, WREATHS, SHOIGU, VOSTOCHNY, TREATY_SIGNED, LETTERS, DIALOGUE = (e.id for e in EVENTS)
OF_PUTIN = {VOSTOCHNY, TREATY_SIGNED, LETTERS}
OF_KIM_JONG_UN = {*OF_PUTIN, SHOIGU}

GOLD: dict[str, set[str]] = {
    # English
    "Putin": OF_PUTIN,
    "putin KIM": OF_PUTIN,
    # As French words, `visit` and `visas` share a stem: the price of an unknown query language.
    "visit": {VISIT, SHOIGU, VISAS},
    "visiting": {VISIT, SHOIGU},
    # The label of the type has this form.
    '"visit"': {VISIT},
    '"visits"': {VISIT, SHOIGU},
    "visa": {VISAS},
    "sign": {VISAS, TREATY_SIGNED},
    "Korea's": {DIALOGUE},
    '"Liberation Day"': {WREATHS, LETTERS},
    '"day liberation"': set(),
    "Liberation Day": {WREATHS, SHOIGU, LETTERS},
    '"Liberation Day" -Putin': {WREATHS},
    "liberation -day": set(),
    "Choe Son-hui": {DIALOGUE},
    "Choi Sun-hee": {DIALOGUE},
    "kim-jong-eun": OF_KIM_JONG_UN,
    "Kim Jong Un": OF_KIM_JONG_UN,
    "Putin and Kim Jong Un": OF_PUTIN,
    # The name of Kim Yo Jong has these words.
    "Kim Jong Yo": set(),
    '"Kim Jong" Pyongyang': {SHOIGU, TREATY_SIGNED},
    "Kim -Jong": {VISIT},
    "cosmodrome": {VOSTOCHNY},
    "strategic partnership": {TREATY_SIGNED},
    "strategic-partnership": {TREATY_SIGNED},
    '"comprehensive strategic"': {TREATY_SIGNED},
    "economic aid": {VISIT},
    "-Kim": {VISAS, DIALOGUE},
    '-Kim -"Sergey Lavrov"': {VISAS},
    "Lavrov Putin": set(),
    "2 5": {VISIT},
    # French
    "traité": {TREATY_SIGNED},
    "traite": {TREATY_SIGNED},
    "TRAITÉS": {TREATY_SIGNED},
    "signé": {VISAS, TREATY_SIGNED},
    "signées": {VISAS, TREATY_SIGNED},
    '"signée"': {VISAS},
    "Sergueï Lavrov": {DIALOGUE},
    "serguei choigou": {VISAS, SHOIGU},
    "voeux": {LETTERS},
    "vœux œuvre": set(),
    "oeuvres": {SHOIGU},
    "« Jour de la libération »": {WREATHS, LETTERS},
    "Poutine libération": {LETTERS},
    # Russian
    "Путин": OF_PUTIN,
    "Путина": OF_PUTIN,
    '"Путина"': set(),
    '"Путину"': {LETTERS},
    "стратегическое партнерство": {TREATY_SIGNED, DIALOGUE},
    "стратегическое партнёрство": {TREATY_SIGNED, DIALOGUE},
    '"стратегическое партнёрство"': {DIALOGUE},
    "Цой Сон Хи": {DIALOGUE},
    '"Цой Сон Хи"': {DIALOGUE},
    "Лавров": {DIALOGUE},
    "Лавровым": {DIALOGUE},
    "Лавpов": {DIALOGUE},  # A Latin p.
    "хрущев": {VISIT},
    "ХРУЩЁВА": {VISIT},
    "Шойгу Пхеньян": {SHOIGU},
    "Ким Чен Ына": OF_KIM_JONG_UN,
    "Ким -Путин": {VISIT, WREATHS, SHOIGU},
    "в Москве": {VISIT, DIALOGUE},
    '"в Москве"': set(),
    "Москве": {VISIT, DIALOGUE},
    # Korean
    "푸틴": OF_PUTIN,
    "김정은 푸틴": OF_PUTIN,
    "김정은": OF_KIM_JONG_UN,
    '"김정은"': OF_KIM_JONG_UN,
    "국무위원장": {VOSTOCHNY},
    '"국무위원장, 푸틴"': {VOSTOCHNY},
    '"김정은 푸틴"': set(),
    "김": {*OF_KIM_JONG_UN, VISIT, WREATHS},
    "김 -정은": {VISIT, WREATHS},
    # Every other event is of the type 회담.
    "담": EVERY - {VISIT, TREATY_SIGNED},
    "만찬": {VOSTOCHNY},
    "정상회담": {VOSTOCHNY},
    '"정상회담 후"': {VOSTOCHNY},
    '"정상 회담"': set(),
    "최선희": {DIALOGUE},
    "모스크바 -최선희": {VISIT},
    "평양": {WREATHS, SHOIGU, TREATY_SIGNED},
    "김정은 Lavrov": set(),
    # Function words
    "visits to Pyongyang": {SHOIGU},
    "the treaty of the partnership": {TREATY_SIGNED},
    "Путин и Ким Чен Ын": OF_PUTIN,
    "Лавров с Цой Сон Хи": {DIALOGUE},
    "rencontre entre Poutine et Kim": {VOSTOCHNY, LETTERS},
    "푸틴 및 김정은": OF_PUTIN,
    "Kim Jong Un in Vostochny": {VOSTOCHNY},
    # Punctuation
    "푸틴·김정은": OF_PUTIN,
    "김정은-푸틴": OF_PUTIN,
    "Putin–Kim/Pyongyang": {TREATY_SIGNED},
    "Ким Чен-ына": OF_KIM_JONG_UN,
    "Чен-ыном": OF_KIM_JONG_UN,
    "Цой Сонхи": {DIALOGUE},
    "Kim Jongun": OF_KIM_JONG_UN,
    "Ким Ёнам": set(),
    # Korean
    "김정은과": OF_KIM_JONG_UN,
    "푸틴이": OF_PUTIN,
    "평양에서": {WREATHS, SHOIGU, TREATY_SIGNED},
    '"김일"': set(),
    '"푸틴대통령"': {VOSTOCHNY},
    '"김정"': set(),
    # Operators
    "title:Putin": {VOSTOCHNY},
    "title:김정은": {VOSTOCHNY},
    "title: Putin": {VOSTOCHNY},
    "name: Putin -title: Putin": {TREATY_SIGNED, LETTERS},
    "summary:wreath": {SHOIGU},
    "name:Putin -title:Putin": {TREATY_SIGNED, LETTERS},
    'title:"liberation day"': {WREATHS, LETTERS},
    "Shoigu OR Lavrov": {VISAS, SHOIGU, DIALOGUE},
    "title:treaty OR summary:wreath": {TREATY_SIGNED, SHOIGU},
    "Shoigu NOT Kim": {VISAS},
    "Shoigu AND Kim": {SHOIGU},
    "Vostoch*": {VOSTOCHNY},
    "title:cosmo*": {VOSTOCHNY},
    "Вост*": {VOSTOCHNY},
    "김정*": OF_KIM_JONG_UN,
    # Titles around names
    "President Putin": OF_PUTIN,
    "Prеsidеnt Putin": OF_PUTIN,  # A Cyrillic е.
    "Russian President Vladimir Putin": OF_PUTIN,
    "Russian Foreign Minister Lavrov": {DIALOGUE},
    "Lavrov, Minister of Foreign Affairs": {DIALOGUE},
    "President Putin and Marshal Kim Jong Un": OF_PUTIN,
    "President Putin -treaty": {VOSTOCHNY, LETTERS},
    "minister Moscow": {DIALOGUE},
    "minister Pyongyang": set(),
    "title:minister Lavrov": set(),
    '"minister Lavrov"': set(),
    "le président Poutine": OF_PUTIN,
    "l'ambassadeur Lavrov": {DIALOGUE},
    "le maréchal Kim Jong-un": OF_KIM_JONG_UN,
    "Президент Путин": OF_PUTIN,
    "с президентом России Путиным": OF_PUTIN,
    "Председатель Ким Чен Ын": OF_KIM_JONG_UN,
    "председателю Ким Чен Ыну": OF_KIM_JONG_UN,
    "министр иностранных дел России С. В. Лавров": set(),
    "министр иностранных дел России Лавров": {DIALOGUE},
    "김정은 위원장": OF_KIM_JONG_UN,
    "김정은국무위원장은": OF_KIM_JONG_UN,
    "북한 김정은 위원장": OF_KIM_JONG_UN,
    "푸틴 대통령과 김정은 위원장": OF_PUTIN,
    "위원장": {VOSTOCHNY},
    # Dates, in words of any language and in figures
    "Shoigu 2023": {SHOIGU},
    "2024": {TREATY_SIGNED, LETTERS, DIALOGUE},
    "June 19, 2024": {TREATY_SIGNED},
    '"19 June 2024"': {TREATY_SIGNED},
    '"20 June 2024"': set(),
    "19 juin 2024": {TREATY_SIGNED},
    "июнь 2024 года": {TREATY_SIGNED},
    "в июне 2024 г.": {TREATY_SIGNED},
    "2024년 6월": {TREATY_SIGNED},
    "2024년6월19일에": {TREATY_SIGNED},
    "2024-06-19": {TREATY_SIGNED},
    "2024-06": {TREATY_SIGNED},
    "19.06.2024": {TREATY_SIGNED},
    "06/2024": {TREATY_SIGNED},
    "Sept. 2023": {VOSTOCHNY},
    "сент. 2023": {VOSTOCHNY},
    "15 August": {WREATHS, LETTERS},
    "August 15th": {WREATHS, LETTERS},
    # The other day of each of these has the number of a month or a day of another one.
    "8 August 2024": set(),
    "19 August 2024": set(),
    "19.6.2024": {TREATY_SIGNED},
    "2024г.": {TREATY_SIGNED, LETTERS, DIALOGUE},
    "2020s Shoigu": {SHOIGU},
    "Shoigu 2016-2018": {VISAS},
    "Shoigu -2017": {SHOIGU},
    "Kim Jong Un -2024": {SHOIGU, VOSTOCHNY},
    "name:2023 Putin": {VOSTOCHNY},
    "title:2024": set(),
    "8월 15일에": {WREATHS, LETTERS},
    "13-15 August": {WREATHS, LETTERS},
    "24–26 July 2023": {SHOIGU},
    "2023년 7월 24~26일": {SHOIGU},
    "1 June": {VISIT},
    # `06.01` is no day of January, although 1 June is written so.
    "6 January": set(),
    "January 10-11": set(),
    "-1956—1957": EVERY - {VISIT},
    # Periods
    "Shoigu 2016 - 2018": {VISAS},
    "between 2017 and 2022": {VISAS, WREATHS},
    "de 2017 à 2022": {VISAS, WREATHS},
    "с 2017 по 2022 год": {VISAS, WREATHS},
    "2017년부터 2022년까지": {VISAS, WREATHS},
    "2017, 2022 or 1956": {VISIT, VISAS, WREATHS},
    "June-September 2024": {TREATY_SIGNED, LETTERS},
    "с 14 августа по 1 ноября 2024 года": {LETTERS, DIALOGUE},
    "Putin since July 2024": {LETTERS},
    "Путин с июля 2024 года": {LETTERS},
    "depuis 2024": {TREATY_SIGNED, LETTERS, DIALOGUE},
    "2024년 이후": {TREATY_SIGNED, LETTERS, DIALOGUE},
    "after 19 June 2024": {LETTERS, DIALOGUE},
    "before 2017": {VISIT},
    "during 2017": {VISAS},
    "around June 1956": {VISIT},
    "all visits to Pyongyang": {SHOIGU},
    "toutes les visites sous Khrouchtchev": {VISIT},
    "все визиты в Пхеньян": {SHOIGU},
    "до 1960-х годов": {VISIT},
    "summer 2023": {SHOIGU},
    "осенью 2023 года": {VOSTOCHNY},
    "second half of 2024": {LETTERS, DIALOGUE},
    "начало июня 1956": {VISIT},
    "2023-08/2024-06": {VOSTOCHNY, TREATY_SIGNED},
    "2024/..": {TREATY_SIGNED, LETTERS, DIALOGUE},
    "195X": {VISIT},
    "June and July": {VISIT, SHOIGU, TREATY_SIGNED},
    # Countries, with each event in which they took part or that happened in them
    "USSR": set(),
    "Russia": EVERY,
    "title:Russia": set(),
    "North Korea": {WREATHS, SHOIGU, TREATY_SIGNED},
    "North Korean leader Kim Jong Un": OF_KIM_JONG_UN,
    '"North Korea"': set(),
    "DPRK treaty": {TREATY_SIGNED},
    "Russia-DPRK treaty": {TREATY_SIGNED},
    "Russian-North Korean treaty": {TREATY_SIGNED},
    "traité Russie Corée du Nord": {TREATY_SIGNED},
    "accord russo-nord-coréen": set(),
    "traités russo-nord-coréens": {TREATY_SIGNED},
    "российско-северокорейский договор": {TREATY_SIGNED},
    "договор России с Северной Кореей": {TREATY_SIGNED},
    "북한의 푸틴": {TREATY_SIGNED},
    "북러 평양": {WREATHS, SHOIGU, TREATY_SIGNED},
    "북·러 평양": {WREATHS, SHOIGU, TREATY_SIGNED},
    "북러의 평양": {WREATHS, SHOIGU, TREATY_SIGNED},
    "North Korea-Russia treaty": {TREATY_SIGNED},
    "D.P.R.K. treaty": {TREATY_SIGNED},
    "договор Корейской Народно-Демократической Республики": {TREATY_SIGNED},
    "조로조약": {TREATY_SIGNED},
    "-DPRK Putin": {VOSTOCHNY, LETTERS},
    # Questions
    "When did Putin meet Kim?": {VOSTOCHNY, LETTERS},
    "Quand Poutine": OF_PUTIN,
    "Кто был в Пхеньяне?": {WREATHS, SHOIGU, TREATY_SIGNED},
    "푸틴은 언제 평양에": {TREATY_SIGNED},
    "Who met Putin in 2023?": {VOSTOCHNY},
    "Quand Khrouchtchev a-t-il visité Moscou ?": {VISIT},
    "언제 방문했나": {VISIT},
    "What happened in Pyongyang in 2023": {SHOIGU},
    "events of 2022": {WREATHS},
    "2022년에 무슨 일이 있었나": {WREATHS},
    "last visit to Pyongyang": {SHOIGU},
    "dernière visite de Choïgou": {SHOIGU},
    "последний визит в Пхеньян": {SHOIGU},
    "마지막 방문": {VISIT},
    '"last" visit': set(),
    "visit last year": set(),
    "без Путина": set(),
    "누가 푸틴을 만났나": {VOSTOCHNY, LETTERS},
    "푸틴과 김정은의 만남": {VOSTOCHNY, LETTERS},
    "김일성 방러": {VISIT},
    "언제 방러했나": {VISIT},
    "김일성이 모스크바를 방문한 것은 언제인가": {VISIT},
    "김일성 방북": set(),
    "-방러": EVERY,
    # Forms with another stem
    "come first": {DIALOGUE},
    "held": {DIALOGUE},
    "поездок": {VISIT},
    # British and American spellings
    "honored": {WREATHS},
    "honoured": {WREATHS},
    "dialog": {DIALOGUE},
    # The labels of types
    "встречи": EVERY - {VISIT, TREATY_SIGNED},
    "방문": {VISIT},
}
# `or` and `and` in lower case are function words, or join two dates.
CASED = [q for q in GOLD if not {*q.split()} & {"OR", "NOT", "and"}]


@pytest.fixture(scope="module")
def gold(new_database: NewDatabase) -> Iterator[TestClient]:
    """A client over the small timeline; read only."""
    database = Database(new_database("gold"))
    create_if_empty(database)
    store(database, *CAST, *EVENTS)
    with client_of(database) as client:
        yield client
    database.close()


def _get(client: TestClient, q: str, **more: str) -> list[dict[str, Any]]:
    answer = client.get("/v1/events", params={"q": q, **more})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def _hits(client: TestClient, q: str) -> set[str]:
    return {item["id"] for item in _get(client, q)}


def _without_marks(text: str) -> str:
    """Remove accents, but keep й, which is a separate letter."""
    kept = "".join(c for c in unicodedata.normalize("NFD", text.replace("й", "\0")) if c not in "̀́̂̈")
    return unicodedata.normalize("NFC", kept).replace("\0", "й")


class TestHits:
    @pytest.mark.parametrize("q", ["Kim", "-nobody", "Pyongyang -Putin", "nothing"])
    @pytest.mark.parametrize("sort", ["date", "-updated"])
    def test_few_hits_and_many_make_the_same_pages(
        self, gold: TestClient, monkeypatch: pytest.MonkeyPatch, q: str, sort: str
    ) -> None:
        few = _get(gold, q, sort=sort, limit="4")

        monkeypatch.setattr("app.reading.search._FEW", 0)

        # A limit that no answer in memory has.
        assert _get(gold, q, sort=sort, limit="5")[:4] == few

    @pytest.mark.parametrize("q", GOLD)
    def test_gold(self, gold: TestClient, q: str) -> None:
        assert _hits(gold, q) == GOLD[q]

    @pytest.mark.parametrize("q", CASED)
    def test_case_and_accents_do_not_matter(self, gold: TestClient, q: str) -> None:
        for same in (q.upper(), q.lower(), unicodedata.normalize("NFD", q), _without_marks(q)):
            assert _hits(gold, same) == GOLD[q], same

    @pytest.mark.parametrize(
        "q",
        ["Kim", "visit", '"Liberation Day"', "Son-hui", "Путина", "김", "푸틴", "nobody", "traité"],
    )
    def test_an_exclusion_keeps_all_other_events(self, gold: TestClient, q: str) -> None:
        assert _hits(gold, f"-{q}") == EVERY - _hits(gold, q)

    @pytest.mark.parametrize(
        "q",
        [
            pytest.param('"Moscow Visite"', id="from one language into the next"),
            pytest.param('"Pyongyang Vladimir"', id="from the title into the names"),
            pytest.param('"Putin Poutine"', id="from one name into the next"),
            pytest.param('"Putin Kim"', id="from one participant into the next"),
            pytest.param('"partnership both"', id="from the names into the summary"),
            pytest.param('"cosmodrome visit en"', id="from words into stems"),
        ],
    )
    def test_a_phrase_does_not_cross(self, gold: TestClient, q: str) -> None:
        assert _hits(gold, q) == set()

    def test_combines_with_the_other_filters(self, gold: TestClient) -> None:
        assert [item["id"] for item in _get(gold, "Kim", type="visit")] == [VISIT]
        assert [e["id"] for e in walk_items(gold, "/v1/participants/shoigu/events?q=김정은")] == [
            SHOIGU
        ]

    @pytest.mark.thorough
    @given(st.text(max_size=300) | st.text("\"-*:^(){}'\\&|!<>+ aкé김·\x00", max_size=60))
    @example("\ud800")
    @example('"' * 300)
    @example("가" * 300)
    @example("\ufdfa" * 300)
    @example("NOT AND OR NEAR(a b)")
    @example("title : x")
    @example("0\x1b")
    @example("(title: nobody")
    def test_any_query_gets_an_answer(self, gold: TestClient, q: str) -> None:
        url = "/v1/events"
        q = q.encode("utf-8", "replace").decode()
        for sort in ("-date", "relevance"):
            answer = gold.get(url, params={"q": q, "sort": sort, "total": "exact"})
            assert answer.status_code in (200, 400), answer.text

    @pytest.mark.parametrize(
        "q",
        [
            pytest.param("(title: nobody", id="a word that is no query alone"),
            pytest.param("l'title: nobody", id="such a word behind an elision"),
        ],
    )
    def test_unknown_words_find_nothing(self, gold: TestClient, q: str) -> None:
        assert _hits(gold, q) == set()

    @pytest.mark.parametrize(
        ("q", "unknown"),
        [
            pytest.param("13-15 August nobody", ["nobody"], id="days of some event"),
            pytest.param("15-го августа nobody", ["nobody"], id="an ordinal"),
            pytest.param("24-26 April 1903", ["24-26 April 1903"], id="days without an event"),
            pytest.param("1950-1957 гг. nobody", ["nobody"], id="years"),
        ],
    )
    def test_a_date_is_known_as_a_whole(self, gold: TestClient, q: str, unknown: list[str]) -> None:
        page = gold.get("/v1/events", params={"q": q}).json()["page"]

        assert [each["value"] for each in page["unknown"]] == unknown


class TestRefusals:
    @pytest.mark.parametrize(
        ("query", "detail"),
        [
            pytest.param(
                "q=!!!", "found the text '!!!': there is no letter or digit", id="nothing"
            ),
            pytest.param("q=title:", "there is no letter or digit", id="a field"),
            pytest.param("q=%20", "there is no letter or digit to search for", id="a space"),
            pytest.param("q=" + "a" * 301, "at most 300", id="too long"),
            pytest.param("q=" + "a%20" * 21, "at most 20 words and phrases", id="too many terms"),
            pytest.param("sort=relevance", "it needs q", id="relevance of nothing"),
            pytest.param("highlight=true", "it needs q", id="matches of nothing"),
            pytest.param("facet_q=a", "it needs facets", id="values of no facet"),
            pytest.param("facet_limit=5", "it needs facets", id="a limit of no facet"),
            pytest.param("facet_q=%25&facets=tag", "no letter or digit", id="facets by a sign"),
            pytest.param("facet_q=_&facets=tag", "no letter or digit", id="facets by a stroke"),
            pytest.param("facet_q=.*&facets=tag", "no letter or digit", id="facets by a pattern"),
        ],
    )
    def test_is_an_invalid_parameter(self, gold: TestClient, query: str, detail: str) -> None:
        answer = gold.get(f"/v1/events?{query}")

        assert answer.status_code == 400
        assert answer.json()["type"] == "/problems/invalid-parameter"
        assert answer.json()["errors"][0]["parameter"] == query.partition("=")[0]
        assert detail in answer.json()["errors"][0]["detail"]


class TestRelevance:
    @pytest.mark.parametrize(
        ("q", "expected"),
        [
            pytest.param("Putin", [VOSTOCHNY, LETTERS, TREATY_SIGNED], id="title, then names"),
            pytest.param("Kim liberation", [LETTERS, WREATHS, SHOIGU], id="both, then one in text"),
            pytest.param(
                "김정은",
                [VOSTOCHNY, LETTERS, TREATY_SIGNED, SHOIGU],
                id="then the newest first",
            ),
            pytest.param("-Kim", [DIALOGUE, VISAS], id="of exclusions the newest first"),
        ],
    )
    def test_title_then_names_then_text(
        self, gold: TestClient, q: str, expected: list[str]
    ) -> None:
        assert [item["id"] for item in _get(gold, q, sort="relevance")] == expected

    def test_an_event_of_the_year_precedes_one_that_mentions_it(
        self, client: TestClient, database: Database
    ) -> None:
        later = {"en": "Treaty signed, in place of the one of 2000"}
        summary = {"en": "It replaces the one of 2000."}
        store(
            database,
            *make_cast(),
            make_event("2000-02-09-treaty", title={"en": "Treaty signed"}),
            make_event("2024-06-19-treaty", title={"en": "Treaty signed"}, summary=summary),
            make_event("2025-06-19-treaty", title=later),
        )

        found = [item["id"][:4] for item in _get(client, "treaty 2000", sort="relevance")]

        assert found == ["2025", "2000", "2024"]

    @pytest.mark.parametrize("q", ["Kim", "김", "-nobody", "Pyongyang -Putin", "Ким Чен"])
    def test_paging_yields_each_hit_once(self, gold: TestClient, q: str) -> None:
        whole = [item["id"] for item in _get(gold, q, sort="relevance")]

        for limit in (1, 2, 3):
            url = f"/v1/events?q={q}&sort=relevance&limit={limit}&total=exact"
            assert [item["id"] for item in walk_items(gold, url)] == whole

        assert set(whole) == _hits(gold, q)


class TestHighlights:
    def test_say_which_texts_match(self, gold: TestClient) -> None:
        q = "Kim Jong-eun title:Путин подписали"
        answer = gold.get("/v1/events", params={"q": q, "highlight": "true"}).json()

        title = EVENTS[5].model_dump()["title"]["ru"]
        alias = {
            "field": "participant",
            "id": "kim-jong-un",
            "language": None,
            "text": "Kim Jong-eun",
        }
        expected = [
            {"field": "title", "id": None, "language": "ru", "text": title, "start": 0, "end": 5},
            {"field": "title", "id": None, "language": "ru", "text": title, "start": 19, "end": 28},
            {**alias, "start": 0, "end": 3},
            {**alias, "start": 4, "end": 12},
        ]
        assert [*answer["highlights"]] == [TREATY_SIGNED] == [e["id"] for e in answer["items"]]
        assert [h for h in answer["highlights"][TREATY_SIGNED] if h in expected] == expected

    @pytest.mark.parametrize("q", [q for q in GOLD if GOLD[q]])
    def test_every_hit_has_one_unless_the_query_only_excludes(
        self, gold: TestClient, q: str
    ) -> None:
        params = {"q": q, "highlight": "true", "fields": "date"}
        answer = gold.get("/v1/events", params=params).json()

        assert [*answer["highlights"]] == [item["id"] for item in answer["items"]]
        has_required = bool(parse_query(q).required)
        assert {bool(spans) for spans in answer["highlights"].values()} == {has_required}

    def test_name_a_participant_of_two_roles_once(
        self, client: TestClient, database: Database
    ) -> None:
        twice = [{**LAVROV, "role": role} for role in ("host", "speaker")]
        store(database, *make_cast(), make_event(participants=[*twice, CHOE]))

        found = client.get("/v1/events?q=name:Lavrov&highlight=true").json()["highlights"]

        (spans,) = found.values()
        assert spans
        assert len(spans) == len({tuple(span.items()) for span in spans})

    @pytest.mark.parametrize("query", ["q=Kim", "q=Kim&highlight=false", "highlight=false"])
    def test_are_empty_unless_requested(self, gold: TestClient, query: str) -> None:
        assert gold.get(f"/v1/events?{query}").json()["highlights"] == {}


class TestSeeds:
    @pytest.mark.parametrize(
        ("q", "participant", "in_title"),
        [
            ("최선희", "choe-son-hui", "최선희"),
            ('"Цой Сон Хи"', "choe-son-hui", "Цой Сон Хи"),
            ("푸틴", "vladimir-putin", "푸틴"),
            ("Сергеем Лавровым", "sergey-lavrov", "Лавров"),
            ('"Sergueï Lavrov"', "sergey-lavrov", "Lavrov"),
        ],
    )
    def test_a_name_finds_the_events_of_its_bearer_and_those_that_name_it(
        self, seeded_client: TestClient, q: str, participant: str, in_title: str
    ) -> None:
        found = walk_items(seeded_client, f"/v1/events?q={q}&limit=200")
        took_part = walk_items(seeded_client, f"/v1/events?participant={participant}&limit=200")

        others = [event for event in found if event not in took_part]
        assert len(took_part) > 20
        assert [event for event in found if event not in others] == took_part
        assert len(others) < len(took_part)
        assert [e["id"] for e in others if in_title not in " ".join(e["title"].values())] == []
