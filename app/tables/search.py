"""The full-text index: FTS5 on SQLite, `tsvector` on PostgreSQL, behind the same two functions.

Both hold our own tokens and parse nothing: FTS5's `ascii` tokenizer takes a token of ours as it
is, and a `tsvector` is written as lexemes with their positions. Migration 0002 makes the table.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Self

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Dialect,
    Integer,
    bindparam,
    cast,
    column,
    delete,
    insert,
    select,
    table,
    values,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import Text, TypeDecorator

from app.domain.search.fields import SearchFields
from app.domain.search.query import SearchQuery, SearchTerm
from app.domain.search.tokens import MARK
from app.tables.database import Database

# The event's key is `rowid` on both: in FTS5 it can have no other name.
event_search = table("event_search", column("rowid", Integer))
_sqlite = table("event_search", column("rowid"), *map(column, SearchFields._fields))
_postgresql = table("event_search", column("rowid"), column("tokens"))

ALL_FIELDS = len(SearchFields._fields)
_WEIGHTS = "ABC"


def write_search_rows(connection: Connection, rows: Mapping[int, SearchFields]) -> None:
    """Put the tokens of these events in place of those that were there: two statements."""
    connection.execute(delete(event_search).where(event_search.c.rowid.in_(rows)))
    if connection.dialect.name == "sqlite":
        columns = SearchFields._fields
        written = [
            {"rowid": key, **dict(zip(columns, _fts5_row(fields), strict=True))}
            for key, fields in rows.items()
        ]
        connection.execute(insert(_sqlite), written)
    else:
        tokens = cast(bindparam("tokens"), TSVECTOR)
        written = [{"rowid": key, "tokens": _tsvector(fields)} for key, fields in rows.items()]
        connection.execute(insert(_postgresql).values(tokens=tokens), written)


def stale_search_rows(connection: Connection, rows: Mapping[int, SearchFields]) -> set[int]:
    """Which of these events have no search row, or one with other tokens: one statement."""
    if connection.dialect.name == "sqlite":
        stored = connection.execute(select(_sqlite).where(_sqlite.c.rowid.in_(rows)))
        found = {key: tuple(fields) for key, *fields in stored}
        return {key for key, fields in rows.items() if found.get(key) != _fts5_row(fields)}
    wanted = values(column("key", Integer), column("tokens", Text), name="wanted").data(
        [(key, _tsvector(fields)) for key, fields in rows.items()]
    )
    same = select(wanted.c.key).join(_postgresql, _postgresql.c.rowid == wanted.c.key)
    same = same.where(_postgresql.c.tokens == cast(wanted.c.tokens, TSVECTOR))
    return {*rows} - {*connection.scalars(same)} if rows else set()


def index_fault(database: Database) -> str | None:
    """What is wrong between the index's rows and the index itself, or None.

    FTS5 keeps the one beside the other, and compares them only for whoever may write. PostgreSQL
    makes its index from the rows.
    """
    if not database.is_sqlite:
        return None
    try:
        with database.write() as connection:
            _command_fts5(connection, "integrity-check")
    except DatabaseError as error:
        # The others say that the file cannot be written to, or not now.
        if type(error) is not DatabaseError:
            raise
        return f"the full-text index is not what its rows give: {error.orig}"
    return None


def mend_index(connection: Connection) -> None:
    """Make the index again from its rows, so that these can be written over.

    FTS5 takes old tokens out of its index by the row that it has; PostgreSQL needs nothing.
    """
    if connection.dialect.name == "sqlite":
        _command_fts5(connection, "rebuild")


def _command_fts5(connection: Connection, command: str) -> None:
    """A command is written into the column that is named as the table."""
    commands = table("event_search", column("event_search"))
    connection.execute(insert(commands).values(event_search=command))


def matches(query: SearchQuery, fields: int = ALL_FIELDS) -> ColumnElement[bool]:
    """Whether a row of `event_search` answers the query in the first so many of the fields."""
    return _Matches(bindparam(None, _TokenMatch(query, fields), _MatchType()))


def without_index(key: ColumnElement[int]) -> ColumnElement[int]:
    """The key of an event that is looked up among the hits, and not the hits among the events.

    SQLite would fetch and sort every hit. So it takes the events in the order of the page, by an
    index, and stops when the page is full; a page without hits costs a walk through that index.
    PostgreSQL decides by how many hits it expects.
    """
    return _Walked(key)


class _TokenMatch(NamedTuple):
    query: SearchQuery
    fields: int


class _MatchType(TypeDecorator[_TokenMatch]):
    """A query, written as the engine wants it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: _TokenMatch | None, dialect: Dialect) -> str:
        assert value is not None
        return _fts5(*value) if dialect.name == "sqlite" else _tsquery(*value)


class _Matches(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Self:
        """Itself: what SQLAlchemy writes for a boolean, `… = 1`, is no MATCH to FTS5."""
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
def _as_it_is(element: _Walked, compiler: SQLCompiler, **kw: Any) -> str:
    return str(compiler.process(element.clauses, **kw))


@compiles(_Walked, "sqlite")
def _not_by_its_index(element: _Walked, compiler: SQLCompiler, **kw: Any) -> str:
    # https://sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_
    return f"+{compiler.process(element.clauses, **kw)}"


def _fts5_row(fields: SearchFields) -> tuple[str, ...]:
    return tuple(map(" ".join, fields))


def _tsvector(fields: SearchFields) -> str:
    places: dict[str, list[str]] = defaultdict(list)
    position = 0
    for weight, tokens in zip(_WEIGHTS, fields, strict=True):
        for token in tokens:
            position += 1
            places[token].append(f"{position}{weight}")
    # The mark keeps words apart by its place alone; it ends each field.
    places.pop(MARK)
    return " ".join(f"{_lexeme(token)}:{','.join(where)}" for token, where in places.items())


def _tsquery(query: SearchQuery, fields: int) -> str:
    weights = "" if fields == ALL_FIELDS else _WEIGHTS[:fields]
    wanted = [_tsquery_term(term, weights) for term in query.required]
    return " & ".join([*wanted, *(f"!{_tsquery_term(term, '')}" for term in query.excluded)])


def _tsquery_term(term: SearchTerm, weights: str) -> str:
    lexemes = [f"{_lexeme(word)}:{weights}" for word in term.words]
    lexemes[-1] += "*" if term.open else ""
    stems = (f"{_lexeme(stem)}:{weights}" for stem in term.stems)
    return f"({' | '.join([' <-> '.join(lexemes), *stems])})"


def _lexeme(token: str) -> str:
    # No token has either of these; a change of tokens.py shall not make this a hole.
    escaped = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _fts5(query: SearchQuery, fields: int) -> str:
    # Exclusions need something to be taken from: the mark is in every row.
    wanted = " AND ".join(map(_fts5_term, query.required)) or _string([MARK])
    within = f"{{{' '.join(SearchFields._fields[:fields])}}} : ({wanted})"
    unwanted = " OR ".join(map(_fts5_term, query.excluded))
    return f"{within} NOT ({unwanted})" if unwanted else within


def _fts5_term(term: SearchTerm) -> str:
    phrase = f"{_string(term.words)}{' *' if term.open else ''}"
    return f"({' OR '.join([phrase, *(_string([stem]) for stem in term.stems)])})"


def _string(tokens: Sequence[str]) -> str:
    escaped = " ".join(tokens).replace('"', '""')
    return f'"{escaped}"'
