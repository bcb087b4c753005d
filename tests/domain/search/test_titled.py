"""Titles of a query, and the words beside them that may be names."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.search.titled import find_titled

WORDS = ["President", "of", "Russia,", "Putin", "김정은위원장과", "위원장", "북한"]
WORDS += ["президента", "в", "Россию", '-"title:OR', "NOT"]


def _found(query: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(query[each.start : each.end], each.names) for each in find_titled(query)]


class TestFindTitled:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            pytest.param("President Putin", [("President", ("Putin",))], id="a title"),
            pytest.param(
                "talks of Russian Foreign Minister Lavrov",
                [("of Russian Foreign Minister", ("Lavrov",))],
                id="a long title",
            ),
            pytest.param("президентом Путиным", [("президентом", ("Путиным",))], id="a case"),
            pytest.param("l'ambassadeur Macegora", [("l'ambassadeur", ("Macegora",))], id="elided"),
            pytest.param("президент В. Путин", [("президент", ("Путин",))], id="an initial"),
            pytest.param("визит президента", [("президента", ())], id="nothing after it"),
            pytest.param("김정은 위원장", [("위원장", ("김정은",))], id="after a name in Hangul"),
            pytest.param(
                "김정은 위원장 푸틴",
                [("위원장", ("김정은", "푸틴"))],
                id="between two names in Hangul",
            ),
            pytest.param(
                "김정은위원장과", [("위원장과", ("김정은",))], id="joined, with a particle"
            ),
            pytest.param(
                "북한 김정은 위원장",
                [("북한", ("김정은",)), ("위원장", ("김정은",))],
                id="a country before a name",
            ),
            pytest.param(
                "Lavrov, Minister of Foreign Affairs",
                [("Minister of Foreign Affairs", ("Lavrov",))],
                id="after a comma",
            ),
            pytest.param("Lavrov ministers", [], id="a plural is no title"),
            pytest.param("Lavrov minister", [("minister", ())], id="after a name without a comma"),
            pytest.param(
                "visit to Russia President Kim", [("President", ("Kim",))], id="a place before it"
            ),
            pytest.param(
                "визит в Россию председателя Кима", [("председателя", ("Кима",))], id="a place"
            ),
            pytest.param(
                "Putin and Marshal Kim", [("Marshal", ("Kim",))], id="a conjunction before it"
            ),
            pytest.param("north Korea", [], id="words that only belong to titles"),
            pytest.param('"President Putin"', [], id="a phrase"),
            pytest.param("-President Putin", [], id="an exclusion"),
            pytest.param("NOT President Putin", [], id="an exclusion in words"),
            pytest.param("title:President Putin", [], id="a field"),
            pytest.param("title: NOT President Putin", [], id="a space after a field"),
            pytest.param("President OR Putin", [("President", ())], id="an operator between"),
        ],
    )
    def test_finds_spans_and_names(
        self, query: str, found: list[tuple[str, tuple[str, ...]]]
    ) -> None:
        assert _found(query) == found

    @given(st.lists(st.sampled_from(WORDS)).map(" ".join))
    def test_spans_are_in_order_and_apart(self, query: str) -> None:
        spans = [(each.start, each.end) for each in find_titled(query)]

        assert all(start < end <= len(query) for start, end in spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
