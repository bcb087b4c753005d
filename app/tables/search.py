"""The full-text index: FTS5 on SQLite and `tsvector` on PostgreSQL, behind the same functions.

Both store the program's own tokens and parse no text: FTS5's `ascii` tokenizer keeps such a token
unchanged, and a `tsvector` is written as lexemes with positions. `app.tables.schema.creation` creates
the tables.

Beside it, half-typed words are found in columns of words.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain, islice, repeat
from typing import Any, NamedTuple, Self

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Dialect,
    Integer,
    LargeBinary,
    bindparam,
    cast,
    column,
    delete,
    insert,
    select,
    table,
    values,
)
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import Text, TypeDecorator

from app.domain.search.fields import SearchFields
from app.domain.search.query import SearchQuery, SearchTerm, TermPhrase
from app.domain.search.tokens import MARK
from app.tables.database import Database
from app.tables.engines import write_json
from app.tables.files.search_tokens import pack_fields, unpack_fields

# The event's key is `rowid` on both engines, because FTS5 allows no other name.
event_search = table("event_search", column("rowid", Integer))
_sqlite_tokens = table("event_search_tokens", column("id", Integer), column("tokens", LargeBinary))
_postgresql = table("event_search", column("rowid"), column("tokens"))

_INSERT_TOKENS = "INSERT INTO event_search_tokens (id, tokens) VALUES (?, ?)"
_INSERT_FTS5 = f"""\
INSERT INTO event_search (rowid, {", ".join(SearchFields._fields)}) VALUES (?, ?, ?, ?)"""
# The join leaves out equal rows, which `ON CONFLICT` alone would lock, and so write.
_WRITE_TSVECTORS = """\
INSERT INTO event_search (rowid, tokens)
SELECT rowid, new.tokens
FROM (
    SELECT rowid, tokens::tsvector AS tokens
    FROM json_to_recordset(%s::json) AS given (rowid integer, tokens text)
) AS new
LEFT JOIN event_search AS old USING (rowid)
WHERE old.tokens IS DISTINCT FROM new.tokens
ON CONFLICT (rowid) DO UPDATE SET tokens = excluded.tokens"""

ALL_FIELDS = len(SearchFields._fields)
_WEIGHTS = "ABC"
_NO_WEIGHT = "D"  # No token has it.
# The title and the names, which have the date and the countries of the event itself. A summary also mentions others.
_OF_EVENT = 2
# PostgreSQL gives all further tokens the last place.
_LAST_PLACE = 16_383


def write_search_rows(connection: Connection, rows: Mapping[int, SearchFields]) -> None:
    """Write the search rows of these events that differ from the stored ones.

    One statement, and on SQLite at most five.
    """
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        _write_fts5(connection, {key: _fts5_row(fields) for key, fields in rows.items()})
    else:
        written = [{"rowid": key, "tokens": _tsvector(fields)} for key, fields in rows.items()]
        connection.exec_driver_sql(_WRITE_TSVECTORS, (write_json(written),))


def _write_fts5(connection: Connection, texts: Mapping[int, Sequence[str]]) -> None:
    stored = _stored_fts5(connection, texts)
    different = [key for key, each in texts.items() if stored.get(key) != each]
    _delete_fts5(connection, [key for key in different if key in stored])
    if different:
        packed = [(key, pack_fields(texts[key])) for key in different]
        connection.exec_driver_sql(_INSERT_TOKENS, packed)
        connection.exec_driver_sql(_INSERT_FTS5, [(key, *texts[key]) for key in different])


def _stored_fts5(connection: Connection, keys: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return the texts of the fields of these rows; of damaged tokens none."""
    stored = select(_sqlite_tokens).where(_sqlite_tokens.c.id.in_(keys))
    return {key: unpack_fields(tokens) for key, tokens in connection.execute(stored)}


def _delete_fts5(connection: Connection, keys: Collection[int]) -> None:
    # Any deletion, even one that finds no row, makes FTS5 write the tokens that it collected.
    if keys:
        connection.execute(delete(event_search).where(event_search.c.rowid.in_(keys)))
        connection.execute(delete(_sqlite_tokens).where(_sqlite_tokens.c.id.in_(keys)))


def empty_index(connection: Connection) -> None:
    """Delete all search rows, whether or not the index matches them."""
    if connection.dialect.name == "sqlite":
        _command_fts5(connection, "delete-all")
        connection.execute(delete(_sqlite_tokens))
    else:
        connection.execute(delete(event_search))


