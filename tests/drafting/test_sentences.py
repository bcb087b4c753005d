"""Events of single sentences of agency copy, whose dates, moods and names are easily misread."""

from datetime import date
from typing import Any

import pytest

from app.documents.draft import DraftDocument, DraftEvent
from app.domain.languages import Language
from app.drafting.draft import Drafter


def _draft(drafter: Drafter, language: str, text: str, published: str) -> DraftDocument:
    return drafter.draft(text, date.fromisoformat(published), Language(language))


def _told(event: DraftEvent) -> tuple[Any, ...]:
    people = {p.id or f"?{p.name}": p.role.value for p in event.participants}
    return event.type.value, event.status.value, event.date, people


HEADS = [
    ("en", "MOSCOW, December 3 (TASS) -- Sergey Lavrov met Choe Son Hui {}.", "on Monday", "2024-12-02"),
    ("fr", "PYONGYANG, 3 décembre — Choe Son-hui a reçu Sergueï Lavrov {}.", "hier", "2024-12-02"),
    ("ru", "МОСКВА, 3 декабря. /ТАСС/. Сергей Лавров принял Цой Сон Хи {}.", "вчера", "2024-12-02"),
    ("ko", "(모스크바 12월 3일발 조선중앙통신) 최선희 외무상이 {} 세르게이 라브로프 외무상을 만났다.", "2일", "2024-12-02"),
]  # fmt: skip


@pytest.mark.parametrize("days", [0, 1, 3])
@pytest.mark.parametrize(("language", "text", "when", "expected"), HEADS)
def test_relative_dates_refer_to_the_day_at_the_head(
    drafter: Drafter, days: int, language: str, text: str, when: str, expected: str
) -> None:
    draft = _draft(drafter, language, text.format(when), f"2024-12-{3 + days:02}")

    assert [event.date for event in draft.events] == [expected]


@pytest.mark.parametrize("days", [0, 1, 3])
@pytest.mark.parametrize(("language", "text", "when", "expected"), HEADS)
def test_the_day_at_the_head_is_not_the_day_of_the_act(
    drafter: Drafter, days: int, language: str, text: str, when: str, expected: str
) -> None:
    draft = _draft(drafter, language, text.format(""), f"2024-12-{3 + days:02}")

    assert draft.events == []
    assert len(draft.left_out) == 1


@pytest.mark.parametrize(
    ("language", "text", "published", "expected"),
    [
        ("en", "The visit of Choe Son Hui to Moscow on Nov. 12 was cancelled.", "2024-11-20", ("cancelled", "2024-11-12")),
        ("en", "The visit of Choe Son Hui to Moscow on Jan. 12 was cancelled.", "2024-11-20", ("cancelled", "2025-01-12")),
        ("en", "Rumours say that Sergey Lavrov visited Pyongyang on Monday.", "2024-11-20", ("reported", "2024-11-18")),
        ("en", "Sergey Lavrov visited Pyongyang on November 23.", "2024-11-20", ("occurred", "2023-11-23")),
        ("fr", "La visite de Choe Son-hui à Moscou, le 12 février prochain, est confirmée.", "2024-11-20", ("announced", "2025-02-12")),
        ("fr", "Choe Son-hui se rendra à Moscou en avril prochain, a annoncé le ministère mardi.", "2024-11-20", ("announced", "2025-04")),
        ("ru", "По неподтвержденным данным, Лавров прибыл в Пхеньян 18 ноября.", "2024-11-20", ("reported", "2024-11-18")),
        ("ru", "Цой Сон Хи намерена посетить Москву в мае.", "2024-11-20", ("announced", "2025-05")),
        ("ru", "По слухам, Сергей Лавров посетил Пхеньян 12 ноября.", "2024-11-20", ("reported", "2024-11-12")),
        ("ru", "По слухам, Сергей Лавров посетит Пхеньян 12 декабря.", "2024-11-20", ("reported", "2024-12-12")),
    ],
)  # fmt: skip
def test_the_year_and_the_status_of_a_journey(
    drafter: Drafter, language: str, text: str, published: str, expected: tuple[str, str]
) -> None:
    events = _draft(drafter, language, text, published).events

    assert [(e.type.value, e.status.value, e.date) for e in events] == [("visit", *expected)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Choe Son Hui wants to visit Moscow in December."),
        ("en", "The report that Choe Son Hui visited Moscow on Monday was false."),
        ("en", "Had Choe Son Hui visited Moscow on Monday, the ministry would have said so."),
        ("en", "Choe Son Hui visited Moscow on November 23, 2024."),
        ("fr", "Choe Son-hui souhaite se rendre à Moscou en décembre."),
        ("fr", "Il est faux que Choe Son-hui ait visité Moscou lundi."),
        ("ru", "Цой Сон Хи хочет посетить Москву в декабре."),
        ("ru", "Неправда, что Цой Сон Хи посетила Москву в понедельник."),
        ("ko", "최선희 외무상이 18일 모스크바를 방문했다는 보도는 사실이 아니다."),
    ],
)
def test_a_wish_a_denial_and_a_contradiction_are_no_event(
    drafter: Drafter, language: str, text: str
) -> None:
    assert _draft(drafter, language, text, "2024-11-20").events == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Yesterday Lavrov received Choe Son Hui in Moscow.", "sergey-lavrov"),
        ("fr", "Avant-hier, Alexandre Kozlov a visité Pyongyang.", "alexander-kozlov"),
        ("ru", "Сегодня Лавров принял Цой Сон Хи.", "sergey-lavrov"),
        ("ru", "Поездка Лаврова в Пхеньян завершилась 12 ноября.", "sergey-lavrov"),
    ],
)
def test_the_first_word_of_a_sentence_is_no_given_name(
    drafter: Drafter, language: str, text: str, expected: str
) -> None:
    draft = _draft(drafter, language, text, "2024-11-20")

    assert draft.unknown == []
    assert [expected in {p.id for p in event.participants} for event in draft.events] == [True]


