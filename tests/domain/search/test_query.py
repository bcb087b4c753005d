"""Full-text queries are parsed into words, phrases and exclusions."""

import pytest

from app.domain.search.query import MAX_TERMS, QueryError, SearchQuery, SearchTerm, parse_query


def _words(terms: tuple[SearchTerm, ...]) -> list[str]:
    return [" ".join(term.words) for term in terms]


class TestParseQuery:
    @pytest.mark.parametrize(
        ("text", "required", "excluded"),
        [
            pytest.param("Kim Путин", ["kim", "путин"], [], id="words"),
            pytest.param('"Liberation Day" -Putin', ["liberation day"], ["putin"], id="phrase"),
            pytest.param('-"Liberation Day"', [], ["liberation day"], id="a phrase excluded"),
            pytest.param("Choe Son-hui", ["choe", "son hui"], [], id="a chunk of two words"),
            pytest.param("l'URSS d’État qu'il", ["urss", "etat", "il"], [], id="French elisions"),
            pytest.param("Putin's Kim’s -Kremlin's", ["putin", "kim"], ["kremlin"], id="genitives"),
            pytest.param("Ch'oe \"l'URSS\"", ["ch oe", "l urss"], [], id="other apostrophes"),
            pytest.param("Put\u00adin 김\u200b정은", ["putin", "김정 정은"], [], id="unseen marks"),
            pytest.param('talks "in Moscow', ["talks", "in moscow"], [], id="a quote not closed"),
            pytest.param("“Liberation Day”", ["liberation day"], [], id="curly quotes"),
            pytest.param("« amitié »", ["amitie"], [], id="French quotes"),
            pytest.param('a"b c"d', ["a", "b c", "d"], [], id="quotes within"),
            pytest.param("Kim - & Putin -…", ["kim", "putin"], [], id="chunks without words"),
            pytest.param("--Putin", [], ["putin"], id="two signs"),
            pytest.param('"" Kim', ["kim"], [], id="an empty phrase"),
            pytest.param("김정은 푸틴", ["김정 정은", "푸틴"], [], id="Hangul"),
        ],
    )
    def test_terms(self, text: str, required: list[str], excluded: list[str]) -> None:
        query = parse_query(text)

        assert (_words(query.required), _words(query.excluded)) == (required, excluded)

    def test_a_word_has_stems_and_a_phrase_has_none(self) -> None:
        assert parse_query('visits "visits" Son-huis') == SearchQuery(
            (
                SearchTerm(("visits",), False, ("visit·en", "visit·fr")),
                SearchTerm(("visits",), False, ()),
                SearchTerm(("son", "huis"), False, ()),
            ),
            (),
        )

    @pytest.mark.parametrize("text", ["!!!", " ", '"', '"-"', "-", "\x00", "\u0301"])
    def test_nothing_to_search_for(self, text: str) -> None:
        with pytest.raises(QueryError, match="no letter or digit"):
            parse_query(text)

    def test_too_many_terms(self) -> None:
        parse_query("a " * MAX_TERMS)

        with pytest.raises(QueryError, match="at most 20 words"):
            parse_query("a " * (MAX_TERMS + 1))
