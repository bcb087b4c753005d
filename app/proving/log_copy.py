"""A copy of the change log: its changes one by one, each proved by its digest."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import Connection, select

from app.documents.change import ChangeEntry
from app.domain.digest_chain import Link, chain_digest
from app.proving.bundle_file import UnreadableError
from app.records.parsing.errors import explain_error
from app.tables import core as t

_DOCUMENT: Final = b',"document":'
_ASK: Final = "expected the lines of /v1/changes.ndjson, unchanged and from the first"
_LINKED: Final = Link._fields
# A change as the row of the log.
Change = Mapping[str, Any]


def read_lines(lines: Iterable[bytes]) -> Iterator[Change]:
    """Yield the change in each line of NDJSON. Raises UnreadableError."""
    number = 0
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _read_line(number, line.rstrip(b"\r\n"))
    if not number:
        raise UnreadableError(f"the copy of the log is empty; {_ASK}")


def read_database(connection: Connection) -> Generator[Change, None, None]:
    """Yield each change of the log of a database; the caller closes it before the connection."""
    with connection.execute(select(t.change).order_by(t.change.c.seq)) as rows:
        for row in rows:
            yield row._asdict()


def _read_line(number: int, line: bytes) -> Change:
    entry, found, document = line.partition(_DOCUMENT)
    try:
        if not found or not document.endswith(b"}"):
            raise UnreadableError(f"line {number} of the log is no change; {_ASK}")
        text = document[:-1].decode()
        change = ChangeEntry.model_validate_json(entry + b"}")
    except UnicodeDecodeError:
        raise UnreadableError(f"line {number} of the log is not UTF-8") from None
    except ValidationError as invalid:
        first = invalid.errors()[0]
        place = "/".join(map(str, first["loc"]))
        said = explain_error(first, ChangeEntry)
        reason = f"{place}: {said}" if place else said
        raise UnreadableError(f"line {number} of the log is no change: {reason}; {_ASK}") from None
    values = change.model_dump(exclude={"id", "cause"})
    cause = change.cause
    return {
        **values,
        "slug": change.id,
        "cause_kind": cause and cause.kind,
        "cause_slug": cause and cause.id,
        "document": None if text == "null" else text,
    }


class ProvedCopy:
    """The changes of a copy up to a number, and facts that are known once all were read."""

    def __init__(self, changes: Iterable[Change], seq: int) -> None:
        self._changes = iter(changes)
        self._seq = seq
        self.first_digest = ""
        self.digest = ""
        self.at: datetime | None = None
        # The first and last change of the write to which the last change belongs.
        self.write = (0, 0)
        # Whether the copy has a later write, which proves where this one ends.
        self.continues = False

    def rows(self) -> Iterator[Change]:
        """Yield the changes up to the number, and then look for the end of their last write.

        Raises UnreadableError if a change is missing or does not have its digest.
        """
        previous = 0
        for change in self._changes:
            if change["seq"] != previous + 1:
                raise UnreadableError(
                    f"the copy of the log has change {change['seq']} after {previous}; {_ASK}"
                )
            previous = change["seq"]
            if not self._look(change):
                return
            if previous <= self._seq:
                yield change
        if previous < self._seq:
            raise UnreadableError(
                f"the copy of the log ends with change {previous}, before {self._seq}: update it"
            )

    def _look(self, change: Change) -> bool:
        """Note the facts of a change; return False for the first one of a later write."""
        seq, at = change["seq"], change["at"]
        if seq > self._seq and at != self.at:
            self.continues = True
            return False
        self.write = (self.write[0] if at == self.at else seq, seq)
        if seq > self._seq:
            return True
        digest = chain_digest(self.digest, Link(*(change[name] for name in _LINKED)))
        if digest != change["digest"]:
            raise UnreadableError(
                f"change {seq} of the copy of the log does not have its digest: the copy is "
                "damaged or altered"
            )
        self.digest, self.at = digest, at
        self.first_digest = self.first_digest or digest
        return True
