"""Expressions of dates in four languages, as exact as the text says and never finer."""

from datetime import date, timedelta

import pytest

from app.domain.languages import Language
from app.drafting.datelines import base_year_of
from app.drafting.dates import Reading
from app.drafting.events.scene import find_dates
from app.drafting.languages import words_of
from app.drafting.text import read_article

# A Wednesday.
PUBLISHED = date(2024, 11, 6)


def _read(
    language: str, text: str, *, future: bool = False, published: date = PUBLISHED
) -> list[str | None]:
    words = words_of(Language(language))
    article = read_article(text, words)
    mentions = find_dates(article, words)
    reading = Reading(published, base_year_of(mentions, article, published))
    values, anchor = list[str | None](), None
    for mention in mentions:
        value = reading.edtf(mention, future=future, anchor=anchor)
        values.append(value)
        anchor = value or anchor
    return values


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "They met on Monday", ["2024-11-04"]),
        ("en", "They met on Wednesday", ["2024-11-06"]),
        ("en", "They met on November 1, 2023", ["2023-11-01"]),
        ("en", "They met on 1 November", ["2024-11-01"]),
        ("en", "They met on December 12", ["2023-12-12"]),
        ("en", "They met in October", ["2024-10"]),
        ("en", "They met in late October", ["2024-10"]),
        ("en", "They met last April", ["2024-04"]),
        ("en", "a visit from November 1 to 4", ["2024-11-01/2024-11-04"]),
        ("en", "a visit on 1-4 November", ["2024-11-01/2024-11-04"]),
        ("en", "They met yesterday and the day before", ["2024-11-05", "2024-11-04"]),
        ("en", "They may march on", []),
        ("fr", "reçu lundi", ["2024-11-04"]),
        ("fr", "reçu le 1er novembre 2024", ["2024-11-01"]),
        ("fr", "reçu hier", ["2024-11-05"]),
        ("fr", "en visite du 1er au 4 novembre", ["2024-11-01/2024-11-04"]),
        ("fr", "en visite fin octobre", ["2024-10"]),
        ("fr", "en visite cet été", ["2024-22"]),
        ("fr", "ce mois-ci ou au début du mois prochain", ["[2024-11,2024-12]"]),
        ("fr", "reçu le 1er novembre, puis le lendemain", ["2024-11-01", "2024-11-02"]),
        ("ru", "принял в понедельник", ["2024-11-04"]),
        ("ru", "принял 1 ноября 2024 года", ["2024-11-01"]),
        ("ru", "принял вчера", ["2024-11-05"]),
        ("ru", "с визитом с 1 по 4 ноября", ["2024-11-01/2024-11-04"]),
        ("ru", "в начале июня", ["2024-06"]),
        ("ru", "первого сентября 1960 года, на другой день", ["1960-09-01", "1960-09-02"]),
        ("ko", "4일 만났다", ["2024-11-04"]),
        ("ko", "30일 만났다", ["2024-10-30"]),
        ("ko", "2023년 11월 1일 만났다", ["2023-11-01"]),
        ("ko", "지난달 25일부터 28일까지 방문했다", ["2024-10-25/2024-10-28"]),
        ("ko", "지난해 6월 만났다", ["2023-06"]),
        ("ko", "10월 중순 만났다", ["2024-10"]),
        ("ko", "10월 하순이나 11월 초", ["[2024-10,2024-11]"]),
        ("en", "They met three days ago", ["2024-11-03"]),
        ("en", "They met a month ago", ["2024-10~"]),
        ("en", "They met two years ago", ["2022~"]),
        ("en", "They met in October last year", ["2023-10"]),
        ("en", "They met on the 5th of last month", ["2024-10-05"]),
        ("en", "They met on Monday of last week", ["2024-10-28"]),
        ("en", "They met on November 1 and again two days later", ["2024-11-01", "2024-11-03"]),
        ("en", "They met on November 1 and a year earlier", ["2024-11-01", "2023~"]),
        ("en", "They met in the summer", ["2024-22"]),
        ("en", "They met in the winter", ["2023-24"]),
        ("fr", "reçu au printemps", ["2024-21"]),
        ("ru", "принял зимой", ["2023-24"]),
        ("ko", "여름에 만났다", ["2024-22"]),
        ("en", "They met on 2024-11-01", ["2024-11-01"]),
        ("en", "They met on 10/31/2024", ["2024-10-31"]),
        ("en", "They met on 31/10/2024", ["2024-10-31"]),
        ("en", "They met on 3/4/2024", []),
        ("fr", "reçu il y a trois jours", ["2024-11-03"]),
        ("fr", "reçu il y a un mois", ["2024-10~"]),
        ("fr", "reçu l'an passé", ["2023"]),
        ("fr", "reçu le 5 du mois dernier", ["2024-10-05"]),
        ("fr", "reçu en octobre de l'an dernier", ["2023-10"]),
        ("fr", "reçu lundi de la semaine dernière", ["2024-10-28"]),
        ("fr", "reçu le 03/04/2024", ["2024-04-03"]),
        ("ru", "принял три дня назад", ["2024-11-03"]),
        ("ru", "принял месяц назад", ["2024-10~"]),
        ("ru", "принял год назад", ["2023~"]),
        ("ru", "принял в октябре прошлого года", ["2023-10"]),
        ("ru", "принял 5 октября прошлого года", ["2023-10-05"]),
        ("ru", "принял в понедельник на прошлой неделе", ["2024-10-28"]),
        ("ru", "принял 03.04.2024", ["2024-04-03"]),
        ("ko", "사흘 전 만났다", ["2024-11-03"]),
        ("ko", "3일 전 만났다", ["2024-11-03"]),
        ("ko", "한 달 전 만났다", ["2024-10~"]),
        ("ko", "2년 전 만났다", ["2022~"]),
        ("ko", "지난해 10월 5일 만났다", ["2023-10-05"]),
        ("ko", "지난주 월요일에 만났다", ["2024-10-28"]),
        ("ko", "2024. 11. 1. 만났다", ["2024-11-01"]),
        ("ko", "2024.11.01 만났다", ["2024-11-01"]),
    ],
)
def test_past_dates(language: str, text: str, expected: list[str]) -> None:
    assert _read(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "will come on Monday", "2024-11-11"),
        ("en", "will come on 1 November", "2025-11-01"),
        ("fr", "viendra le mois prochain", "2024-12"),
        ("ru", "приедет 12 ноября", "2024-11-12"),
        ("ko", "오는 9일 방문한다", "2024-11-09"),
        ("ko", "다음 달 1일부터 3일까지 방문한다", "2024-12-01/2024-12-03"),
        ("en", "will come in the spring", "2025-21"),
        ("ru", "приедет весной", "2025-21"),
        ("ko", "겨울에 방문한다", "2024-24"),
        ("en", "will come this weekend", "[2024-11-09,2024-11-10]"),
        ("fr", "viendra le week-end prochain", "[2024-11-09,2024-11-10]"),
        ("ru", "приедет в ближайшие выходные", "[2024-11-09,2024-11-10]"),
        ("ko", "이번 주말 방문한다", "[2024-11-09,2024-11-10]"),
        ("en", "will come in three days", "2024-11-09"),
        ("ru", "приедет через три дня", "2024-11-09"),
        ("ko", "사흘 뒤 방문한다", "2024-11-09"),
    ],
)
def test_dates_to_come(language: str, text: str, expected: str) -> None:
    assert _read(language, text, future=True) == [expected]


