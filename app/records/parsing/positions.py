"""Records with the places in files where they stand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.vocabulary import EntityKind
from app.records.models.base import Record
from app.records.parsing.errors import RecordError


class Lines:
    """The lines of the values of a whole document, sought when one is first asked for."""

    def __init__(self, text: str, find: Callable[[str], dict[str, int]]) -> None:
        self._text = text
        self._find = find

    @cached_property
    def _by_pointer(self) -> dict[str, int]:
        return self._find(self._text) if "\n" in self._text.rstrip() else {"": 1}

    def line(self, pointer: str) -> int | None:
        """The line in the file of what is at the pointer, else of the nearest thing around it."""
        while pointer and pointer not in self._by_pointer:
            pointer = pointer.rpartition("/")[0]
        return self._by_pointer.get(pointer)


@dataclass(frozen=True, slots=True)
class OneLine:
    """A mapping that stands on one line, as each does in NDJSON."""

    number: int

    def line(self, _: str) -> int:
        """The line of whatever is in it."""
        return self.number


class TableRow(OneLine):
    """A row of a table: what is wrong in it is wrong in a column."""


@dataclass(frozen=True, slots=True)
class LocatedRecord:
    """A valid record and where it stands; in NDJSON, `pointer` is within the line's mapping."""

    kind: EntityKind
    record: Record
    file: str
    pointer: str
    lines: Lines | OneLine = field(repr=False, compare=False)

    def line(self, relative_pointer: str = "") -> int | None:
        """The line of the record or of one of its fields, else of the nearest thing around it.

        The first call for a file reads its text again, from memory.
        """
        return self.lines.line(self.pointer + relative_pointer)

    def error(self, relative_pointer: str, problem: str) -> RecordError:
        """What is wrong with the record, or with one of its fields, after all."""
        pointer = self.pointer + relative_pointer
        return RecordError(self.file, self.line(relative_pointer), self.record.id, pointer, problem)
