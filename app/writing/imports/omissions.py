"""Values that an import would delete because its records lack them, as a table lacks languages."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection

from app.domain.vocabulary import EntityKind
from app.records.models import Plain
from app.records.parsing.errors import RecordError
from app.records.parsing.files import MAX_ERRORS
from app.writing.imports.spool import Spool
from app.writing.record_from_document import stored_records
from app.writing.record_set import PlacedRecord

_EMPTY: Final[tuple[Any, ...]] = (None, [], {})
_ADVICE = "add what it lacks, or allow this: omissions=delete, timeline load --delete-omitted"


def find_omissions(connection: Connection, spool: Spool) -> list[RecordError]:
    """Return an error for each record that lacks values of the stored one, at most MAX_ERRORS."""
    errors = (
        spool.error(each, "", f"{loss}: {_ADVICE}")
        for kind, batch in spool.located_batches()
        for each, loss in _losing(connection, kind, batch)
    )
    return [*islice(errors, MAX_ERRORS)]


def _losing(
    connection: Connection, kind: EntityKind, batch: Sequence[PlacedRecord]
) -> Iterator[tuple[PlacedRecord, str]]:
    """Yield each record that lacks values, with the words that say which would be lost."""
    stored = stored_records(connection, kind, [each.record["id"] for each in batch])
    for each in batch:
        before = stored.get(each.record["id"], {})
        names = [*omitted(before, each.record)]
        if names:
            lost = [
                f"would delete {', '.join(names)} of the stored {kind}",
                *replaced(before, each.record),
            ]
            yield each, " and ".join(lost)


def omitted(stored: Plain, record: Plain) -> Iterator[str]:
    """Yield the names of the values that are stored and that the record lacks.

    A shorter list is an edit that its author sees, so only a list without any item counts, and a field
    that no item has any more. Each source with evidence must keep some.
    """
    for field, value in stored.items():
        if value in _EMPTY:
            continue
        if record[field] in _EMPTY:
            yield field
        elif isinstance(value, dict):
            yield from (f"{field}/{key}" for key in value if key not in record[field])
        elif field == "sources":
            if _with_evidence(stored) - _with_evidence(record):
                yield "sources/evidence"
        elif isinstance(value, list) and isinstance(value[0], dict):
            kept = _fields_in_use(record[field])
            yield from (f"{field}/{name}" for name in _fields_in_use(value) if name not in kept)


def replaced(stored: Plain, record: Plain) -> Iterator[str]:
    """Yield words for each English text that changes while the record lacks one in another language.

    A table in French has its texts in columns that count as English.
    """
    for field, texts in stored.items():
        new = record[field]
        if not (
            isinstance(texts, dict) and isinstance(new, dict) and "en" in texts and "en" in new
        ):
            continue
        if new["en"] != texts["en"] and texts.keys() - new.keys():
            same = (language for language, text in texts.items() if text == new["en"])
            by = next((f"{field}/{language}" for language in same), "another text")
            yield f"replace {field}/en, the English text, by {by}"


def _with_evidence(event: Plain) -> set[str]:
    return {citation["source"] for citation in event["sources"] if citation["evidence"]}


def _fields_in_use(items: Sequence[Plain]) -> dict[str, None]:
    """Return the fields that have a value in any of the items, in their order."""
    return dict.fromkeys(name for item in items for name in item if item[name] not in _EMPTY)