LAST_WEEKEND = "[2024-11-02,2024-11-03]"
DAYS_BEFORE = f"[{','.join(f'2024-{day}' for day in ('10-30', '10-31', '11-01', '11-02', '11-03', '11-04', '11-05'))}]"
WEEK_AGO = f"[{','.join(f'2024-{day}' for day in ('10-27', '10-28', '10-29', '10-30', '10-31', '11-01', '11-02'))}]"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "They met at the weekend", LAST_WEEKEND),
        ("en", "They met last weekend", LAST_WEEKEND),
        ("en", "They met a week ago", WEEK_AGO),
        ("en", "They met a few days ago", DAYS_BEFORE),
        ("fr", "reçu le week-end dernier", LAST_WEEKEND),
        ("fr", "reçu il y a une semaine", WEEK_AGO),
        ("fr", "reçu ces derniers jours", DAYS_BEFORE),
        ("ru", "принял в минувшие выходные", LAST_WEEKEND),
        ("ru", "принял неделю назад", WEEK_AGO),
        ("ru", "принял на днях", DAYS_BEFORE),
        ("ko", "지난 주말 만났다", LAST_WEEKEND),
        ("ko", "일주일 전 만났다", WEEK_AGO),
        ("ko", "며칠 전 만났다", DAYS_BEFORE),
    ],
)
def test_a_week_ago_is_one_of_the_days_around(language: str, text: str, expected: str) -> None:
    assert _read(language, text) == [expected]


