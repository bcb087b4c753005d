"""The columns of tables: functions from a row to a cell, for every format of tables."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from app.domain.languages import Language

Cell = str | int | float | bool | date | None | Iterable[str | None]
_Row = TypeVar("_Row")

Columns = Mapping[str, Callable[[_Row], Cell]]
# Columns that need the language of the table.
TextColumns = Mapping[str, Callable[[_Row, Language], Cell]]


def in_language(columns: TextColumns[_Row], language: Language) -> Columns[_Row]:
    """Return the columns with their texts in this language, or in English."""

    def in_this(column: Callable[[_Row, Language], Cell]) -> Callable[[_Row], Cell]:
        return lambda row: column(row, language)

    return {name: in_this(column) for name, column in columns.items()}
