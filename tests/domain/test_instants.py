"""Instants as clients write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.instants import parse_instant, rfc3339


@pytest.mark.parametrize(
    ("text", "microsecond"),
    [
        pytest.param("2026-11-01T12:00:00Z", 0, id="no fraction"),
        pytest.param("2026-11-01T12:00:00.5Z", 500_000, id="one digit"),
        pytest.param("2026-11-01T12:00:00.1234567Z", 123_456, id="seven digits, as .NET writes"),
        pytest.param("2026-11-01T12:00:00.123456789Z", 123_456, id="nine digits, as Java writes"),
        pytest.param("2026-11-01T12:00:00.999999999Z", 999_999, id="cut, not rounded"),
        pytest.param("2026-11-01T21:00:00.25+09:00", 250_000, id="an offset"),
        pytest.param("2026-11-01 21:00:00.25 09:00", 250_000, id="a plus that a URL lost"),
    ],
)
def test_reads_any_number_of_digits(text: str, microsecond: int) -> None:
    assert parse_instant(text) == datetime(2026, 11, 1, 12, 0, 0, microsecond, tzinfo=UTC)


@given(st.datetimes(timezones=st.just(UTC)), st.text("0123456789", max_size=20))
def test_further_digits_change_nothing(instant: datetime, digits: str) -> None:
    text = rfc3339(instant.replace(microsecond=123456)).replace("Z", f"{digits}Z")

    assert parse_instant(text) == instant.replace(microsecond=123456)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2016-12-31T23:59:60Z", id="UTC"),
        pytest.param("2016-12-31T23:59:60.9999999Z", id="a fraction"),
        pytest.param("2017-01-01T08:59:60+09:00", id="an offset"),
    ],
)
def test_a_leap_second_is_the_second_after_it(text: str) -> None:
    assert parse_instant(text) == datetime(2017, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2016-12-31T12:00:60Z", "only 23:59:60Z on the last day of a month"),
        ("2016-12-30T23:59:60Z", "only 23:59:60Z on the last day of a month"),
        ("2016-12-31T23:59:60+09:00", "only 23:59:60Z on the last day of a month"),
        ("9999-12-31T23:59:60Z", "outside the years 1 to 9999"),
        ("2026-11-01T12:00:00+24:00", "the offset .24:00 is not in -23:59 to"),
        ("2026-11-01T12:00:00-09:60", "the offset -09:60 is not in -23:59 to"),
    ],
)
def test_an_instant_that_no_clock_shows_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_instant(text)


@pytest.mark.parametrize("text", ["2026-11-01T12:00:00.Z", "2026-11-01T12:00:00,5Z", "now", ""])
def test_refuses_other_texts(text: str) -> None:
    with pytest.raises(ValueError, match="expected an instant"):
        parse_instant(text)
