"""CSV (RFC 4180): a header and rows, without a cell that a spreadsheet would run as a formula."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from io import StringIO
from typing import Final, NamedTuple, TypeVar

from app.domain.csv_cells import guard_formulas, join_values
from app.formats.tables.columns import Cell, Columns

_Row = TypeVar("_Row")


class Delimiter(StrEnum):
    """The character between two cells, by its name."""

    COMMA = "comma"
    SEMICOLON = "semicolon"
    TAB = "tab"


_CHARACTERS: Final = {Delimiter.COMMA: ",", Delimiter.SEMICOLON: ";", Delimiter.TAB: "\t"}


class CsvDialect(NamedTuple):
    """How the file is written. Excel recognises UTF-8 only by a byte order mark, `bom`."""

    delimiter: Delimiter = Delimiter.COMMA
    bom: bool = False


PLAIN: Final = CsvDialect()


def write_csv(
    columns: Columns[_Row], rows: Iterable[_Row], dialect: CsvDialect = PLAIN
) -> Iterator[bytes]:
    """Yield the header and each row, in UTF-8 with CRLF."""
    line = StringIO()
    writer = csv.writer(line, delimiter=_CHARACTERS[dialect.delimiter])
    if dialect.bom:
        line.write("\N{BYTE ORDER MARK}")
    writer.writerow(columns)
    yield line.getvalue().encode()
    for row in rows:
        line.seek(0)
        line.truncate()
        writer.writerow([_cell(column(row)) for column in columns.values()])
        yield line.getvalue().encode()


def _cell(value: Cell) -> str | int | float:
    """Return a number as it is, and a text, alone or in a list, with its formulas disarmed."""
    match value:
        case None:
            return ""
        case str():
            return guard_formulas(value)
        case bool():
            return "true" if value else "false"
        case int() | float():
            return value
        case date():
            return value.isoformat()
    return join_values([guard_formulas(each) if each else "" for each in value])
