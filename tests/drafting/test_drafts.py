"""Events in short sentences about people of the seeds, in four languages."""

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents.draft import DraftDocument, DraftEvent, DraftVerdict
from app.domain.dates import parse_edtf
from app.domain.languages import Language
from app.domain.vocabulary import EvidenceBasis, EvidencedField
from app.drafting.draft import Drafter
from app.drafting.language import UnknownLanguageError, detect_language

PUBLISHED = date(2024, 12, 5)  # A Thursday.


def _draft(
    drafter: Drafter, language: str, text: str, published: date = PUBLISHED
) -> DraftDocument:
    return drafter.draft(text, published, Language(language))


def _told(event: DraftEvent) -> tuple[Any, ...]:
    people = {p.id or f"?{p.name}": p.role.value for p in event.participants}
    return event.type.value, event.status.value, event.date, event.place, people


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param(
            "en",
            "Kim Jong Un received Andrey Belousov in Pyongyang on Friday.",
            ("meeting", "occurred", "2024-11-29", "pyongyang", {"kim-jong-un": "host", "andrey-belousov": "guest"}),
            id="received, in English",
        ),
        pytest.param(
            "fr",
            "Andreï Belooussov a été reçu vendredi à Pyongyang par Kim Jong-un.",
            ("meeting", "occurred", "2024-11-29", "pyongyang", {"andrey-belousov": "guest", "kim-jong-un": "host"}),
            id="a passive, in French",
        ),
        pytest.param(
            "ru",
            "Андрея Белоусова принял 29 ноября Ким Чен Ын.",
            ("meeting", "occurred", "2024-11-29", None, {"andrey-belousov": "guest", "kim-jong-un": "host"}),
            id="the object first, in Russian",
        ),
        pytest.param(
            "ko",
            "김정은 국무위원장이 29일 평양에서 안드레이 벨로우소프 러시아 국방장관을 접견했다고 30일 보도했다.",
            ("meeting", "occurred", "2024-11-29", "pyongyang", {"kim-jong-un": "host", "andrey-belousov": "guest"}),
            id="the day of the report beside the day of the act, in Korean",
        ),
        pytest.param(
            "en",
            "Choe Son Hui will visit Moscow from December 10 to 12, the ministry said.",
            ("visit", "announced", "2024-12-10/2024-12-12", "moscow", {"choe-son-hui": "guest"}),
            id="an announced journey",
        ),
        pytest.param(
            "fr",
            "La visite de Sergueï Choïgou à Pyongyang, prévue le 13 décembre, a été annulée.",
            ("visit", "cancelled", "2024-12-13", "pyongyang", {"sergei-shoigu": "guest"}),
            id="a cancelled journey",
        ),
        pytest.param(
            "ru",
            "Владимир Путин направил Ким Чен Ыну телеграмму с соболезнованиями в среду.",
            ("letter", "occurred", "2024-12-04", None, {"vladimir-putin": "sender", "kim-jong-un": "recipient"}),
            id="a letter",
        ),
        pytest.param(
            "ru",
            "Ким Ён Чжэ посетил Кремль 3 декабря.",
            ("visit", "occurred", "2024-12-03", "kremlin", {"kim-yong-jae": "guest"}),
            id="the object of a visit is its place",
        ),
        pytest.param(
            "fr",
            "Le 12 octobre, Kim Jong-un et Vladimir Poutine ont échangé des lettres de félicitations.",
            ("letter", "occurred", "2024-10-12", None, {"kim-jong-un": "sender", "vladimir-putin": "sender"}),
            id="an exchange of letters",
        ),
        pytest.param(
            "en",
            "Sergey Lavrov awarded Choe Son Hui a medal in Moscow on Monday.",
            ("ceremony", "occurred", "2024-12-02", "moscow", {"sergey-lavrov": "sender", "choe-son-hui": "honouree"}),
            id="an award",
        ),
        pytest.param(
            "ko",
            "주체89(2000)년 7월 19일 김정일국방위원장이 평양에서 뿌찐대통령과 회담하였다.",
            ("meeting", "occurred", "2000-07-19", "pyongyang", {"kim-jong-il": "host", "vladimir-putin": "guest"}),
            id="titles without a space, and a year beside that of the Juche calendar",
        ),
    ],
)  # fmt: skip
def test_one_sentence_is_one_event(
    drafter: Drafter, language: str, text: str, expected: tuple[Any, ...]
) -> None:
    assert [_told(event) for event in _draft(drafter, language, text).events] == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("en", "Kim Jong Un did not meet Sergey Lavrov on Monday.", id="denied"),
        pytest.param("en", "Sergey Lavrov met Wang Yi in Moscow on Monday.", id="a third country"),
        pytest.param("en", "The coach, Kim Jong Gyu, met Sergey Lavrov on Monday.", id="a namesake"),
        pytest.param("fr", "Choe Son-hui rencontrera un jour Sergueï Lavrov.", id="without a date"),
        pytest.param("ru", "Если Ким Чен Ын примет Лаврова 9 декабря, это станет новостью.", id="only imagined"),
        pytest.param("ko", "김영재 공보과장은 4일 세르게이 라브로프 장관을 서울에서 만났다.", id="a namesake in Seoul"),
        pytest.param("en", "Trade grew by 5 percent in October.", id="no act"),
    ],
)  # fmt: skip
def test_no_event(drafter: Drafter, language: str, text: str) -> None:
    assert _draft(drafter, language, text).events == []