@pytest.mark.parametrize(
    ("published", "text", "saturday"),
    [
        (date(2024, 11, 9), "at the weekend", date(2024, 11, 9)),
        (date(2024, 11, 10), "at the weekend", date(2024, 11, 9)),
        (date(2024, 11, 9), "last weekend", date(2024, 11, 2)),
        (date(2024, 11, 10), "last weekend", date(2024, 11, 2)),
        (date(2024, 11, 11), "last weekend", date(2024, 11, 9)),
        (date(2024, 11, 9), "next weekend", date(2024, 11, 16)),
        (date(2024, 11, 10), "next weekend", date(2024, 11, 16)),
        (date(2024, 11, 11), "the coming weekend", date(2024, 11, 16)),
    ],
)
def test_weekends(published: date, text: str, saturday: date) -> None:
    (value,) = _read("en", f"They met {text}", published=published)

    assert value == f"[{saturday},{saturday + timedelta(1)}]"


def test_next_weekend_is_one_of_two_on_a_weekday() -> None:
    both = "[2024-11-09,2024-11-10,2024-11-16,2024-11-17]"

    assert _read("en", "will come next weekend", future=True) == [both]


@pytest.mark.parametrize("text", ["on 31 February 2024", "on the same day", "on 45 June"])
def test_a_day_that_does_not_exist_or_is_not_known_is_left_open(text: str) -> None:
    assert not any(_read("en", text))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He stayed from 28 December to 3 January 2025"),
        ("en", "He stayed from December 28 to January 3, 2025"),
        ("en", "He stayed from 28 December 2024 to 3 January"),
        ("en", "He stayed from 28 December to 3 January"),
        ("fr", "Il est resté du 28 décembre au 3 janvier 2025"),
        ("ru", "Он был там с 28 декабря по 3 января 2025 года"),
        ("ru", "Он был там с 28 по 3 января"),
        ("ko", "12월 28일부터 2025년 1월 3일까지 방문했다"),
        ("ko", "12월 28일부터 1월 3일까지 방문했다"),
    ],
)
@pytest.mark.parametrize("published", [date(2024, 12, 29), date(2025, 1, 5), date(2025, 6, 5)])
def test_a_period_may_cross_the_end_of_a_year(language: str, text: str, published: date) -> None:
    assert _read(language, text, published=published) == ["2024-12-28/2025-01-03"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lavrov came on October 18-19, 2023", "2023-10-18/2023-10-19"),
        ("Lavrov came Oct. 18–19, 2023", "2023-10-18/2023-10-19"),
        ("Lavrov came on October 18 and 19, 2023", "2023-10-18/2023-10-19"),
        ("Lavrov came on October 18 and 19 in secret", "2024-10-18/2024-10-19"),
        ("Lavrov came from October 18 to 19, 2023", "2023-10-18/2023-10-19"),
        ("Lavrov came October 18 through 20, 2023", "2023-10-18/2023-10-20"),
        ("Lavrov came on November 2, 3 and 4, 2023", "2023-11-02/2023-11-04"),
        ("Lavrov came on Wednesday, October 18-19, 2023", "2023-10-18/2023-10-19"),
        ("On October 18 and 19 ministers came", "2024-10-18"),
        ("On October 18, 20 ministers came", "2024-10-18"),
    ],
)
def test_days_after_their_month_in_english(text: str, expected: str) -> None:
    assert _read("en", text) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "They met on 2, 3 and 4 November 2023", ["2023-11-02/2023-11-04"]),
        ("fr", "reçu les 2, 3 et 4 novembre 2023", ["2023-11-02/2023-11-04"]),
        ("ru", "принял 18, 19 октября 2023 года", ["2023-10-18/2023-10-19"]),
        ("en", "Between 29 October and 2 November they met", ["2024-10-29/2024-11-02"]),
        ("en", "They met between October and December 2023", ["2023-10/2023-12"]),
        ("fr", "reçu entre le 29 octobre et le 2 novembre", ["2024-10-29/2024-11-02"]),
        ("ru", "встретились между 29 октября и 2 ноября", ["2024-10-29/2024-11-02"]),
        ("ru", "встретились между октябрём и декабрём 2023 года", ["2023-10/2023-12"]),
        ("en", "They met several times in 2022-2023", ["2022/2023"]),
        ("fr", "reçu en 2022-2023", ["2022/2023"]),
        ("ru", "встречались в 2019–2021 годах", ["2019/2021"]),
        ("ru", "встречались в 2019–2021 гг.", ["2019/2021"]),
        ("en", "They met on 18, on 19 October", ["2024-10-19"]),
        ("ru", "встречались в 1950-1960-х годах", ["1950"]),
    ],
)
def test_lists_of_days_and_further_periods(language: str, text: str, expected: list[str]) -> None:
    assert _read(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "on 18 October and 2 November 2023", ["2023-10-18", "2023-11-02"]),
        ("en", "on October 18 and November 2, 2023", ["2023-10-18", "2023-11-02"]),
        ("en", "in October, November and December 2023", ["2023-10", "2023-11", "2023-12"]),
        ("fr", "le 18 octobre et le 2 novembre 2023", ["2023-10-18", "2023-11-02"]),
        ("ru", "18 октября и 2 ноября 2023 года", ["2023-10-18", "2023-11-02"]),
        ("ru", "28 декабря и 3 января 2024 года", ["2023-12-28", "2024-01-03"]),
        ("en", "on 18 October, and 2 people on 2 November 2023", ["2024-10-18", "2023-11-02"]),
    ],
)
def test_joined_dates_share_their_year(language: str, text: str, expected: list[str]) -> None:
    assert _read(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They met in the autumn of last year"),
        ("ru", "встретились осенью прошлого года"),
        ("ko", "작년 가을에 만났다"),
    ],
)
def test_a_season_of_last_year(language: str, text: str) -> None:
    assert _read(language, text) == ["2023-23"]


