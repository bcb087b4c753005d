"""Dates in a query, in words and figures, are found as one term."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.date_text import date_text
from app.domain.languages import Language
from app.domain.search.asked_dates import AskedDate, find_date

_DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))


def _found(text: str) -> str | None:
    """Return the date of the whole text as ISO 8601 writes it, without the parts that it lacks."""
    words = text.split()
    found = find_date(words)
    return "-".join(found.phrases[0]) if found and found.size == len(words) else None


@given(_DAYS, st.sampled_from([*Language]), st.sampled_from([7, 10]))
def test_a_day_and_a_month_are_found_in_each_language(
    day: date, language: Language, size: int
) -> None:
    written = day.isoformat()[:size]

    assert _found(date_text(language, written)) == written


@given(_DAYS)
def test_a_day_is_found_in_figures(day: date) -> None:
    y, m, d = day.year, day.month, day.day
    forms = [
        f"{y}-{m}-{d}",
        f"{y}.{m}.{d}",
        f"{y}. {m}. {d}.",
        f"{d}.{m}.{y}",
        f"{d:02}/{m:02}/{y}",
    ]

    assert {*map(_found, [day.isoformat(), f"{d}.{m:02}.{y}г.", *forms])} == {day.isoformat()}


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        pytest.param("September 9, 2023", "2023-09-09", id="American"),
        pytest.param("6/19/2024", "2024-06-19", id="American figures"),
        pytest.param("June 13th, 1990", "1990-06-13", id="an ordinal"),
        pytest.param("1er septembre 1952", "1952-09-01", id="a French ordinal"),
        pytest.param("1-го мая", "1-may", id="a Russian ordinal"),
        pytest.param("2024г.", "2024", id="a year with a letter"),
        pytest.param("2023-го", "2023", id="a year as an ordinal"),
        pytest.param("Jun 2024", "2024-06", id="a month that may be a name"),
        pytest.param("Sept. 2023", "2023-09", id="an abbreviation"),
        pytest.param("6월 19일", "19-june", id="a day of any year"),
        pytest.param("6.2024", "2024-06", id="a month in figures"),
        pytest.param("2024년 6월 19일에", "2024-06-19", id="a day with a particle"),
        pytest.param("2024년 6월의", "2024-06", id="a month with a particle"),
        pytest.param("2018년에", "2018", id="a year with a particle"),
        pytest.param("20240619", "2024-06-19", id="a day without separators"),
        pytest.param("18-Jun-2024", "2024-06-18", id="a day with a month in words and hyphens"),
    ],
)
def test_a_date_in_another_form_is_found(text: str, iso: str) -> None:
    assert _found(text) == iso


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param("1950s", 1950, 1959, id="a decade"),
        pytest.param("1950-е годы", 1950, 1959, id="a Russian decade"),
        pytest.param("années 1950", 1950, 1959, id="a French decade"),
        pytest.param("1950년대", 1950, 1959, id="a Korean decade"),
        pytest.param("1950년대의", 1950, 1959, id="a decade with a particle"),
        pytest.param("1950-х гг.", 1950, 1959, id="abbreviated years of a decade"),
        pytest.param("1990-ые", 1990, 1999, id="a decade with a longer ending"),
        pytest.param("90s", 1990, 1999, id="a decade without its century"),
        pytest.param("'90s", 1990, 1999, id="a decade with an apostrophe"),
        pytest.param("90-х годов", 1990, 1999, id="a short Russian decade"),
        pytest.param("années 90", 1990, 1999, id="a short French decade"),
        pytest.param("90년대에", 1990, 1999, id="a short Korean decade"),
        pytest.param("2018–2020", 2018, 2020, id="years"),
        pytest.param("1950—1953 гг.", 1950, 1953, id="Russian years"),
        pytest.param("2018~2020년에", 2018, 2020, id="Korean years"),
        pytest.param("1950-53", 1950, 1953, id="the last year in two figures"),
    ],
)
def test_a_decade_and_a_range_are_their_years(text: str, first: int, last: int) -> None:
    words = text.split()

    expected = AskedDate(len(words), tuple((str(year),) for year in range(first, last + 1)))
    assert find_date(words) == expected


@pytest.mark.parametrize(
    "text",
    [
        "24-26 April 2019",
        "April 24–26, 2019",
        "24-26 avr. 2019",
        "24—26 апреля 2019 года",
        "24-26.04.2019",
        "2019년 4월 24~26일에",
    ],
)
def test_days_with_a_dash_are_each_of_them(text: str) -> None:
    words = text.split()

    expected = tuple(("2019", "04", day) for day in ("24", "25", "26"))
    assert find_date(words) == AskedDate(len(words), expected)


@given(st.dates(date(2000, 1, 1), date(2000, 12, 31)))
def test_a_day_of_any_year_is_in_the_words_of_that_day_alone(day: date) -> None:
    found = find_date([f"{day.month}월", f"{day.day}일"])

    assert found
    assert found.phrases == (tuple(date_text(Language.EN, day.isoformat()).lower().split()[:2]),)


@pytest.mark.parametrize(
    "text",
    [
        "2024",
        "June",
        "Kim Jun",
        "1000-1999",
        "13th session",
        "75",
        "summit 2019",
        "2024-13",
        "11-13",
        "26-24 May",
        "1953-50",
        "40-е заседание",
        "32-Jun-2024",
        "18-Kim-2024",
    ],
)
def test_other_words_are_no_date(text: str) -> None:
    assert find_date(text.split()) is None


def test_a_date_ends_before_other_words() -> None:
    assert find_date(["9", "September", "2023", "Kim"]) == AskedDate(3, (("2023", "09", "09"),))
    assert find_date(["May", "2000", "5"]) == AskedDate(3, (("2000", "05", "05"),))
