"""Spans of a text that match a query: where the search finds a text, and only there."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.search.fields import search_fields
from app.domain.search.highlight import find_spans
from app.domain.search.query import SearchQuery, parse_query
from app.domain.search.tokens import index_tokens
from tests.support.matching import holds

WORD = st.sampled_from(
    [
        "김정은과",
        "평양에서",
        "로동신문",
        "김",
        "D.P.R.K.",
        "DPRK",
        "co-operation",
        "cooperation",
        "Putin",
        "Путина",
        "Путин",
        "Чен-ына",
        "Чен",
        "Ын",
        "Ына",
        "visits",
        "visit",
        "Санкт-Петербурге",
        "нью-йорк",
        "œuvre",
        "Vœux",
        "2024.06",
        "KN-23미사일",
    ]
)
TEXTS = st.lists(WORD, min_size=1, max_size=5).map(" ".join)


class TestFindSpans:
    @pytest.mark.parametrize(
        ("q", "text", "language", "expected"),
        [
            pytest.param("Путин и Ким", "Путина и Кима", "ru", ["Путина", "Кима"], id="forms"),
            pytest.param("푸틴과", "푸틴대통령, 평양", "ko", ["푸틴"], id="within a word"),
            pytest.param("김", "김정은", None, ["김"], id="a syllable"),
            pytest.param("정은 김정", "김정은", None, ["김정은"], id="spans that overlap"),
            pytest.param("노동신문", "로동신문 기사", "ko", ["로동신문"], id="North and South"),
            pytest.param("DPRK", "The D.P.R.K. and", "en", ["D.P.R.K"], id="an acronym"),
            pytest.param("cooperation", "on co-operation.", "en", ["co-operation"], id="a hyphen"),
            pytest.param("Чен-ына", "Ким Чен Ын", None, ["Чен Ын"], id="a given name"),
            pytest.param(
                '"Liberation Day"', "Liberation Day", "en", ["Liberation Day"], id="phrase"
            ),
            pytest.param("Vladivos*", "to Vladivostok!", "en", ["Vladivostok"], id="a beginning"),
            pytest.param("voeux", "Vœux pour", "fr", ["Vœux"], id="a ligature"),
            pytest.param("Putin -Kim", "Putin, Kim", "en", ["Putin"], id="an exclusion has none"),
            pytest.param("summary:Putin", "Putin", "en", [], id="another field"),
            pytest.param("title:Putin", "Putin", "en", ["Putin"], id="this field"),
        ],
    )
    def test_spans(self, q: str, text: str, language: str | None, expected: list[str]) -> None:
        spans = find_spans(text, language, parse_query(q), "title")

        assert [text[start:end] for start, end in spans] == expected

    def test_offsets_are_code_points(self) -> None:
        assert find_spans("😀 Putin", "en", parse_query("putin"), "title") == [(2, 7)]

    @given(TEXTS, WORD, st.sampled_from(["", "title:", '"']), st.sampled_from([None, "ru", "en"]))
    def test_a_text_has_spans_if_the_search_finds_it(
        self, text: str, word: str, before: str, language: str | None
    ) -> None:
        text = unicodedata.normalize("NFC", text)
        query = parse_query(before + word)
        fields = search_fields([index_tokens(text, language)], [], [])

        for term in query.required:
            spans = find_spans(text, language, SearchQuery((term,), ()), "title")
            assert bool(spans) == holds(fields, 3, term), (term, text)
            assert all(0 <= start < end <= len(text) for start, end in spans)
