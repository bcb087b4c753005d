"""Workbooks for spreadsheets (Office Open XML): the sheets are written row by row, in constant memory.

Texts stay texts: none becomes a number, a date, a link or a formula.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

from app.documents.entities.event import EventDocument
from app.domain import dataset
from app.domain.csv_cells import join_values
from app.domain.languages import Language
from app.formats.tables.citation_columns import citation_columns, citations
from app.formats.tables.columns import Cell, Columns
from app.formats.tables.event_columns import event_columns
from app.formats.tables.participation_columns import participation_columns, participations

_Row = TypeVar("_Row")

# The limits of the format, the header included.
MAX_ROWS: Final = 1_048_576
_MAX_CHARACTERS: Final = 32_767
# Programs disagree on the days before this one, because the format has a 29 February 1900.
_FIRST_DAY: Final = date(1900, 3, 1)
# The same bytes for the same events: an instant of creation would change the file with each request.
_CREATED: Final = datetime(1980, 1, 1)
_CHUNK: Final = 64 * 1024
_WIDTH: Final = 18
_OPTIONS: Final = {
    "constant_memory": True,
    "use_zip64": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class TooManyRowsError(Exception):
    """A sheet would have more rows than the format allows."""

    def __init__(self, sheet: str) -> None:
        super().__init__(f"a sheet has at most {MAX_ROWS} rows, and the sheet {sheet!r} needs more")


def write_xlsx(events: Iterable[EventDocument], language: Language) -> Iterator[bytes]:
    """Yield a workbook with a sheet each for events, their participations and their sources.

    The first bytes come after the last event. Raises TooManyRowsError before them.
    """
    with TemporaryDirectory(prefix="timeline-xlsx-") as folder:
        path = Path(folder, "events.xlsx")
        _write(path, events, language)
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk


def _write(path: Path, events: Iterable[EventDocument], language: Language) -> None:
    # Slow to import, and a start needs none of it.
    from xlsxwriter import Workbook

    # The library's temporary files are in the same folder, and closed with the workbook.
    with Workbook(path, {**_OPTIONS, "tmpdir": str(path.parent)}) as workbook:
        workbook.set_properties({"title": dataset.TITLE, "created": _CREATED})
        add_event = _add_sheet(workbook, "events", event_columns(language))
        add_participation = _add_sheet(workbook, "participations", participation_columns(language))
        add_citation = _add_sheet(workbook, "sources", citation_columns(language))
        for event in events:
            add_event(event)
            for participation in participations([event]):
                add_participation(participation)
            for citation in citations([event]):
                add_citation(citation)


def _add_sheet(workbook: Any, name: str, columns: Columns[_Row]) -> Callable[[_Row], None]:
    """Add a sheet with its header, and return the function that adds a row to it."""
    sheet = workbook.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(columns) - 1, _WIDTH)
    write_cell = _CellWriter(sheet, workbook.add_format({"num_format": "yyyy-mm-dd"}))
    bold = workbook.add_format({"bold": True})
    for number, title in enumerate(columns):
        sheet.write_string(0, number, title, bold)
    written = 1

    def add(row: _Row) -> None:
        nonlocal written
        if written == MAX_ROWS:
            raise TooManyRowsError(name)
        for number, column in enumerate(columns.values()):
            write_cell(written, number, column(row))
        written += 1

    return add


class _CellWriter:
    """Writes the cells of one sheet, each as a text, a number, a truth value or a day."""

    def __init__(self, sheet: Any, day_format: Any) -> None:
        self._sheet = sheet
        self._day_format = day_format

    def __call__(self, row: int, column: int, cell: Cell) -> None:
        """Write one cell; an unknown value leaves it empty."""
        match cell:
            case None | "":
                pass
            case bool():
                self._sheet.write_boolean(row, column, cell)
            case int() | float():
                self._sheet.write_number(row, column, cell)
            case date() if cell >= _FIRST_DAY:
                self._sheet.write_datetime(row, column, cell, self._day_format)
            case date():
                self._write_text(row, column, cell.isoformat())
            case str():
                self._write_text(row, column, cell)
            case _:
                self._write_text(row, column, join_values(cell))

    def _write_text(self, row: int, column: int, text: str) -> None:
        text = _shortened(text)
        if text.startswith("<r>") and text.endswith("</r>"):
            # The library takes such a text for XML, unless it comes as parts with formats.
            self._sheet.write_rich_string(row, column, text[0], text[1], text[2:])
        elif text:
            self._sheet.write_string(row, column, text)


def _shortened(text: str) -> str:
    """Return the text, cut to the characters (UTF-16) that a cell holds, with an ellipsis."""
    if len(text) <= _MAX_CHARACTERS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _MAX_CHARACTERS:
        return text
    return units[: 2 * (_MAX_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"
