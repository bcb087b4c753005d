import pytest

from app.domain.languages import Language
from app.formats.dates import is_known_to_the_day, possible_days, readable_date
from tests.support.builders import make_event_document


class TestReadableDate:
    @pytest.mark.parametrize(
        ("edtf", "expected"),
        [
            ("2024-06-18", "2024-06-18"),
            ("2024-06", "2024-06"),
            ("2024", "2024"),
            ("2024-06-XX", "2024-06"),
            ("2024-XX-XX", "2024"),
            ("195X", "1950–1959"),
            ("19XX", "1900–1999"),
            ("2024-24", "winter 2024"),
            ("2024-06-18T10:00:00+09:00", "2024-06-18 10:00:00+09:00"),
            ("2024-06~", "about 2024-06"),
            ("2024-06?", "2024-06 (uncertain)"),
            ("195X%", "about 1950–1959 (uncertain)"),
            ("2024-06-18/2024-06-19", "2024-06-18 – 2024-06-19"),
            ("2024-06-18~/2024-07", "about 2024-06-18 – 2024-07"),
            ("2018-10-22/..", "from 2018-10-22"),
            ("2018-10-22/", "from 2018-10-22"),
            ("../1991-12-26?", "until 1991-12-26 (uncertain)"),
            ("[2024-06-18,2024-06-20~]", "2024-06-18 or about 2024-06-20"),
            ("{2024-06-18,2024-07}", "2024-06-18 and 2024-07"),
        ],
    )
    def test_is_as_precise_as_the_date(self, edtf: str, expected: str) -> None:
        assert readable_date(Language.EN, edtf) == expected

    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            (Language.FR, "à partir de printemps 1950 environ (incertain)"),
            (Language.RU, "начало: весна 1950 (примерно) (под вопросом)"),
            (Language.KO, "1950 봄경 (불확실)부터"),
        ],
    )
    def test_is_written_in_each_language(self, language: Language, expected: str) -> None:
        assert readable_date(language, "1950-21%/..") == expected


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
