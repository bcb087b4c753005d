"""Records kept until all are read: in memory while they are few, else in a file without a name."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from app.domain.vocabulary import EntityKind
from app.records.models import Plain, WithdrawalRecord
from app.records.parsing.csv_layout import column_at
from app.records.parsing.errors import RecordError
from app.records.parsing.files import RecordOrError
from app.records.parsing.positions import Lines, LocatedRecord, OneLine, TableRow
from app.tables.rows import BATCH

# Records may be large: what a batch takes in memory is some ten times this.
_BATCH_CHARACTERS = 2_000_000
_MAX_WITHDRAWALS = 10_000

_TABLES = (
    "PRAGMA journal_mode = OFF",
    "CREATE TABLE batch (kind TEXT, records TEXT, places TEXT)",
    "CREATE TABLE name (space TEXT, name TEXT, owner TEXT, PRIMARY KEY (space, name)) WITHOUT ROWID",
)
_CLAIM = "INSERT OR IGNORE INTO name VALUES (?, ?, ?)"
_NAMES = "SELECT name FROM name WHERE space = ? LIMIT ?"
_OWNERS = (
    "SELECT name, owner FROM name WHERE space = ? AND name IN (SELECT value FROM json_each(?))"
)


class SpooledRecord(NamedTuple):
    """A valid record as JSON values, and where it stands, which the spool can tell."""

    record: Plain
    place: "SourcePosition"


class SourcePosition(NamedTuple):
    """In which file a record stands, where, and on which line; or which text knows the line."""

    file: str
    pointer: str
    line: int | None
    text: int | None
    # Of a row of a table: the kind of its record, whose columns are named in errors.
    columns: str | None = None


@dataclass
class _Batch:
    """Records of a kind as JSON texts, and their places, until they are enough to be written."""

    records: list[str] = field(default_factory=list)
    places: list[SourcePosition] = field(default_factory=list)
    characters: int = 0

    def add(self, record: str, place: SourcePosition) -> None:
        self.records.append(record)
        self.places.append(place)
        self.characters += len(record)

    @property
    def full(self) -> bool:
        return len(self.records) == BATCH or self.characters > _BATCH_CHARACTERS


class Spool:
    """The records and errors of an import, whose records can be gone through more than once.

    They are in an SQLite database without a name, which has no part in the timeline's own: it keeps
    little in memory, writes the rest to a file, and is gone when it is closed. Of whole documents
    the text stays in memory, for the lines of errors.
    """

    def __init__(self, found: Iterable[RecordOrError]) -> None:
        """Keep all that is found."""
        self._database = sqlite3.connect("", isolation_level=None)
        for statement in _TABLES:
            self._database.execute(statement)
        self._texts: list[Lines] = []
        self.errors: list[RecordError] = []
        # Few, as what is withdrawn was published: they are all in memory.
        self.withdrawals: list[SpooledRecord] = []
        pending: dict[EntityKind, _Batch] = defaultdict(_Batch)
        for each in found:
            if isinstance(each, RecordError):
                self.errors.append(each)
            elif isinstance(each.record, WithdrawalRecord):
                self._add_withdrawal(each)
            else:
                batch = pending[each.kind]
                batch.add(each.record.model_dump_json(), self._place(each))
                if batch.full:
                    self._write(each.kind, pending.pop(each.kind))
        for kind, batch in pending.items():
            self._write(kind, batch)

    def _add_withdrawal(self, located: LocatedRecord) -> None:
        if len(self.withdrawals) < _MAX_WITHDRAWALS:
            spooled = SpooledRecord(located.record.to_plain(), self._place(located))
            self.withdrawals.append(spooled)
        elif len(self.errors) < _MAX_WITHDRAWALS:
            problem = f"more than {_MAX_WITHDRAWALS} withdrawals: send them in several imports"
            self.errors.append(located.error("", problem))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def batches(self, kind: EntityKind) -> Iterator[list[Plain]]:
        """The records of a kind in the order in which they were found, a batch at a time."""
        statement = "SELECT records FROM batch WHERE kind = ? ORDER BY rowid"
        with closing(self._database.execute(statement, (kind,))) as rows:
            for (records,) in rows:
                yield json.loads(records)

    def located_batches(self) -> Iterator[tuple[EntityKind, list[SpooledRecord]]]:
        """All records with their places, a batch of one kind at a time."""
        statement = "SELECT kind, records, places FROM batch ORDER BY rowid"
        with closing(self._database.execute(statement)) as rows:
            for kind, records, places in rows:
                located = zip(json.loads(records), json.loads(places), strict=True)
                yield (
                    EntityKind(kind),
                    [SpooledRecord(r, SourcePosition(*place)) for r, place in located],
                )

    def line(self, place: SourcePosition, relative_pointer: str = "") -> int | None:
        """The line of the record there, or of one of its fields.

        The first call for a whole document reads its text again, from memory.
        """
        if place.text is None:
            return place.line
        return self._texts[place.text].line(place.pointer + relative_pointer)

    def error(self, spooled: SpooledRecord, relative_pointer: str, problem: str) -> RecordError:
        """What is wrong with the record, or with one of its fields, after all."""
        record, place = spooled
        line = self.line(place, relative_pointer)
        pointer = place.pointer + relative_pointer
        if place.columns:
            pointer = column_at(EntityKind(place.columns), pointer)
        return RecordError(place.file, line, record["id"], pointer, problem)

    def claim(self, space: str, owners: Iterable[tuple[str, str]]) -> None:
        """Let each name in this space have the owner that stands beside it, unless it has one."""
        self._database.executemany(_CLAIM, ((space, *claim) for claim in owners))

    def owners(self, space: str, names: Iterable[str]) -> dict[str, str]:
        """The names that have an owner, and who it is."""
        return dict(self._database.execute(_OWNERS, (space, json.dumps(list(names)))))

    def names(self, space: str, at_most: int) -> list[str]:
        """So many of the names that have an owner."""
        rows = self._database.execute(_NAMES, (space, at_most))
        return [name for (name,) in rows]

    def _write(self, kind: EntityKind, batch: _Batch) -> None:
        row = (kind, f"[{','.join(batch.records)}]", json.dumps(batch.places))
        self._database.execute("INSERT INTO batch VALUES (?, ?, ?)", row)

    def _place(self, located: LocatedRecord) -> SourcePosition:
        lines = located.lines
        if isinstance(lines, OneLine):
            columns = located.kind.value if isinstance(lines, TableRow) else None
            return SourcePosition(located.file, located.pointer, lines.number, None, columns)
        if not self._texts or self._texts[-1] is not lines:
            self._texts.append(lines)
        return SourcePosition(located.file, located.pointer, None, len(self._texts) - 1)