LAVROV_HOSTS = {"sergey-lavrov": "host", "choe-son-hui": "guest"}
CHOE_HOSTS = {"sergey-lavrov": "guest", "choe-son-hui": "host"}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Lavrov will meet Choe Son Hui on Friday.", ("announced", "2024-11-22", LAVROV_HOSTS)),
        ("en", "Choe Son Hui was greeted at the station by Sergey Lavrov on Monday.", ("occurred", "2024-11-18", LAVROV_HOSTS)),
        ("en", "Lavrov met Choe Son Hui two days ago.", ("occurred", "2024-11-18", LAVROV_HOSTS)),
        ("en", "Lavrov met Choe Son Hui in the summer of 2024.", ("occurred", "2024-22", LAVROV_HOSTS)),
        ("fr", "Choe Son-hui a été accueillie lundi par Sergueï Lavrov.", ("occurred", "2024-11-18", LAVROV_HOSTS)),
        ("ru", "Лавров послезавтра примет Цой Сон Хи.", ("announced", "2024-11-22", LAVROV_HOSTS)),
        ("ru", "Цой Сон Хи завтра встретится с Лавровым в Москве.", ("announced", "2024-11-21", LAVROV_HOSTS)),
        ("ru", "Лавров во вторник был встречен Цой Сон Хи в Пхеньяне.", ("occurred", "2024-11-19", CHOE_HOSTS)),
        ("ko", "라브로프 장관이 18일 최선희 외무상을 접견했다.", ("occurred", "2024-11-18", LAVROV_HOSTS)),
        ("ko", "쎄르게이 라브로브외무상이 18일 최선희 외무상을 접견하였다.", ("occurred", "2024-11-18", LAVROV_HOSTS)),
        ("ko", "최선희동지께서 쎄르게이 라브로브동지를 18일 접견하시였다.", ("occurred", "2024-11-18", CHOE_HOSTS)),
    ],
)  # fmt: skip
def test_who_meets_whom(
    drafter: Drafter, language: str, text: str, expected: tuple[str, str, dict[str, str]]
) -> None:
    events = _draft(drafter, language, text, "2024-11-20").events

    assert [_told(event) for event in events] == [("meeting", *expected)]


def test_a_day_that_does_not_exist_is_not_made_coarser(drafter: Drafter) -> None:
    draft = _draft(
        drafter, "en", "Lavrov met Choe Son Hui on the 31st of November 2024.", "2024-12-05"
    )

    assert draft.events == []
    assert [left.reason for left in draft.left_out] == [
        "the text gives no date for this act that the rules understand"
    ]


def test_the_most_similar_event_is_known(drafter: Drafter) -> None:
    text = "Vladimir Putin visited Pyongyang on 18 and 19 June 2024."

    (event,) = _draft(drafter, "en", text, "2024-11-20").events

    assert event.comparison.event == "2024-06-18-putin-state-visit-dprk"


def test_one_shared_participant_without_a_place_is_no_known_event(drafter: Drafter) -> None:
    text = "Vladimir Putin received Ri Chol Guk on November 4."

    events = _draft(drafter, "en", text, "2024-11-06").events

    assert [event.comparison.event for event in events] == [None]


def test_a_talk_of_an_attendee_is_another_meeting(drafter: Drafter) -> None:
    text = "Sergey Lavrov met Choe Son Hui on November 4."

    (event,) = _draft(drafter, "en", text, "2024-11-06").events

    assert event.comparison.event != "2024-11-04-putin-receives-choe-son-hui"


def test_the_beginning_of_a_longer_name_is_nobody_of_the_data(drafter: Drafter) -> None:
    text = "Sergey Lavrov met Ri Chol Su of the DPRK in Moscow on Monday."

    (event,) = _draft(drafter, "en", text, "2024-11-06").events

    assert {p.name: p.id for p in event.participants}["Ri Chol Su"] is None


def test_who_flies_home_does_not_fly_to_the_place_of_the_dateline(drafter: Drafter) -> None:
    text = "PYONGYANG, November 19 (TASS) -- Alexander Kozlov flew home on Monday."

    (event,) = _draft(drafter, "en", text, "2024-11-20").events

    assert event.place is None
