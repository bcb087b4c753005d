"""Many keys in a condition as one parameter, so that the statement is the same for any number of them.

With a parameter for each key, every number of them would be another statement to make, compile and read.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ARRAY,
    BindParameter,
    Boolean,
    ColumnElement,
    Dialect,
    Integer,
    Text,
    bindparam,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.tables.engines import write_json


class _Keys(TypeDecorator[Iterable[int]]):
    """Keys: a JSON text on SQLite, an array on PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else ARRAY(Integer))

    def process_bind_param(self, value: Iterable[int] | None, dialect: Dialect) -> Any:
        keys = [*value] if value is not None else []
        return write_json(keys) if dialect.name == "sqlite" else keys


class _HasKey(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> "_HasKey":
        """Return the condition as it is: SQLite would compare it with 1, and so use no index."""
        return self


@compiles(_HasKey)
def _in_array(element: _HasKey, compiler: SQLCompiler, **kw: Any) -> str:
    column, keys = (compiler.process(each, **kw) for each in element.clauses)
    return f"{column} = ANY ({keys})"


@compiles(_HasKey, "sqlite")
def _in_json(element: _HasKey, compiler: SQLCompiler, **kw: Any) -> str:
    column, keys = (compiler.process(each, **kw) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({keys}))"


def has_key(column: ColumnElement[int], keys: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition that a column has one of these keys."""
    return _HasKey(column, bindparam(None, keys, type_=_Keys()))


def has_key_of(column: ColumnElement[int], name: str) -> ColumnElement[bool]:
    """Return the condition that a column has one of the keys in a parameter of this name."""
    keys: BindParameter[Any] = bindparam(name, type_=_Keys())
    return _HasKey(column, keys)