def test_unknown_people_are_listed_and_get_no_id(drafter: Drafter) -> None:
    text = "Choe Son Hui met Sergey Lavrov on Monday. Ivan Petrov attended the meeting. Jean Dupont watched."

    draft = _draft(drafter, "en", text)

    assert [name.name for name in draft.unknown] == ["Ivan Petrov", "Jean Dupont"]
    assert {p.name: p.id for p in draft.events[0].participants}["Ivan Petrov"] is None


def test_what_only_the_sentence_before_says_is_inferred(drafter: Drafter) -> None:
    text = "ПХЕНЬЯН, 5 декабря. Ким Чен Ын принял в среду Сергея Шойгу. Шойгу провел переговоры с Пак Чон Чхоном."

    events = _draft(drafter, "ru", text).events

    for event in events:
        for evidence in event.evidence:
            inferred = evidence.basis is EvidenceBasis.INFERRED
            assert inferred == (EvidencedField.PLACE in evidence.supports) or inferred
            assert inferred == (evidence.note is not None)


def test_a_second_draft_of_a_text_knows_the_source_of_the_first(drafter: Drafter) -> None:
    text = "Kim Jong Un received Andrey Belousov in Pyongyang on Friday."
    first = _draft(drafter, "en", text).source
    stored = {"id": first.id, "url": None, "archived_url": None, "published": first.published}
    sources = {**drafter.knowledge.sources, first.id: stored}

    again = _draft(Drafter(replace(drafter.knowledge, sources=sources)), "en", text).source

    assert not first.known
    assert (again.id, again.known) == (first.id, True)


def test_a_known_event_is_recognised_and_what_differs_is_told(drafter: Drafter) -> None:
    known = _draft(
        drafter, "en", "Kim Jong Un received Andrey Belousov in Pyongyang on Friday."
    ).events[0]
    other = _draft(
        drafter, "en", "Kim Jong Un received Andrey Belousov in Pyongyang on Saturday."
    ).events[0]

    assert known.comparison.verdict is DraftVerdict.KNOWN
    assert known.comparison.event == "2024-11-29-kim-jong-un-receives-belousov"
    assert known.comparison.adds == ["source"]
    assert other.comparison.verdict is DraftVerdict.DIFFERS
    assert other.comparison.event == known.comparison.event
    assert [d.field for d in other.comparison.differences] == [EvidencedField.DATE]


def test_a_letter_the_other_way_is_another_event(drafter: Drafter) -> None:
    text = "Владимир Путин направил Ким Чен Ыну послание 23 марта."

    event = _draft(drafter, "ru", text, date(2024, 3, 25)).events[0]

    assert event.comparison.verdict is DraftVerdict.NEW


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister met the ambassador of the country on Monday.", Language.EN),
        ("Le ministre a reçu l'ambassadeur de la République lundi à Moscou.", Language.FR),
        ("Sergey Lavrov met Choe Son Hui in Moscow a week ago.", Language.EN),
        ("THE MINISTER met the ambassador.", Language.EN),
        ("Sergueï Lavrov a rencontré Choe Son-hui à Moscou.", Language.FR),
        ("Choe Son-hui a été reçue lundi par Vladimir Poutine.", Language.FR),
        ("Министр принял посла.", Language.RU),
        ("외무상이 대사를 만났다.", Language.KO),
    ],
)
def test_the_language_is_detected(text: str, expected: Language) -> None:
    assert detect_language(text) is expected


