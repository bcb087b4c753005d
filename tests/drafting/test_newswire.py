"""Sentences in the manner of a newswire: passives, inversions, titles, patronymics, letters, plans, denials."""

from datetime import date
from typing import Any

import pytest

from app.documents.draft import DraftEvent
from app.domain.languages import Language
from app.drafting.draft import Drafter

# A Thursday.
PUBLISHED = date(2024, 12, 5)


def _days(*days: str) -> str:
    return "[" + ",".join(f"2024-{day}" for day in days) + "]"


NEXT_WEEK = _days("12-09", "12-10", "12-11", "12-12", "12-13", "12-14", "12-15")
WEEK_AGO = _days("11-25", "11-26", "11-27", "11-28", "11-29", "11-30", "12-01")
COMING_DAYS = _days("12-06", "12-07", "12-08", "12-09", "12-10", "12-11", "12-12")


def _told(event: DraftEvent) -> tuple[Any, ...]:
    people = {p.id or p.name: p.role.value for p in event.participants}
    return event.type.value, event.status.value, event.date, event.place, people


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "On Tuesday, in Pyongyang, Kim Jong Un held talks with Sergei Shoigu, secretary of Russia's Security Council.", [
            ("meeting", "occurred", "2024-12-03", "pyongyang", {"kim-jong-un": "host", "sergei-shoigu": "guest"}),
        ]),
        ("en", "A letter from Vladimir Putin was delivered to Kim Jong Un on Dec. 1.", [
            ("letter", "occurred", "2024-12-01", None, {"vladimir-putin": "sender", "kim-jong-un": "recipient"}),
        ]),
        ("en", "Gen. Pak Jong Chon is due to travel to Moscow next week.", [
            ("visit", "announced", NEXT_WEEK, "moscow", {"pak-jong-chon": "guest"}),
        ]),
        ("en", "Deputy Foreign Minister Andrey Rudenko met DPRK Ambassador Sin Hong Chol in Moscow a week ago.", [
            ("meeting", "occurred", WEEK_AGO, "moscow", {"andrey-rudenko": "host", "sin-hong-chol": "guest"}),
        ]),
        ("en", "Vyacheslav Volodin will lead a State Duma delegation to North Korea in the coming days.", [
            ("visit", "announced", COMING_DAYS, None, {"vyacheslav-volodin": "guest"}),
        ]),
        ("en", "Kim Jong Un, accompanied by Choe Son Hui, greeted Vladimir Putin at the airport on 19 June.", [
            ("meeting", "occurred", "2024-06-19", None, {"kim-jong-un": "host", "choe-son-hui": "attendee", "vladimir-putin": "guest"}),
        ]),
        ("en", "Kim Jong Un met the visiting Russian defence minister, Andrey Belousov, in Pyongyang last Friday, state media said Saturday.", [
            ("meeting", "occurred", "2024-11-29", "pyongyang", {"kim-jong-un": "host", "andrey-belousov": "guest"}),
        ]),
        ("en", "The meeting between Lavrov and Choe Son Hui, planned for Monday, did not take place.", [
            ("meeting", "cancelled", "2024-12-02", None, {"sergey-lavrov": "host", "choe-son-hui": "guest"}),
        ]),
        ("en", "No Kwang Chol, minister of defence of the DPRK, and Andrey Belousov signed an agreement and held talks in Moscow on Dec. 3.", [
            ("treaty", "occurred", "2024-12-03", "moscow", {"no-kwang-chol": "signatory", "andrey-belousov": "signatory"}),
            ("meeting", "occurred", "2024-12-03", "moscow", {"no-kwang-chol": "guest", "andrey-belousov": "host"}),
        ]),
        ("en", "Alexander Matsegora was awarded the Order of Friendship by Kim Jong Un on Monday.", [
            ("ceremony", "occurred", "2024-12-02", None, {"alexander-matsegora": "honouree", "kim-jong-un": "sender"}),
        ]),
        ("en", "Choe Son Hui, who is on a visit to Russia, met Lavrov on Tuesday and Putin on Wednesday.", [
            ("meeting", "occurred", "2024-12-03", None, {"choe-son-hui": "host", "sergey-lavrov": "guest"}),
            ("meeting", "occurred", "2024-12-04", None, {"choe-son-hui": "host", "vladimir-putin": "guest"}),
        ]),
        ("en", "The treaty signed by Putin and Kim Jong Un in June entered into force on December 4.", [
            ("treaty", "occurred", "2024-06", None, {"vladimir-putin": "signatory", "kim-jong-un": "signatory"}),
            ("treaty", "occurred", "2024-12-04", None, {"vladimir-putin": "signatory", "kim-jong-un": "signatory"}),
        ]),
        ("en", "Asked about reports that Shoigu would visit Pyongyang on Friday, the Kremlin spokesman declined to comment.", [
            ("visit", "reported", "2024-12-06", "pyongyang", {"sergei-shoigu": "guest"}),
        ]),
        ("en", "Russia's Interior Ministry announced on Monday that Choe Son Hui will visit Moscow on December 9.", [
            ("visit", "announced", "2024-12-09", "moscow", {"choe-son-hui": "guest"}),
        ]),
        ("en", "On 29 November, the performance at the April 25 House of Culture welcomed Andrey Belousov; No Kwang Chol was there.", [
            ("ceremony", "occurred", "2024-11-29", None, {"andrey-belousov": "attendee", "no-kwang-chol": "attendee"}),
        ]),
        ("en", "On 18 October, Choe Son Hui flew to Moscow for the conference of 19-21 October.", [
            ("visit", "occurred", "2024-10-18", "moscow", {"choe-son-hui": "guest"}),
        ]),
        ("en", "On Monday, Alexander Matsegora hosted a banquet for the anniversaries of the 2001 and 2002 visits, attended by No Kwang Chol.", [
            ("ceremony", "occurred", "2024-12-02", None, {"alexander-matsegora": "host", "no-kwang-chol": "guest"}),
        ]),
        ("en", "Vladimir Putin received a delegation of the DPRK, led by Choe Son Hui, in Moscow on Monday.", [
            ("meeting", "occurred", "2024-12-02", "moscow", {"vladimir-putin": "host", "choe-son-hui": "guest"}),
        ]),
        ("fr", "Reçue lundi à Moscou par Sergueï Lavrov, Choe Son-hui a ensuite été reçue mardi par Vladimir Poutine.", [
            ("meeting", "occurred", "2024-12-02", "moscow", {"sergey-lavrov": "host", "choe-son-hui": "guest"}),
            ("meeting", "occurred", "2024-12-03", "moscow", {"choe-son-hui": "guest", "vladimir-putin": "host"}),
        ]),
        ("fr", "Une lettre de Vladimir Poutine a été remise à Kim Jong-un le 1er décembre.", [
            ("letter", "occurred", "2024-12-01", None, {"vladimir-putin": "sender", "kim-jong-un": "recipient"}),
        ]),
        ("fr", "Alexandre Matsegora a offert une réception à l'ambassade de Russie à Pyongyang ce week-end.", [
            ("ceremony", "occurred", "[2024-11-30,2024-12-01]", "pyongyang", {"alexander-matsegora": "host"}),
        ]),
        ("fr", "Vladimir Poutine est attendu à Pyongyang l'an prochain.", [
            ("visit", "announced", "2025", "pyongyang", {"vladimir-putin": "guest"}),
        ]),
        ("fr", "La rencontre entre Lavrov et Choe Son-hui, prévue lundi, n'a pas eu lieu.", [
            ("meeting", "cancelled", "2024-12-02", None, {"sergey-lavrov": "host", "choe-son-hui": "guest"}),
        ]),
        ("fr", "Arrivé mardi à Pyongyang, Sergueï Choïgou a rencontré Kim Jong-un.", [
            ("visit", "occurred", "2024-12-03", "pyongyang", {"sergei-shoigu": "guest"}),
            ("meeting", "occurred", "2024-12-03", "pyongyang", {"sergei-shoigu": "guest", "kim-jong-un": "host"}),
        ]),
        ("fr", "Kim Jong-un a répondu le 15 octobre au message de Vladimir Poutine.", [
            ("letter", "occurred", "2024-10-15", None, {"kim-jong-un": "sender", "vladimir-putin": "recipient"}),
        ]),
        ("fr", "Entre le 3 et le 5 décembre, Alexandre Kozlov se trouvait à Pyongyang.", [
            ("visit", "occurred", "2024-12-03/2024-12-05", "pyongyang", {"alexander-kozlov": "guest"}),
        ]),
        ("fr", "Des messages de félicitations ont été échangés le 12 octobre entre Vladimir Poutine et Kim Jong-un.", [
            ("letter", "occurred", "2024-10-12", None, {"vladimir-putin": "sender", "kim-jong-un": "sender"}),
        ]),
        ("fr", "Sergueï Lavrov a rencontré lundi Choe Son-hui et mardi Kim Jong-un.", [
            ("meeting", "occurred", "2024-12-02", None, {"sergey-lavrov": "host", "choe-son-hui": "guest"}),
            ("meeting", "occurred", "2024-12-03", None, {"sergey-lavrov": "guest", "kim-jong-un": "host"}),
        ]),
        ("fr", "Ri Hi-yong a conduit lundi à Moscou une délégation du Parti du travail de Corée.", [
            ("visit", "occurred", "2024-12-02", "moscow", {"ri-hi-yong": "guest"}),
        ]),
        ("fr", "Il est inexact que Sergueï Lavrov ait rencontré Choe Son-hui la semaine dernière.", []),
        ("ru", "Губернатор Приморья Олег Кожемяко прилетел в Пхеньян 25 ноября и вернулся на родину 28 ноября.", [
            ("visit", "occurred", "2024-11-25/2024-11-28", "pyongyang", {"oleg-kozhemyako": "guest"}),
        ]),
        ("ru", "С. В. Лавров примет Цой Сон Хи в Москве в ближайшие выходные.", [
            ("meeting", "announced", "[2024-12-07,2024-12-08]", "moscow", {"sergey-lavrov": "host", "choe-son-hui": "guest"}),
        ]),
        ("ru", "Ким Чен Ына с днем рождения поздравил 8 января Владимир Путин.", [
            ("letter", "occurred", "2024-01-08", None, {"kim-jong-un": "recipient", "vladimir-putin": "sender"}),
        ]),
        ("ru", "Гость из Москвы Сергей Шойгу вручил Ким Чен Ыну послание Путина 13 сентября.", [
            ("letter", "occurred", "2024-09-13", None, {"sergei-shoigu": "envoy", "kim-jong-un": "recipient", "vladimir-putin": "sender"}),
        ]),
        ("ru", "Владимира Путина ждут в Пхеньяне в следующем году.", [
            ("visit", "announced", "2025", "pyongyang", {"vladimir-putin": "guest"}),
        ]),
        ("ru", "Встречу Лаврова с Цой Сон Хи, запланированную на 10 декабря, перенесли на январь.", [
            ("meeting", "cancelled", "2024-12-10", None, {"sergey-lavrov": "host", "choe-son-hui": "guest"}),
        ]),
        ("ru", "Александр Мацегора в понедельник был награжден орденом Ким Чен Ыном.", [
            ("ceremony", "occurred", "2024-12-02", None, {"alexander-matsegora": "honouree", "kim-jong-un": "sender"}),
        ]),
        ("ru", "Министр обороны КНДР Но Гван Чхоль, которого принял Андрей Белоусов, прибыл в Москву 2 декабря.", [
            ("visit", "occurred", "2024-12-02", "moscow", {"no-kwang-chol": "guest"}),
        ]),
        ("ru", "Делегация Минобороны КНДР во главе с Но Гван Чхолем 2 декабря прибыла в Москву.", [
            ("visit", "occurred", "2024-12-02", "moscow", {"no-kwang-chol": "guest"}),
        ]),
        ("ru", "Между Владимиром Путиным и Ким Чен Ыном 12 октября состоялся обмен поздравительными телеграммами.", [
            ("letter", "occurred", "2024-10-12", None, {"vladimir-putin": "sender", "kim-jong-un": "sender"}),
        ]),
        ("ru", "Александр Мацегора устроил прием в посольстве России в Пхеньяне в минувшие выходные.", [
            ("ceremony", "occurred", "[2024-11-30,2024-12-01]", "pyongyang", {"alexander-matsegora": "host"}),
        ]),
        ("ru", "Неверно, что Лавров на прошлой неделе встретился с Цой Сон Хи.", []),
        ("ko", "세르게이 라브로프 러시아 외무장관이 3일 김정은 국무위원장을 예방했다.", [
            ("meeting", "occurred", "2024-12-03", None, {"sergey-lavrov": "guest", "kim-jong-un": "host"}),
        ]),
        ("ko", "세르게이 라브로프 장관과 최선희 외무상의 회담이 2일 모스크바에서 열렸다.", [
            ("meeting", "occurred", "2024-12-02", "moscow", {"sergey-lavrov": "host", "choe-son-hui": "guest"}),
        ]),
        ("ko", "블라디미르 푸틴 대통령의 친서가 1일 김정은 국무위원장에게 전달됐다.", [
            ("letter", "occurred", "2024-12-01", None, {"vladimir-putin": "sender", "kim-jong-un": "recipient"}),
        ]),
        ("ko", "안드레이 벨로우소프 러시아 국방장관이 지난달 29∼30일 평양을 방문했다.", [
            ("visit", "occurred", "2024-11-29/2024-11-30", "pyongyang", {"andrey-belousov": "guest"}),
        ]),
        ("ko", "2일로 예정됐던 라브로프 장관과 최선희 북한 외무상의 회담은 열리지 않았다.", [
            ("meeting", "cancelled", "2024-12-02", None, {"sergey-lavrov": "host", "choe-son-hui": "guest"}),
        ]),
        ("ko", "김정은 국무위원장은 10월 15일 푸틴 대통령의 축전에 답전을 보냈다.", [
            ("letter", "occurred", "2024-10-15", None, {"kim-jong-un": "sender", "vladimir-putin": "recipient"}),
        ]),
        ("ko", "알렉산드르 마체고라 러시아 대사가 2일 김정은 국무위원장으로부터 훈장을 받았다.", [
            ("ceremony", "occurred", "2024-12-02", None, {"alexander-matsegora": "honouree", "kim-jong-un": "sender"}),
        ]),
        ("ko", "조선중앙통신은 3일 김정은 국무위원장이 쇼이구 서기를 접견했다고 보도했다.", []),
        ("ko", "라브로프 장관은 2일 최선희 북한 외무상을, 3일 김정은 국무위원장을 만났다.", [
            ("meeting", "occurred", "2024-12-02", None, {"sergey-lavrov": "host", "choe-son-hui": "guest"}),
            ("meeting", "occurred", "2024-12-03", None, {"sergey-lavrov": "guest", "kim-jong-un": "host"}),
        ]),
        ("ko", "조선민주주의인민공화국 외무상 최선희동지가 12월 2일 모스크바에서 로씨야련방 외무상 쎄르게이 라브로브를 만나 담화를 하였다.", [
            ("meeting", "occurred", "2024-12-02", "moscow", {"choe-son-hui": "guest", "sergey-lavrov": "host"}),
        ]),
        ("ko", "러시아 외무부는 2일 최선희 북한 외무상이 오는 주말 모스크바를 방문한다고 발표했다.", [
            ("visit", "announced", "[2024-12-07,2024-12-08]", "moscow", {"choe-son-hui": "guest"}),
            ("statement", "occurred", "2024-12-02", None, {"russian-foreign-ministry": "speaker"}),
        ]),
        ("ko", "통일부 당국자는 4일 기자들과 만나 \"최선희 외무상이 오는 9일 러시아를 방문할 것\"이라고 말했다.", [
            ("visit", "announced", "2024-12-09", None, {"choe-son-hui": "guest"}),
        ]),
    ],
)  # fmt: skip
def test_a_sentence_of_a_newswire(
    drafter: Drafter, language: str, text: str, expected: list[tuple[Any, ...]]
) -> None:
    events = drafter.draft(text, PUBLISHED, Language(language)).events

    assert [_told(event) for event in events] == expected


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "Choe Son Hui will visit Moscow next week. The Russian Interior Ministry announced the visit on Monday.",
         "Russian Interior Ministry"),
        ("fr", "Choe Son-hui se rendra à Moscou la semaine prochaine. Le ministère russe de l'Intérieur l'a annoncé à la presse lundi.",
         "ministère russe de l'Intérieur"),
        ("ru", "Цой Сон Хи посетит Москву на следующей неделе. МВД России объявило о визите в понедельник.", "МВД России"),
        ("ko", "최선희 북한 외무상은 다음 주 모스크바를 방문한다. 러시아 내무부가 2일 발표했다.", "러시아 내무부"),
    ],
)  # fmt: skip
def test_a_ministry_that_the_data_does_not_have_announces_a_visit(
    drafter: Drafter, language: str, text: str, speaker: str
) -> None:
    draft = drafter.draft(text, PUBLISHED, Language(language))

    assert [(name.kind.value, name.name) for name in draft.unknown] == [("organisation", speaker)]
    (statement,) = [event for event in draft.events if event.type.value == "statement"]
    assert [(p.id, p.name, p.role.value) for p in statement.participants] == [
        (None, speaker, "speaker")
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Lavrov to visit Pyongyang on December 9\n\nThe visit of Sergey Lavrov to Pyongyang has been confirmed.", "2024-12-09"),
        ("ru", "Лавров посетит Пхеньян 9 декабря\n\nВизит Сергея Лаврова в Пхеньян запланирован.", "2024-12-09"),
        ("ko", "라브로프 방북, 12월인가 1월인가\n\n라브로프 장관의 평양 방문이 예정돼 있다.", "[2024-12,2025-01]"),
    ],
)  # fmt: skip
def test_the_heading_may_date_an_act(
    drafter: Drafter, language: str, text: str, expected: str
) -> None:
    (event,) = drafter.draft(text, PUBLISHED, Language(language)).events

    (evidence,) = [e for e in event.evidence if "date" in e.supports]
    assert (event.type.value, event.status.value, event.date) == ("visit", "announced", expected)
    assert evidence.note == "the sentence does not say it; the heading does"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kim Jong Un will visit Russia on December 9. Officials said the likely venue is Vladivostok."),
        ("fr", "Kim Jong-un se rendra en Russie le 9 décembre. Le lieu serait Vladivostok."),
        ("ru", "Ким Чен Ын посетит Россию 9 декабря. Местом называют Владивосток."),
        ("ko", "김정은 국무위원장이 9일 러시아를 방문할 예정이다. 장소로는 블라디보스토크가 거론된다."),
    ],
)  # fmt: skip
def test_another_sentence_may_name_the_venue(drafter: Drafter, language: str, text: str) -> None:
    (event,) = drafter.draft(text, PUBLISHED, Language(language)).events

    (evidence,) = [e for e in event.evidence if "place" in e.supports]
    assert (event.date, event.place) == ("2024-12-09", "vladivostok")
    assert evidence.note is not None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "At the invitation of Foreign Minister Sergey Lavrov, Choe Son Hui met Vladimir Putin on Monday.",
         {"choe-son-hui", "vladimir-putin"}),
        ("en", "Putin met Choe Son Hui, who conveyed Kim Jong Un's greetings, on Monday.", {"choe-son-hui", "vladimir-putin"}),
        ("en", "Kim Jong Un met Andrey Belousov at the headquarters of the WPK Central Committee on Monday.",
         {"kim-jong-un", "andrey-belousov"}),
        ("fr", "Kim Jong-un a rencontré lundi Andreï Belooussov au siège du Comité central du PTC.", {"kim-jong-un", "andrey-belousov"}),
        ("ru", "По приглашению министра Сергея Лаврова Цой Сон Хи посетила Москву 2 декабря.", {"choe-son-hui"}),
        ("ko", "최선희 외무상이 2일 라브로프 장관의 초청으로 모스크바를 방문했다.", {"choe-son-hui"}),
    ],
)  # fmt: skip
def test_who_only_invites_greets_or_houses_takes_no_part(
    drafter: Drafter, language: str, text: str, expected: set[str]
) -> None:
    (event,) = drafter.draft(text, PUBLISHED, Language(language)).events

    assert {p.id for p in event.participants} == expected
