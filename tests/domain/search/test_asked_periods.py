"""Periods in a query, in words and figures, are found as one term."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.date_text import date_text
from app.domain.languages import Language
from app.domain.search.asked_dates import AskedDate
from app.domain.search.asked_periods import find_period

_DAYS = st.dates(date(1901, 1, 1), date(2098, 12, 31))


def _whole(text: str) -> AskedDate | None:
    """Return the period that is the whole text."""
    words = text.split()
    found = find_period(words)
    return found if found and found.size == len(words) else None


def _has(found: AskedDate, day: date) -> bool:
    parts = tuple(day.isoformat().split("-"))
    return any(parts[: len(phrase)] == phrase for phrase in found.phrases) or parts[0].startswith(
        found.beginnings or ("none",)
    )


def _ends(text: str) -> tuple[str, str] | None:
    """Return the first and the last day of the period that is the whole text, which has each day between."""
    if not (found := _whole(text)):
        return None
    digits = [*found.phrases, *((each,) for each in found.beginnings)]
    spans = sorted(_span(*each) for each in digits if each[0].isdecimal())
    assert all(a[1] + timedelta(days=1) == b[0] for a, b in pairwise(spans))
    return f"{spans[0][0]}", f"{spans[-1][1]}"


def _span(year: str, month: str = "", day: str = "") -> tuple[date, date]:
    first = date(int(year.ljust(4, "0")), int(month or 1), int(day or 1))
    last = date(int(year.ljust(4, "9")), int(month or 12), 1)
    last_day = int(day or monthrange(last.year, last.month)[1])
    return first, last.replace(day=last_day)


@given(_DAYS, _DAYS, _DAYS)
def test_a_period_has_the_days_between_its_ends(one: date, other: date, day: date) -> None:
    first, last = sorted((one, other))
    found = _whole(f"from {first} to {last}")

    assert found and _has(found, day) == (first <= day <= last)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        pytest.param("2024-06-18/2024-07-03", "2024-06-18", "2024-07-03", id="days of a year"),
        pytest.param("2023-12-30/2024-01-02", "2023-12-30", "2024-01-02", id="days of two years"),
        pytest.param("2024-06/2024-09", "2024-06-01", "2024-09-30", id="months"),
        pytest.param("2018-06/2019-03", "2018-06-01", "2019-03-31", id="months of two years"),
        pytest.param("2023/..", "2023-01-01", "2099-12-31", id="from a year on"),
        pytest.param("2023-06/..", "2023-06-01", "2099-12-31", id="from a month on"),
        pytest.param("2023-06-18/..", "2023-06-18", "2099-12-31", id="from a day on"),
        pytest.param("../1950", "1900-01-01", "1950-12-31", id="until a year"),
        pytest.param("../1950-06", "1900-01-01", "1950-06-30", id="until a month"),
        pytest.param("../1950-06-25", "1900-01-01", "1950-06-25", id="until a day"),
    ],
)
def test_a_period_is_found_in_the_words_of_each_language(
    language: Language, edtf: str, first: str, last: str
) -> None:
    # Without `on`, `a letter from 2023` is of that year.
    on = " on" if language is Language.EN and edtf.endswith("..") else ""

    assert _ends(date_text(language, edtf) + on) == _ends(edtf) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param("2018 - 2019", "2018-01-01", "2019-12-31", id="a dash between spaces"),
        pytest.param("between 2018 and 2020", "2018-01-01", "2020-12-31", id="between"),
        pytest.param("2018 to 2020", "2018-01-01", "2020-12-31", id="to"),
        pytest.param("entre 2018 et 2020", "2018-01-01", "2020-12-31", id="French between"),
        pytest.param("de 2018 à 2020", "2018-01-01", "2020-12-31", id="French to"),
        pytest.param("между 2018 и 2020 годами", "2018-01-01", "2020-12-31", id="Russian between"),
        pytest.param("с 2018 по 2020 год", "2018-01-01", "2020-12-31", id="Russian to"),
        pytest.param("2018년부터 2020년까지", "2018-01-01", "2020-12-31", id="Korean to"),
        pytest.param("2018년과 2020년 사이에", "2018-01-01", "2020-12-31", id="Korean between"),
        pytest.param("2018년~2020년", "2018-01-01", "2020-12-31", id="a tilde"),
        pytest.param("from the 1950s to the 1960s", "1950-01-01", "1969-12-31", id="decades"),
        pytest.param("1950s and 1960s", "1950-01-01", "1969-12-31", id="two decades"),
        pytest.param("с 18 по 20 июня 2024", "2024-06-18", "2024-06-20", id="days share a month"),
        pytest.param("June 18 to 20, 2024", "2024-06-18", "2024-06-20", id="American days"),
        pytest.param("June 18–July 3, 2024", "2024-06-18", "2024-07-03", id="dash between words"),
        pytest.param(
            "from the 18th of June to the 3rd of July 2024",
            "2024-06-18",
            "2024-07-03",
            id="articles",
        ),
        pytest.param("June-September 2024", "2024-06-01", "2024-09-30", id="months in a word"),
        pytest.param("июнь-сентябрь 2024", "2024-06-01", "2024-09-30", id="Russian months"),
        pytest.param("2024년 6월~9월", "2024-06-01", "2024-09-30", id="Korean months"),
        pytest.param("since June 2023", "2023-06-01", "2099-12-31", id="since"),
        pytest.param("from 2023 on", "2023-01-01", "2099-12-31", id="on"),
        pytest.param("2023년 이후", "2023-01-01", "2099-12-31", id="Korean since"),
        pytest.param("depuis 2023", "2023-01-01", "2099-12-31", id="French since"),
        pytest.param("after 18 June 2024", "2024-06-19", "2099-12-31", id="after"),
        pytest.param("после 2023 года", "2024-01-01", "2099-12-31", id="Russian after"),
        pytest.param("before 1950", "1900-01-01", "1949-12-31", id="before"),
        pytest.param("before the 1950s", "1900-01-01", "1949-12-31", id="before a decade"),
        pytest.param("до 1950 года", "1900-01-01", "1949-12-31", id="Russian before"),
        pytest.param("1950년 이전", "1900-01-01", "1950-12-31", id="Korean until"),
        pytest.param("jusqu’en 1950", "1900-01-01", "1950-12-31", id="French until"),
        pytest.param("until the end of 2023", "1900-01-01", "2023-12-31", id="until"),
        pytest.param("spring 2024", "2024-03-01", "2024-05-31", id="spring"),
        pytest.param("весной 2024 года", "2024-03-01", "2024-05-31", id="Russian spring"),
        pytest.param("au printemps 2024", "2024-03-01", "2024-05-31", id="French spring"),
        pytest.param("l'été 2018", "2018-06-01", "2018-08-31", id="French summer"),
        pytest.param("2024년 봄", "2024-03-01", "2024-05-31", id="Korean spring"),
        pytest.param("fall of 2023", "2023-09-01", "2023-11-30", id="American autumn"),
        pytest.param("winter 2024/25", "2024-12-01", "2025-02-28", id="winter"),
        pytest.param("first half of 2023", "2023-01-01", "2023-06-30", id="half"),
        pytest.param("в первом полугодии 2023", "2023-01-01", "2023-06-30", id="Russian half"),
        pytest.param("2023년 하반기", "2023-07-01", "2023-12-31", id="Korean half"),
        pytest.param("Q1 2023", "2023-01-01", "2023-03-31", id="quarter"),
        pytest.param("deuxième trimestre 2023", "2023-04-01", "2023-06-30", id="French quarter"),
        pytest.param("mid-June 2024", "2024-06-01", "2024-06-30", id="mid"),
        pytest.param("в начале июня 2024", "2024-06-01", "2024-06-30", id="Russian early"),
        pytest.param("2024년 6월 초", "2024-06-01", "2024-06-30", id="Korean early"),
        pytest.param("au début des années 1990", "1990-01-01", "1999-12-31", id="French early"),
        pytest.param("2024-06/2024-09", "2024-06-01", "2024-09-30", id="EDTF months"),
        pytest.param("199X", "1990-01-01", "1999-12-31", id="EDTF decade"),
        pytest.param("2024-06-XX", "2024-06-01", "2024-06-30", id="EDTF day not known"),
        pytest.param("not before June 2024", "2024-06-01", "2099-12-31", id="not before"),
        pytest.param("не позднее 1950 года", "1900-01-01", "1950-12-31", id="Russian until"),
        pytest.param("no later than 1950", "1900-01-01", "1950-12-31", id="no later"),
        pytest.param("later than 2023", "2024-01-01", "2099-12-31", id="later"),
        pytest.param("during 2023", "2023-01-01", "2023-12-31", id="during"),
        pytest.param("around 15 August 2023", "2023-08-15", "2023-08-15", id="around"),
        pytest.param("в период с 2018 по 2019", "2018-01-01", "2019-12-31", id="Russian during"),
        pytest.param("в течение 2023 года", "2023-01-01", "2023-12-31", id="Russian throughout"),
        pytest.param("vers 1950", "1950-01-01", "1950-12-31", id="French around"),
        pytest.param("1950년경", "1950-01-01", "1950-12-31", id="Korean around"),
        pytest.param("from June 2024 until today", "2024-06-01", "2099-12-31", id="until today"),
        pytest.param("с 2023 года по настоящее время", "2023-01-01", "2099-12-31", id="until now"),
        pytest.param("2023년부터 현재까지", "2023-01-01", "2099-12-31", id="Korean until now"),
        pytest.param("depuis 2023 jusqu'à aujourd'hui", "2023-01-01", "2099-12-31", id="à ce jour"),
        pytest.param("1900/2020", "1900-01-01", "2020-12-31", id="a long time"),
    ],
)
def test_a_period_in_another_form_is_found(text: str, first: str, last: str) -> None:
    assert _ends(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        pytest.param("2018, 2020 and 2024", ["2018", "2020", "2024"], id="years"),
        pytest.param("1961, 2000 и 2024 годов", ["1961", "2000", "2024"], id="Russian years"),
        pytest.param("2018년과 2020년", ["2018", "2020"], id="Korean years"),
        pytest.param("19 and 21 June 2024", ["2024-06-19", "2024-06-21"], id="days"),
        pytest.param("June 2024 or August 2024", ["2024-06", "2024-08"], id="months"),
        pytest.param("[2018,2020]", ["2018", "2020"], id="EDTF set"),
        pytest.param("18 to 19 June", ["18-june", "19-june"], id="days of any year"),
        pytest.param("June and July", ["june", "july"], id="months of any year"),
        pytest.param("early March", ["march"], id="a month of any year"),
    ],
)
def test_each_of_several_dates_is_found(text: str, phrases: list[str]) -> None:
    found = _whole(text)

    assert found and ["-".join(phrase) for phrase in found.phrases] == phrases


def test_the_date_of_an_event_may_be_the_season() -> None:
    found = _whole("spring 2024")

    assert found and ("spring", "2024") in found.phrases


@pytest.mark.parametrize("text", ["since 2023", "before 1950", "2023/.."])
def test_an_open_period_is_for_the_dates_of_events(text: str) -> None:
    found = _whole(text)

    assert found and found.of_event


@pytest.mark.parametrize(
    "text",
    [
        "2024",
        "June 18, 2024",
        "the 18th of June 2024",
        "from Putin to Kim",
        "between Putin and Kim",
        "before the 2019 summit",
        "from 2023 on aid",
        "letter from 2023",
        "since then",
        "с Путиным",
        "до войны",
        "2019 to 2018",
        "31 June to 3 July 2024",
        "2018 -",
        "2024/",
        "12 and 2018",
        "с 1 по 3",
        "first session",
        "летом",
    ],
)
def test_other_words_are_no_period(text: str) -> None:
    assert _whole(text) is None


def test_words_after_a_period_are_no_part_of_it() -> None:
    found = find_period(["from", "2018", "to", "2019", "Putin", "in", "Moscow"])

    assert found and found.size == 4