@pytest.mark.parametrize(
    "text",
    [
        "Der Minister sprach",
        "Der Minister traf die Botschafterin in Moskau.",
        "De minister ontving de ambassadeur in Moskou.",
        "Il ministro ha incontrato l'ambasciatore a Mosca.",
        "El ministro se reunió con la embajadora en Moscú el lunes.",
        "外相会談",
        "Міністр і посол",
        "Lavrov",
        "123",
    ],
)
def test_an_unknown_language_asks_for_one_of_the_four(text: str) -> None:
    with pytest.raises(UnknownLanguageError, match="one of en, fr, ru, ko"):
        detect_language(text)


PIECES = (
    "Kim Jong Un", "Sergey Lavrov", "Choe Son Hui", "met", "received", "on Monday", "yesterday", "in Moscow",
    "will visit", "Pyongyang", "the treaty", "signed", ",", ".", "\n", "«", "\"", "Ким Чен Ын", "принял", "Лаврова",
    "в четверг", "김정은", "라브로프", "만났다", "4일", "Le ministre", "a reçu", "hier", "du 12 au 15 mai", "31 February",
    "(", ")", "--", "the minister", "he", "9일부터", "또는", "1960", "год", "with", "and",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
)
SLOW = settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@SLOW
@given(
    text=TEXTS,
    language=st.sampled_from(Language),
    published=st.dates(date(1900, 1, 1), date(2199, 12, 31)),
)
def test_any_text_is_drafted_with_true_digests_and_ids_of_the_data(
    drafter: Drafter, text: str, language: Language, published: date
) -> None:
    draft = drafter.draft(text, published, language)

    knowledge = drafter.knowledge
    for event in draft.events:
        assert {p.id for p in event.participants} <= {None, *knowledge.participants}
        assert {p.office for p in event.participants} <= {None, *knowledge.offices}
        assert event.place is None or event.place in knowledge.places
        assert event.treaty is None or event.treaty in knowledge.treaties
        for evidence in event.evidence:
            span = text[evidence.selector.start : evidence.selector.end]
            assert span == evidence.quote
            assert sha256(span.encode("utf-8", "surrogatepass")).hexdigest() == evidence.digest
        supported = {field for evidence in event.evidence for field in evidence.supports}
        assert {EvidencedField.TYPE, EvidencedField.DATE} <= supported


RELATIVE = (
    ("en", "Kim Jong Un received Sergey Lavrov {}.", (
        "on Monday", "yesterday", "today", "on Sunday", "a week ago", "two days ago", "three weeks earlier",
        "at the weekend", "last weekend", "last week", "in recent days", "a few days ago", "on Monday of last week",
    )),
    ("en", "Kim Jong Un will meet Sergey Lavrov {}.", ("in the coming days", "next weekend", "next week", "in two weeks")),
    ("fr", "Kim Jong-un a reçu Sergueï Lavrov {}.", (
        "lundi", "hier", "dimanche", "il y a une semaine", "il y a deux jours", "le week-end dernier", "ce week-end",
        "la semaine passée", "ces derniers jours", "trois semaines plus tôt",
    )),
    ("fr", "Kim Jong-un recevra Sergueï Lavrov {}.", ("dans les prochains jours", "le week-end prochain", "dans trois jours")),
    ("ru", "Ким Чен Ын принял Сергея Лаврова {}.", (
        "в понедельник", "вчера", "в воскресенье", "неделю назад", "два дня назад", "в минувшие выходные", "на выходных",
        "на прошлой неделе", "несколько дней назад", "тремя неделями ранее", "на днях",
    )),
    ("ru", "Ким Чен Ын примет Сергея Лаврова {}.", ("в ближайшие дни", "в следующие выходные", "через неделю", "на днях")),
    ("ko", "김정은 위원장이 {} 세르게이 라브로프 장관을 접견했다.", (
        "월요일", "어제", "일요일", "일주일 전", "이틀 전", "지난 주말", "지난주", "며칠 전", "3주 전",
    )),
    ("ko", "김정은 위원장이 {} 세르게이 라브로프 장관을 만날 예정이다.", ("며칠 안에", "다음 주말", "이번 주말", "일주일 뒤")),
)  # fmt: skip

