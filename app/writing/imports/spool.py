"""The spool of an import: keeps few records in memory, and many in an unnamed file."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Self

from app.domain.vocabulary import EntityKind, KindAndSlug
from app.records.models import RECORD_MODELS, Plain, Record, WithdrawalRecord
from app.records.parsing.csv_layout import column_at
from app.records.parsing.errors import RecordError
from app.records.parsing.files import RecordOrError
from app.records.parsing.positions import Lines, LocatedRecord, OneLine, TableRow
from app.tables.rows import BATCH
from app.writing.record_set import PlacedRecord, RecordPosition
from app.writing.survivors import with_survivors

# Records may be large: a batch takes some ten times this in memory.
_BATCH_CHARACTERS = 2_000_000
_MAX_WITHDRAWALS = 10_000


_TABLES = (
    "PRAGMA journal_mode = OFF",
    "CREATE TABLE batch (kind TEXT, records TEXT, places TEXT)",
    """\
CREATE TABLE name (namespace TEXT, name TEXT, owner TEXT, PRIMARY KEY (namespace, name))
WITHOUT ROWID""",
)
_REGISTER = "INSERT OR IGNORE INTO name VALUES (?, ?, ?)"
_NAMES = "SELECT name FROM name WHERE namespace = ? LIMIT ?"
_LOOKUP = (
    "SELECT name, owner FROM name WHERE namespace = ? AND name IN (SELECT value FROM json_each(?))"
)


@dataclass
class _Batch:
    """Records of one kind as JSON texts, with their places, until the batch is full."""

    records: list[str] = field(default_factory=list)
    places: list[RecordPosition] = field(default_factory=list)
    characters: int = 0

    def add(self, record: str, place: RecordPosition) -> None:
        self.records.append(record)
        self.places.append(place)
        self.characters += len(record)

    @property
    def full(self) -> bool:
        return len(self.records) == BATCH or self.characters > _BATCH_CHARACTERS


class Spool:
    """The records and errors of an import: a RecordSet, and the Batches that `apply` writes.

    The records are in an unnamed SQLite database, unrelated to the timeline's. It keeps little in
    memory, writes the rest to a file, and disappears when it is closed. The texts of whole
    documents stay in memory, because errors need their lines.
    """

    def __init__(
        self, found: Iterable[RecordOrError], *, most_withdrawals: int = _MAX_WITHDRAWALS
    ) -> None:
        """Read everything, and keep it."""
        self._most_withdrawals = most_withdrawals
        self._database = sqlite3.connect("", isolation_level=None)
        for statement in _TABLES:
            self._database.execute(statement)
        self._texts: list[Lines] = []
        self.survivors: dict[KindAndSlug, str] = {}
        self.errors: list[RecordError] = []
        # The withdrawn entities that the records restore.
        self.revived: Collection[KindAndSlug] = ()
        # Records that are not imported, as if they were not in the file.
        self.left_out: set[KindAndSlug] = set()
        # Few, because only published entities are withdrawn: all stay in memory.
        self.withdrawals: list[PlacedRecord] = []
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
        if len(self.withdrawals) < self._most_withdrawals:
            placed = PlacedRecord(located.record.to_plain(), self._place(located), located.kind)
            self.withdrawals.append(placed)
        elif len(self.errors) < _MAX_WITHDRAWALS:
            problem = f"more than {_MAX_WITHDRAWALS} withdrawals: send them in several imports"
            self.errors.append(located.error("", problem))

    def _place(self, located: LocatedRecord) -> RecordPosition:
        lines = located.lines
        if isinstance(lines, OneLine):
            columns = located.kind.value if isinstance(lines, TableRow) else None
            return RecordPosition(located.file, located.pointer, lines.number, None, columns)
        if not self._texts or self._texts[-1] is not lines:
            self._texts.append(lines)
        return RecordPosition(located.file, located.pointer, None, len(self._texts) - 1)

    def _write(self, kind: EntityKind, batch: _Batch) -> None:
        row = (kind, f"[{','.join(batch.records)}]", json.dumps(batch.places))
        self._database.execute("INSERT INTO batch VALUES (?, ?, ?)", row)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def batches(self, kind: EntityKind) -> Iterator[list[Plain]]:
        """Yield the records of a kind in the order of the files, a batch at a time.

        They refer to the survivors of merged entities, as soon as these were found.
        """
        statement = "SELECT records FROM batch WHERE kind = ? ORDER BY rowid"
        with closing(self._database.execute(statement, (kind,))) as rows:
            for (records,) in rows:
                yield [
                    with_survivors(kind, record, self.survivors)
                    for record in json.loads(records)
                    if (kind, record["id"]) not in self.left_out
                ]

    def located_batches(self) -> Iterator[tuple[EntityKind, list[PlacedRecord]]]:
        """Yield all records with their places, a batch of one kind at a time."""
        statement = "SELECT kind, records, places FROM batch ORDER BY rowid"
        with closing(self._database.execute(statement)) as rows:
            for kind, records, places in rows:
                located = zip(json.loads(records), json.loads(places), strict=True)
                yield (
                    EntityKind(kind),
                    [
                        PlacedRecord(r, RecordPosition(*place), EntityKind(kind))
                        for r, place in located
                        if (kind, r["id"]) not in self.left_out
                    ],
                )

    def located_records(self) -> Iterator[LocatedRecord]:
        """Yield all records and withdrawals as models again, with their positions.

        They refer to the survivors of merged entities, as soon as these were found.
        """
        for kind, batch in self.located_batches():
            for each in batch:
                settled = with_survivors(kind, each.record, self.survivors)
                record = RECORD_MODELS[kind].model_validate(settled)
                yield self._located(kind, record, each.place)
        for each in self.withdrawals:
            withdrawal = WithdrawalRecord.model_validate(each.record)
            yield self._located(withdrawal.kind, withdrawal, each.place)

    def _located(self, kind: EntityKind, record: Record, place: RecordPosition) -> LocatedRecord:
        lines = OneLine(place.line or 0) if place.text is None else self._texts[place.text]
        return LocatedRecord(kind, record, place.file, place.pointer, lines)

    def line(self, place: RecordPosition, relative_pointer: str = "") -> int | None:
        """Return the line of a record, or of one of its fields.

        The first call for a whole document parses its text again, from memory.
        """
        if place.text is None:
            return place.line
        return self._texts[place.text].line(place.pointer + relative_pointer)

    def error(self, placed: PlacedRecord, relative_pointer: str, problem: str) -> RecordError:
        """Return an error about a record, or about one of its fields."""
        record, place, kind = placed
        line = self.line(place, relative_pointer)
        pointer = place.pointer + relative_pointer
        if place.columns:
            pointer = column_at(EntityKind(place.columns), pointer)
        return RecordError(place.file, line, record["id"], pointer, problem, kind)

    def register(self, namespace: str, owners: Iterable[tuple[str, str]]) -> None:
        """Give each name its owner, as pairs; a name that has an owner keeps it."""
        self._database.executemany(_REGISTER, ((namespace, *pair) for pair in owners))

    def lookup(self, namespace: str, names: Iterable[str]) -> dict[str, str]:
        """Return the owners of the names that have one."""
        return dict(self._database.execute(_LOOKUP, (namespace, json.dumps(list(names)))))

    def names(self, namespace: str, at_most: int) -> list[str]:
        """Return at most this many of the registered names."""
        rows = self._database.execute(_NAMES, (namespace, at_most))
        return [name for (name,) in rows]
