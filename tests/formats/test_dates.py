import pytest

from app.formats.dates import is_known_to_the_day, possible_days
from tests.support.builders import make_event_document


class TestBounds:
    @pytest.mark.parametrize(
        ("edtf", "known", "first", "last"),
        [
            pytest.param("2024-06-18", True, "2024-06-18", "2024-06-18", id="day"),
            pytest.param("2024-06-18/2024-06-19", True, "2024-06-18", "2024-06-19", id="days"),
            pytest.param("{2024-06-18,2024-06-20}", False, "2024-06-18", "2024-06-20", id="all of"),
            pytest.param("2024-06-18~", False, "2024-06-18", "2024-06-18", id="marked day"),
            pytest.param("2024-06", False, "2024-06-01", "2024-06-30", id="month"),
            pytest.param("2024-06-18/2024-06", False, "2024-06-18", "2024-06-30", id="to a month"),
            pytest.param("[2024-06-18,2024-06-19]", False, "2024-06-18", "2024-06-19", id="one of"),
            pytest.param("2018-10-22/..", False, "2018-10-22", "2018-10-22", id="open end"),
            pytest.param("2018-10/..", False, "2018-10-01", "2018-10-31", id="open end of a month"),
            pytest.param("../1991-12-26", False, "1991-12-26", "1991-12-26", id="open start"),
            pytest.param("../1991-12", False, "1991-12-01", "1991-12-31", id="open start, month"),
        ],
    )
    def test_possible_days(self, edtf: str, known: bool, first: str, last: str) -> None:
        event = make_event_document(date=edtf)

        assert is_known_to_the_day(event) is known
        assert [day.isoformat() for day in possible_days(event.date_bounds)] == [first, last]
