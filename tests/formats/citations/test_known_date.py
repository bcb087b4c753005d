"""A date in a citation is never finer than the date of the record."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import parse_edtf
from app.formats.citations.known_date import KnownDate, known_date


def _known(edtf: str) -> KnownDate:
    known = known_date(edtf)
    assert known is not None
    return known


@pytest.mark.parametrize(
    ("edtf", "shown", "shared"),
    [
        pytest.param("2024-11-01", "2024-11-01", (2024, 11, 1), id="day"),
        pytest.param("2024-06~", "2024-06~", (2024, 6), id="about a month"),
        pytest.param("0988?", "0988?", (988,), id="early uncertain year"),
        pytest.param("2024-06-XX", "2024-06", (2024, 6), id="unspecified day"),
        pytest.param("1962-XX-XX%", "1962%", (1962,), id="unspecified month and day"),
        pytest.param("2024-22", "2024-22", (2024,), id="season"),
        pytest.param("195X", "1950/1959", (), id="decade"),
        pytest.param("19XX~", "1900~/1999~", (), id="century"),
        pytest.param("2024-06-18T23:00:00+09:00", "2024-06-18", (2024, 6, 18), id="date-time"),
        pytest.param("2024-06-18/2024-06-19", "2024-06-18/2024-06-19", (2024, 6), id="days"),
        pytest.param("2024-06/2024-08~", "2024-06/2024-08~", (2024,), id="months"),
        pytest.param("1999/2000", "1999/2000", (), id="years"),
        pytest.param("2024-04-05/..", "2024-04-05/", (), id="open end"),
        pytest.param("../1991-12-26", "/1991-12-26", (), id="open beginning"),
        pytest.param("[1948-03-01,1948-03-10]", "1948-03", (1948, 3), id="one of two days"),
        pytest.param("[1948-03~,1948-05~]", "1948~", (1948,), id="one of two months"),
        pytest.param("{1948-12-30,1949-01-02}", "1948/1949", (), id="days of two years"),
    ],
)
def test_shows_what_is_known(edtf: str, shown: str, shared: tuple[int, ...]) -> None:
    assert _known(edtf).edtf() == shown
    assert _known(edtf).common_parts() == shared


def test_no_date_stays_none() -> None:
    assert known_date(None) is None


_MONTHS = st.dates().map(lambda day: f"{day.year:04}-{day.month:02}")
_ONE = st.one_of(
    st.dates().map(str),
    _MONTHS,
    st.integers(1, 9998).map("{:04}".format),
    st.integers(1, 998).map("{:03}X".format),
    st.tuples(st.integers(1, 9998), st.integers(21, 24)).map(
        lambda pair: f"{pair[0]:04}-{pair[1]}"
    ),
)
_MARKED = st.tuples(_ONE, st.sampled_from(["", "~", "?", "%"])).map("".join)
_SETS = st.lists(st.dates().map(str) | _MONTHS, min_size=2, max_size=4).map(
    lambda dates: f"[{','.join(dates)}]"
)


@given(edtf=_MARKED | _SETS)
def test_covers_every_possible_day(edtf: str) -> None:
    bounds, shown = parse_edtf(edtf), parse_edtf(_known(edtf).edtf())

    assert shown.start_earliest <= bounds.start_earliest
    assert bounds.end_latest <= shown.end_latest
    assert (shown.approximate, shown.uncertain) == (bounds.approximate, bounds.uncertain)


@given(edtf=_MARKED | _SETS)
def test_the_common_parts_are_those_of_every_possible_day(edtf: str) -> None:
    bounds, parts = parse_edtf(edtf), _known(edtf).common_parts()

    # A season belongs to the year that names it, though winter ends in the next one.
    for day in (bounds.start_earliest, bounds.end_latest)[: 1 if re.search("-24", edtf) else 2]:
        assert (day.year, day.month, day.day)[: len(parts)] == parts