EXACT = (
    "on Monday", "yesterday", "today", "on Sunday", "two days ago", "on Monday of last week", "lundi", "hier", "dimanche",
    "il y a deux jours", "dans trois jours", "в понедельник", "вчера", "в воскресенье", "два дня назад", "월요일", "어제",
    "일요일", "이틀 전",
)  # fmt: skip


@SLOW
@given(data=st.data(), published=st.dates(date(2015, 1, 1), date(2035, 12, 31)))
def test_a_week_later_every_relative_date_is_a_week_later(
    drafter: Drafter, data: st.DataObject, published: date
) -> None:
    language, text, phrases = data.draw(st.sampled_from(RELATIVE))
    words = data.draw(st.sampled_from(phrases))
    text = text.format(words)

    first, later = (
        drafter.draft(text, published + timedelta(days), Language(language)) for days in (0, 7)
    )

    (before,) = (parse_edtf(event.date) for event in first.events)
    (after,) = (parse_edtf(event.date) for event in later.events)
    week = timedelta(7)
    assert after.start_earliest == before.start_earliest + week
    assert after.end_latest == before.end_latest + week
    # Nothing but a day is given as a day.
    assert (before.start_earliest == before.end_latest) == (words in EXACT)


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        pytest.param(
            "en",
            "Kim Jong Un met Vladimir Putin at the Vostochny Cosmodrome on 3 December.",
            "vostochny-cosmodrome",
            id="two words that look like a name",
        ),
        pytest.param(
            "ko",
            "김정은 위원장은 3일 두만강역에서 푸틴 대통령을 만났다.",
            "tumangang",
            id="a longer name than the one of the river",
        ),
    ],
)
def test_a_place_is_nobody_and_the_longer_name_counts(
    drafter: Drafter, language: str, text: str, place: str
) -> None:
    draft = _draft(drafter, language, text)

    (event,) = draft.events
    assert event.place == place
    assert {p.id for p in event.participants} == {"kim-jong-un", "vladimir-putin"}
    assert not draft.unknown


def test_a_past_act_later_than_the_text_is_left_out_with_the_reason(drafter: Drafter) -> None:
    text = "Andrey Belousov visited Pyongyang on 29 November 2025."

    draft = _draft(drafter, "en", text)

    (left_out,) = draft.left_out
    assert (draft.events, left_out.quote) == ([], "visited")
    assert "2025-11-29, is after the day" in left_out.reason


