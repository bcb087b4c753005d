"""Statements that are compiled once, and then read by the driver alone in the event loop.

For a small answer, SQLAlchemy's work at each execution takes longer than SQLite's.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Select

from app.tables.at_once import is_at_once

_Convert = Callable[[Any], Any] | None


class _Prepared(NamedTuple):
    """The text of a statement, how each parameter is written, and how its rows are read."""

    text: str
    # In the order of the text.
    parameters: Sequence[tuple[str, _Convert]]
    defaults: Mapping[str, Any]
    columns: Sequence[_Convert]
    make_row: Callable[[Sequence[Any]], Any]


def fetch_all(
    connection: Connection, statement: Select[Any], values: Mapping[str, Any]
) -> Sequence[Any]:
    """Return the rows of a statement that is the same object for each request, with these parameters.

    A row has its values by position, and by the name of the column. Errors of the driver are raised as they
    are, so that the read runs again in a thread.
    """
    # A trace hears of the statements of SQLAlchemy only.
    is_heard = connection.engine.dispatch.before_cursor_execute
    prepared = _prepare(statement, connection.dialect) if is_at_once() and not is_heard else None
    if prepared is None:
        return connection.execute(statement, values).all()
    given = {**prepared.defaults, **values}
    sent = [
        given[name] if convert is None else convert(given[name])
        for name, convert in prepared.parameters
    ]
    driver: Any = connection.connection.driver_connection
    rows = driver.execute(prepared.text, sent).fetchall()
    if any(prepared.columns):
        rows = [
            [value if read is None else read(value) for read, value in zip(prepared.columns, row)]
            for row in rows
        ]
    return [*map(prepared.make_row, rows)]


@lru_cache(maxsize=256)
def _prepare(statement: Select[Any], dialect: Dialect) -> _Prepared | None:
    """Return the prepared statement; None if its text depends on its parameters."""
    compiled: Any = statement.compile(dialect=dialect)
    if compiled.post_compile_params or compiled.literal_execute_params:
        return None
    types = {name: bind.type for bind, name in compiled.bind_names.items()}
    columns = statement.selected_columns
    row: Any = namedtuple("Row", columns.keys(), rename=True)  # type: ignore[misc]
    return _Prepared(
        str(compiled),
        [
            (name, types[name].dialect_impl(dialect).bind_processor(dialect))
            for name in compiled.positiontup
        ],
        compiled.params,
        [each.type.dialect_impl(dialect).result_processor(dialect, None) for each in columns],
        row._make,
    )
