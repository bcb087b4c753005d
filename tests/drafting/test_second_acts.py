"""Clauses with two acts: each gets its own people, date and place, and both have one subject."""

from datetime import date
from typing import Any

import pytest

from app.documents.draft import DraftEvent
from app.domain.languages import Language
from app.drafting.draft import Drafter

PUBLISHED = date(2024, 12, 5)
TALKS = ("meeting", "2024-12-02", None, {"sergey-lavrov": "host", "choe-son-hui": "guest"})
SIGNED = ("treaty", "2024-12-02", None, {"sergey-lavrov": "signatory", "choe-son-hui": "signatory"})
LETTER = ("letter", "2024-12-02", None, {
    "sergey-lavrov": "envoy", "choe-son-hui": "recipient", "vladimir-putin": "sender",
})  # fmt: skip
DINNER = ("ceremony", "2024-12-02", None, {"sergey-lavrov": "host", "choe-son-hui": "guest"})
ARRIVAL = ("visit", "2024-12-03", "pyongyang", {"sergei-shoigu": "guest"})
AUDIENCE = ("meeting", "2024-12-03", "pyongyang", {"sergei-shoigu": "guest", "kim-jong-un": "host"})
WREATH = ("ceremony", "2024-12-03", "liberation-monument-pyongyang", {"sergei-shoigu": "guest"})


def _told(event: DraftEvent) -> tuple[Any, ...]:
    people = {p.id or f"?{p.name}": p.role.value for p in event.participants}
    return event.type.value, event.date, event.place, people


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Lavrov met Choe Son Hui on Monday and signed a protocol.", [TALKS, SIGNED]),
        ("fr", "Sergueï Lavrov a rencontré Choe Son-hui lundi et signé un protocole.", [TALKS, SIGNED]),
        ("ru", "Лавров встретился с Цой Сон Хи и подписал протокол 2 декабря.", [TALKS, SIGNED]),
        ("ko", "라브로프 장관은 2일 최선희 북한 외무상과 회담하고 의정서에 서명했다.", [TALKS, SIGNED]),
        ("en", "Lavrov received Choe Son Hui and handed her a letter from Putin on Monday.", [TALKS, LETTER]),
        ("fr", "Sergueï Lavrov a reçu Choe Son-hui et lui a remis une lettre de Vladimir Poutine lundi.", [TALKS, LETTER]),
        ("ru", "Лавров принял Цой Сон Хи и вручил ей письмо Владимира Путина в понедельник.", [TALKS, LETTER]),
        ("ko", "라브로프 장관은 2일 최선희 북한 외무상을 만나 푸틴 대통령의 친서를 전달했다.", [TALKS, LETTER]),
        ("en", "Lavrov met Choe Son Hui on Monday and gave a dinner in her honour.", [TALKS, DINNER]),
        ("ru", "Лавров встретился с Цой Сон Хи в понедельник и дал обед в ее честь.", [TALKS, DINNER]),
        ("en", "Shoigu arrived in Pyongyang on Tuesday, met Kim Jong Un and laid flowers at the Liberation Tower.",
         [ARRIVAL, AUDIENCE, WREATH]),
        ("fr", "Choïgou est arrivé mardi à Pyongyang, où il a rencontré Kim Jong-un et déposé une gerbe à la tour de la Libération.",
         [ARRIVAL, AUDIENCE, WREATH]),
        ("ru", "Шойгу во вторник прибыл в Пхеньян, где встретился с Ким Чен Ыном и возложил венок к монументу Освобождения.",
         [ARRIVAL, AUDIENCE, WREATH]),
        ("ko", "쇼이구 서기는 3일 평양에 도착해 김정은 국무위원장을 만나고 해방탑에 헌화했다.", [ARRIVAL, AUDIENCE, WREATH]),
        ("ko", "라브로프 장관과 최선희 외무상은 2일 전화 통화를 하고 다음 달 모스크바에서 만나기로 했다.", [
            ("call", "2024-12-02", None, {"sergey-lavrov": "speaker", "choe-son-hui": "speaker"}),
            ("meeting", "2025-01", "moscow", {"sergey-lavrov": "host", "choe-son-hui": "guest"}),
        ]),
        ("ko", "지난달 최선희 외무상을 만난 라브로프 장관이 내년 봄 평양을 방문한다.", [
            ("meeting", "2024-11", None, {"choe-son-hui": "guest", "sergey-lavrov": "host"}),
            ("visit", "2025-21", "pyongyang", {"sergey-lavrov": "guest"}),
        ]),
        ("en", "Kim Jong Un sent Putin a congratulatory message on Dec. 3 and received a reply the next day.", [
            ("letter", "2024-12-03", None, {"kim-jong-un": "sender", "vladimir-putin": "recipient"}),
            ("letter", "2024-12-04", None, {"kim-jong-un": "recipient", "vladimir-putin": "sender"}),
        ]),
        ("en", "Lavrov met Choe Son Hui on Monday and visited Pyongyang on Wednesday.",
         [TALKS, ("visit", "2024-12-04", "pyongyang", {"sergey-lavrov": "guest"})]),
    ],
)  # fmt: skip
def test_both_acts_are_events(
    drafter: Drafter, language: str, text: str, expected: list[tuple[Any, ...]]
) -> None:
    events = drafter.draft(text, PUBLISHED, Language(language)).events

    assert [_told(event) for event in events] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lavrov met Choe Son Hui on Monday and signed the guest book."),
        ("en", "Lavrov met Choe Son Hui on Monday and signed an autograph."),
        ("fr", "Sergueï Lavrov a rencontré Choe Son-hui lundi et signé le livre d'or."),
        ("ru", "Лавров встретился с Цой Сон Хи 2 декабря и подписал указ."),
        ("ko", "라브로프 장관은 2일 최선희 북한 외무상을 만나고 방명록에 서명했다."),
    ],
)
def test_what_is_no_instrument_is_signed_by_one_side(
    drafter: Drafter, language: str, text: str
) -> None:
    events = drafter.draft(text, PUBLISHED, Language(language)).events

    assert [_told(event) for event in events] == [TALKS]


def test_whom_the_act_before_names_is_inferred(drafter: Drafter) -> None:
    text = "Lavrov met Choe Son Hui on Monday and signed a protocol."

    treaty = drafter.draft(text, PUBLISHED, Language.EN).events[1]

    notes = {e.quote: e.note for e in treaty.evidence if "participants" in e.supports}
    assert notes["Lavrov"] != notes["Choe Son Hui"]
    assert notes["Choe Son Hui"] == "the act before it in the sentence names this participant"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a plan of consultations", None),
        ("an agreement between the governments of Russia and the DPRK", None),
        ("the treaty on comprehensive strategic partnership", "strategic-partnership-treaty-2024"),
    ],
)
def test_the_title_of_a_signatory_is_no_name_of_an_instrument(
    drafter: Drafter, words: str, expected: str | None
) -> None:
    text = f"Russian Foreign Minister Sergey Lavrov met Choe Son Hui on Monday and signed {words}."

    treaty = drafter.draft(text, PUBLISHED, Language.EN).events[1]

    assert (treaty.type.value, treaty.treaty) == ("treaty", expected)
