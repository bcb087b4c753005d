"""Read CSV strictly (RFC 4180): one record per row, in the columns of `csv_layout`."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import PurePath
from typing import Any, NamedTuple

from app.domain.csv_cells import split_values, unguard_formulas
from app.domain.vocabulary import KINDS_OF_COLLECTIONS, EntityKind
from app.domain.wording import quote_value
from app.records.models import RECORD_MODELS
from app.records.parsing import json_text
from app.records.parsing.csv_layout import DERIVED, EACH, LAYOUTS, Column
from app.records.parsing.errors import Unreadable
from app.records.parsing.other_words import suggest_field

# The problem of a column that must be in the header.
MISSING_COLUMN = "this column is required"
_NAMELESS = (
    "a column without a name must be empty in every row; pandas leaves out its index with "
    "to_csv(index=False)"
)
# A hostile header has hundreds of thousands of columns.
_MAX_HEADER_ERRORS = 100
# Excel reads and writes this line above the header.
_SEPARATOR_LINE = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)
# An archive has `event-records.csv` beside `participants.csv`.
_NAMES = {**KINDS_OF_COLLECTIONS, **{kind.value: kind for kind in EntityKind}}
_KIND = re.compile(rf"({'|'.join(_NAMES)})(?![a-z])", re.IGNORECASE)
_DELIMITERS = ",;\t"
_MAX_KEY = 200
# A cell may be as long as a line. The limit of the library is 131,072 characters.
csv.field_size_limit(1_000_000)
_QUOTE_CELLS = "write a cell that holds the separator in quotes"
_ADD_SEPARATORS = "write a separator for each column, also before an empty cell"
# Fields with a date. A data frame writes the midnight beside each day, which a record would take for a time.
_DAYS = ("date", "published")
_MIDNIGHT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00(?:[.]0+)?")
# A file may quote its header.
_QUOTED = re.compile('"[^"]*"')


class Row(NamedTuple):
    """The values of one row, not yet validated, its first line, and its cells that are not empty."""

    line: int
    value: dict[str, Any]
    cells: Mapping[str, str]


def kind_of(file: str) -> EntityKind:
    """Return the kind of the records in a file, from its name. Raises Unreadable."""
    match = _KIND.match(PurePath(file).name)
    if match is None:
        names = ", ".join(KINDS_OF_COLLECTIONS)
        problem = f"the name of a CSV file must begin with one of: {names}"
        raise Unreadable(None, f"{problem}; for example events-2018.csv")
    return _NAMES[match[1].lower()]


def read_rows(lines: Iterator[str], kind: EntityKind) -> Iterator[Row | Unreadable]:
    """Yield each non-empty row below the header, or an Unreadable for a row that cannot be parsed.

    The first comma, semicolon or tab in the header is the delimiter, since no column has one in its
    name; a line `sep=;` before the header may name it too. The mistakes in the header come first, one
    Unreadable each. Raises Unreadable for a text that is not CSV.
    """
    first, above = next(lines, ""), 0
    named = _SEPARATOR_LINE.fullmatch(first)
    if named:
        first, above = next(lines, ""), 1
    if not first.strip():
        raise Unreadable(1 + above, "the first line is empty: it must name the columns of the file")
    delimiter = named[1] if named else _delimiter(first)
    rows = _numbered(csv.reader(chain([first], lines), delimiter=delimiter, strict=True), above)
    header = [name.strip() for name in next(rows)[1]]
    yield from islice(_header_errors(header, kind, 1 + above), _MAX_HEADER_ERRORS)
    unnamed = "" in header
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        try:
            by_name = _named(header, cells, line)
            if unnamed and "" in by_name:
                unnamed = False
                yield Unreadable(line, _NAMELESS)
            yield Row(line, _value(by_name, kind, line), by_name)
        except Unreadable as error:
            yield error


def _delimiter(header: str) -> str:
    """Return the delimiter of a header, which may be quoted. Raises Unreadable for an unusual one."""
    plain = _QUOTED.sub("", header)
    delimiter = next((c for c in plain if c in _DELIMITERS), "")
    if not delimiter and "|" in plain:
        problem = "the columns are separated by '|': separate them by commas, semicolons or tabs"
        raise Unreadable(1, problem)
    return delimiter or ","


def _numbered(reader: Any, above: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line on which it begins, after the lines above the header.

    A quoted cell can span several lines.
    """
    while True:
        line = reader.line_num + 1 + above
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(line, _explained(str(error))) from None


def _explained(problem: str) -> str:
    """Return a sentence for an error of the library, with advice."""
    if problem.startswith("new-line character"):
        return "not valid CSV: a line ends with CR alone: save the file with LF or CRLF"
    return (
        f"not valid CSV: {problem} (double each quote within a quoted cell, and close each quote)"
    )


