"""Texts as bytes: a stored document is sent as it is, so nothing needs to decode it.

A driver decodes each text that it reads, and an answer is encoded again: for a page of 50 events that
took five times as long as to read the bytes.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Label
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement
from sqlalchemy.types import UserDefinedType


class _Utf8Type(UserDefinedType[bytes]):
    cache_ok = True

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], bytes | None] | None:
        """Return the function that encodes a value of the driver; SQLite returns bytes."""
        # On PostgreSQL, `convert_to` would take longer: bytes travel as hexadecimal digits.
        return None if dialect.name == "sqlite" else str.encode


class _Utf8(FunctionElement[bytes]):
    type = _Utf8Type()
    inherit_cache = True


@compiles(_Utf8)
def _as_text(element: _Utf8, compiler: SQLCompiler, **kw: Any) -> str:
    return str(compiler.process(element.clauses, **kw))


@compiles(_Utf8, "sqlite")
def _as_blob(element: _Utf8, compiler: SQLCompiler, **kw: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **kw)} AS BLOB)"


def utf8(column: ColumnElement[str]) -> Label[bytes]:
    """Return the column, which is never null, as bytes in UTF-8 and under its own name."""
    return _Utf8(column).label(column.key)
