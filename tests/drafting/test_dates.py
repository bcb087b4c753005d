"""Expressions of dates in four languages, as exact as the text says and never finer."""

from datetime import date

import pytest

from app.domain.languages import Language
from app.drafting.date_finder import DateFinder
from app.drafting.datelines import base_year_of
from app.drafting.dates import Reading
from app.drafting.languages import words_of
from app.drafting.text import read_article

# A Wednesday.
PUBLISHED = date(2024, 11, 6)


def _read(language: str, text: str, *, future: bool = False) -> list[str | None]:
    words = words_of(Language(language))
    article = read_article(text, words)
    mentions = DateFinder(article, words).find()
    reading = Reading(PUBLISHED, base_year_of(mentions, article, PUBLISHED))
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
    ],
)
def test_dates_to_come(language: str, text: str, expected: str) -> None:
    assert _read(language, text, future=True) == [expected]


@pytest.mark.parametrize("text", ["on 31 February 2024", "on the same day", "on 45 June"])
def test_a_day_that_does_not_exist_or_is_not_known_is_left_open(text: str) -> None:
    assert not any(_read("en", text))
