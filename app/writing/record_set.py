"""The records of one write, as `consistency` checks them: a few in memory, or an import's spool."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from app.domain.vocabulary import EntityKind, KindAndSlug
from app.records.models import Plain
from app.records.parsing.errors import RecordError
from app.records.parsing.positions import LocatedRecord


class RecordPosition(NamedTuple):
    """The position of a record in a file: its line, or the number of the text that has the line."""

    file: str
    pointer: str
    line: int | None
    text: int | None
    # For a row of a table, the kind of its record: errors name the columns of that kind.
    columns: str | None = None


class PlacedRecord(NamedTuple):
    """A valid record as JSON values, with its position."""

    record: Plain
    place: RecordPosition
    kind: EntityKind

    @property
    def entity(self) -> KindAndSlug:
        """The entity that the record describes or withdraws."""
        return self.kind, self.record["id"]


class RecordSet(Protocol):
    """Records to check, and a register of names in namespaces, such as the ids of each kind."""

    @property
    def errors(self) -> Sequence[RecordError]:
        """The errors of records that could not be read."""

    @property
    def withdrawals(self) -> Sequence[PlacedRecord]:
        """The withdrawals among the records."""

    @property
    def survivors(self) -> dict[KindAndSlug, str]:
        """The survivors of merged entities to which records refer; the checks find them."""

    @property
    def revived(self) -> Collection[KindAndSlug]:
        """The withdrawn entities that the records restore."""

    def located_batches(self) -> Iterator[tuple[EntityKind, Sequence[PlacedRecord]]]:
        """Yield all records, a batch of one kind at a time; in the same order each time."""

    def line(self, place: RecordPosition, relative_pointer: str = "") -> int | None:
        """Return the line of a record, or of one of its fields."""

    def error(self, placed: PlacedRecord, relative_pointer: str, problem: str) -> RecordError:
        """Return an error about a record, or about one of its fields."""

    def register(self, namespace: str, owners: Iterable[tuple[str, str]]) -> None:
        """Give each name its owner, as pairs; a name that has an owner keeps it."""

    def lookup(self, namespace: str, names: Iterable[str]) -> dict[str, str]:
        """Return the owners of the names that have one."""

    def names(self, namespace: str, at_most: int) -> list[str]:
        """Return at most this many of the registered names."""


class MemoryRecords:
    """A RecordSet of a few records, all of them read without errors; each is a batch."""

    errors: Sequence[RecordError] = ()
    withdrawals: Sequence[PlacedRecord] = ()

    def __init__(
        self, located: Sequence[LocatedRecord], revived: Collection[KindAndSlug] = ()
    ) -> None:
        self._located = located
        self.revived = revived
        self.survivors: dict[KindAndSlug, str] = {}
        self._owners: dict[str, dict[str, str]] = defaultdict(dict)

    def located_batches(self) -> Iterator[tuple[EntityKind, Sequence[PlacedRecord]]]:
        """Yield each record as a batch; the number of its text is its number in the set."""
        for number, each in enumerate(self._located):
            place = RecordPosition(each.file, each.pointer, None, number)
            yield each.kind, [PlacedRecord(each.record.to_plain(), place, each.kind)]

    def line(self, place: RecordPosition, relative_pointer: str = "") -> int | None:
        """Return the line of a record, or of one of its fields."""
        return self._located[place.text or 0].line(relative_pointer)

    def error(self, placed: PlacedRecord, relative_pointer: str, problem: str) -> RecordError:
        """Return an error about a record, or about one of its fields."""
        return self._located[placed.place.text or 0].error(relative_pointer, problem)

    def register(self, namespace: str, owners: Iterable[tuple[str, str]]) -> None:
        """Give each name its owner, as pairs; a name that has an owner keeps it."""
        for name, owner in owners:
            self._owners[namespace].setdefault(name, owner)

    def lookup(self, namespace: str, names: Iterable[str]) -> dict[str, str]:
        """Return the owners of the names that have one."""
        owners = self._owners[namespace]
        return {name: owners[name] for name in names if name in owners}

    def names(self, namespace: str, at_most: int) -> list[str]:
        """Return at most this many of the registered names."""
        return list(self._owners[namespace])[:at_most]
