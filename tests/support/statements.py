"""The SQL statements that engines send."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def counting_statements(*engines: Engine) -> Iterator[list[str]]:
    """Yield a list that grows by each statement that the engines send, except BEGIN and time limits."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement != "BEGIN" and not statement.startswith("SET LOCAL "):
            seen.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


@contextmanager
def counting_written_rows(engine: Engine) -> Iterator[Counter[str]]:
    """Yield the number of rows that the engine writes or deletes, by table."""
    written: Counter[str] = Counter()

    def note(_connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        found = _WRITE.match(statement)
        if found and cursor.rowcount > 0:
            written[found[1]] += cursor.rowcount

    event.listen(engine, "after_cursor_execute", note)
    try:
        yield written
    finally:
        event.remove(engine, "after_cursor_execute", note)


_WRITE = re.compile(r'(?:INSERT(?: OR REPLACE)? INTO|UPDATE|DELETE FROM) "?(\w+)')
