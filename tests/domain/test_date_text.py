"""Dates in words."""

import re
from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from app.domain.date_text import date_text, date_texts
from app.domain.dates import parse_edtf
from app.domain.languages import Language
from app.records.models import EventRecord
from tests.support.seed_records import list_seeds

# Lines of the four languages for one date.
IN_WORDS = {
    "2024-06-18": "18 June 2024 | 18 juin 2024 | 18 июня 2024 года | 2024년 6월 18일",
    "2024-06-01": "1 June 2024 | 1er juin 2024 | 1 июня 2024 года | 2024년 6월 1일",
    "2024-06": "June 2024 | juin 2024 | июнь 2024 года | 2024년 6월",
    "2024-06-XX": "some day in June 2024 | un jour de juin 2024 | один из дней июня 2024 года | 2024년 6월 중 하루",
    "2024-XX": "some month in 2024 | un mois de 2024 | один из месяцев 2024 года | 2024년 중 어느 달",
    "2024-06-15/2024-06-15": "15 June 2024 | 15 juin 2024 | 15 июня 2024 года | 2024년 6월 15일",
    "2024-06/2024-06": "June 2024 | juin 2024 | июнь 2024 года | 2024년 6월",
    "0987": "987 | 987 | 987 год | 987년",
    "195X": "1950s | années 1950 | 1950-е годы | 1950년대",
    "19XX": "1900–1999 | 1900–1999 | 1900–1999 годы | 1900~1999년",
    "1950-21": "spring 1950 | printemps 1950 | весна 1950 года | 1950년 봄",
    "2024-24": "winter 2024/25 | hiver 2024/25 | зима 2024/25 года | 2024/25년 겨울",
    "2024-06-18T10:00:00+09:00": (
        "18 June 2024, 10:00:00+09:00 | 18 juin 2024, 10:00:00+09:00"
        " | 18 июня 2024 года, 10:00:00+09:00 | 2024년 6월 18일 10:00:00+09:00"
    ),
    "2024-06-26~": (
        "about 26 June 2024 | vers le 26 juin 2024 | около 26 июня 2024 года | 2024년 6월 26일경"
    ),
    "2024-06~": "about June 2024 | vers juin 2024 | около июня 2024 года | 2024년 6월경",
    "1950-21~": (
        "about spring 1950 | vers le printemps 1950 | около весны 1950 года | 1950년 봄경"
    ),
    "195X%": (
        "about the 1950s (uncertain) | vers les années 1950 (incertain)"
        " | около 1950-х годов (под вопросом) | 1950년대경 (불확실)"
    ),
    "2024?": "2024 (uncertain) | 2024 (incertain) | 2024 год (под вопросом) | 2024년 (불확실)",
    "2024-06-18/2024-06-19": (
        "18–19 June 2024 | 18–19 juin 2024 | 18–19 июня 2024 года | 2024년 6월 18~19일"
    ),
    "2024-06-30/2024-07-02": (
        "30 June – 2 July 2024 | 30 juin – 2 juillet 2024 | 30 июня – 2 июля 2024 года"
        " | 2024년 6월 30일 ~ 7월 2일"
    ),
    "2021-12-31/2022-01-02": (
        "31 December 2021 – 2 January 2022 | 31 décembre 2021 – 2 janvier 2022"
        " | 31 декабря 2021 года – 2 января 2022 года | 2021년 12월 31일 ~ 2022년 1월 2일"
    ),
    "2024-05/2024-06": "May–June 2024 | mai–juin 2024 | май – июнь 2024 года | 2024년 5월 ~ 6월",
    "2021/2023": "2021–2023 | 2021–2023 | 2021–2023 годы | 2021~2023년",
    "2024-03-18/2024-03-21~": (
        "18 March 2024 – about 21 March 2024 | 18 mars 2024 – vers le 21 mars 2024"
        " | 18 марта 2024 года – около 21 марта 2024 года | 2024년 3월 18일 ~ 2024년 3월 21일경"
    ),
    "2018-10-22/..": (
        "from 22 October 2018 | à partir du 22 octobre 2018 | с 22 октября 2018 года"
        " | 2018년 10월 22일부터"
    ),
    "2018-10/": (
        "from October 2018 | à partir d’octobre 2018 | с октября 2018 года | 2018년 10월부터"
    ),
    "1950-21%/..": (
        "from about spring 1950 (uncertain) | à partir de : vers le printemps 1950 (incertain)"
        " | начало: около весны 1950 года (под вопросом) | 1950년 봄경 (불확실)부터"
    ),
    "../1991-12-26?": (
        "until 26 December 1991 (uncertain) | jusqu’au 26 décembre 1991 (incertain)"
        " | по 26 декабря 1991 года (под вопросом) | 1991년 12월 26일까지 (불확실)"
    ),
    "../1991": "until 1991 | jusqu’en 1991 | по 1991 год | 1991년까지",
    "[2000-02-09,2000-02-10]": (
        "9 or 10 February 2000 | 9 ou 10 février 2000 | 9 или 10 февраля 2000 года"
        " | 2000년 2월 9일 또는 10일"
    ),
    "[2000-02-01,2000-02-09,2000-02-10]": (
        "1, 9 or 10 February 2000 | 1er, 9 ou 10 février 2000 | 1, 9 или 10 февраля 2000 года"
        " | 2000년 2월 1일, 9일 또는 10일"
    ),
    "[2018-10,2018-11]": (
        "October or November 2018 | octobre ou novembre 2018 | октябрь или ноябрь 2018 года"
        " | 2018년 10월 또는 11월"
    ),
    "{2024-06-18,2024-07~}": (
        "18 June 2024 and about July 2024 | 18 juin 2024 et vers juillet 2024"
        " | 18 июня 2024 года и около июля 2024 года | 2024년 6월 18일 및 2024년 7월경"
    ),
}

