"""Records with their positions in files."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.vocabulary import EntityKind
from app.records.models.base import Record
from app.records.parsing.csv_layout import column_at
from app.records.parsing.errors import RecordError


class Lines:
    """The line of each value of a document, computed at the first call."""

    def __init__(self, text: str, find: Callable[[str], dict[str, int]]) -> None:
        self._text = text
        self._find = find

    @cached_property
    def _by_pointer(self) -> dict[str, int]:
        return self._find(self._text) if "\n" in self._text.rstrip() else {"": 1}

    def line(self, pointer: str) -> int | None:
        """Return the line of the value at the JSON pointer, or of the nearest value around it."""
        while pointer and pointer not in self._by_pointer:
            pointer = pointer.rpartition("/")[0]
        return self._by_pointer.get(pointer)


@dataclass(frozen=True, slots=True)
class OneLine:
    """A mapping on one line, as in NDJSON."""

    number: int

    def line(self, _: str) -> int:
        """Return the line, which is the same for every value."""
        return self.number


class TableRow(OneLine):
    """A row of a CSV file. Its errors name a column instead of a pointer."""


@dataclass(frozen=True, slots=True)
class LocatedRecord:
    """A valid record and its position. In NDJSON, `pointer` is relative to the line's mapping."""

    kind: EntityKind
    record: Record
    file: str
    pointer: str
    lines: Lines | OneLine = field(repr=False, compare=False)

    def line(self, relative_pointer: str = "") -> int | None:
        """Return the line of the record or of one of its fields, or of the nearest value around it.

        The first call for a document parses its text again, from memory.
        """
        return self.lines.line(self.pointer + relative_pointer)

    def error(self, relative_pointer: str, problem: str) -> RecordError:
        """Return an error at the record or at one of its fields."""
        pointer = self.pointer + relative_pointer
        if isinstance(self.lines, TableRow):
            pointer = column_at(self.kind, pointer)
        line = self.line(relative_pointer)
        return RecordError(self.file, line, self.record.id, pointer, problem, self.kind)