@pytest.mark.parametrize(
    ("text", "people"),
    [
        pytest.param(
            "김정은동지께서 12월 3일 로씨야련방 대통령 울라지미르 울라지미로비치 뿌찐동지와 회담하시였다.",
            {"kim-jong-un", "vladimir-putin"},
            id="a patronymic",
        ),
        pytest.param(
            "김일성 수상은 1949년 3월 5일 모스크바에서 스탈린 수상과 회담하였다.",
            {"kim-il-sung", "joseph-stalin"},
            id="premiers of before 1972",
        ),
    ],
)
def test_people_with_a_patronymic_or_an_old_title_in_korean(
    drafter: Drafter, text: str, people: set[str]
) -> None:
    draft = _draft(drafter, "ko", text)

    (event,) = draft.events
    assert {p.id for p in event.participants} == people
    assert not draft.unknown


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sergei Shoigu arrived in Pyongyang on 2 December, where Kim Jong Un received him."),
        ("ru", "Сергей Шойгу прибыл 2 декабря в Пхеньян, где его принял Ким Чен Ын."),
    ],
)
def test_the_pronoun_beside_a_verb_is_the_guest(drafter: Drafter, language: str, text: str) -> None:
    (_, meeting) = _draft(drafter, language, text).events

    roles = {p.id: p.role.value for p in meeting.participants}
    assert roles == {"sergei-shoigu": "guest", "kim-jong-un": "host"}


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "Vladimir Putin met Kim Jong Un on 3 December, the Kremlin said.", None),
        ("en", "According to the Kremlin, on 3 December Vladimir Putin met Kim Jong Un.", None),
        ("en", "As TASS reported, on 3 December Vladimir Putin met Kim Jong Un.", None),
        ("ru", "Владимир Путин встретился с Ким Чен Ыном 3 декабря, сообщили в Кремле.", None),
        ("ru", "Владимир Путин встретился с Ким Чен Ыном 3 декабря, сообщил МИД России.", None),
        ("ru", "Как сообщили в Кремле, 3 декабря Владимир Путин встретился с Ким Чен Ыном.", None),
        ("ko", "푸틴 대통령이 3일 김정은 위원장과 회담했다고 크렘린궁이 밝혔다.", None),
        (
            "en",
            "Vladimir Putin met Kim Jong Un in the Kremlin on 3 December, TASS said.",
            "kremlin",
        ),
        ("ru", "Владимир Путин встретился с Ким Чен Ыном 3 декабря в Кремле.", "kremlin"),
        ("ko", "푸틴 대통령이 3일 크렘린궁에서 김정은 위원장과 회담했다고 밝혔다.", "kremlin"),
    ],
)
def test_who_reports_an_act_is_neither_its_place_nor_takes_part(
    drafter: Drafter, language: str, text: str, place: str | None
) -> None:
    (event,) = _draft(drafter, language, text).events

    assert (event.date, event.place) == ("2024-12-03", place)
    assert {p.id for p in event.participants} == {"vladimir-putin", "kim-jong-un"}


def test_in_korean_who_announces_comes_after_the_words_that_are_told(drafter: Drafter) -> None:
    text = "최선희 외무상이 오는 20일 모스크바를 방문한다고 러시아 외무부가 4일 발표했다."

    assert [_told(event) for event in _draft(drafter, "ko", text).events] == [
        ("visit", "announced", "2024-12-20", "moscow", {"choe-son-hui": "guest"}),
        ("statement", "occurred", "2024-12-04", None, {"russian-foreign-ministry": "speaker"}),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kim Jong Un and Choe Son Hui flew home. On 3 December Kim met Vladimir Putin in Moscow.",
        "Kim Jong Un flew home. The visit came after Kim and Vladimir Putin met in Moscow on 3 December.",
    ],
)
def test_a_korean_named_before_is_known_by_the_family_name(drafter: Drafter, text: str) -> None:
    assert [_told(event) for event in _draft(drafter, "en", text).events] == [
        (
            "meeting",
            "occurred",
            "2024-12-03",
            "moscow",
            {"kim-jong-un": "guest", "vladimir-putin": "host"},
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kim Jong Un and Kim Yo Jong flew home. On 3 December Kim met Vladimir Putin in Moscow.",
        "Kim met Vladimir Putin in Moscow on 3 December.",
    ],
)
def test_a_family_name_of_two_or_of_nobody_is_nobody(drafter: Drafter, text: str) -> None:
    assert not _draft(drafter, "en", text).events


def test_a_parliament_does_not_ratify_at_the_place_of_the_dateline(drafter: Drafter) -> None:
    text = (
        "ПХЕНЬЯН, 4 декабря. /ТАСС/. Госдума ратифицировала договор о всеобъемлющем "
        "стратегическом партнёрстве между Россией и КНДР 24 октября."
    )

    (event,) = _draft(drafter, "ru", text).events

    assert (event.date, event.place) == ("2024-10-24", None)


