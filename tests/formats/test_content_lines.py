from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Event

from app.formats.content_lines import content_lines, day, degrees, escape, utc_time

# Long enough for several folds, with all that is escaped, and letters of one to four bytes.
_TEXTS = st.text(st.sampled_from('aN \\^;,\n\r:"é한\U0001f300'), max_size=300) | st.text(
    st.characters(codec="utf-8"), max_size=100
)


# The library writes a backslash before an N as a line end: findings/icalendar-backslash-and-n.sh.
@given(text=_TEXTS.filter(lambda text: r"\N" not in text))
def test_a_text_is_the_line_of_the_library(text: str) -> None:
    entry = Event()
    entry.add("description", text)

    lines = content_lines(["BEGIN:VEVENT", f"DESCRIPTION:{escape(text)}", "END:VEVENT"])

    assert lines == entry.to_ical()


def test_a_backslash_before_an_n_comes_back() -> None:
    assert escape(r"C:\New") == r"C:\\New"


@given(
    on=st.dates(),
    at=st.datetimes(timezones=st.just(UTC), min_value=datetime(1970, 1, 1)),
)
def test_days_and_times_are_as_the_library_writes_them(on: date, at: datetime) -> None:
    entry = Event()
    entry.add("dtstart", on)
    entry.add("dtstamp", at)

    expected = f"DTSTART;VALUE=DATE:{day(on)}\r\nDTSTAMP:{utc_time(at)}\r\n"

    assert expected.encode() in entry.to_ical()


@pytest.mark.parametrize(
    ("number", "expected"),
    [(55.7558, "55.7558"), (-0.00001, "-0.00001"), (1e-20, "0." + "0" * 19 + "1"), (90.0, "90.0")],
)
def test_a_number_has_no_exponent(number: float, expected: str) -> None:
    assert degrees(number) == expected
