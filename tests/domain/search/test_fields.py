"""The tokens of an event are cut to the limits of the engines."""

import pytest

from app.domain.search.fields import LEAST_COST, MAX_COST, MAX_REPEATS, join_tokens, search_fields
from app.domain.search.tokens import Tokens


class TestSearchFields:
    def test_words_then_stems_and_a_mark_after_each(self) -> None:
        fields = search_fields(
            [Tokens(("two", "visits"), ("two·en", "visit·en")), Tokens(("deux",), ("deux·fr",))],
            [],
            [Tokens(("visit",), ("visit·en", "day·en"))],
        )

        assert fields.title == [
            "two",
            "visits",
            "·",
            "deux",
            "·",
            "two·en",
            "visit·en",
            "deux·fr",
            "·",
        ]
        assert fields.names == ["·"]
        assert fields.text == ["visit", "·", "day·en", "·"]

    def test_a_name_that_two_entities_have_counts_once(self) -> None:
        kim, pyongyang = Tokens(("kim",), ("kim·en",)), Tokens(("pyongyang",), ())
        first, second = join_tokens([kim, kim]), join_tokens([pyongyang, kim])

        fields = search_fields([Tokens(("visit",), ())], [first, second], [])

        assert fields.names == ["kim", "·", "pyongyang", "·", "kim·en", "·"]

    def test_marks_replace_a_word_that_occurs_too_often(self) -> None:
        fields = search_fields([], [], [Tokens(("the",) * 300, ())])

        assert fields.text.count("the") == MAX_REPEATS
        assert len(fields.text) == 302

    @pytest.mark.parametrize("length", [1, 100])
    def test_tokens_beyond_the_limit_are_cut_off(self, length: int) -> None:
        words = tuple(f"{i}".zfill(length) for i in range(30_000))

        fields = search_fields([], [join_tokens([Tokens(words, ())])], [Tokens(("late",), ())])

        kept = len(fields.names)
        assert kept == MAX_COST // max(LEAST_COST, length) + 1
        assert kept < 16_000 and fields.names[-1] == "·" and fields.text == ["·"]