def test_a_strategic_dialogue_is_consultations(drafter: Drafter) -> None:
    text = "On December 3, Sergei Lavrov and Choe Son Hui held a strategic dialogue in Moscow."

    (event,) = _draft(drafter, "en", text).events

    assert (event.subtype.value, event.place) == ("consultations", "moscow")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        pytest.param(
            "김정은동지께서 12월 3일 안드레이 벨로우쏘브동지를 접견하시였다. 석상에는 국방상 로광철동지와 "
            "로씨야대사 알렉싼드르 마쩨고라동지가 참가하였다.",
            {"kim-jong-un", "andrey-belousov", "no-kwang-chol", "alexander-matsegora"},
            id="present there",
        ),
        pytest.param(
            "김정은동지께서 로씨야련방 대통령 뿌찐각하에게 12월 3일 축전을 보내시였다.",
            {"kim-jong-un", "vladimir-putin"},
            id="His Excellency",
        ),
    ],
)
def test_words_of_papers_of_the_dprk(drafter: Drafter, text: str, people: set[str]) -> None:
    (event,) = _draft(drafter, "ko", text).events

    assert {p.id for p in event.participants} == people


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Vladimir Putin met Kim Jong Un on 3 December, Kremlin spokesman Dmitry Peskov said.",
        ),
        (
            "en",
            "Kremlin spokesman Dmitry Peskov said Vladimir Putin met Kim Jong Un on 3 December.",
        ),
        ("en", "Vladimir Putin met Kim Jong Un on 3 December, said Dmitry Peskov."),
        ("ru", "Владимир Путин встретился с Ким Чен Ыном 3 декабря, сообщил Дмитрий Песков."),
        ("ru", "Путин встретился с Ким Чен Ыном 3 декабря, заявила официальный представитель МИД Мария Захарова."),
        ("ru", "По словам Дмитрия Пескова, Владимир Путин встретился с Ким Чен Ыном 3 декабря."),
    ],
)  # fmt: skip
def test_a_spokesman_who_tells_of_an_act_takes_no_part(
    drafter: Drafter, language: str, text: str
) -> None:
    (event,) = _draft(drafter, language, text).events

    assert event.date == "2024-12-03"
    assert {p.id for p in event.participants} == {"vladimir-putin", "kim-jong-un"}


def test_who_tells_of_an_own_act_takes_part(drafter: Drafter) -> None:
    text = "Sergei Lavrov said he met Choe Son Hui on 3 December."

    (event,) = _draft(drafter, "en", text).events

    assert {p.id for p in event.participants} == {"sergey-lavrov", "choe-son-hui"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sergei Lavrov met Kim Jong Un's sister, Kim Yo Jong, on 3 December."),
        ("en", "Kim Yo Jong, the sister of Kim Jong Un, met Sergei Lavrov on 3 December."),
        ("ru", "Сестра Ким Чен Ына Ким Ё Чжон встретилась с Лавровым 3 декабря."),
    ],
)
def test_a_sister_takes_part_and_not_her_brother(
    drafter: Drafter, language: str, text: str
) -> None:
    (event,) = _draft(drafter, language, text).events

    assert {p.id for p in event.participants} == {"sergey-lavrov", "kim-yo-jong"}


def test_a_journey_that_would_follow_is_not_on_the_day_of_the_words(drafter: Drafter) -> None:
    text = "Kim Jong Un told Vladimir Putin by phone on Monday that he would visit Moscow."

    assert [event.type.value for event in _draft(drafter, "en", text).events] == ["call"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Vladimir Putin met Kim Jong Un in Moscow on Tuesday, Maria Zakharova told reporters."),
        ("ko", "자하로바 외무부 대변인은 푸틴 대통령이 3일 모스크바에서 김정은 위원장을 만났다고 밝혔다."),
    ],
)  # fmt: skip
def test_a_statement_about_an_act_does_not_take_its_day(
    drafter: Drafter, language: str, text: str
) -> None:
    draft = _draft(drafter, language, text)

    assert [(event.type.value, event.date) for event in draft.events] == [("meeting", "2024-12-03")]
    assert len(draft.left_out) == 1


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("조선로동당 국제부 부장 김성남동지가 3일 모스크바를 방문하였다.", "kim-song-nam"),
        ("러시아 국가두마 의장 볼로딘이 3일 평양을 방문했다.", "vyacheslav-volodin"),
    ],
)
def test_a_title_before_a_name_in_korean(drafter: Drafter, text: str, person: str) -> None:
    draft = _draft(drafter, "ko", text)

    (event,) = draft.events
    assert [p.id for p in event.participants] == [person]
    assert not draft.unknown


def test_a_day_that_opens_the_words_of_a_statement_is_its_day(drafter: Drafter) -> None:
    text = (
        "Le 2 décembre, lors d'un point de presse, Maria Zakharova a fait savoir que Sergueï Lavrov "
        "se rendra à Pyongyang le 12 décembre."
    )

    events = _draft(drafter, "fr", text).events

    assert ("statement", "2024-12-02") in [(event.type.value, event.date) for event in events]