SINGLE = st.sampled_from(
    ["2024-06-18", "2024-07-01", "2025-07-02", "2024-06", "2025-01", "2024", "2025-XX", "202X"]
    + ["20XX", "2024-21", "2024-24", "2024-06-XX"]
)
MARKED = st.builds("{}{}".format, SINGLE, st.sampled_from(["", "", "~", "?", "%"]))
SETS = st.builds(
    lambda marks, dates: f"{marks[0]}{','.join(dates)}{marks[1]}",
    st.sampled_from(["[]", "{}"]),
    st.lists(MARKED, min_size=2, max_size=4),
)
OPEN = st.sampled_from(["{}/..", "{}/", "../{}", "/{}"])
EDTF = st.one_of(
    MARKED,
    SETS,
    st.builds(lambda form, each: form.format(each), OPEN, MARKED),
    st.builds("2023-01-05/{}".format, MARKED),
    st.builds("{}/2199".format, MARKED),
)


@pytest.mark.parametrize("edtf", IN_WORDS)
def test_a_date_is_written_in_each_language(edtf: str) -> None:
    parse_edtf(edtf)

    assert " | ".join(date_text(language, edtf) for language in Language) == IN_WORDS[edtf]


@given(st.dates(date(1000, 1, 1)))
def test_a_day_is_written_as_in_cldr(day: date) -> None:
    locales = {"en": "en_GB", "fr": "fr", "ru": "ru", "ko": "ko"}
    written = {name: format_date(day, "long", locale) for name, locale in locales.items()}
    # Ours are the usual forms in running text.
    written["fr"] = re.sub(r"^1 ", "1er ", written["fr"])
    written["ru"] = written["ru"].replace("\u202fг.", " года")

    assert date_texts(day.isoformat()).model_dump() == written


@given(st.dates(date(1000, 1, 1)))
def test_a_month_is_written_as_in_cldr(day: date) -> None:
    patterns = {"en": "LLLL y", "fr": "LLLL y", "ru": "LLLL y 'года'", "ko": "y년 LLLL"}
    written = {name: format_date(day, form, name) for name, form in patterns.items()}

    assert date_texts(f"{day:%Y-%m}").model_dump() == written


@given(EDTF)
def test_each_valid_date_has_words_that_keep_its_years_and_marks(edtf: str) -> None:
    parse_edtf(edtf)
    years = {int(year) for year in re.findall(r"20[0-9]{2}", edtf)}

    for language in Language:
        text = date_text(language, edtf)
        assert all(str(year) in text for year in years), text
        assert "X" not in text
        assert "{" not in text
        # A mark of doubt is never lost, and none is added.
        doubtful = {"en": "uncertain", "fr": "incertain", "ru": "под вопросом", "ko": "불확실"}
        assert (doubtful[language] in text) is bool(re.search("[?%]", edtf)), text


def test_each_date_of_the_seeds_has_words() -> None:
    texts = {event.date: date_texts(event.date) for event in list_seeds(EventRecord)}

    assert len({each.en for each in texts.values()}) > 500
    assert date_texts("2018-10-22/2018-10-26").en == "22–26 October 2018"
