"""The explorer makes the words of a date itself only if they are the words of the server."""

import json
from typing import Any

import pytest
from pydantic_core import to_json

from app.documents.entities.event_rows import date_bounds
from app.domain.date_text import date_text
from app.domain.languages import Language
from app.formats.pages.explorer.short_dates import is_short


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("edtf", "short"),
    [
        pytest.param("2024-06-19", True, id="a day"),
        pytest.param("1999-09-28", True, id="the day of the patterns"),
        pytest.param("2024-02", True, id="a month"),
        pytest.param("1948", True, id="a year"),
        pytest.param("2024-06-01/2024-06-30", False, id="the days of a month"),
        pytest.param("2024-02-01/2024-02-28", False, id="almost a month"),
        pytest.param("2024-06-18/2024-06-20", False, id="some days"),
        pytest.param("2024-06-19~", False, id="about a day"),
        pytest.param("1948?", False, id="perhaps a year"),
        pytest.param("1948/..", False, id="open"),
    ],
)
def test_short_dates(language: Language, edtf: str, short: bool) -> None:
    assert is_short(language, date_text(language, edtf), _bounds(edtf)) is short


def test_the_first_day_of_a_month_is_special_in_french() -> None:
    assert not is_short(Language.FR, date_text(Language.FR, "2024-07-01"), _bounds("2024-07-01"))


def _bounds(edtf: str) -> Any:
    return json.loads(to_json(date_bounds(edtf)))