def stale_search_rows(connection: Connection, rows: Mapping[int, SearchFields]) -> set[int]:
    """Return the events whose search row is missing or has other tokens: one statement."""
    if connection.dialect.name == "sqlite":
        stored = _stored_fts5(connection, rows)
        return {key for key, fields in rows.items() if stored.get(key) != _fts5_row(fields)}
    expected = values(column("key", Integer), column("tokens", Text), name="expected").data(
        [(key, _tsvector(fields)) for key, fields in rows.items()]
    )
    same = select(expected.c.key).join(_postgresql, _postgresql.c.rowid == expected.c.key)
    same = same.where(_postgresql.c.tokens == _as_tsvector(expected.c.tokens))
    return {*rows} - {*connection.scalars(same)} if rows else set()


def _as_tsvector(value: ColumnElement[Any]) -> ColumnElement[Any]:
    # Slow to import, and a start on SQLite needs none of it.
    from sqlalchemy.dialects.postgresql import TSVECTOR

    return cast(value, TSVECTOR)


def index_fault(database: Database) -> str | None:
    """Return the difference between the index and its rows, or None.

    FTS5 compares them only in a transaction that may write. PostgreSQL derives its index from the
    rows.
    """
    if not database.is_sqlite:
        return None
    try:
        with database.write() as connection:
            # Without a rank it would look at the index alone.
            _command_fts5(connection, "integrity-check", rank=1)
    except DatabaseError as error:
        # A subclass says that the file is read-only or locked.
        if type(error) is not DatabaseError:
            raise
        return f"the full-text index does not match its rows: {error.orig}"
    return None


def merge_index(connection: Connection) -> None:
    """Merge the segments of the index on SQLite into one: it gets smaller, and a search faster."""
    if connection.dialect.name == "sqlite":
        _command_fts5(connection, "optimize")


def _command_fts5(connection: Connection, command: str, **arguments: int) -> None:
    """Run an FTS5 command: an insert into the column that has the table's name."""
    commands = table("event_search", column("event_search"), *map(column, arguments))
    connection.execute(insert(commands).values(event_search=command, **arguments))


def matches(query: SearchQuery, fields: int = ALL_FIELDS) -> ColumnElement[bool]:
    """Return a condition: the first `fields` fields of an `event_search` row match the query."""
    return _Matches(bindparam(None, _TokenMatch(query, fields), _MatchType()))


def without_index(key: ColumnElement[int]) -> ColumnElement[int]:
    """Return the event's key such that SQLite looks up each event among the hits.

    SQLite would otherwise fetch and sort every hit. This way it walks the events in the order of
    the page, by an index, and stops when the page is full; a page without hits costs a walk through
    the whole index. PostgreSQL chooses by the number of hits that it expects.
    """
    return _Walked(key)


def has_word(words: ColumnElement[str], done: str, first: str, last: str) -> ColumnElement[bool]:
    """Return a condition: a word begins with `done`, then with a character from `first` to `last`.

    A space precedes each word of the column. The arguments have only letters and digits.
    """
    return _HasWord(words, bindparam(None, f" {done}[{first}-{last}]", _WordType()))


class _WordType(TypeDecorator[str]):
    """A pattern of `has_word`, compiled to the syntax of the engine."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str:
        return f"*{value}*" if dialect.name == "sqlite" else str(value)


class _HasWord(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True


@compiles(_HasWord, "sqlite")
def _has_word_on_sqlite(element: _HasWord, compiler: SQLCompiler, **kw: Any) -> str:
    words, pattern = (compiler.process(each, **kw) for each in element.clauses)
    return f"({words} GLOB {pattern})"


@compiles(_HasWord, "postgresql")
def _has_word_on_postgresql(element: _HasWord, compiler: SQLCompiler, **kw: Any) -> str:
    words, pattern = (compiler.process(each, **kw) for each in element.clauses)
    return f"({words} ~ {pattern})"


class _TokenMatch(NamedTuple):
    query: SearchQuery
    fields: int


class _MatchType(TypeDecorator[_TokenMatch]):
    """A query parameter, compiled to the syntax of the engine."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: _TokenMatch | None, dialect: Dialect) -> str:
        assert value is not None
        return _fts5(*value) if dialect.name == "sqlite" else _tsquery(*value)


