import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from app.domain.search.fields import SearchFields, join_tokens, search_fields
from app.domain.search.query import QueryError, SearchQuery, SearchTerm, TermPhrase, parse_query
from app.domain.search.tokens import MARK, index_tokens
from app.tables import core as t
from app.tables.database import Database
from app.tables.search import event_search, index_fault, matches, write_search_rows
from tests.support.builders import make_cast, make_event, store
from tests.support.chance import scaled
from tests.support.matching import holds
from tests.support.statements import counting_written_rows

TEXTS = st.lists(
    st.text("김정은가 ab visits Лаврова", max_size=15).map(lambda text: index_tokens(text, None)),
    max_size=3,
)
FIELDS = st.builds(search_fields, TEXTS, st.lists(TEXTS.map(join_tokens), max_size=2), TEXTS)
CHUNK = st.text("김정은가ab visitsЛаврова", min_size=1, max_size=5)
QUERIES = st.lists(
    st.sampled_from(["", "-", '"', '-"', "OR ", "NOT ", "title:", "-name:", 'summary:"']).flatmap(
        lambda s: CHUNK.map(s.__add__) | CHUNK.map(lambda chunk: f"{s}{chunk}*")
    ),
    max_size=6,
)


def _answers(fields: SearchFields, query: SearchQuery, first: int) -> bool:
    return all(holds(fields, first, term) for term in query.required) and not any(
        holds(fields, 3, term) for term in query.excluded
    )


def _found(database: Database, query: SearchQuery, first: int = 3) -> set[int]:
    with database.read() as connection:
        found = select(event_search.c.rowid).where(matches(query, first))
        return set(connection.scalars(found))


def _stored_events(database: Database, count: int) -> list[int]:
    ids = [f"2024-01-0{i}-x" for i in range(1, count + 1)]
    store(database, *make_cast(), *(make_event(id) for id in ids))
    with database.read() as connection:
        return list(connection.scalars(select(t.event.c.id)))


class TestMatches:
    @pytest.mark.thorough
    @settings(max_examples=scaled(50), suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    def test_finds_what_a_reader_of_the_tokens_would(
        self, database: Database, data: st.DataObject
    ) -> None:
        with database.read() as connection:
            keys = list(connection.scalars(select(t.event.c.id)))
        keys = keys or _stored_events(database, 4)
        rows = {key: data.draw(FIELDS) for key in keys}
        with database.write() as connection:
            write_search_rows(connection, rows)
        for text in data.draw(st.lists(QUERIES.map(" ".join), min_size=2, max_size=4)):
            try:
                query = parse_query(text)
            except QueryError:
                # Only operators, or only words that a query leaves out.
                continue
            for first in (1, 2, 3):
                expected = {key for key in keys if _answers(rows[key], query, first)}
                assert _found(database, query, first) == expected, (text, first)

    @pytest.mark.parametrize("nasty", ["'", "\\", '"', "a' | 'b", '") OR ("', ":*", "\\'"])
    def test_a_token_is_never_syntax(self, database: Database, nasty: str) -> None:
        (key,) = _stored_events(database, 1)
        required = SearchTerm((TermPhrase((nasty,)),))
        excluded = SearchTerm((TermPhrase(("x",)), TermPhrase((nasty + "x",))))
        query = SearchQuery((required,), (excluded,))

        with database.write() as connection:
            write_search_rows(connection, {key: SearchFields([nasty, MARK], [MARK], [MARK])})

        assert _found(database, query) <= {key}


class TestWrite:
    @pytest.mark.thorough
    def test_an_event_that_holds_too_much_is_stored(self, database: Database) -> None:
        (key,) = _stored_events(database, 1)
        for length, letter in ((1, "a"), (100, "a"), (100, "𐐨")):
            words = [f"{i}".rjust(length, letter) for i in range(17_000)]
            text = index_tokens(" ".join(words), None)

            with database.write() as connection:
                write_search_rows(
                    connection, {key: search_fields([text], [join_tokens([text])], [text])}
                )

            assert _found(database, parse_query(f'"{words[0]} {words[1]}"')) == {key}

    def test_a_word_that_stands_often_is_found_where_it_is_followed_by_another(
        self, database: Database
    ) -> None:
        (key,) = _stored_events(database, 1)
        text = index_tokens("the " * 199 + "last word", None)

        with database.write() as connection:
            write_search_rows(connection, {key: search_fields([], [], [text])})

        assert _found(database, parse_query('"the last"')) == {key}

    def test_only_rows_that_differ_are_written(self, database: Database) -> None:
        """A rebuild and most edits change no tokens, and each written row makes the index larger."""
        same, other = _stored_events(database, 2)
        rows = {
            key: search_fields([], [], [index_tokens("one text", None)]) for key in (same, other)
        }
        with database.write() as connection:
            write_search_rows(connection, rows)

        rows[other] = search_fields([], [], [index_tokens("another text", None)])
        with (
            counting_written_rows(database.engine) as written,
            database.write() as connection,
        ):
            write_search_rows(connection, rows)
        found = dict(written)
        with (
            counting_written_rows(database.engine) as written,
            database.write() as connection,
        ):
            write_search_rows(connection, rows)

        # SQLite deletes the old row, and has one in each of two tables.
        assert found == (
            {"event_search": 2, "event_search_tokens": 2}
            if database.is_sqlite
            else {"event_search": 1}
        )
        assert written == {}
        assert _found(database, parse_query("one")) == {same}
        assert _found(database, parse_query("another")) == {other}
        assert index_fault(database) is None

    def test_goes_with_its_event(self, database: Database) -> None:
        key, _ = _stored_events(database, 2)
        with database.write() as connection:
            for child in (t.citation, t.participation):
                connection.execute(delete(child).where(child.c.event_id == key))
            connection.execute(delete(t.event).where(t.event.c.id == key))

        with database.read() as connection:
            assert connection.scalar(select(func.count()).select_from(event_search)) == 1
