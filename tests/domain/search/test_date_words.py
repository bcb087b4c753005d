"""The words by which a search finds the date of an event."""

from datetime import date
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.date_text import date_text
from app.domain.dates import parse_edtf
from app.domain.languages import Language
from app.domain.search.date_words import date_words, full_month
from app.domain.search.query import TermPhrase, parse_query
from app.domain.search.tokens import MARK, index_tokens
from app.records.models import EventRecord
from tests.support.seed_records import list_seeds

_DAYS = st.dates(date(1945, 1, 1), date(2026, 12, 31)).map(date.isoformat)
_DATES = st.builds(
    lambda day, size, mark: day[:size] + mark,
    _DAYS,
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "~", "?", "%"]),
)
_INTERVALS = (
    st.tuples(_DATES, _DATES).map(sorted).map("/".join).filter(lambda each: _is_valid(each))
)


def _is_valid(edtf: str) -> bool:
    try:
        parse_edtf(edtf)
    except ValueError:
        return False
    return True


def _finds(q: str, edtf: str) -> bool:
    """Whether a query finds an event by this date alone."""
    cut = [index_tokens(text, language) for language, text in date_words(edtf)]
    tokens = [*chain.from_iterable((*words, MARK, *stems) for words, stems in cut)]

    def has(phrase: TermPhrase) -> bool:
        size = len(phrase.words)
        runs = (tuple(tokens[i : i + size]) for i in range(len(tokens)))
        return any(
            run == phrase.words
            or (
                phrase.open
                and run[:-1] == phrase.words[:-1]
                and run[-1].startswith(phrase.words[-1])
            )
            for run in runs
            if len(run) == size
        )

    return all(any(map(has, term.phrases)) for term in parse_query(q).required)


@given(_DATES, st.sampled_from([*Language]))
def test_a_date_is_found_by_its_words_in_each_language(edtf: str, language: Language) -> None:
    plain = edtf.rstrip("~?%")

    assert _finds(date_text(language, plain), edtf)
    assert _finds(plain, edtf)


@given(_INTERVALS)
def test_both_sides_of_an_interval_and_the_years_between_them_are_found(edtf: str) -> None:
    bounds = parse_edtf(edtf)
    years = range(bounds.start_earliest.year, bounds.end_latest.year + 1)

    assert all(_finds(side.rstrip("~?%"), edtf) for side in edtf.split("/"))
    assert all(_finds(str(year), edtf) for year in years) or len(years) > 30
    assert not _finds(str(years[0] - 1), edtf)
    assert not _finds(str(years[-1] + 1), edtf)


@pytest.mark.parametrize(
    ("q", "edtf"),
    [
        pytest.param("1955", "195X", id="a year of a decade"),
        pytest.param("1950s", "195X", id="a decade"),
        pytest.param("1950-е", "195X", id="a decade in Russian"),
        pytest.param("winter 2024", "2024-24", id="a season"),
        pytest.param("июнь 2024", "2024-06-XX", id="some day of a month"),
        pytest.param("2023", "2023-09/..", id="a time without an end"),
        pytest.param("25 December 1991", "../1991-12-25", id="a time without a beginning"),
        pytest.param("9 February 2000", "[2000-02-09,2000-02-10]", id="one of a set"),
        pytest.param("19 June 2024", "2024-06-19T10:15:30Z", id="a time of day"),
        pytest.param("Jan 1950", "1950-01", id="an abbreviation"),
        pytest.param("déc. 1950", "1950-12", id="an abbreviation in French"),
        pytest.param("янв. 1950 г.", "1950-01", id="an abbreviation in Russian"),
        pytest.param("1950년 1월에", "1950-01", id="a particle"),
    ],
)
def test_a_date_in_another_form_is_found(q: str, edtf: str) -> None:
    assert _finds(q, edtf)


@pytest.mark.parametrize(
    ("q", "edtf"),
    [
        pytest.param("about", "2024~", id="a doubt"),
        pytest.param("2024", "2023-09/..", id="a later year of a time without an end"),
        pytest.param("1950", "19XX", id="a year of a century"),
        pytest.param("10", "2024-06-19T10:15:30Z", id="an hour"),
        pytest.param("XX", "2024-XX-XX", id="an unknown month"),
    ],
)
def test_other_words_find_no_date(q: str, edtf: str) -> None:
    assert not _finds(q, edtf)


def test_each_date_of_the_seeds_is_found_in_each_language() -> None:
    dates = {event.date for event in list_seeds(EventRecord)}
    sides = [(side.rstrip("~?%"), edtf) for edtf in dates for side in edtf.split("/")]
    known = [(side, edtf) for side, edtf in sides if side[:4].isdigit()]

    lost = [
        (side, edtf, language)
        for side, edtf in known
        for language in Language
        if not _finds(date_text(language, side), edtf)
    ]

    assert len(known) > 500
    assert lost == []


def test_no_syllable_of_a_korean_name_abbreviates_a_month() -> None:
    assert full_month("sep") == "september"
    assert full_month("jun") is None