class _Matches(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Self:
        """Return itself: FTS5 does not accept `… = 1`, as SQLAlchemy writes a boolean."""
        return self


@compiles(_Matches, "sqlite")
def _matches_on_sqlite(element: _Matches, compiler: SQLCompiler, **kw: Any) -> str:
    return f"event_search MATCH {compiler.process(element.clauses, **kw)}"


@compiles(_Matches, "postgresql")
def _matches_on_postgresql(element: _Matches, compiler: SQLCompiler, **kw: Any) -> str:
    return f"event_search.tokens @@ CAST({compiler.process(element.clauses, **kw)} AS TSQUERY)"


class _Walked(FunctionElement[int]):
    type = Integer()
    inherit_cache = True


@compiles(_Walked)
def _unchanged(element: _Walked, compiler: SQLCompiler, **kw: Any) -> str:
    return str(compiler.process(element.clauses, **kw))


@compiles(_Walked, "sqlite")
def _without_index(element: _Walked, compiler: SQLCompiler, **kw: Any) -> str:
    # https://sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_
    return f"+{compiler.process(element.clauses, **kw)}"


def _fts5_row(fields: SearchFields) -> tuple[str, ...]:
    return tuple(map(" ".join, fields))


def _tsvector(fields: SearchFields) -> str:
    places: dict[str, str] = {}
    first = 0
    for weight, tokens in zip(_WEIGHTS, fields, strict=True):
        for token, place in zip(tokens, _places(weight, first), strict=False):
            places[token] = f"{places[token]},{place}" if token in places else place
        first += len(tokens)
    # Each field ends with the mark, which separates words only by its position.
    del places[MARK]
    return " ".join([f"{_lexeme(token)}:{place}" for token, place in places.items()])


def _places(weight: str, first: int) -> Iterable[str]:
    """Return the places of tokens with this weight, such as `1A`, without an end."""
    known = _first_places(weight)
    return chain(islice(known, first, None), repeat(known[-1]))


# With texts that are made once, `_tsvector` takes half of the time.
@cache
def _first_places(weight: str) -> Sequence[str]:
    return [f"{place}{weight}" for place in range(1, _LAST_PLACE + 1)]


def _tsquery(query: SearchQuery, fields: int) -> str:
    beside = _beside(query)
    wanted = [
        _tsquery_term(term, max(fields, _OF_EVENT) if term in beside else fields)
        for term in query.required
    ]
    unwanted = [f"!{_tsquery_term(term, ALL_FIELDS)}" for term in query.excluded]
    return " & ".join([*wanted, *unwanted])


def _beside(query: SearchQuery) -> Sequence[SearchTerm]:
    """Return the terms that titles leave out, if the query has others too: names may have these."""
    beside = [term for term in query.required if term.beside]
    return beside if len(beside) < len(query.required) else ()


def _tsquery_term(term: SearchTerm, fields: int) -> str:
    return f"({' | '.join(_tsquery_phrase(phrase, fields) for phrase in term.phrases)})"


def _tsquery_phrase(phrase: TermPhrase, fields: int) -> str:
    weights = _weights(phrase.field, fields)
    lexemes = [f"{_lexeme(word)}:{weights}" for word in phrase.words]
    lexemes[-1] += "*" if phrase.open else ""
    return " <-> ".join(lexemes)


def _weights(field: str | None, fields: int) -> str:
    """Return the weights of the first fields, or of one of them; no weights mean all fields."""
    if field is None:
        return "" if fields == ALL_FIELDS else _WEIGHTS[:fields]
    number = SearchFields._fields.index(field)
    return _WEIGHTS[number] if number < fields else _NO_WEIGHT


def _lexeme(token: str) -> str:
    # No token contains these characters today; this keeps a change of tokens.py safe.
    if "'" in token or "\\" in token:
        token = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{token}'"


def _fts5(query: SearchQuery, fields: int) -> str:
    # NOT needs a left operand: the mark, which every row contains.
    beside = _beside(query)
    subject = [_fts5_term(term) for term in query.required if term not in beside]
    wanted = " AND ".join(subject) or _string([MARK])
    within = _fts5_within(fields, wanted)
    if beside:
        of_event = _fts5_within(max(fields, _OF_EVENT), " AND ".join(map(_fts5_term, beside)))
        within = f"({within} AND {of_event})"
    unwanted = " OR ".join(map(_fts5_term, query.excluded))
    return f"{within} NOT ({unwanted})" if unwanted else within


def _fts5_within(fields: int, wanted: str) -> str:
    return f"{{{' '.join(SearchFields._fields[:fields])}}} : ({wanted})"


def _fts5_term(term: SearchTerm) -> str:
    return f"({' OR '.join(map(_fts5_phrase, term.phrases))})"


def _fts5_phrase(phrase: TermPhrase) -> str:
    # A column filter within another one finds what both allow.
    within = f"{phrase.field} : " if phrase.field else ""
    return f"{within}{_string(phrase.words)}{' *' if phrase.open else ''}"


def _string(tokens: Sequence[str]) -> str:
    escaped = " ".join(tokens).replace('"', '""')
    return f'"{escaped}"'
