"""Lists of stored documents: read in pages by keyset, as a stream, or by id.

A page continues after the last row of the page before, or ends before the first row of the page after
it, so rows that are added between two requests neither repeat nor hide others.
"""

import json
from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple

from pydantic import BaseModel
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    bindparam,
    func,
    select,
    tuple_,
)

from app.documents.card import event_card
from app.documents.partial import EventField
from app.documents.unknown import UnknownValue
from app.domain.languages import Language
from app.domain.vocabulary import EntityKind
from app.reading.cursors import CursorPlace, SortKey, read_cursor, write_cursor
from app.reading.parameters.common import PageRequest, Total
from app.reading.unknown_ids import refuse_unknown
from app.tables import core as t
from app.tables.keys import has_key_of
from app.tables.log import newest_change
from app.tables.prepared import fetch_all
from app.tables.utf8 import utf8

# The parameters of a statement that reads a stretch.
_SIZE: Final = "stretch_size"
_POSITION: Final = "stretch_position"
_KEYS: Final = "stretch_keys"


@dataclass(frozen=True)
class Stretch:
    """The first rows of a list in one direction, or the first after the row with these sort values."""

    size: int
    descending: bool
    position: Sequence[Any] | None


class Narrowing(NamedTuple):
    """Finds the keys of the rows of a stretch, and perhaps of some rows behind it; None if it cannot."""

    key: ColumnElement[int]
    find: Callable[[Connection, Stretch], Iterable[int] | None]


@dataclass(frozen=True)
class Listing:
    """A filtered list: its rows, and the columns that order them, all in the same direction.

    The columns together are unique and never null, so that the order is total. By default an item is the
    first column of its row.
    """

    # Without the conditions, it is the same for each request, and its order is added only once.
    statement: Select[Any]
    order: tuple[SortKey, ...]
    descending: bool = False
    make_conditions: Callable[[], Sequence[ColumnElement[bool]]] = tuple
    # The values of the parameters of the statement.
    values: Mapping[str, Any] = field(default_factory=dict)
    render: Callable[[Row[Any]], bytes] = itemgetter(0)
    # An empty file is refused if one of these has the id of no entity.
    filters: BaseModel | None = None
    # Counts the items faster than a statement can, or returns None.
    count: Callable[[Connection], int | None] = lambda connection: None
    # Finds the rows of a stretch faster than the conditions.
    narrowing: Narrowing | None = None

    @cached_property
    def conditions(self) -> Sequence[ColumnElement[bool]]:
        """The conditions of the filters, made when they are first needed."""
        return self.make_conditions()


@dataclass(frozen=True)
class Page:
    """Some items of a list as JSON, the cursors of the pages beside it, and on request the total."""

    items: Sequence[bytes]
    limit: int
    cursor: str | None
    total: int | None
    prev_cursor: str | None = None
    unknown: Sequence[UnknownValue] = ()


def fetch_page(connection: Connection, listing: Listing, request: PageRequest, query: str) -> Page:
    """Return one page: one statement, and one more for `total=exact`. A limit of 0 reads no items.

    `query` names the list with its filters and sort; a cursor fits no other. Raises CursorError.
    """
    place = read_cursor(request.cursor, listing.order, query) if request.cursor else None
    backward = place is not None and place.backward
    descending = listing.descending != backward
    stretch = Stretch(request.limit + 1, descending, place.position if place else None)
    rows = _fetch_stretch(connection, listing, stretch) if request.limit else []
    more = len(rows) > request.limit
    rows = rows[: request.limit][:: -1 if backward else 1]
    # The page from which the client came lies beyond the other end.
    before, after = (more, True) if backward else (place is not None, more)
    return Page(
        items=[listing.render(row) for row in rows],
        limit=request.limit,
        cursor=_cursor(rows[-1], listing, query) if rows and after else None,
        prev_cursor=_cursor(rows[0], listing, query, backward=True) if rows and before else None,
        total=count_items(connection, listing) if request.total is Total.EXACT else None,
    )


def cursor_after(connection: Connection, listing: Listing, count: int, query: str) -> str | None:
    """Return the cursor of the page after the first `count` items, at least one; None if the list ends there.

    One statement, which reads all of these items. `query` names the list, as for `fetch_page`.
    """
    statement = _in_pages(listing.statement, listing.order, listing.descending)
    rows = statement.where(*listing.conditions).offset(count - 1).limit(2)
    found = connection.execute(rows, listing.values).all()
    return _cursor(found[0], listing, query) if len(found) == 2 else None


def _fetch_stretch(
    connection: Connection, listing: Listing, stretch: Stretch
) -> Sequence[Row[Any]]:
    position = stretch.position or ()
    values = {
        **listing.values,
        _SIZE: stretch.size,
        **{f"{_POSITION}_{i}": value for i, value in enumerate(position)},
    }
    form = (listing.statement, listing.order, stretch.descending, bool(position))
    narrowing = listing.narrowing
    keys = narrowing.find(connection, stretch) if narrowing else None
    if narrowing and keys is not None:
        return fetch_all(connection, _stretch(*form, narrowing.key), {**values, _KEYS: keys})
    if not listing.conditions:
        return fetch_all(connection, _stretch(*form), values)
    return connection.execute(_stretch(*form).where(*listing.conditions), values).all()


