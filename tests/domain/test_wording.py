"""Parts of error messages: quoted values and suggestions."""

import pytest

from app.domain.wording import did_you_mean, quote_value


class TestQuoteValue:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (None, "nothing (null)"),
            (True, "true"),
            (2024, "the number 2024"),
            (4.5, "the number 4.5"),
            ("Пхеньян", "the text 'Пхеньян'"),
            ("x" * 1000, f"the text '{'x' * 58}…"),
            ([], "an empty list"),
            ([1, 2], "a list of 2"),
            ({"a": 1}, "a mapping"),
            (b"", "a bytes"),
        ],
        ids=lambda value: None,
    )
    def test_says_type_and_value(self, value: object, expected: str) -> None:
        assert quote_value(value) == expected


class TestDidYouMean:
    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            pytest.param("rol", "; did you mean 'role'?", id="close"),
            pytest.param("ROLE", "; did you mean 'role'?", id="other case"),
            pytest.param("sid", "; did you mean 'side' or 'id'?", id="close to two"),
            pytest.param("capacity", "", id="close to none"),
            pytest.param("x" * 100_000, "", id="long"),
            pytest.param(3, "", id="no word"),
        ],
    )
    def test_names_close_words(self, word: object, expected: str) -> None:
        assert did_you_mean(word, ["id", "role", "side"]) == expected