@pytest.mark.parametrize(
    "text",
    [
        "10일간 방문했다",
        "10일간의 방문",
        "3일 동안 머물렀다",
        "3일 만에 만났다",
        "3일만에 만났다",
        "5일째 머물고 있다",
        "5일 연속 만났다",
        "방문 2일차에 만났다",
    ],
)
def test_a_number_of_days_is_no_day_in_korean(text: str) -> None:
    assert _read("ko", text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18일부터 19일까지 방문했다", ["2024-10-18/2024-10-19"]),
        ("30일부터 2일까지 방문했다", ["2024-10-30/2024-11-02"]),
        ("18·19일 방문했다", ["2024-10-18/2024-10-19"]),
        ("2023년 10월 18, 19일 방문했다", ["2023-10-18/2023-10-19"]),
        ("2023년 10월 18일과 19일 방문했다", ["2023-10-18/2023-10-19"]),
        ("2023년 10월 18일과 11월 2일 만났다", ["2023-10-18", "2023-11-02"]),
        ("4일, 3일에 만났다고 밝혔다", ["2024-11-04", "2024-11-03"]),
        ("2023년 3월부터 5월까지 머물렀다", ["2023-03/2023-05"]),
        ("3월 초부터 5월 말까지 머물렀다", ["2024-03/2024-05"]),
        ("3~5월 머물렀다", ["2024-03/2024-05"]),
        ("2019년부터 2021년까지", ["2019/2021"]),
        ("2019~2021년", ["2019/2021"]),
        ("23년 10월 18일 만났다", ["2023-10-18"]),
        ("'49년 3월 5일 만났다", ["1949-03-05"]),
        ("2023년 가을에 만났다", ["2023-23"]),
        ("올 12월 방문한다", ["2024-12"]),
        ("올 12월 5일 방문한다", ["2024-12-05"]),
    ],
)
def test_periods_lists_and_years_in_korean(text: str, expected: list[str]) -> None:
    assert _read("ko", text) == expected


def test_the_end_of_a_period_to_come_is_the_next_such_day_after_its_start() -> None:
    assert _read("ko", "29일부터 8일까지 방문한다", future=True) == ["2024-11-29/2024-12-08"]


@pytest.mark.parametrize(
    "text",
    [
        "주체89(2000)년 7월 19일에 만났다",
        "주체89년(2000년) 7월 19일에 만났다",
        "(2000)년 7월 19일에 만났다",
    ],
)
def test_the_year_beside_one_of_the_juche_calendar_counts(text: str) -> None:
    assert _read("ko", text) == ["2000-07-19"]


def test_a_year_before_another_date_does_not_replace_its_year() -> None:
    assert _read("ko", "2000년과 2024년 6월 19일에 만났다") == ["2000", "2024-06-19"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("en", "On 5 May 20000 people met", id="a number of people"),
        pytest.param("ru", "5 мая 20000 человек пришли", id="a number of people in Russian"),
        pytest.param("en", "Friends in 1950s they met on 5 May", id="a decade"),
        pytest.param("ru", "Друзья с 1950-х годов, 5 мая они встретились", id="a Russian decade"),
        pytest.param("ru", "Друзья с 1950х годов, 5 мая они встретились", id="without a hyphen"),
        pytest.param("ko", "1950년대의 친구들이 5월 5일에 만났다", id="a Korean decade"),
        pytest.param("ko", "1500년 력사를 가진 평양에서 5월 5일에 만났다", id="1500 years"),
    ],
)
def test_numbers_and_decades_are_no_years(language: str, text: str) -> None:
    assert _read(language, text) == ["2024-05-05"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "yesterday "),
        ("en", "5-"),
        ("en", "5 and "),
        ("ru", "в прошлом году "),
        ("ko", "1월 "),
        ("ko", "2019년 "),
        ("ko", "1·"),
        ("ko", "2019-"),
    ],
)
def test_words_of_dates_without_end_are_read(language: str, words: str) -> None:
    assert isinstance(_read(language, words * 2000), list)