# Making a statement takes longer than reading a page of 50 events with it.
@lru_cache(maxsize=128)
def _stretch(
    statement: Select[Any],
    order: tuple[SortKey, ...],
    descending: bool,
    is_after: bool,
    key: ColumnElement[int] | None = None,
) -> Select[Any]:
    """Return the statement of a stretch, which takes its size, its position and its keys as parameters."""
    stretch = _in_pages(statement, order, descending).limit(bindparam(_SIZE))
    if key is not None:
        stretch = stretch.where(has_key_of(key, _KEYS))
    if not is_after:
        return stretch
    columns = [key.column for key in order]
    position = tuple_(*(bindparam(f"{_POSITION}_{i}", type_=c.type) for i, c in enumerate(columns)))
    return stretch.where(tuple_(*columns) < position if descending else tuple_(*columns) > position)


def in_order(listing: Listing) -> Select[Any]:
    """Return the statement of the whole list, in its order; the list has the values of its parameters."""
    return _in_order(listing.statement, listing.order, listing.descending).where(
        *listing.conditions
    )


def _in_order(statement: Select[Any], order: Sequence[SortKey], descending: bool) -> Select[Any]:
    columns = [key.column for key in order]
    return statement.order_by(*(c.desc() if descending else c.asc() for c in columns))


@lru_cache(maxsize=64)
def _in_pages(statement: Select[Any], order: tuple[SortKey, ...], descending: bool) -> Select[Any]:
    """Return the statement in its order, with the columns from which cursors are made."""
    columns = (key.column.label(f"sort_{i}") for i, key in enumerate(order))
    return _in_order(statement.add_columns(*columns), order, descending)


def count_items(connection: Connection, listing: Listing) -> int:
    """Return the number of items in the whole list."""
    if (found := listing.count(connection)) is not None:
        return found
    counted = listing.statement.with_only_columns(func.count(), maintain_column_froms=True)
    return connection.scalar(counted.where(*listing.conditions), listing.values) or 0


def find_slugs(connection: Connection, listing: Listing, table: Table) -> list[str]:
    """Return the ids of all items of the list, in its order: one statement. The table has its entities."""
    statement = listing.statement.with_only_columns(table.c.slug, maintain_column_froms=True)
    slugs = in_order(replace(listing, statement=statement))
    return [*connection.scalars(slugs, listing.values)]


def stream_items(connection: Connection, listing: Listing) -> Generator[bytes, None, None]:
    """Yield every item of the list as JSON, in its order: one statement, fetched as it is consumed.

    Raises UnknownIdError if no item matches the filters because of an unknown id.
    """
    empty = True
    with connection.execute(in_order(listing), listing.values) as rows:
        for row in rows:
            empty = False
            yield listing.render(row)
    if empty and listing.filters is not None:
        refuse_unknown(connection, listing.filters)


def select_fields(listing: Listing, fields: Collection[EventField]) -> Listing:
    """Return the list with only these keys of each document, and its id; unchanged without keys."""
    if not fields:
        return listing
    return replace(listing, render=lambda row: keep(listing.render(row), fields))


def as_cards(listing: Listing, language: Language) -> Listing:
    """Return the list of events with a card in the language in place of each document."""
    return replace(listing, render=lambda row: event_card(listing.render(row), language))


def keep(document: bytes, fields: Collection[EventField]) -> bytes:
    """Return the document with only these keys and its id, in the document's order."""
    kept = {key: v for key, v in json.loads(document).items() if key in fields or key == "id"}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def find_document(connection: Connection, kind: EntityKind, slug: str) -> bytes | None:
    """Return the public JSON of an entity, or None if no entity has this id."""
    rows = fetch_all(connection, _document_of(t.ENTITIES[kind]), {"slug": slug})
    return rows[0].document if rows else None


@cache
def _document_of(table: Table) -> Select[bytes]:
    return select(utf8(table.c.document)).where(table.c.slug == bindparam("slug"))


def find_documents(connection: Connection, kind: EntityKind, slugs: Collection[str]) -> list[bytes]:
    """Return the public JSON of each of these entities that exists, in no order."""
    table = t.ENTITIES[kind]
    return list(connection.scalars(select(utf8(table.c.document)).where(table.c.slug.in_(slugs))))


def all_documents(
    connection: Connection, kinds: Iterable[EntityKind]
) -> dict[EntityKind, list[dict[str, Any]]]:
    """Return all present documents of each kind, parsed, in the order of ids: one statement per kind."""
    return {kind: _parsed(connection, t.ENTITIES[kind]) for kind in kinds}


def _parsed(connection: Connection, table: Table) -> list[dict[str, Any]]:
    texts = connection.scalars(select(utf8(table.c.document)).order_by(table.c.slug))
    return [json.loads(text) for text in texts]


def data_version(connection: Connection) -> bytes:
    """Return a word that differs after every write: the last change, and when it was made."""
    newest = newest_change(connection, t.change.c.seq, t.change.c.at)
    return b"empty" if newest is None else f"{newest.seq} {newest.at.isoformat()}".encode()


def _cursor(row: Row[Any], listing: Listing, query: str, *, backward: bool = False) -> str:
    position = row[-len(listing.order) :]
    return write_cursor(CursorPlace(position, backward), query)