def _header_errors(header: Sequence[str], kind: EntityKind, line: int) -> Iterator[Unreadable]:
    """Yield an Unreadable for each column that is unknown, repeated or missing."""
    columns = [name for name in LAYOUTS[kind]]
    known = {*columns, *DERIVED.get(kind, ())}
    for name in filter(None, dict.fromkeys(header)):
        if name not in known:
            hint = suggest_field(name, columns) or f"; the columns are {', '.join(columns)}"
            yield Unreadable(line, f"unknown column{hint}", f"column {name}")
        elif header.count(name) > 1:
            yield Unreadable(line, "this column appears twice", f"column {name}")
    yield from (
        Unreadable(line, MISSING_COLUMN, f"column {name}") for name in _missing(header, kind)
    )


def _missing(header: Sequence[str], kind: EntityKind) -> Iterator[str]:
    """Yield the first column of each required field that has no column in the header."""
    fields = {LAYOUTS[kind][name].path[0] for name in header if name in LAYOUTS[kind]}
    for field, info in RECORD_MODELS[kind].model_fields.items():
        if info.is_required() and field not in fields:
            yield next(n for n, column in LAYOUTS[kind].items() if column.path[0] == field)


def _named(header: Sequence[str], cells: Sequence[str], line: int) -> Mapping[str, str]:
    """Return the non-empty cells by column. Raises Unreadable for too many or too few cells."""
    if len(cells) != len(header):
        problem = f"the row has {len(cells)} cells and the header {len(header)}"
        too_many = len(cells) > len(header)
        raise Unreadable(line, f"{problem}: {_QUOTE_CELLS if too_many else _ADD_SEPARATORS}")
    named = [(n, c.replace("\r\n", "\n").strip()) for n, c in zip(header, cells, strict=True)]
    # The first column of a name counts; the header's error names the others.
    return {name: cell for name, cell in reversed(named) if cell}


def _value(cells: Mapping[str, str], kind: EntityKind, line: int) -> dict[str, Any]:
    """Return the values of the record. Raises Unreadable, with the column."""
    value: dict[str, Any] = {}
    # The order is the layout's, because the first column of a list determines its length.
    for name, column in LAYOUTS[kind].items():
        if name in cells:
            try:
                _put_cell(value, column, cells[name])
            except ValueError as error:
                raise Unreadable(line, str(error), f"column {name}") from None
    return value


def _put_cell(value: dict[str, Any], column: Column, cell: str) -> None:
    if column.key:
        _put_keyed(value, column, unguard_formulas(cell))
        return
    if column.path[-1] in _DAYS and _MIDNIGHT.fullmatch(cell):
        day = cell[: len("2024-06-18")]
        raise ValueError(
            f"programs add midnight to a day: did you mean {day}? If midnight is known, write its "
            f"offset, such as {day}T00:00:00Z (in {cell!r})"
        )
    if EACH not in column.path:
        _put(value, column.path, column.read(unguard_formulas(cell)))
        return
    texts = [unguard_formulas(text) for text in split_values(cell)]
    length = _put_each(value, column.path, texts)
    if length != len(texts):
        problem = f"the number of values is {len(texts)}, but {length} in the columns before it"
        raise ValueError(f"{problem}; separate values with `;`")


def _put_keyed(value: dict[str, Any], column: Column, cell: str) -> None:
    """Put each value of a mapping in JSON into the item of a list that its key names."""
    keyed = _mapping(cell)
    items = {item.get(column.key): item for item in value.get(column.path[0], ())}
    for key, of_key in keyed.items():
        if key not in items:
            raise ValueError(f"{key[:_MAX_KEY]!r} is not among the values of {column.key}_ids")
        items[key][column.path[-1]] = of_key


def _mapping(cell: str) -> Mapping[str, object]:
    try:
        value = json_text.parse(cell)
    except Unreadable as error:
        raise ValueError(error.problem) from None
    match value:
        case dict():
            return value
    raise ValueError(f"found {quote_value(value)}, expected a mapping in JSON")


def _put(value: dict[str, Any], path: Sequence[str], read: object) -> None:
    *parents, last = path
    for parent in parents:
        value = value.setdefault(parent, {})
    # An earlier column may already have set this place (`title_en` and `title`), and it wins.
    value.setdefault(last, read)


def _put_each(value: dict[str, Any], path: Sequence[str], texts: Sequence[str]) -> int:
    """Put the texts into a list, or into the items of a list. Return the length of the list."""
    if path[-1] == EACH:
        value[path[0]] = [text for text in texts if text]
        return len(texts)
    items: list[dict[str, str]] = value.setdefault(path[0], [{} for _ in texts])
    for item, text in zip(items, texts, strict=False):
        if text:
            item[path[-1]] = text
    return len(items)
