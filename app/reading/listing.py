"""Pages of a list by keyset: each goes on after the last row of the one before, whatever was added."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Collection, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, tuple_

from app.documents.partial import EventField
from app.domain.vocabulary import EntityKind
from app.reading.parameters.common import PageRequest, Total
from app.tables import core as t

_DIGEST_SIZE = 8
# What stands in a cursor of ours. In a forged one an engine could be given what it cannot take: NUL
# is no text to PostgreSQL, and twenty digits are no integer to SQLite.
_WORD = re.compile(r"[a-z0-9_-]{1,120}")
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,15}")


class CursorError(ValueError):
    """A cursor that this list did not give, or not for this query."""


class SortKey(NamedTuple):
    """A column of a total order, and how its value is read back from a cursor."""

    column: ColumnElement[Any]
    parse: Callable[[str], Any]


@dataclass(frozen=True)
class Listing:
    """A filtered list: its rows, and the columns that order them, all in the same direction.

    The columns together are unique and never null, so that the order is total.
    """

    statement: Select[Any]
    order: tuple[SortKey, ...]
    descending: bool = False
    render: Callable[[Row[Any]], str] = lambda row: str(row.document)


@dataclass(frozen=True)
class Page:
    """Some items of a list as JSON, the cursor of the next page, and on request the total."""

    items: Sequence[str]
    limit: int
    cursor: str | None
    total: int | None


def day_key(column: ColumnElement[date]) -> SortKey:
    """A sort key that is a calendar day."""
    return SortKey(column, date.fromisoformat)


def instant_key(column: ColumnElement[datetime]) -> SortKey:
    """A sort key that is an instant."""
    return SortKey(column, datetime.fromisoformat)


def text_key(column: ColumnElement[str]) -> SortKey:
    """A sort key that is an id or a word."""
    return SortKey(column, _word)


def count_key(column: ColumnElement[int]) -> SortKey:
    """A sort key that is a whole number."""
    return SortKey(column, _whole_number)


def _word(text: str) -> str:
    if not _WORD.fullmatch(text):
        raise ValueError("not an id or a word")
    return text


def _whole_number(text: str) -> int:
    if not _WHOLE_NUMBER.fullmatch(text):
        raise ValueError("not a whole number")
    return int(text)


def fetch_page(connection: Connection, listing: Listing, request: PageRequest, query: str) -> Page:
    """One page: one statement, and one more for `total=exact`.

    `query` names the list with its filters and sort; a cursor serves no other. Raises CursorError.
    """
    statement = listing.statement.add_columns(
        *(key.column.label(f"sort_{i}") for i, key in enumerate(listing.order))
    )
    if request.cursor:
        statement = statement.where(_after(listing, _read_cursor(request.cursor, listing, query)))
    rows = connection.execute(in_order(listing, statement).limit(request.limit + 1)).all()
    more = len(rows) > request.limit
    rows = rows[: request.limit]
    return Page(
        items=[listing.render(row) for row in rows],
        limit=request.limit,
        cursor=_write_cursor(rows[-1], listing, query) if more else None,
        total=count_items(connection, listing) if request.total is Total.EXACT else None,
    )


def in_order(listing: Listing, statement: Select[Any]) -> Select[Any]:
    """The statement in the order of the list."""
    return statement.order_by(*(_directed(listing, key.column) for key in listing.order))


def count_items(connection: Connection, listing: Listing) -> int:
    """How many items the list has in all."""
    counted = listing.statement.with_only_columns(func.count(), maintain_column_froms=True)
    return connection.scalar(counted) or 0


def _directed(listing: Listing, column: ColumnElement[Any]) -> ColumnElement[Any]:
    return column.desc() if listing.descending else column.asc()


def _after(listing: Listing, position: Sequence[Any]) -> ColumnElement[bool]:
    columns = tuple_(*(key.column for key in listing.order))
    return columns < tuple_(*position) if listing.descending else columns > tuple_(*position)


def _write_cursor(row: Row[Any], listing: Listing, query: str) -> str:
    values = [row._mapping[f"sort_{i}"] for i in range(len(listing.order))]
    texts = [v.isoformat() if isinstance(v, date) else str(v) for v in values]
    payload = json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()
    return urlsafe_b64encode(_digest(payload, query) + payload).decode().rstrip("=")


def _read_cursor(cursor: str, listing: Listing, query: str) -> list[Any]:
    try:
        data = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        payload = data[_DIGEST_SIZE:]
        if data[:_DIGEST_SIZE] == _digest(payload, query) and _canonical(data) == cursor:
            texts = json.loads(payload)
            return [key.parse(text) for key, text in zip(listing.order, texts, strict=True)]
    except (ValueError, TypeError, RecursionError):
        pass  # Answered as one that does not fit: what a reader should do is the same.
    raise CursorError("the cursor does not belong to this list with these filters and this sort")


def _canonical(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _digest(payload: bytes, query: str) -> bytes:
    # No secret: the digest tells a mangled or misplaced cursor, and nothing is gained by forging one.
    return blake2b(payload, digest_size=_DIGEST_SIZE, key=blake2b(query.encode()).digest()).digest()


def find_document(connection: Connection, kind: EntityKind, slug: str) -> str | None:
    """The public JSON of an entity, or None when there is none with this id."""
    table = t.ENTITIES[kind]
    return connection.scalar(select(table.c.document).where(table.c.slug == slug))


def find_documents(connection: Connection, kind: EntityKind, slugs: Collection[str]) -> list[str]:
    """The public JSON of each of these entities that is there, in no order."""
    table = t.ENTITIES[kind]
    return list(connection.scalars(select(table.c.document).where(table.c.slug.in_(slugs))))


def select_fields(listing: Listing, fields: Collection[EventField]) -> Listing:
    """The list with only these keys of each document, and its id; with no keys, as it is."""
    if not fields:
        return listing
    return replace(listing, render=lambda row: keep(listing.render(row), fields))


def keep(document: str, fields: Collection[EventField]) -> str:
    """The document with only these keys and its id, in its own order."""
    kept = {key: v for key, v in json.loads(document).items() if key in fields or key == "id"}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def data_version(connection: Connection) -> bytes:
    """A word that is another one after every write: the last change, and when it was made."""
    change = t.change.c
    newest = select(change.seq, change.at).order_by(change.seq.desc()).limit(1)
    row = connection.execute(newest).first()
    return b"empty" if row is None else f"{row.seq} {row.at.isoformat()}".encode()


def stream_items(connection: Connection, listing: Listing) -> Generator[str, None, None]:
    """Every item of the list as JSON, in its order: one statement, read as far as it is asked for."""
    with connection.execute(in_order(listing, listing.statement)) as rows:
        for row in rows:
            yield listing.render(row)
