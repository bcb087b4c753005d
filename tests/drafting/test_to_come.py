"""Acts that are still to come are announced, and on the next such day, with any verb."""

from datetime import date
from itertools import product

import pytest

from app.domain.languages import Language
from app.drafting.draft import Drafter

# A Sunday. The next Monday is the 4th.
PUBLISHED = date(2024, 11, 3)

ENGLISH = [
    "arrive in Pyongyang",
    "award Kim Jong Un a medal",
    "call on Choe Son Hui in Pyongyang",
    "congratulate Kim Jong Un",
    "consult with Choe Son Hui",
    "discuss the treaty with Choe Son Hui",
    "fly to Pyongyang",
    "hand Choe Son Hui a letter",
    "have talks with Choe Son Hui",
    "hold talks with Choe Son Hui",
    "host Choe Son Hui",
    "invite Kim Jong Un to visit Moscow",
    "lay a wreath in Pyongyang",
    "leave for Pyongyang",
    "meet Choe Son Hui",
    "phone Choe Son Hui",
    "receive Choe Son Hui",
    "send a message of greetings to Kim Jong Un",
    "visit Pyongyang",
    "welcome Choe Son Hui at the airport",
    "write to Kim Jong Un",
]
FRENCH = [
    "accueillera Choe Son-hui",
    "arrivera à Pyongyang",
    "aura un entretien avec Choe Son-hui",
    "décorera Choe Son-hui",
    "déposera une gerbe à Pyongyang",
    "discutera du traité avec Choe Son-hui",
    "doit recevoir Choe Son-hui",
    "enverra un message à Choe Son-hui",
    "félicitera Choe Son-hui",
    "partira pour Pyongyang",
    "recevra Choe Son-hui",
    "remettra une lettre à Choe Son-hui",
    "rencontrera Choe Son-hui",
    "s'entretiendra avec Choe Son-hui",
    "se rendra à Pyongyang",
    "téléphonera à Choe Son-hui",
    "va recevoir Choe Son-hui",
]
RUSSIAN = [
    "встретит Цой Сон Хи",
    "встретится с Цой Сон Хи",
    "возложит цветы в Пхеньяне",
    "вручит Цой Сон Хи орден",
    "вылетит в Пхеньян",
    "направит Цой Сон Хи послание",
    "обсудит договор с Цой Сон Хи",
    "отправит Цой Сон Хи послание",
    "передаст Цой Сон Хи послание",
    "поговорит с Цой Сон Хи по телефону",
    "поздравит Цой Сон Хи",
    "посетит Пхеньян",
    "прибудет в Пхеньян",
    "примет Цой Сон Хи",
    "проведёт переговоры с Цой Сон Хи",
]
KOREAN = [
    "최선희 외무상과 면담",
    "최선희 외무상과 상봉",
    "최선희 외무상과 통화",
    "최선희 외무상과 협의",
    "최선희 외무상과 회담",
    "최선희 외무상과 회동",
    "최선희 외무상에게 친서를 전달",
    "최선희 외무상에게 훈장을 수여",
    "최선희 외무상을 영접",
    "최선희 외무상을 예방",
    "최선희 외무상을 접견",
    "최선희 외무상을 초청",
    "평양에 도착",
    "평양에서 헌화",
    "평양을 방문",
]
SENTENCES = [
    *(
        ("en", f"Sergey Lavrov {will} {act} on Monday.")
        for will, act in product(["will", "is to", "is expected to", "plans to"], ENGLISH)
    ),
    *(("fr", f"Sergueï Lavrov {act} lundi.") for act in FRENCH),
    *(("ru", f"Сергей Лавров в понедельник {act}.") for act in RUSSIAN),
    *(
        ("ko", f"라브로프 외무장관이 4일 {act}{ending}.")
        for act, ending in product(KOREAN, ["한다", "한다고 밝혔다", "할 예정이다", "하기로 했다"])
    ),
]


@pytest.mark.parametrize(("language", "text"), SENTENCES)
def test_an_act_to_come_is_announced(drafter: Drafter, language: str, text: str) -> None:
    events = drafter.draft(text, PUBLISHED, Language(language)).events

    assert [(event.status.value, event.date) for event in events] == [("announced", "2024-11-04")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Vladimir Putin refused to receive Choe Son Hui on Monday."),
        ("en", "Vladimir Putin will not receive Choe Son Hui on Monday."),
        ("en", "Sergey Lavrov was ready to hand Choe Son Hui a letter on Monday."),
        ("fr", "Vladimir Poutine a refusé de recevoir Choe Son-hui lundi."),
        ("ru", "Владимир Путин не примет Цой Сон Хи в понедельник."),
        ("ko", "라브로프 외무장관은 4일 평양을 방문하지 않는다."),
    ],
)
def test_an_infinitive_and_a_denied_future_are_no_event(
    drafter: Drafter, language: str, text: str
) -> None:
    assert drafter.draft(text, PUBLISHED, Language(language)).events == []
